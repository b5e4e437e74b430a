"""WebAnno TSV 3: layers of annotations over sentences and tokens, as text.

Only what span layers need is here: their features, and slots, which link an annotation to others.
Offsets of the file are UTF-16 code units; those of ``Annotation`` are characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quotestance.exchange.utf16 import Utf16

HEADER = "#FORMAT=WebAnno TSV 3.3"
ROLE = "ROLE_"
ANY_TARGET = "uima.tcas.Annotation"

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SENTENCE_END = re.compile(r"\n\s*|(?<=[.!?…])[»”\"’)]*\s+(?=[«“\"„(]*[A-ZÀ-Þ])")
_TEXT_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\b": "\\b"}
_RESERVED = re.compile(r"->|[\\\[\]|_;\t\n*]")


@dataclass(frozen=True, slots=True)
class Layer:
    """A span layer: its type and its features; with a slot feature, what its links are called."""

    name: str
    features: tuple[str, ...]
    slot: str | None = None

    @property
    def declaration(self) -> str:
        """The line of the header."""
        columns = list(self.features)
        if self.slot:
            link = f"{self.name}{self.slot.capitalize()}Link"
            columns += [f"{ROLE}{self.name}:{self.slot}_{link}", ANY_TARGET]
        return f"#T_SP={self.name}|{'|'.join(columns)}"

    @property
    def width(self) -> int:
        """The number of its columns; one without features has a column all the same."""
        return max(1, len(self.features) + (2 if self.slot else 0))


@dataclass(slots=True)
class Annotation:
    """An annotation of a layer.

    Attributes:
        layer: Name of the layer.
        start: Offset of its first character.
        end: Offset after its last character.
        features: Values by feature; None where there is none.
        links: Roles and targets of its slots, the targets as indices into the list of annotations.
        line: Where the file has it.
    """

    layer: str
    start: int
    end: int
    features: dict[str, str | None] = field(default_factory=dict)
    links: list[tuple[str, int]] = field(default_factory=list)
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Unit:
    """A row: a token or a part of one."""

    id: str
    start: int
    end: int


def format_tsv(text: str, layers: Sequence[Layer], annotations: Sequence[Annotation]) -> str:
    """Return annotations as the text of a file.

    White space at the edges of an annotation is lost, and one of white space alone cannot be addressed;
    so is white space before the first token, other than blanks.
    """
    sentences = list(_sentences(text, annotations))
    units, covered = _units(text, sentences, annotations)
    ids = _disambiguation(annotations, covered)
    units_of = Utf16(text)
    stacks: dict[str, dict[str, list[int]]] = {}
    for index, rows in enumerate(covered):
        for unit in rows:
            stacks.setdefault(unit.id, {}).setdefault(annotations[index].layer, []).append(index)
    first = {index: rows[0].id for index, rows in enumerate(covered) if rows}
    lines = [HEADER, *(layer.declaration for layer in layers), ""]
    for number, (start, end) in enumerate(sentences):
        lines.append("")
        lines += [f"#Text={_escape_text(line)}" for line in text[start:end].split("\n")]
        for unit in units[number]:
            place = f"{units_of.to_units(unit.start)}-{units_of.to_units(unit.end)}"
            columns = [unit.id, place, text[unit.start : unit.end]]
            for layer in layers:
                indices = stacks.get(unit.id, {}).get(layer.name, [])
                columns += _columns(layer, indices, annotations, ids, first)
            lines.append("\t".join(columns) + "\t")
    return "\n".join(lines) + "\n"


def _sentences(text: str, annotations: Iterable[Annotation]) -> Iterator[tuple[int, int]]:
    """Yield sentences that cover the text from the first token on; none ends within an annotation.

    A line end between two is in neither; all other white space is in the one before.
    """
    first = _TOKEN.search(text)
    if not first:
        return
    inside = {i for a in annotations for i in range(a.start + 1, a.end)}
    start = first.start()
    for match in _SENTENCE_END.finditer(text, start):
        after = match.end()
        if after not in inside and _TOKEN.match(text, after):
            yield start, after - 1 if text[after - 1] == "\n" else after
            start = after
    yield start, len(text)


def _units(
    text: str, sentences: Sequence[tuple[int, int]], annotations: Sequence[Annotation]
) -> tuple[list[list[_Unit]], list[list[_Unit]]]:
    """Return the rows of each sentence, and those that each annotation covers."""
    at: list[set[int]] = [set() for _ in text]  # the annotations of each character
    for index, annotation in enumerate(annotations):
        for place in range(annotation.start, annotation.end):
            at[place].add(index)
    rows: list[list[_Unit]] = []
    covered: list[list[_Unit]] = [[] for _ in annotations]
    for number, (start, end) in enumerate(sentences, start=1):
        rows.append([])
        for count, match in enumerate(_TOKEN.finditer(text, start, end), start=1):
            token = _Unit(f"{number}-{count}", *match.span())
            parts: dict[tuple[int, int], list[int]] = {}
            for index in sorted(set().union(*at[token.start : token.end])):
                start_of, end_of = annotations[index].start, annotations[index].end
                part = max(token.start, start_of), min(token.end, end_of)
                parts.setdefault(part, []).append(index)
            rows[-1].append(token)
            for index in parts.pop((token.start, token.end), ()):
                covered[index].append(token)
            for sub, part in enumerate(sorted(parts), start=1):
                unit = _Unit(f"{token.id}.{sub}", *part)
                rows[-1].append(unit)
                for index in parts[part]:
                    covered[index].append(unit)
    return rows, covered


def _disambiguation(
    annotations: Sequence[Annotation], covered: Sequence[Sequence[_Unit]]
) -> dict[int, int]:
    """Return numbers for annotations that several rows have, that share a row, or that slots fill."""
    sharing: dict[tuple[str, str], list[int]] = {}
    for index, rows in enumerate(covered):
        for unit in rows:
            sharing.setdefault((unit.id, annotations[index].layer), []).append(index)
    needed = {index for indices in sharing.values() if len(indices) > 1 for index in indices}
    needed |= {index for index, rows in enumerate(covered) if len(rows) > 1}
    needed |= {target for annotation in annotations for _, target in annotation.links}
    return {index: number for number, index in enumerate(sorted(needed), start=1)}


def _columns(
    layer: Layer,
    indices: Sequence[int],
    annotations: Sequence[Annotation],
    ids: Mapping[int, int],
    first: Mapping[int, str],
) -> list[str]:
    if not indices:
        return ["_"] * layer.width
    suffix = {index: f"[{ids[index]}]" if index in ids else "" for index in indices}
    columns = []
    for name in layer.features:
        values = ((index, annotations[index].features.get(name)) for index in indices)
        columns.append(
            "|".join(
                f"{_escape(value) if value else '*'}{suffix[index]}" for index, value in values
            )
        )
    if layer.slot:
        links = {
            index: [(role, target) for role, target in annotations[index].links if target in first]
            for index in indices
        }
        roles = {index: ";".join(_escape(role) for role, _ in links[index]) for index in indices}
        columns.append("|".join(f"{roles[index] or '_'}{suffix[index]}" for index in indices))
        aims = {
            index: ";".join(f"{first[target]}[{ids[target]}]" for _, target in links[index])
            for index in indices
        }
        columns.append("|".join(aims[index] or "_" for index in indices))
    return columns or ["|".join(f"*{suffix[index]}" for index in indices)]


def _escape(value: str) -> str:
    value = _RESERVED.sub(lambda match: f"\\{match.group()}", value)
    return value.replace("\t", "t").replace("\n", "n")


def _escape_text(line: str) -> str:
    return "".join(_TEXT_ESCAPES.get(char, f"\\{char}" if char < " " else char) for char in line)
