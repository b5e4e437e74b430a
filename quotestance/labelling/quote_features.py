"""What the parse tells about a mention or a cue, as numbers that stand beside the encoder's vectors."""

from __future__ import annotations

import math
from collections.abc import Sequence

from quotestance.document import ENTITY_KINDS, QUOTE_TYPES, STANCE_LABELS, Span
from quotestance.extraction import Candidate, Content, Extraction, Mention

CONSTRUCTIONS = (
    "marks", "clause", "object", "oblique", "predicate", "parenthetical", "colon", "source", "label",
)  # fmt: skip
_FORMS = ("name", "nominal", "pronoun")
_POS = ("verb", "noun", "preposition", "auxiliary")

CONTENT_FEATURES = len(CONSTRUCTIONS) + len(QUOTE_TYPES) + 3
CUE_FEATURES = len(_POS) + len(STANCE_LABELS) + 9
# what mention_features tells, column by column
MENTION_COLUMNS = (
    *_FORMS,
    *ENTITY_KINDS,
    "source",
    "implied",
    "source entity",
    "implied entity",
    "recipient",
    "recipient entity",
    "inside",
    "same sentence",
    "sentence before",
    "earlier sentence",
    "before the cue",
    "sentences away",
    "characters away",
    "same paragraph",
    "subject",
    "mentions of its entity",
    "named",
    "spoke last",
    "spoke before last",
    "near",
    "agreement",
)
MENTION_FEATURES = len(MENTION_COLUMNS)


def content_features(candidate: Candidate, content: Content) -> list[float]:
    """Describe one way to cut a content: how it was found, its type, its rank and length."""
    return [
        *_one_hot(content.construction, CONSTRUCTIONS),
        *_one_hot(content.type, QUOTE_TYPES),
        candidate.contents.index(content) / 4,
        float(len(content.segments) > 1),
        math.log1p(sum(map(len, content.segments))) / 6,
    ]


def cue_features(candidate: Candidate) -> list[float]:
    """Describe a candidate's cue by its line of the lexicon and by what it governs."""
    cue, entry = candidate.cue, candidate.cue.entry if candidate.cue else None
    types = {content.type for content in candidate.contents}
    return [
        *_one_hot(entry.pos if entry else None, _POS),
        *_one_hot(entry.stance if entry else None, STANCE_LABELS),
        float(cue is None),
        float(cue is not None and entry is None),
        float(entry is not None and entry.quoted_only),
        float("direct" in types),
        float("mixed" in types),
        float(candidate.source is not None),
        float(candidate.implied is not None),
        float(bool(cue and cue.recipients)),
        len(candidate.contents) / 8,
    ]


def mention_features(
    extraction: Extraction,
    candidate: Candidate,
    number: int,
    spoke_last: Sequence[int],
    *,
    near: bool,
) -> list[float]:
    """Describe a mention as seen from a candidate.

    Args:
        extraction: What was found in the text.
        candidate: The possible quote.
        number: The mention, an index into ``extraction.mentions``.
        spoke_last: Clusters of the speakers that the syntax names before the candidate, last first.
        near: Whether the mention stands in the candidate's window.
    """
    parse, mention = extraction.parse, extraction.mentions[number]
    cluster = extraction.cluster_of[number]
    members = extraction.clusters[cluster]
    anchor = _anchor(candidate)
    place = parse.sentence_of(mention.head)
    here = next(iter(parse.words_in(anchor)), parse.words[mention.head])
    sentence = parse.sentence_of(here.index)
    distance = place.index - sentence.index
    recipients = candidate.cue.recipients if candidate.cue else ()
    return [
        *_one_hot(mention.form, _FORMS),
        *_one_hot(mention.kind, ENTITY_KINDS),
        float(mention.head == candidate.source),
        float(mention.head == candidate.implied),
        float(_shares(extraction, cluster, candidate.source)),
        float(_shares(extraction, cluster, candidate.implied)),
        float(mention.head in recipients),
        float(any(_shares(extraction, cluster, r) for r in recipients)),
        float(_inside(mention, candidate)),
        float(distance == 0),
        float(distance == -1),
        float(distance < 0),
        float(mention.span.start < anchor.start),
        math.log1p(abs(distance)) / 3,
        math.log1p(abs(mention.span.start - anchor.start)) / 8,
        float(place.paragraph == sentence.paragraph),
        float(parse.words[mention.head].deprel.startswith("nsubj")),
        math.log(len(members)) / 3,
        float(extraction.has_name(cluster)),
        float(bool(spoke_last) and cluster == spoke_last[0]),
        float(len(spoke_last) > 1 and cluster == spoke_last[1]),
        float(near),
        _agreement(extraction, candidate, mention),
    ]


def _anchor(candidate: Candidate) -> Span:
    return candidate.cue.span if candidate.cue else candidate.contents[0].segments[0]


def _inside(mention: Mention, candidate: Candidate) -> bool:
    return any(
        segment.overlaps(mention.span)
        for content in candidate.contents[:1]
        for segment in content.segments
    )


def _shares(extraction: Extraction, cluster: int, head: int | None) -> bool:
    mention = extraction.mention_at.get(head) if head is not None else None
    return mention is not None and extraction.cluster_of[mention] == cluster


def _agreement(extraction: Extraction, candidate: Candidate, mention: Mention) -> float:
    """Return 1 or -1 for a cue verb whose number agrees or not with the mention; 0 where unknown."""
    if candidate.cue is None or mention.number is None:
        return 0.0
    words = extraction.parse.words_in(candidate.cue.span)
    numbers = [
        w.feats["Number"] for w in words if w.feats.get("VerbForm") == "Fin" and "Number" in w.feats
    ]
    if not numbers:
        return 0.0
    return 1.0 if numbers[0] == mention.number else -1.0


def _one_hot(value: str | None, values: Sequence[str]) -> list[float]:
    return [float(value == known) for known in values]
