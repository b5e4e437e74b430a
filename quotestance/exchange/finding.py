"""Finding the words of a quote in the text that it was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from quotestance.document import Span

_MARKS = "«»“”„\"'’‘"


def find_quote(
    text: str, words: str, between: str, taken: Sequence[tuple[Span, ...]] = ()
) -> tuple[Span, ...]:
    """Return where a quote stands: the first place that is not taken, else the first, else nothing.

    Args:
        text: What it was taken from.
        words: The quote. White space counts as the same whatever it is, and quotation marks too.
        between: What stands between two segments of a quote that is not there as a whole.
        taken: Contents found before.
    """
    places = _places(text, words, between)
    free = [place for place in places if place not in taken]
    return next(iter(free or places), ())


def find_nearest(text: str, words: str, between: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """Return where words stand nearest to a content, outside it; nothing where they do not.

    Args:
        text: What they were taken from.
        words: The words, compared as ``find_quote`` does.
        between: What stands between two segments.
        content: Segments of the content.
    """
    places = _places(text, words, between)
    outside = [p for p in places if not any(a.overlaps(b) for a in p for b in content)]
    return min(outside, key=lambda place: _distance(place, content), default=())


def _distance(place: Sequence[Span], content: Sequence[Span]) -> int:
    """Return how many characters stand between the segments of a place and the content nearest."""
    return sum(min(max(a.start - b.end, b.start - a.end) for b in content) for a in place)


def _places(text: str, words: str, between: str) -> list[tuple[Span, ...]]:
    whole: list[tuple[Span, ...]] = [(span,) for span in _occurrences(text, words)]
    return whole or list(_split(text, words, between))


def _split(text: str, words: str, between: str) -> Iterator[tuple[Span, ...]]:
    """Yield the places where the segments of words follow one another."""
    segments = [_pattern(segment) for segment in words.split(between) if segment.strip()]
    if len(segments) < 2:
        return
    for first in segments[0].finditer(text):
        found = [first]
        for segment in segments[1:]:
            match = segment.search(text, found[-1].end())
            if not match:
                return
            found.append(match)
        yield tuple(Span.of(text, *match.span()) for match in found)


def _occurrences(text: str, words: str) -> Iterator[Span]:
    """Yield where words stand as they are; where they do nowhere, as nearly as ``_pattern`` tells."""
    exact = [match.span() for match in re.finditer(re.escape(words), text)]
    spans = exact or [match.span() for match in _pattern(words).finditer(text)]
    yield from (Span.of(text, start, end) for start, end in spans if start < end)


@lru_cache(maxsize=1024)
def _pattern(words: str) -> re.Pattern[str]:
    pieces = re.split(rf"(\s+|[{re.escape(_MARKS)}])", words.strip())
    return re.compile(
        "".join(
            r"\s+"
            if piece.isspace()
            else f"[{re.escape(_MARKS)}]"
            if piece in _MARKS
            else re.escape(piece)
            for piece in pieces
            if piece
        )
    )
