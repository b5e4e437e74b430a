"""Articles to learn from under other names, so that a labeller learns the words and not who is hostile.

After the counterfactual data augmentation of Zmigrod et al. (2019): what is annotated stays true whoever
the parties are.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotestance.document import Document, Entity
from quotestance.evaluation.renaming import names_in, renamed

_VOWELS = tuple("aeiouàèéìòùh")


def under_other_names(documents: Sequence[Document], seed: int) -> list[Document]:
    """Return each article again with its parties called like parties of other articles.

    A party takes the names of one of its own kind whose name behaves alike in a sentence: it begins with
    a vowel or not, ends with the same letter and has as many words.

    Args:
        documents: Annotated articles.
        seed: Of the choice.

    Returns:
        Articles with ids of their own; those in which nobody is named are left out.
    """
    pool: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    own: list[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = []
    for document in documents:
        named = {e.id: (e, _alike(names_in(document, e))) for e in document.entities}
        own.append(
            {key: (_behaviour(e, names), names) for key, (e, names) in named.items() if names}
        )
        for behaviour, names in own[-1].values():
            pool[behaviour].append(names)
    chance = random.Random(seed)
    found = []
    for document, parties in zip(documents, own, strict=True):
        used = {name for _, names in parties.values() for name in names}
        others = {}
        for key, (behaviour, _) in parties.items():
            free = [names for names in pool[behaviour] if used.isdisjoint(names)]
            if free:
                others[key] = chance.choice(free)
                used.update(others[key])
        if others:
            found.append(_with_id(renamed(document, others)))
    return found


def _alike(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that are part of the longest one: of *Bruno Forte, Forte, Brunetto* the first two."""
    return tuple(name for name in names if name in names[0])


def _behaviour(entity: Entity, names: Sequence[str]) -> tuple[str, ...]:
    """What decides which articles, prepositions and endings fit a name."""
    first, words = names[0], names[0].split()
    # a person's first name tells the gender, the last letter of all others
    ending = words[0][-1] if entity.kind == "person" and len(words) > 1 else first[-1]
    return (
        entity.kind,
        str(first.lower().startswith(_VOWELS)),
        ending.lower(),
        str(min(len(words), 3)),
    )


def _with_id(document: Document) -> Document:
    return replace(document, id=f"{document.id} under other names")
