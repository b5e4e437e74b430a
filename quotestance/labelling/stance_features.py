"""What parse and discourse tell about a party as seen from a quote, as numbers beside the vectors."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotestance.document import ENTITY_KINDS, QUOTE_TYPES, STANCE_LABELS
from quotestance.extraction import Mention
from quotestance.labelling.discourse import Attribution, Discourse, inside
from quotestance.parsing import Parse

_RELATIONS = ("nsubj", "obj", "iobj", "obl", "nmod", "appos", "vocative", "root", "conj")
_TO = {"a", "ad"}
_OF = {"di"}
_TOWARD = {"contro", "verso", "da", "con"}
_NEVER = 10_000  # sentences away of a party that the text has not named yet

PARTY_FEATURES = len(ENTITY_KINDS) + len(_RELATIONS) + 46
QUOTE_FEATURES = len(QUOTE_TYPES) + len(STANCE_LABELS) + 9
TARGET_OPTION_FEATURES = PARTY_FEATURES + QUOTE_FEATURES + 1


def describe_parties(
    discourse: Discourse, attribution: Attribution, parties: Sequence[int]
) -> list[list[float]]:
    """Describe each party: in the article, in the quote, around it, and in the exchange.

    Args:
        discourse: The article's quotes.
        attribution: The quote that is asked about.
        parties: Clusters, as ``Discourse.parties`` gives them.

    Returns:
        ``PARTY_FEATURES`` numbers a party.
    """
    here = discourse.sentence(attribution)
    nearby = [discourse.mentions_near(party, here) for party in parties]
    sizes = sorted(map(len, nearby), reverse=True)
    gaps = [_gap(discourse, attribution, near) for near in nearby]
    exchange = _Exchange.around(discourse, attribution)
    rank = {row: place for place, row in enumerate(sorted(range(len(gaps)), key=gaps.__getitem__))}
    return [
        [
            *_in_article(discourse, party, near, sizes),
            *_in_quote(discourse, attribution, near),
            *_around(discourse, attribution, near),
            *_in_exchange(discourse, exchange, party),
            *(float(rank[row] == place) for place in range(3)),
            float(rank[row] > 4),
        ]
        for row, (party, near) in enumerate(zip(parties, nearby, strict=True))
    ]


def describe_quote(discourse: Discourse, attribution: Attribution, count: int) -> list[float]:
    """Describe a quote by its cue, its type, its length and whom its verbs speak to.

    Args:
        discourse: The article's quotes.
        attribution: The quote.
        count: How many parties it may be about.
    """
    cue = attribution.candidate.cue
    entry = cue.entry if cue is not None else None
    parse = discourse.extraction.parse
    words = [w for s in attribution.content.segments for w in parse.words_in(s)]
    persons = {w.feats.get("Person") for w in words}
    return [
        *(float(attribution.content.type == name) for name in QUOTE_TYPES),
        *(float(entry is not None and entry.stance == name) for name in STANCE_LABELS),
        float(entry is None),
        float(entry is not None and entry.pos == "noun"),
        float(entry is not None and entry.pos == "preposition"),
        float(bool(cue and cue.recipients)),
        float("2" in persons),
        float("1" in persons),
        float(any(w.lemma in ("non", "no", "né") for w in words)),
        math.log1p(sum(map(len, attribution.content.segments))) / 6,
        count / 20,
    ]


def target_options(parties: NDArray[np.float32], quote: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the features tell of "nobody", which comes first, and of each party as the target.

    Args:
        parties: ``describe_parties`` of each; shape (p, ``PARTY_FEATURES``).
        quote: ``describe_quote``; shape (``QUOTE_FEATURES``,).

    Returns:
        Shape (1 + p, ``TARGET_OPTION_FEATURES``); "nobody" is told by the strongest features of all.
    """
    strongest = parties.max(axis=0, initial=0, keepdims=True)
    options = np.concatenate([strongest, parties])
    nobody = (np.arange(len(options)) == 0)[:, None].astype(np.float32)
    quotes = np.broadcast_to(quote, (len(options), len(quote)))
    return np.concatenate([options, quotes, nobody], axis=-1)


def _in_article(
    discourse: Discourse, party: int, near: Sequence[int], sizes: Sequence[int]
) -> list[float]:
    extraction = discourse.extraction
    mentions = _mentions(discourse, near)
    kind = next((m.kind for m in mentions if m.kind), None)
    first = discourse.first_sentence[party]
    lead = extraction.parse.sentences[first].paragraph == 0
    return [
        float(extraction.has_name(party)),
        *(float(kind == name) for name in ENTITY_KINDS),
        float(len(mentions) == 1),
        math.log(len(mentions)) / 2,
        4 * len(mentions) / max(1, len(extraction.mentions)),
        float(len(mentions) >= sizes[0]),
        float(len(sizes) > 1 and len(mentions) >= sizes[1]),
        float(first == 0),
        float(lead),
    ]


def _in_quote(discourse: Discourse, attribution: Attribution, near: Sequence[int]) -> list[float]:
    parse, cue = discourse.extraction.parse, attribution.candidate.cue
    mentions = _mentions(discourse, near)
    heads = set(cue.recipients) if cue is not None else set()
    asked = [m for m in mentions if m.head in heads]
    said = [m for m in mentions if inside(m, attribution.content)]
    relations = {parse.words[m.head].deprel.split(":")[0] for m in said}
    to = {parse.words[m.head].deprel.split(":")[0] for m in asked}
    return [
        float(bool(asked)),
        float(bool(to & {"obj", "nsubj"})),
        float(bool(to & {"obl", "iobj"})),
        float(_has_case(parse, asked, _TO)),
        float(_has_case(parse, asked, _TOWARD)),
        float(bool(said)),
        float(len(said) > 1),
        *(float(any(m.form == form for m in said)) for form in ("name", "nominal", "pronoun")),
        *(float(name in relations) for name in _RELATIONS),
        float(_has_case(parse, said, _OF)),
        float(_has_case(parse, said, _TOWARD)),
        float(_has_case(parse, said, _TO)),
    ]


def _around(discourse: Discourse, attribution: Attribution, near: Sequence[int]) -> list[float]:
    here, span = discourse.sentence(attribution), attribution.span
    mentions = _mentions(discourse, near)
    beside = [
        m
        for number, m in zip(near, mentions, strict=True)
        if discourse.sentence_of[number] == here and not inside(m, attribution.content)
    ]
    away = [
        here - discourse.sentence_of[number]
        for number, m in zip(near, mentions, strict=True)
        if m.span.end <= span.start
    ]
    nearest = min(away, default=_NEVER)
    before = min((span.start - m.span.end for m in mentions if m.span.end <= span.start), default=0)
    after = min((m.span.start - span.end for m in mentions if m.span.start >= span.end), default=0)
    return [
        float(bool(beside)),
        float(any(m.span.end <= attribution.anchor.start for m in beside)),
        float(any(m.form == "name" for m in beside)),
        float(nearest == 1),
        float(nearest == 2),
        float(3 <= nearest <= 5),
        float(nearest == _NEVER),
        math.log1p(before) / 8,
        float(any(m.span.start >= span.end for m in mentions)),
        math.log1p(after) / 8,
    ]


@dataclass(frozen=True)
class _Exchange:
    """What is the same for all parties of a quote.

    Attributes:
        speaker: Who speaks.
        start: Where the quote is told.
        previous: Who spoke last before.
        last: Who else spoke last before.
        following: Who else speaks first after.
        second_person: Whether the words address somebody.
    """

    speaker: int | None
    start: int
    previous: int | None
    last: int | None
    following: int | None
    second_person: bool

    @classmethod
    def around(cls, discourse: Discourse, attribution: Attribution) -> _Exchange:
        parse = discourse.extraction.parse
        words = (w for s in attribution.content.segments for w in parse.words_in(s))
        return cls(
            attribution.speaker,
            attribution.anchor.start,
            discourse.turn_before(attribution),
            discourse.spoke_before(attribution),
            discourse.speaks_next(attribution),
            any(w.feats.get("Person") == "2" for w in words),
        )


def _in_exchange(discourse: Discourse, exchange: _Exchange, party: int) -> list[float]:
    """Who speaks before and after, and how often the party meets the speaker."""
    together = (
        len(discourse.sentences_of[party] & discourse.sentences_of[exchange.speaker])
        if exchange.speaker is not None
        else 0
    )
    return [
        float(discourse.first_turn.get(party, exchange.start) < exchange.start),
        float(discourse.spoken[party] > 0),
        math.log1p(discourse.spoken[party]),
        float(exchange.previous == party),
        float(exchange.last == party),
        float(exchange.following == party),
        float(discourse.addressed[party] > 0),
        math.log1p(discourse.addressed[party]),
        float(together > 0),
        math.log1p(together),
        float(exchange.last == party and exchange.second_person),
    ]


def _gap(discourse: Discourse, attribution: Attribution, near: Sequence[int]) -> int:
    """Characters between a quote and the nearest mention of a party; 0 for one in the quote."""
    span = attribution.span
    return min(
        max(0, span.start - m.span.end, m.span.start - span.end) for m in _mentions(discourse, near)
    )


def _mentions(discourse: Discourse, numbers: Iterable[int]) -> list[Mention]:
    return [discourse.extraction.mentions[number] for number in numbers]


def _has_case(parse: Parse, mentions: Iterable[Mention], lemmas: Collection[str]) -> bool:
    return any(child.lemma in lemmas for m in mentions for child in parse.children(m.head, "case"))
