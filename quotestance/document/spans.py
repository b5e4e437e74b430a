"""Stretches of text, in characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: characters from ``start`` up to, not including, ``end``.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last character; always greater than ``start``.
        text: The characters covered; empty when the span was made without a text. It takes no part
            in comparisons.
    """

    start: int
    end: int
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not [{self.start}, {self.end}]")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Return the span ``text[start:end]`` with its words.

        Raises:
            ValueError: if the offsets are empty, reversed or outside the text.
        """
        if end > len(text):
            raise ValueError(
                f"span [{start}, {end}] ends after the text, which has {len(text)} characters"
            )
        return cls(start, end, text[start:end])

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __str__(self) -> str:
        return self.text or f"[{self.start}, {self.end}]"

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


def overlap(left: Iterable[Span], right: Iterable[Span]) -> int:
    """Count the characters that two lists of segments share.

    The segments within each list must not overlap one another.
    """
    others = tuple(right)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in others)


def overlap_f1(left: Iterable[Span], right: Iterable[Span]) -> float:
    """Return the F1 of characters between two lists of segments: 1.0 when they are the same."""
    ours, theirs = tuple(left), tuple(right)
    total = sum(map(len, ours)) + sum(map(len, theirs))
    return 2 * overlap(ours, theirs) / total if total else 0.0
