"""A document's text as a sequence of marked pieces, for a markup language.

Contents, cues and mentions may lie in one another and cross. ``sweep`` goes through the text once and
tells what opens and closes where, so that everything that is opened is closed in the reverse order:
where a mark must close around another that goes on, the other is closed before it and opened again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from quotestance.document import Document, Quote, Span

MarkKind = Literal["content", "speaker", "cue"]

_LINE = re.compile(r"[^\r\n]+")
_CLOSING = re.compile(r"[”»\"’'.,;:!?)\]]*")
_INWARD: tuple[MarkKind, ...] = ("content", "speaker", "cue")  # of those that cover the same


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text that plays a part in quotes.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last character.
        kind: The part that it plays: content, mention of the speaker or cue.
        quotes: Places of the quotes in ``Document.quotes``; cues and mentions may serve several.
    """

    start: int
    end: int
    kind: MarkKind
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of the text from ``start`` up to, not including, ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Open:
    """A mark opens here, for the first time or again."""

    mark: Mark
    again: bool


@dataclass(frozen=True, slots=True)
class Close:
    """The mark that was opened last closes here."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph starts here, or ends."""

    starts: bool


@dataclass(frozen=True, slots=True)
class Note:
    """Here is the place to say something about a quote, given by its place among the quotes."""

    quote: int


Event = Text | Open | Close | Paragraph | Note


def marks_of(document: Document) -> list[Mark]:
    """Return the marks of a document in the order of the text.

    A cue or mention that several quotes share is one mark. A span that ends after the text is cut.
    """
    found: dict[tuple[int, int, MarkKind, int | None], list[int]] = defaultdict(list)
    for index, quote in enumerate(document.quotes):
        for kind, span in _parts(quote):
            own = index if kind == "content" else None
            found[span.start, min(span.end, len(document.text)), kind, own].append(index)
    marks = [
        Mark(start, end, kind, tuple(dict.fromkeys(quotes)))
        for (start, end, kind, _), quotes in found.items()
        if start < end
    ]
    return sorted(marks, key=lambda mark: (mark.start, *_outermost_first(mark)))


def sweep(document: Document) -> Iterator[Event]:
    """Yield the text of a document, all of it and in order, with what opens, closes and stands where.

    Marks are open inside paragraphs alone; between paragraphs there are line ends, which are yielded as
    text too. The note on a quote comes after its last segment and the punctuation that follows.
    """
    text = document.text
    starting: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks_of(document):
        starting[mark.start].append(mark)
    notes: dict[int, list[int]] = defaultdict(list)
    for index, quote in enumerate(document.quotes):
        notes[_place_of_note(text, quote.content[-1])].append(index)
    borders = dict(_paragraph_borders(text))
    ends = {mark.end for marks in starting.values() for mark in marks}

    active: list[Mark] = []  # outermost first; open when inside a paragraph
    opened: set[Mark] = set()
    inside, before = False, 0
    for place in sorted({*starting, *ends, *notes, *borders, len(text)}):
        if before < place:
            yield Text(before, place)
        before = place
        going_on = [mark for mark in active if mark.end > place]
        untouched = 0 if place in borders else _common_start(active, going_on)
        if inside:
            yield from map(Close, reversed(active[untouched:]))
        yield from map(Note, notes.get(place, ()))
        if place in borders:
            inside = borders[place]
            yield Paragraph(inside)
        opening = sorted([*going_on[untouched:], *starting.get(place, ())], key=_outermost_first)
        active = going_on[:untouched] + opening
        if inside:
            yield from (Open(mark, mark in opened) for mark in opening)
            opened.update(opening)


def _parts(quote: Quote) -> Iterator[tuple[MarkKind, Span]]:
    yield from (("content", segment) for segment in quote.content)
    yield from (("cue", segment) for segment in quote.cue)
    if quote.speaker.mention:
        yield "speaker", quote.speaker.mention


def _paragraph_borders(text: str) -> Iterator[tuple[int, bool]]:
    """Yield where paragraphs start (True) and end (False)."""
    for line in _LINE.finditer(text):
        if words := line.group().rstrip():
            yield from ((line.start(), True), (line.start() + len(words), False))


def _place_of_note(text: str, last: Span) -> int:
    end = min(last.end, len(text))
    while end > last.start and text[end - 1].isspace():
        end -= 1
    closing = _CLOSING.match(text, end)
    return closing.end() if closing else end


def _common_start(left: Iterable[Mark], right: Iterable[Mark]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def _outermost_first(mark: Mark) -> tuple[int, int, tuple[int, ...]]:
    return -mark.end, _INWARD.index(mark.kind), mark.quotes
