"""The lines of brat's annotation files, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from quotestance.document import Span
from quotestance.exchange.graph import (
    CONTENT,
    CUE,
    CUE_LINK,
    LABELS,
    Link,
    Mark,
    known_as,
    link_label,
    link_labels,
)
from quotestance.exchange.losses import ExchangeError, Loss

_TEXT_BOUND = re.compile(r"(T\S*)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")
_EVENT = re.compile(r"(E\S*)\t(\S+?):(\S+)((?: \S+?:\S+)*) ?")
_RELATION = re.compile(r"(R\S*)\t(\S+) Arg1:(\S+) Arg2:(\S+)\s*")
_ATTRIBUTE = re.compile(r"([AM]\S*)\t(\S+) (\S+)(?: (.+))?")
_REFERENCE = re.compile(r"(N\S*)\t(\S+) (\S+) ([^\s:]+):(\S+)(?:\t(.*))?")
_NOTE = re.compile(r"(#\S*)\t(\S+) (\S+)(?:\t(.*))?")


@dataclass(frozen=True, slots=True)
class Note:
    """A note at an annotation."""

    target: str
    text: str
    place: str


@dataclass(slots=True)
class Annotations:
    """What an annotation file holds, by the ids of its text-bound annotations.

    Attributes:
        marks: The text-bound annotations with labels of ours.
        links: Relations, and arguments of events.
        attributes: Names and values (empty for a flag) by annotation.
        references: ``resource``, key and title by annotation.
        notes: The notes in the order of the file.
        losses: What has no place with us.
    """

    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    references: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def read_lines(annotations: str, text: str, name: str) -> Annotations:
    """Read the lines of an annotation file.

    Args:
        annotations: The text of the file.
        text: The article.
        name: Id of the document, for losses.

    Raises:
        ExchangeError: naming the first line that is no standoff or lies outside the text.
    """
    reader = _Reader(text, name)
    # References may stand before what they refer to: spans first, then events, then the rest.
    lines = [
        (f"line {number}", line.rstrip("\r"))
        for number, line in enumerate(annotations.split("\n"), start=1)
        if line.strip()
    ]
    kinds: tuple[tuple[str, Callable[[str, str], None]], ...] = (
        ("T", reader.text_bound),
        ("E", reader.event),
        ("R", reader.relation),
        ("AM", reader.attribute),
        ("N", reader.reference),
        ("#", reader.note),
    )
    for first, read in kinds:
        for place, line in lines:
            if line[0] in first:
                read(place, line)
    for place, line in lines:
        if line[0] == "*":
            reader.found.losses.append(Loss(name, place, f"the equivalence {line[1:].strip()!r}"))
        elif line[0] not in "TERAMN#":
            raise ExchangeError(f"{place}: {line[:40]!r} starts with none of T, E, R, A, N, #, *")
    return reader.found


class _Reader:
    """Reads one line after the other."""

    def __init__(self, text: str, name: str) -> None:
        self.found = Annotations()
        self._text, self._name = text, name
        self._foreign: set[str] = set()  # ids of annotations with labels that are not ours
        self._triggers: dict[str, str] = {}  # of events

    def text_bound(self, place: str, line: str) -> None:
        key, label, offsets, words = _fields(_TEXT_BOUND, line, place, "T1\tLABEL 0 5;10 12\tWORDS")
        pairs = [tuple(map(int, pair.split())) for pair in offsets.split(";")]
        try:
            spans = tuple(Span.of(self._text, start, end) for start, end in sorted(pairs))
        except ValueError as error:
            raise ExchangeError(f"{place}: {error}; is it the right text file?") from error
        ours = known_as(label, LABELS)
        if not ours:
            self._foreign.add(key)
            self._lose(place, f"the label {label!r}; known: {', '.join(LABELS)}")
            return
        there = " ".join(span.text for span in spans)
        if words and words.split() != there.split():
            self._lose(place, f"the words {words[:40]!r} are not at {offsets}, which is taken")
        self.found.marks.append(Mark(key, ours, spans, place))

    def event(self, place: str, line: str) -> None:
        key, _, trigger, arguments = _fields(_EVENT, line, place, "E1\tTYPE:T1 ROLE:T2")
        self._triggers[key] = trigger
        labels = {mark.key: mark.label for mark in self.found.marks}
        parts = [part.partition(":") for part in (arguments or "").split()]
        roles = [(re.sub(r"\d+$", "", role), target) for role, _, target in parts]
        source = trigger
        if labels.get(trigger) == CUE:
            contents = [target for _, target in roles if labels.get(target) == CONTENT]
            if not contents:
                self._lose(place, "an event without a content")
                return
            source = contents[0]
            roles = [(CUE_LINK, trigger), *((r, t) for r, t in roles if t != source)]
        for role, target in roles:
            self._link(source, role, target, place)

    def relation(self, place: str, line: str) -> None:
        _, label, source, target = _fields(_RELATION, line, place, "R1\tLABEL Arg1:T1 Arg2:T2")
        self._link(source, label, target, place)

    def attribute(self, place: str, line: str) -> None:
        _, field, key, value = _fields(_ATTRIBUTE, line, place, "A1\tNAME T1 VALUE")
        key = self._triggers.get(key, key)
        if key not in self._foreign:
            self.found.attributes.setdefault(key, {})[field] = value or ""

    def reference(self, place: str, line: str) -> None:
        shape = "N1\tReference T1 RESOURCE:KEY\tTITLE"
        _, _, key, resource, entry, title = _fields(_REFERENCE, line, place, shape)
        if key not in self._foreign:
            self.found.references[key] = (resource, entry, title or "")

    def note(self, place: str, line: str) -> None:
        _, _, key, text = _fields(_NOTE, line, place, "#1\tAnnotatorNotes T1\tTEXT")
        self.found.notes.append(Note(self._triggers.get(key, key), text or "", place))

    def _link(self, source: str, label: str, target: str, place: str) -> None:
        source, target = self._triggers.get(source, source), self._triggers.get(target, target)
        known = link_label(label)
        there = {mark.key for mark in self.found.marks}
        missing = {source, target} - there - self._foreign
        if missing:
            self._lose(place, f"the link {label!r} with {min(missing)}, which is not there")
        elif {source, target} & self._foreign:
            self._lose(place, "a link with an annotation that is not read")
        elif not known:
            self._lose(place, f"the link {label!r}; known: {', '.join(link_labels())}")
        else:
            self.found.links.append(Link(source, known, target, place))

    def _lose(self, place: str, what: str) -> None:
        self.found.losses.append(Loss(self._name, place, what))


def _fields(pattern: re.Pattern[str], line: str, place: str, shape: str) -> tuple[str, ...]:
    match = pattern.fullmatch(line)
    if not match:
        raise ExchangeError(f"{place}: {line[:40]!r} is not of the form {shape!r}")
    return match.groups()
