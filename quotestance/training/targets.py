"""What is right for each example, from an annotated article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from quotestance.document import Document, Quote, Span, overlap_f1
from quotestance.extraction import Candidate, Extraction
from quotestance.labelling.collator import IGNORED, Targets
from quotestance.labelling.encoding import Example

_LEAST_OVERLAP = 0.5  # a content that shares less with the annotated one is another quote
_SAME_CUE = 0.3  # what a shared cue adds when two candidates claim one quote


def find_targets(
    document: Document,
    extraction: Extraction,
    examples: Sequence[Example],
    stance_names: Sequence[str],
) -> list[Targets]:
    """Tell for each example whether it is a quote, who speaks, and the stance toward each entity.

    Args:
        document: The annotated article.
        extraction: What the rules found in its text.
        examples: The examples of the extraction's candidates, in order.
        stance_names: The stance labels as the labeller numbers them, ``none`` first.
    """
    quotes = _match(document.quotes, extraction.candidates)
    owner = _owners(document, extraction)
    found = []
    for number, example in enumerate(examples):
        quote, content = quotes.get(number, (None, -1))
        found.append(
            Targets(
                choice=content + 1,
                speaker=_speaker(quote, extraction, example, owner),
                stance=_stance(quote, extraction, example, owner, stance_names),
            )
        )
    return found


def _match(
    quotes: Sequence[Quote], candidates: Sequence[Candidate]
) -> dict[int, tuple[Quote, int]]:
    """Give each annotated quote the candidate and content that fit best; candidate to (quote, content)."""
    pairs = []
    for q, quote in enumerate(quotes):
        for c, candidate in enumerate(candidates):
            for k, content in enumerate(candidate.contents):
                shared = overlap_f1(quote.content, content.segments)
                if shared >= _LEAST_OVERLAP:
                    pairs.append((shared + _SAME_CUE * _same_cue(quote, candidate), q, c, k))
    pairs.sort(key=lambda pair: (-pair[0], pair[3]))
    done: set[int] = set()
    found: dict[int, tuple[Quote, int]] = {}
    for _, q, c, k in pairs:
        if q not in done and c not in found:
            done.add(q)
            found[c] = (quotes[q], k)
    return found


def _same_cue(quote: Quote, candidate: Candidate) -> bool:
    if candidate.cue is None:
        return not quote.cue
    return any(candidate.cue.span.overlaps(segment) for segment in quote.cue)


def _owners(document: Document, extraction: Extraction) -> dict[int, str]:
    """The annotated entity to which most mentions of each cluster belong."""
    starts: dict[str, list[Span]] = {e.id: list(e.mentions) for e in document.entities}
    owner = {}
    for cluster, members in enumerate(extraction.clusters):
        votes: Counter[str] = Counter()
        for member in members:
            span = extraction.mentions[member].span
            for key, mentions in starts.items():
                if any(_same_words(span, mention) for mention in mentions):
                    votes[key] += 1
        if votes:
            owner[cluster] = votes.most_common(1)[0][0]
    return owner


def _same_words(left: Span, right: Span) -> bool:
    if not left.overlaps(right):
        return False
    return overlap_f1([left], [right]) >= _LEAST_OVERLAP or (
        left.end == right.end and (left in right or right in left)
    )


def _speaker(
    quote: Quote | None, extraction: Extraction, example: Example, owner: Mapping[int, str]
) -> np.ndarray:
    """Mark the mentions that name the speaker: where its names are at hand, only their entity.

    So the model learns to answer *il ministro* or an unnamed subject with the one who has a name.
    """
    marks = np.zeros(len(example.mention_ids), dtype=np.float32)
    if quote is None:
        return marks
    wanted = quote.speaker.entity.id
    right = [
        row
        for row, mention in enumerate(example.mention_ids)
        if owner.get(extraction.cluster_of[mention]) == wanted
    ]
    named = [
        row for row in right if extraction.has_name(extraction.cluster_of[example.mention_ids[row]])
    ]
    marks[named or right] = 1
    return marks


def _stance(
    quote: Quote | None,
    extraction: Extraction,
    example: Example,
    owner: Mapping[int, str],
    stance_names: Sequence[str],
) -> np.ndarray:
    labels = np.full(len(example.entity_ids), IGNORED, dtype=np.int64)
    if quote is None:
        return labels
    toward = {stance.target.id: stance_names.index(stance.label) for stance in quote.stances}
    at_hand = {
        owner[cluster]
        for cluster in example.entity_ids
        if cluster in owner and extraction.has_name(cluster)
    }
    for row, cluster in enumerate(example.entity_ids):
        entity = owner.get(cluster)
        label = toward.get(entity, 0) if entity is not None else 0
        if label and entity in at_hand and not extraction.has_name(cluster):
            continue  # the same party under a common noun that the rules did not resolve
        labels[row] = label
    return labels
