"""Spans as tokens, and the window of tokens that is read around a quote: the same in both stages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from quotestance.document import Span

_BEGINNING = 0.6  # share of the room that the beginning of an over-long quote gets


class Offsets(Protocol):
    """Where the tokens of a text start and end, in characters, end exclusive."""

    @property
    def starts(self) -> tuple[int, ...]:
        """Offset of the first character of each token."""

    @property
    def ends(self) -> tuple[int, ...]:
        """Offset after the last character of each token."""


class Stretches:
    """Stretches of tokens or characters, to find those that overlap another without looking at all.

    Args:
        places: The first and the last token (or character) of each stretch.
    """

    def __init__(self, places: Sequence[tuple[int, int]]) -> None:
        self._order = sorted(range(len(places)), key=lambda number: places[number])
        self._first = [places[number][0] for number in self._order]
        self._last = [places[number][1] for number in self._order]
        self._furthest = list(accumulate(self._last, max))

    def overlapping(self, first: int, last: int) -> list[int]:
        """Return the numbers of the stretches that overlap another, in order.

        Args:
            first: Its first token (or character).
            last: Its last one.
        """
        found = []
        row = bisect_right(self._first, last) - 1
        while row >= 0 and self._furthest[row] >= first:
            if self._last[row] >= first:
                found.append(self._order[row])
            row -= 1
        return sorted(found)


def tokens_of(offsets: Offsets, span: Span) -> range:
    """Return the tokens that overlap a span."""
    first = bisect_right(offsets.ends, span.start)
    last = bisect_left(offsets.starts, span.end)
    return range(first, max(last, first + 1))


def tokens_of_all(offsets: Offsets, segments: Iterable[Span]) -> list[int]:
    """Return the tokens that overlap segments, in their order."""
    return [token for segment in segments for token in tokens_of(offsets, segment)]


def window(
    offsets: Offsets, body: Span, cue: Span | None, *, left: int, room: int, right: int
) -> set[int]:
    """Return the tokens around a quote; of a long one the middle is left out, but not its cue.

    Args:
        offsets: The tokens of the text.
        body: From the first to the last character of cue and content.
        cue: The cue, if there is one.
        left: Tokens of context before.
        room: Most tokens of the body.
        right: Tokens of context after.
    """
    tokens = tokens_of(offsets, body)
    chosen = set(tokens)
    if len(tokens) > room:
        ahead = int(room * _BEGINNING)
        chosen = {*tokens[:ahead], *tokens[ahead - room :]}
        if cue is not None:
            chosen.update(tokens_of(offsets, cue))
    end = min(len(offsets.starts), tokens.stop + right)
    return {*range(max(0, tokens.start - left), tokens.start), *chosen, *range(tokens.stop, end)}


class Roles:
    """The table that tells which tokens of a reading play which roles.

    Args:
        names: The roles, a column each.
        place: The row of each token that may play one.
        length: How many rows there are.
    """

    def __init__(self, names: Sequence[str], place: Mapping[int, int], length: int) -> None:
        self.table: NDArray[np.float32] = np.zeros((length, len(names)), dtype=np.float32)
        self._names = names
        self._place = place

    def mark(self, role: str, tokens: Iterable[int]) -> None:
        """Set a role for those of the tokens that have a row."""
        rows = [self._place[token] for token in tokens if token in self._place]
        self.table[rows, self._names.index(role)] = 1


def evenly(tokens: Iterable[int], place: Mapping[int, int], length: int) -> NDArray[np.float32]:
    """Return weights that average tokens: equal for those that have a place, zeros where none has.

    Args:
        tokens: The tokens.
        place: The row of each token that is read.
        length: How many rows there are.
    """
    row = np.zeros(length, dtype=np.float32)
    rows = [place[t] for t in tokens if t in place]
    if rows:
        row[rows] = 1 / len(rows)
    return row
