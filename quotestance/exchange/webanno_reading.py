"""Reading WebAnno TSV 3: its rows become a text and annotations; see ``webanno_tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotestance.exchange.losses import ExchangeError
from quotestance.exchange.utf16 import Utf16
from quotestance.exchange.webanno_tsv import ROLE, Annotation

_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.\d+\s*")
_ROW = re.compile(r"(\d+-\d+(?:\.\d+)?)\t(\d+)-(\d+)\t([^\t]*)\t?(.*)")
_SUFFIX = re.compile(r"(?s)(.*?)(?:(?<!\\)\[(\d+)\])?")
_TARGET = re.compile(r"(\d+-\d+(?:\.\d+)?)(?:\[(\d+)\])?")
_UNESCAPED = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its layer, its feature, and what it has: values, or roles or targets of slots."""

    layer: str
    feature: str
    kind: str  # feature, role, target; foreign for layers of chains and relations
    target: str = ""  # the type of the targets


@dataclass(slots=True)
class Tsv:
    """What a file holds.

    Attributes:
        text: The article.
        annotations: Those of span layers; links to what is not there are left out.
        foreign: Layers of chains and relations, with the number of rows that each has.
        broken: Line and words of links that lead nowhere.
    """

    text: str
    annotations: list[Annotation]
    foreign: dict[str, int] = field(default_factory=dict)
    broken: list[tuple[int, str]] = field(default_factory=list)


def read_tsv(tsv: str) -> Tsv:
    """Read the text of a file.

    Raises:
        ExchangeError: naming the line that does not follow the format.
    """
    lines = tsv.replace("\r\n", "\n").split("\n")
    if not _FORMAT.fullmatch(lines[0]):
        raise ExchangeError(
            "line 1: is not '#FORMAT=WebAnno TSV 3.…'; export the document as WebAnno TSV 3.x"
        )
    columns = _header(lines)
    reader = _Reader(columns)
    sentence: list[str] = []
    for number, line in enumerate(lines[1:], start=2):
        if line.startswith("#Text="):
            sentence.append(_unescape(line.removeprefix("#Text=")))
        elif line and not line.startswith("#"):
            match = _ROW.fullmatch(line)
            if not match:
                raise ExchangeError(f"line {number}: {line[:40]!r} is no row of a token")
            if sentence:
                reader.add_sentence("\n".join(sentence), int(match[2]), number)
                sentence = []
            reader.add_row(match[1], (int(match[2]), int(match[3])), match[5].split("\t"), number)
    return reader.result()


def _header(lines: Sequence[str]) -> list[_Column]:
    """Return the columns in their order."""
    columns: list[_Column] = []
    for line in lines[1:]:
        kind, _, rest = line.partition("=")
        if not line.startswith("#T_"):
            break
        layer, *names = rest.split("|")
        names = names or [""]
        if kind != "#T_SP":
            columns += [_Column(layer, name, "foreign") for name in names]
            continue
        role = ""
        for name in names:
            if name.startswith(ROLE):
                role = name
                columns.append(_Column(layer, name, "role"))
            elif role:
                columns.append(_Column(layer, role, "target", name))
                role = ""
            else:
                columns.append(_Column(layer, name, "feature"))
    return columns


class _Reader:
    """Takes sentences and rows as they come."""

    def __init__(self, columns: Sequence[_Column]) -> None:
        self._columns = columns
        self._text: list[str] = []
        self._length = 0  # of the text, in UTF-16 units
        self._annotations: list[Annotation] = []  # with UTF-16 offsets, until the text is whole
        self._by_id: dict[str, int] = {}
        self._by_unit: dict[tuple[str, str], list[int]] = {}
        self._links: list[tuple[int, str, str, str, int]] = []
        self._foreign: dict[str, int] = {}

    def add_sentence(self, sentence: str, start: int, number: int) -> None:
        """Add a sentence; what is between it and the one before is a line end, then blanks."""
        gap = start - self._length
        if gap < 0:
            raise ExchangeError(f"line {number}: the sentence begins before the one above it ends")
        self._text.append(
            ("\n" if self._text and gap else "") + " " * (gap - bool(self._text and gap))
        )
        self._text.append(sentence)
        self._length = start + _units(sentence)

    def add_row(
        self, unit: str, offsets: tuple[int, int], cells: Sequence[str], number: int
    ) -> None:
        """Read the annotations of a token or a part of one."""
        if len(cells) < len(self._columns):
            raise ExchangeError(
                f"line {number}: has {len(cells)} columns of annotations, the header {len(self._columns)}"
            )
        rows: dict[str, list[int]] = {}  # the annotations of each layer in this row
        roles: dict[int, list[str]] = {}
        for column, cell in zip(self._columns, cells, strict=False):
            if cell == "_":
                continue
            if column.kind == "foreign":
                rows.setdefault(column.layer, [])
            else:
                for place, value in enumerate(_split(cell, "|")):
                    self._add_value(column, place, value, unit, offsets, rows, roles, number)
        for layer in {column.layer for column in self._columns if column.kind == "foreign"}:
            self._foreign[layer] = self._foreign.get(layer, 0) + (layer in rows)

    def _add_value(
        self,
        column: _Column,
        place: int,
        value: str,
        unit: str,
        offsets: tuple[int, int],
        rows: dict[str, list[int]],
        roles: dict[int, list[str]],
        number: int,
    ) -> None:
        match = _SUFFIX.fullmatch(value)
        words, key = (value, None) if column.kind == "target" or not match else match.groups()
        found = rows.setdefault(column.layer, [])
        if place >= len(found):
            found.append(self._annotation(column.layer, key, unit, offsets, number))
        index = found[place]
        annotation = self._annotations[index]
        if annotation.line != number:
            return  # what follows in further rows repeats the first
        if column.kind == "feature" and column.feature:
            annotation.features[column.feature] = None if words == "*" else _unescape(words)
        elif column.kind == "role":
            roles[index] = [] if words == "_" else list(_split(words, ";"))
        elif column.kind == "target" and value != "_":
            for role, target in zip(roles.get(index, ()), _split(value, ";"), strict=False):
                self._links.append((index, _unescape(role), target, column.target, number))

    def _annotation(
        self, layer: str, key: str | None, unit: str, offsets: tuple[int, int], number: int
    ) -> int:
        """Return the annotation of a number, made longer by this row, or a new one."""
        index = self._by_id.get(key) if key else None
        if index is None:
            index = len(self._annotations)
            self._annotations.append(Annotation(layer, *offsets, line=number))
            if key:
                self._by_id[key] = index
        annotation = self._annotations[index]
        annotation.start = min(annotation.start, offsets[0])
        annotation.end = max(annotation.end, offsets[1])
        self._by_unit.setdefault((unit, layer), []).append(index)
        return index

    def result(self) -> Tsv:
        """Return what was read, with offsets in characters."""
        text = "".join(self._text)
        units = Utf16(text)
        broken = []
        for index, role, target, kind, number in self._links:
            match = _TARGET.fullmatch(target)
            there = self._by_unit.get((match[1], kind), []) if match else []
            found = self._by_id.get(match[2]) if match and match[2] else next(iter(there), None)
            if found is None:
                broken.append((number, f"the link {role!r} to {target}"))
            else:
                self._annotations[index].links.append((role, found))
        for annotation in self._annotations:
            try:
                annotation.start = units.to_character(annotation.start)
                annotation.end = units.to_character(annotation.end)
                if annotation.end < annotation.start:
                    raise ValueError(f"{annotation.end} ends before it begins")
            except ValueError as error:
                raise ExchangeError(
                    f"line {annotation.line}: offset {error}; offsets are UTF-16 code units"
                ) from error
        return Tsv(text, self._annotations, self._foreign, broken)


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def _split(cell: str, separator: str) -> Iterator[str]:
    """Yield the parts of a cell; a separator behind a backslash is text."""
    part = ""
    position = 0
    while position < len(cell):
        if cell[position] == "\\":
            part += cell[position : position + 2]
            position += 2
        elif cell[position] == separator:
            yield part
            part = ""
            position += 1
        else:
            part += cell[position]
            position += 1
    yield part


def _unescape(value: str) -> str:
    return re.sub(r"(?s)\\(.)", lambda match: _UNESCAPED.get(match[1], match[1]), value)
