"""From a quote with its speaker to what the stance labeller reads.

One reading a quote: its speaker's name, the quote in its context, the names of the parties. Each party has
a slot, and so has the speaker: all tokens that mention one party, in its name and in the context, are told
to be of the same slot. Shapes use the letters t (tokens), p (parties), r (roles).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotestance.labelling.discourse import Attribution, Discourse
from quotestance.labelling.stance_config import StanceConfig
from quotestance.labelling.stance_features import (
    PARTY_FEATURES,
    describe_parties,
    describe_quote,
)
from quotestance.labelling.target_words import target_words
from quotestance.labelling.tokens import Tokens
from quotestance.labelling.windows import Roles, Stretches, evenly, tokens_of, tokens_of_all, window

STANCE_ROLES = ("content", "cue", "recipient", "quoted", "name")
NOBODY, SPEAKER, FIRST_PARTY = 0, 1, 2  # slots
_NAME_TOKENS = 8
_SEPARATOR = -1  # stands for the special token between two texts


@dataclass(frozen=True)
class StanceExample:
    """One quote as the stance labeller reads it.

    Attributes:
        ids: Token ids without the first and the last special one; shape (t,).
        roles: 1 where a token plays a role (``STANCE_ROLES``); shape (t, r).
        slots: Whom a token mentions: ``NOBODY``, ``SPEAKER``, or ``FIRST_PARTY`` and on; shape (t,).
        content: Tokens of the content, sums to 1; shape (t,).
        cue: Tokens of the cue, sums to 1, or zeros without a cue; shape (t,).
        party_features: Shape (p, ``PARTY_FEATURES``).
        quote_features: Shape (``QUOTE_FEATURES``,).
        target_words: Buckets of words of "nobody" and of each party; shape (1 + p, ``TARGET_WORDS``).
        parties: Clusters of the extraction, in the order of their slots.
    """

    ids: NDArray[np.int64]
    roles: NDArray[np.float32]
    slots: NDArray[np.int64]
    content: NDArray[np.float32]
    cue: NDArray[np.float32]
    party_features: NDArray[np.float32]
    quote_features: NDArray[np.float32]
    target_words: NDArray[np.int64]
    parties: tuple[int, ...]


class StanceEncoder:
    """Makes the stance examples of one article.

    Args:
        discourse: Its quotes with their speakers.
        tokens: Its tokens.
        config: Tells the size of the window.
    """

    def __init__(self, discourse: Discourse, tokens: Tokens, config: StanceConfig) -> None:
        self.discourse = discourse
        self.tokens = tokens
        self.config = config
        mentions = discourse.extraction.mentions
        self.mention_tokens = [tokens_of(self.tokens, m.span) for m in mentions]
        self.mention_places = Stretches([(tokens[0], tokens[-1]) for tokens in self.mention_tokens])
        self.quoted = [
            tokens_of_all(self.tokens, a.content.segments) for a in discourse.attributions
        ]
        self.quoted_places = Stretches([(tokens[0], tokens[-1]) for tokens in self.quoted])

    def encode(self, attribution: Attribution, wanted: Collection[int] = ()) -> StanceExample:
        """Make the example of a quote.

        Args:
            attribution: The quote.
            wanted: Clusters that must be among its parties.
        """
        parties = self.discourse.parties(attribution, wanted)
        features = describe_parties(self.discourse, attribution, parties)
        parties, features = parties[: self.config.max_parties], features[: self.config.max_parties]
        window = self._window(attribution)
        slot_of = {party: FIRST_PARTY + row for row, party in enumerate(parties)}
        names = [self._name(party) for party in parties]
        speaker = [] if attribution.speaker is None else self._name(attribution.speaker)
        if attribution.speaker is not None:
            slot_of[attribution.speaker] = SPEAKER

        # [speaker] </s> window </s> party </s> party </s> ...
        places: list[int] = [*speaker, _SEPARATOR, *window]
        slots: list[int] = [SPEAKER] * len(speaker) + [NOBODY]
        slots += self._slots(window, slot_of)
        for row, name in enumerate(names):
            places += [_SEPARATOR, *name]
            slots += [NOBODY] + [FIRST_PARTY + row] * len(name)
        start = len(speaker) + 1
        place = {token: start + row for row, token in enumerate(window)}
        roles = self._roles(attribution, place, len(places))
        named = np.array([p != _SEPARATOR for p in places])
        named[start : start + len(window)] = False
        roles[named, STANCE_ROLES.index("name")] = 1
        ids = [
            self.tokens.separator if token == _SEPARATOR else self.tokens.ids[token]
            for token in places
        ]
        cue = attribution.candidate.cue
        return StanceExample(
            ids=np.array(ids, dtype=np.int64),
            roles=roles,
            slots=np.array(slots, dtype=np.int64),
            content=evenly(
                tokens_of_all(self.tokens, attribution.content.segments), place, len(places)
            ),
            cue=evenly(
                tokens_of(self.tokens, cue.span) if cue is not None else (), place, len(places)
            ),
            party_features=np.array(features, dtype=np.float32).reshape(-1, PARTY_FEATURES),
            quote_features=np.array(
                describe_quote(self.discourse, attribution, len(parties)), dtype=np.float32
            ),
            target_words=target_words(self.discourse, attribution, parties),
            parties=tuple(parties),
        )

    def _window(self, attribution: Attribution) -> list[int]:
        cue, config = attribution.candidate.cue, self.config
        return sorted(
            window(
                self.tokens,
                attribution.span,
                cue.span if cue is not None else None,
                left=config.left_tokens,
                room=config.body_tokens,
                right=config.right_tokens,
            )
        )

    def _name(self, cluster: int) -> list[int]:
        extraction = self.discourse.extraction
        best = extraction.best_mention(cluster)
        return list(self.mention_tokens[best])[-_NAME_TOKENS:]

    def _slots(self, window: list[int], slot_of: dict[int, int]) -> list[int]:
        """Whom each token of the window mentions."""
        row_of = {token: row for row, token in enumerate(window)}
        slots = [NOBODY] * len(window)
        extraction = self.discourse.extraction
        near = self.mention_places.overlapping(window[0], window[-1]) if window else []
        # of mentions in one another the innermost has the last word
        for mention in sorted(near, key=lambda m: -len(extraction.mentions[m].span)):
            slot = slot_of.get(extraction.cluster_of.get(mention, -1))
            if slot is None:
                continue
            for token in self.mention_tokens[mention]:
                if token in row_of:
                    slots[row_of[token]] = slot
        return slots

    def _roles(
        self, attribution: Attribution, place: dict[int, int], length: int
    ) -> NDArray[np.float32]:
        roles = Roles(STANCE_ROLES, place, length)

        roles.mark("content", tokens_of_all(self.tokens, attribution.content.segments))
        cue = attribution.candidate.cue
        if cue is not None:
            roles.mark("cue", tokens_of(self.tokens, cue.span))
            at = self.discourse.extraction.mention_at
            for head in cue.recipients:
                if head in at:
                    roles.mark("recipient", self.mention_tokens[at[head]])
        for number in self.quoted_places.overlapping(min(place), max(place)) if place else ():
            other = self.discourse.attributions[number]
            if other.content.segments != attribution.content.segments:
                roles.mark("quoted", self.quoted[number])
        return roles.table
