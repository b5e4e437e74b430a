"""How much of what a corpus holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from quotestance.document import QUOTE_TYPES, STANCE_LABELS, Document


def count(documents: Iterable[Document]) -> Counter[str]:
    """Count articles, words, entities, mentions, quotes and stances.

    Returns:
        The counts by name, always in the same order: the totals, the quotes of each type and those
        without cue, speaker mention or target, the stances of each label. A label that is not one
        of ``STANCE_LABELS`` is counted as ``stance LABEL`` where it occurs, so that a stance called
        ``mixed`` is no mixed quote. Words are what white space separates.
    """
    counts = Counter(dict.fromkeys(_NAMES, 0))
    others: Counter[str] = Counter()
    for document in documents:
        counts["articles"] += 1
        counts["words"] += len(document.text.split())
        counts["entities"] += len(document.entities)
        counts["mentions"] += sum(len(entity.mentions) for entity in document.entities)
        for quote in document.quotes:
            counts["quotes"] += 1
            counts[quote.type] += 1
            counts["no cue"] += not quote.cue
            counts["no speaker mention"] += quote.speaker.mention is None
            counts["no target"] += not quote.stances
            for stance in quote.stances:
                if stance.label in STANCE_LABELS:
                    counts[stance.label] += 1
                else:
                    others[f"stance {stance.label}"] += 1
    counts.update(dict(sorted(others.items())))
    return counts


_NAMES = (
    *("articles", "words", "entities", "mentions", "quotes"),
    *QUOTE_TYPES,
    *("no cue", "no speaker mention", "no target"),
    *STANCE_LABELS,
)
