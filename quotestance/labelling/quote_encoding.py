"""From an extraction to what the quote labeller reads: one example for each candidate.

Shapes use the letters b (batch), t (tokens), c (contents), m (mentions), e (entities), r (roles).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotestance.extraction import Candidate, Extraction
from quotestance.labelling.choice_options import choice_features, choice_words, cues_of
from quotestance.labelling.discourse import source_mention
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.quote_features import (
    MENTION_FEATURES,
    content_features,
    cue_features,
    mention_features,
)
from quotestance.labelling.reading import Reading
from quotestance.labelling.speaker_options import SOURCE_FIT, Portrait, SourceWords
from quotestance.labelling.windows import Roles, evenly, tokens_of, tokens_of_all, window

# What the parse tells the encoder about each token.
ROLES = ("content", "likely", "cue", "mention", "source", "implied", "recipient", "quoted", "far")
_FAR_ENTITIES = 14  # entities named only outside the window that are read along with it
_FAR_TOKENS = 8
_FAR_REACH = 6_000  # tokens before and after in which they are looked for: more than an article has
_NEIGHBOURS = 12  # candidates before and after whose direct speech is marked


@dataclass(frozen=True)
class QuoteExample:
    """One candidate as the labeller reads it.

    Attributes:
        tokens: Indexes into the reading's tokens, in order; shape (t,).
        roles: 1 where a token plays a role (``ROLES``); shape (t, r).
        contents: Tokens of each content, rows that sum to 1; shape (c, t).
        edges: First and last token of each content; shape (c, 2).
        content_features: Shape (c, ``CONTENT_FEATURES``).
        choice_features: Of "no quote" and of each content; shape (1 + c, ``CHOICE_FEATURES``).
        choice_words: Buckets of their words; shape (1 + c, ``CHOICE_WORDS``).
        cue: Tokens of the cue, sums to 1, or zeros without a cue; shape (t,).
        cue_features: Shape (``CUE_FEATURES``,).
        mentions: Tokens of each mention, rows that sum to 1; shape (m, t).
        mention_features: Shape (m, ``MENTION_FEATURES``).
        source_fit: Shape (m, ``SOURCE_FIT``).
        mention_ids: Index of each mention in the extraction.
        entity_of: For each mention the row of its entity in ``entity_ids``; shape (m,).
        entity_ids: Clusters of the extraction.
    """

    tokens: NDArray[np.int64]
    roles: NDArray[np.float32]
    contents: NDArray[np.float32]
    edges: NDArray[np.int64]
    content_features: NDArray[np.float32]
    choice_features: NDArray[np.float32]
    choice_words: NDArray[np.int64]
    cue: NDArray[np.float32]
    cue_features: NDArray[np.float32]
    mentions: NDArray[np.float32]
    mention_features: NDArray[np.float32]
    source_fit: NDArray[np.float32]
    mention_ids: tuple[int, ...]
    entity_of: NDArray[np.int64]
    entity_ids: tuple[int, ...]


def encode(extraction: Extraction, reading: Reading, config: QuoteConfig) -> list[QuoteExample]:
    """Make the examples of an article, one for each candidate, in order."""
    encoder = QuoteEncoder(extraction, reading, config)
    return [encoder.encode(candidate) for candidate in extraction.candidates]


class QuoteEncoder:
    """Makes examples of one article.

    Args:
        extraction: What the rules found in it.
        reading: How the trunk read it.
        config: Tells the size of the window.
    """

    def __init__(self, extraction: Extraction, reading: Reading, config: QuoteConfig) -> None:
        self.extraction = extraction
        self.reading = reading
        self.config = config
        self.mention_tokens = [tokens_of(self.reading, m.span) for m in extraction.mentions]
        self.mention_starts = [tokens.start for tokens in self.mention_tokens]
        namesakes = [
            (extraction.best_mention(c), c)
            for c, members in enumerate(extraction.clusters)
            if members
        ]
        self.namesakes = sorted(namesakes)
        self.namesake_starts = [self.mention_starts[m] for m, _ in self.namesakes]
        self.candidate_starts = [c.span.start for c in extraction.candidates]
        self.cues = cues_of(extraction)
        self.told = _told(extraction)
        self.portraits = [
            Portrait.of([extraction.mentions[m] for m in members])
            for members in extraction.clusters
        ]

    def encode(self, candidate: Candidate) -> QuoteExample:
        """Make the example of a candidate, a possible quote of the article."""
        window = self._window(candidate)
        near = self._near(candidate, window)
        far = self._far(near, window)
        tokens = np.array(sorted({*window, *(t for m in far for t in self._short(m))}))
        place = {token: row for row, token in enumerate(tokens.tolist())}
        mentions = sorted(near + far)
        entities = list(dict.fromkeys(self.extraction.cluster_of[m] for m in mentions))
        spoke_last = self._spoke_last(candidate)
        return QuoteExample(
            tokens=tokens,
            roles=self._roles(candidate, mentions, far, place),
            contents=np.stack(
                [
                    evenly(tokens_of_all(self.reading, c.segments), place, len(place))
                    for c in candidate.contents
                ]
            ),
            edges=np.array(
                [
                    [
                        _nearest(tokens, tokens_of(self.reading, c.segments[0]).start),
                        _nearest(tokens, tokens_of(self.reading, c.segments[-1])[-1]),
                    ]
                    for c in candidate.contents
                ]
            ),
            content_features=_array(content_features(candidate, c) for c in candidate.contents),
            choice_features=choice_features(self.extraction, candidate, self.cues),
            choice_words=choice_words(self.extraction, candidate),
            cue=evenly(
                tokens_of(self.reading, candidate.cue.span) if candidate.cue else (),
                place,
                len(place),
            ),
            cue_features=np.array(cue_features(candidate), dtype=np.float32),
            mentions=np.stack([evenly(self.mention_tokens[m], place, len(place)) for m in mentions])
            if mentions
            else np.zeros((0, len(tokens)), dtype=np.float32),
            mention_features=_array(
                mention_features(self.extraction, candidate, m, spoke_last, near=m not in far)
                for m in mentions
            ).reshape(-1, MENTION_FEATURES),
            source_fit=self._source_fit(candidate, mentions),
            mention_ids=tuple(mentions),
            entity_of=np.array(
                [entities.index(self.extraction.cluster_of[m]) for m in mentions], dtype=np.int64
            ),
            entity_ids=tuple(entities),
        )

    def _window(self, candidate: Candidate) -> set[int]:
        """The tokens around a candidate; the middle of a long quote and far context are left out."""
        config = self.config
        return window(
            self.reading,
            candidate.span,
            candidate.cue.span if candidate.cue is not None else None,
            left=config.left_tokens,
            room=config.max_tokens - config.left_tokens - config.right_tokens,
            right=config.right_tokens,
        )

    def _near(self, candidate: Candidate, window: set[int]) -> list[int]:
        low = bisect_left(self.mention_starts, min(window))
        high = bisect_right(self.mention_starts, max(window))
        found = [
            m
            for m in range(low, high)
            if self.mention_tokens[m].start in window and self.mention_tokens[m][-1] in window
        ]
        anchor = candidate.span.start if candidate.cue is None else candidate.cue.span.start
        mentions = self.extraction.mentions
        found.sort(key=lambda m: abs(mentions[m].span.start - anchor))
        return found[: self.config.max_mentions]

    def _far(self, near: Sequence[int], window: set[int]) -> list[int]:
        """The best-named mention of each entity that the window does not name: the commonest, the nearest."""
        extraction = self.extraction
        named = {extraction.cluster_of[m] for m in near if extraction.mentions[m].form == "name"}
        first = min(window)
        low = bisect_left(self.namesake_starts, first - _FAR_REACH)
        high = bisect_right(self.namesake_starts, first + _FAR_REACH)
        wanted = [
            (m, len(extraction.clusters[c]))
            for m, c in self.namesakes[low:high]
            if c not in named
            and extraction.mentions[m].form != "pronoun"
            and (extraction.mentions[m].form == "name" or len(extraction.clusters[c]) > 1)
            and m not in near
        ]
        wanted.sort(key=lambda pair: (-min(pair[1], 3), abs(self.mention_starts[pair[0]] - first)))
        return [m for m, _ in wanted[:_FAR_ENTITIES]]

    def _short(self, mention: int) -> range:
        tokens = self.mention_tokens[mention]
        return tokens[-_FAR_TOKENS:]

    def _source_fit(self, candidate: Candidate, mentions: Sequence[int]) -> NDArray[np.float32]:
        """How the entity of each mention fits the words that name the speaker."""
        cluster_of = self.extraction.cluster_of
        source = source_mention(self.extraction, candidate)
        if source is None:
            return np.zeros((len(mentions), SOURCE_FIT), dtype=np.float32)
        own = cluster_of[source]
        words = SourceWords.of(self.extraction, source, self.portraits[own])
        return _array(
            words.fit(self.portraits[cluster_of[m]], same=cluster_of[m] == own) for m in mentions
        ).reshape(-1, SOURCE_FIT)

    def _spoke_last(self, candidate: Candidate) -> list[int]:
        end = bisect_left(self.told, (candidate.span.start, -1))
        clusters = dict.fromkeys(c for _, c in reversed(self.told[max(0, end - 6) : end]))
        return list(clusters)[:2]

    def _roles(
        self,
        candidate: Candidate,
        mentions: Sequence[int],
        far: Sequence[int],
        place: dict[int, int],
    ) -> NDArray[np.float32]:
        roles = Roles(ROLES, place, len(place))

        for content in candidate.contents:
            roles.mark("content", tokens_of_all(self.reading, content.segments))
        roles.mark("likely", tokens_of_all(self.reading, candidate.contents[0].segments))
        if candidate.cue is not None:
            roles.mark("cue", tokens_of(self.reading, candidate.cue.span))
        number = bisect_left(self.candidate_starts, candidate.span.start)
        around = slice(max(0, number - _NEIGHBOURS), number + _NEIGHBOURS)
        for other in self.extraction.candidates[around]:
            if other is not candidate and other.contents[0].type == "direct":
                roles.mark("quoted", tokens_of_all(self.reading, other.contents[0].segments))
        for mention in mentions:
            roles.mark("mention", self.mention_tokens[mention])
        for mention in far:
            roles.mark("far", self._short(mention))
        at = self.extraction.mention_at
        for role, heads in (
            ("source", (candidate.source,)),
            ("implied", (candidate.implied,)),
            ("recipient", candidate.cue.recipients if candidate.cue else ()),
        ):
            for head in heads:
                if head in at:
                    roles.mark(role, self.mention_tokens[at[head]])
        return roles.table


def _told(extraction: Extraction) -> list[tuple[int, int]]:
    """The clusters that the syntax makes the source of a candidate, with the place of its cue."""
    return sorted(
        (c.cue.span.start if c.cue else c.span.start, extraction.cluster_of[m])
        for c in extraction.candidates
        if c.source is not None and (m := extraction.mention_at.get(c.source)) is not None
    )


def _nearest(tokens: NDArray[np.int64], wanted: int) -> int:
    return min(int(np.searchsorted(tokens, wanted)), len(tokens) - 1)


def _array(rows: Iterable[Sequence[float]]) -> NDArray[np.float32]:
    return np.array(list(rows), dtype=np.float32)
