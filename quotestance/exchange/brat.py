"""brat's standoff: an article in ``ID.txt`` and its annotations in ``ID.ann``.

What marks and links mean is told in ``graph``. In the lines of the file, mentions, contents and cues are
text-bound annotations (``T``), links are relations (``R``), the type of a quote is the attribute
``Type`` (``A``), and the entity of a mention is a reference (``N``) into ``quotestance``. What brat has no
line for stands as JSON in notes (``#``): id, kind, aliases and side of an entity at its first mention,
ids of quotes that are not ``q1``, ``q2`` and so on, that pieces are segments (``apart``, see below),
speakers and targets that are mentioned nowhere, and the domain. Probabilities and the caller's own
fields have no place.

Offsets are characters. A stretch of brat's cannot hold a line end or a tab, so one that does is written
in pieces around them, and pieces with nothing but these between them are read as one. An event
(``E``) whose trigger is a content, or a cue with a content among its arguments, is read like relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from quotestance.document import ENTITY_KINDS, QUOTE_TYPES, Document, Entity, Span
from quotestance.exchange.brat_lines import Annotations, Note, read_lines
from quotestance.exchange.building import build
from quotestance.exchange.files import file_stem, id_of_stem, is_utf8, read_text
from quotestance.exchange.graph import (
    CONTENT,
    CONTINUED,
    CUE,
    CUE_LINK,
    LABELS,
    Graph,
    Mark,
    graph_of,
    link_labels,
    linked_stances,
)
from quotestance.exchange.losses import ExchangeError, Exported, Imported, Loss, left_out
from quotestance.exchange.notes import (
    note_text,
    noted_domain,
    noted_entities,
    notes_of,
    read_note,
    with_note,
)

_PIECE = re.compile(r"[^\n\r\t]+")
_GAP = re.compile(r" *[\n\r\t]\s*")
_RESOURCE = "quotestance"  # what references point into
_TYPE, _STANCE = "Type", "Stance"


def read_brat(path: Path) -> Imported:
    """Read an article and its annotations.

    Args:
        path: The ``.ann`` or the ``.txt`` file; the other one lies beside it. An article without
            annotations may lack the ``.ann`` file.

    Raises:
        ExchangeError: when the annotations are no standoff, naming the file and the line.
        OSError: when a file cannot be read.
    """
    article, annotations = path.with_suffix(".txt"), path.with_suffix(".ann")
    if annotations.exists() and not article.exists():
        raise ExchangeError(f"{annotations}: the article is missing; put {article.name} beside it")
    text = read_text(article)
    lines = read_text(annotations) if annotations.exists() else ""
    try:
        return parse_brat(text, lines, id_of_stem(path.stem))
    except ExchangeError as error:
        raise ExchangeError(f"{annotations}, {error}") from error


def parse_brat(text: str, annotations: str, name: str) -> Imported:
    """Read annotations in standoff.

    Args:
        text: The article.
        annotations: The text of the ``.ann`` file.
        name: Id of the document.

    Raises:
        ExchangeError: naming the line that is no standoff.
    """
    lines = read_lines(annotations, text, name)
    losses = list(lines.losses)
    notes = _notes(lines.notes, name, losses)
    ids = _quote_ids(lines, notes)
    marks = []
    for mark in lines.marks:
        told = dict(lines.attributes.get(mark.key, {}))
        note = notes.get(mark.key, {})
        spans = mark.spans if note.get("apart") else tuple(_joined(mark.spans, text))
        mark = replace(mark, spans=spans, key=ids[mark.key])
        if mark.label == CONTENT:
            mark = replace(
                mark,
                type=told.pop(_TYPE, "").lower() or None,
                stance=told.pop(_STANCE, "").lower() or None,
            )
            mark = with_note(mark, note)
        losses += [Loss(name, mark.place, f"the attribute {field} {told[field]}") for field in told]
        marks.append(mark)
    entities, marks = _entities(lines, marks, notes)
    links = [
        replace(link, source=ids[link.source], target=ids[link.target])
        for link in lines.links
        if link.source in ids and link.target in ids
    ]
    graph = Graph(name, text, tuple(marks), tuple(links), entities)
    document, lost = build(graph, noted_domain(notes.values()))
    return Imported((document,), tuple(losses + lost))


def write_brat(documents: Sequence[Document]) -> Exported:
    """Write documents as pairs of files, named by their ids, with brat's ``annotation.conf``."""
    files = {"annotation.conf": _configuration(linked_stances(documents))}
    losses: list[Loss] = []
    for document in documents:
        if not is_utf8(document.text):
            losses.append(
                Loss(document.id, "", "left out: half a character, which UTF-8 cannot hold")
            )
            continue
        stem = file_stem(document.id)
        lines = "".join(f"{line}\n" for line in _lines(document))
        files |= {f"{stem}.txt": document.text, f"{stem}.ann": lines}
        losses += left_out([document], parse_brat(document.text, lines, document.id).documents)
    return Exported(files, tuple(losses))


def _configuration(stances: Sequence[str]) -> str:
    """Return the configuration of a project with such stances."""
    links = "\n".join(
        f"{label}\tArg1:{CONTENT}, Arg2:{CUE if label == CUE_LINK else '<ENTITY>'}"
        for label in link_labels(stances)
        if label != CONTINUED  # brat's marks have several stretches
    )
    return f"""\
[entities]
{chr(10).join(LABELS)}

[relations]
{links}
<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]

[attributes]
{_TYPE}\tArg:{CONTENT}, Value:{"|".join(QUOTE_TYPES)}
"""


def _lines(document: Document) -> Iterator[str]:
    """Yield the lines of the annotation file."""
    graph = graph_of(document)
    notes = notes_of(graph, document.domain)
    keys: dict[str, str] = {}
    titles = {entity.id: " ".join(entity.name.split()) for entity in graph.entities}
    for mark in graph.marks:
        pieces = list(_pieces(mark.spans, document.text))
        if not pieces:
            continue  # nothing but line ends: told when the file is read back
        key = keys[mark.key] = f"T{len(keys) + 1}"
        offsets = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(document.text[start:end] for start, end in pieces)
        yield f"{key}\t{mark.label} {offsets}\t{words}"
        stretches = [Span.of(document.text, start, end) for start, end in pieces]
        if tuple(_joined(stretches, document.text)) != mark.spans:
            notes.setdefault(mark.key, {})["apart"] = True
        if mark.label == CONTENT:
            yield f"A{len(keys)}\t{_TYPE} {key} {mark.type}"
            if mark.key != f"q{len(keys)}":
                notes[mark.key]["id"] = mark.key
        elif mark.entity:
            entry = f"{_RESOURCE}:{quote(mark.entity, safe='')}"
            yield f"N{len(keys)}\tReference {key} {entry}\t{titles[mark.entity]}"
    for number, link in enumerate(graph.links, start=1):
        if link.source in keys and link.target in keys:
            yield f"R{number}\t{link.label} Arg1:{keys[link.source]} Arg2:{keys[link.target]}"
    for number, (name, note) in enumerate(notes.items(), start=1):
        text = note_text(note)
        if text and name in keys:
            yield f"#{number}\tAnnotatorNotes {keys[name]}\t{text}"


def _pieces(spans: Sequence[Span], text: str) -> Iterator[tuple[int, int]]:
    for span in spans:
        for match in _PIECE.finditer(text, span.start, span.end):
            yield match.span()


def _joined(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield the stretches, those that only a line end or a tab separates as one."""
    current, *others = spans
    for span in others:
        if _GAP.fullmatch(text, current.end, span.start):
            current = Span.of(text, current.start, span.end)
        else:
            yield current
            current = span
    yield current


def _notes(notes: Sequence[Note], name: str, losses: list[Loss]) -> dict[str, dict[str, Any]]:
    """Return what the notes of ours tell, by the annotation that they stand at."""
    found: dict[str, dict[str, Any]] = {}
    for note in notes:
        data = read_note(note.text)
        if data is None:
            losses.append(Loss(name, note.place, f"the note {note.text[:40]!r}"))
        else:
            found.setdefault(note.target, {}).update(data)
    return found


def _quote_ids(lines: Annotations, notes: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return our key of every annotation: of a content the noted id, else ``q`` and its number."""
    ids = {mark.key: mark.key for mark in lines.marks}
    contents = [mark.key for mark in lines.marks if mark.label == CONTENT]
    noted = {key: str(notes[key]["id"]) for key in contents if notes.get(key, {}).get("id")}
    used = {*ids, *noted.values()}
    for number, key in enumerate(contents, start=1):
        name = f"q{number}"
        while key not in noted and name in used:
            number += len(contents)
            name = f"q{number}"
        ids[key] = noted.get(key, name)
        used.add(ids[key])
    return ids


def _entities(
    lines: Annotations, marks: Sequence[Mark], notes: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[Entity, ...], list[Mark]]:
    """Return the entities that notes and references tell of, and the marks with their entities."""
    entities = noted_entities(notes.values())
    linked = []
    for mark in marks:
        if mark.key in lines.references:
            resource, entry, title = lines.references[mark.key]
            key = unquote(entry) if resource == _RESOURCE else f"{resource}:{entry}"
            kinds = [kind for kind in ENTITY_KINDS if kind == mark.label]
            name = title or mark.spans[0].text
            entities.setdefault(key, Entity(key, next(iter(kinds), "person"), name, (name,)))
            mark = replace(mark, entity=key)
        linked.append(mark)
    return tuple(entities.values()), linked
