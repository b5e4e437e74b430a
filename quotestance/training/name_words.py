"""Annotated names over words instead of tokens, since the name tagger reads the words of the trees.

Names are annotated on tokens (*della*), trees on words (*di*, *la*). A tagger that reads words shares one
reading of a sentence by the encoder with the parser.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from quotestance.training.parser_data import Names, NameSentence, TreebankSentence

Expansions = Mapping[str, tuple[str, ...]]


def expansions(sentences: Iterable[TreebankSentence]) -> Expansions:
    """Return the words of each multi-word token in treebanks, the commonest where they differ."""
    seen: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for sentence in sentences:
        for token, *words in sentence.units:
            if words:
                seen[token[1]][tuple(word[1] for word in words)] += 1
    return {form: counts.most_common(1)[0][0] for form, counts in seen.items()}


def over_words(names: Names, expansions: Expansions) -> Names:
    """Return annotated names over words; each word of a token has the token's tag, one *B* a name."""
    train, dev = (
        tuple(_sentence_over_words(sentence, expansions) for sentence in part)
        for part in (names.train, names.dev)
    )
    return replace(names, train=train, dev=dev)


def _sentence_over_words(sentence: NameSentence, expansions: Expansions) -> NameSentence:
    found: list[tuple[str, str]] = []
    for token, tag in sentence:
        first, *rest = expansions.get(token, (token,))
        found.append((first, tag))
        found += [(word, tag.replace("B-", "I-")) for word in rest]
    return tuple(found)
