"""From annotated articles to what the judge of entities without a name learns from."""

from __future__ import annotations

from collections import Counter

import numpy as np

from quotestance.document import Document, Span, overlap_f1
from quotestance.extraction import Extraction
from quotestance.labelling.entity_links import UNNAMED_WORDS, LinkExample, link_examples
from quotestance.training.experts import Choice
from quotestance.training.word_counts import Told

_SAME = 0.5  # overlap F1 from which a mention is the annotated one


def links_told(document: Document, extraction: Extraction) -> list[Told]:
    """Tell for each annotated entity without a name which other one it is, if any.

    Those that speak or are spoken to are annotated; of the many phrases that are neither nothing is
    learned, or next to nothing would be linked.

    Args:
        document: The annotated article.
        extraction: What the rules find in its text.
    """
    owner = _owners(document, extraction)
    return [
        _told(example, extraction, owner)
        for example in link_examples(extraction)
        if example.cluster in owner
    ]


def _told(example: LinkExample, extraction: Extraction, owner: dict[int, str]) -> Told:
    mine = owner[example.cluster]
    right = np.array([owner.get(other) == mine for other in example.others])
    named = np.array([extraction.has_name(other) for other in example.others])
    known = np.ones(len(right), dtype=bool)
    if (right & named).any():
        known &= (
            named | ~right
        )  # another nominal of the same entity is right, but not what is wanted
        right &= named
    return Told(
        Choice(
            example.features,
            np.concatenate([[True], known]),
            np.concatenate([[not right.any()], right]),
        ),
        example.words,
        len(UNNAMED_WORDS),
    )


def _owners(document: Document, extraction: Extraction) -> dict[int, str]:
    """Return the annotated entity to which most mentions of each cluster belong, head and all."""
    found = {}
    for cluster, members in enumerate(extraction.clusters):
        votes = Counter(
            entity.id
            for member in members
            for entity in document.entities
            if any(_is(extraction, member, mention) for mention in entity.mentions)
        )
        if votes:
            found[cluster] = votes.most_common(1)[0][0]
    return found


def _is(extraction: Extraction, member: int, annotated: Span) -> bool:
    """Tell whether a mention is an annotated one: not a phrase that only ends with it."""
    mention = extraction.mentions[member]
    head = extraction.parse.words[mention.head]
    return (
        annotated.start <= head.start < annotated.end
        and mention.span.overlaps(annotated)
        and (overlap_f1([mention.span], [annotated]) >= _SAME or mention.span.end == annotated.end)
    )
