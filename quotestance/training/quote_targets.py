"""From annotated articles to what the quote labeller trains on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from quotestance.document import Document, Quote, Span, overlap_f1
from quotestance.extraction import Candidate, Extraction
from quotestance.labelling.quote_collator import QuoteTargets
from quotestance.labelling.quote_encoding import QuoteExample

_LEAST_OVERLAP = 0.5  # a content that shares less with the annotated one is another quote
_SAME_CUE = 0.3  # what a shared cue adds when two candidates claim one quote


def quote_targets(
    document: Document,
    extraction: Extraction,
    examples: Sequence[QuoteExample],
) -> list[QuoteTargets]:
    """Tell for each example whether it is a quote and who speaks.

    Args:
        document: The annotated article.
        extraction: What the rules found in its text.
        examples: The examples of the extraction's candidates, in order.
    """
    quotes = match_quotes(document.quotes, extraction.candidates)
    owner = owners(document, extraction)
    found = []
    for number, example in enumerate(examples):
        quote, content = quotes.get(number, (None, -1))
        found.append(
            QuoteTargets(
                choice=content + 1,
                speaker=_speaker(quote, extraction, example, owner),
            )
        )
    return found


def match_quotes(
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


def owners(document: Document, extraction: Extraction) -> dict[int, str]:
    """Return the annotated entity to which most mentions of each cluster belong."""
    mentions_of: dict[str, list[Span]] = {e.id: list(e.mentions) for e in document.entities}
    owner = {}
    for cluster, members in enumerate(extraction.clusters):
        votes: Counter[str] = Counter()
        for member in members:
            span = extraction.mentions[member].span
            for key, mentions in mentions_of.items():
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
    quote: Quote | None, extraction: Extraction, example: QuoteExample, owner: Mapping[int, str]
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
