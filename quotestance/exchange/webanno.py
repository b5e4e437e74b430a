"""WebAnno TSV 3 with layers for quotes, as WebAnno and INCEpTION read and write it, a file an article.

The project needs three span layers (Settings → Layers), with features of type String:

- ``webanno.custom.QuoteContent``: ``quote``, ``type``, ``note``, and the slot feature ``links`` to any
  annotation, whose roles are the links of ``graph``;
- ``webanno.custom.QuoteCue``, without features;
- ``webanno.custom.QuoteMention``: ``kind`` (a kind of entity, or ``Speaker``), ``entity``, ``note``.

What these cannot show stands as JSON in ``note``. Probabilities and the caller's own fields have no
place, nor white space at the edges of a stretch.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quotestance.document import Document, Span
from quotestance.exchange.building import build
from quotestance.exchange.files import file_stem, id_of_stem, is_utf8, read_text
from quotestance.exchange.graph import (
    CONTENT,
    CONTINUED,
    CUE,
    CUE_LINK,
    LABELS,
    SPEAKER,
    Graph,
    Link,
    Mark,
    graph_of,
    known_as,
    link_label,
    link_labels,
    split_marks,
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
from quotestance.exchange.webanno_reading import Tsv, read_tsv
from quotestance.exchange.webanno_tsv import Annotation, Layer, format_tsv

CONTENTS = Layer("webanno.custom.QuoteContent", ("quote", "type", "note"), "links")
CUES = Layer("webanno.custom.QuoteCue", ())
MENTIONS = Layer("webanno.custom.QuoteMention", ("kind", "entity", "note"))
_NUMBERED = re.compile(r"q(\d+)")
_LAYERS = (CONTENTS, CUES, MENTIONS)


def read_webanno(path: Path) -> Imported:
    """Read an article; its id is the file's name.

    Raises:
        ExchangeError: when the file is no WebAnno TSV 3, naming it and the line.
        OSError: when the file cannot be read.
    """
    tsv = read_text(path)
    try:
        return parse_webanno(tsv, id_of_stem(path.stem))
    except ExchangeError as error:
        raise ExchangeError(f"{path}, {error}") from error


def parse_webanno(tsv: str, name: str) -> Imported:
    """Read an article from the text of a file.

    Args:
        tsv: The file's text.
        name: Id of the document.
    """
    read = read_tsv(tsv)
    losses = _foreign(read, name)
    marks: list[Mark] = []
    notes: dict[str, dict[str, Any]] = {}
    keys = _keys(read.annotations)
    for index, annotation in enumerate(read.annotations):
        if index in keys:
            place, text = f"line {annotation.line}", annotation.features.get("note")
            mark = _mark(keys[index], annotation, read.text, place)
            note = read_note(text) if text else {}
            if note is None:
                losses.append(Loss(name, place, f"the note {str(text)[:40]!r}"))
            if mark is None:
                kind = annotation.features.get("kind")
                losses.append(
                    Loss(name, place, f"the kind {kind!r}; known: {', '.join(LABELS[2:])}")
                )
                continue
            notes[mark.key] = note or {}
            marks.append(with_note(mark, note or {}) if mark.label == CONTENT else mark)
    links = _links(read, keys, {mark.key for mark in marks}, name, losses)
    marks = _ordered(marks, notes)
    entities = tuple(noted_entities(notes[mark.key] for mark in marks).values())
    graph = Graph(name, read.text, tuple(marks), tuple(links), entities)
    document, lost = build(graph, noted_domain(notes.values()))
    return Imported((document,), tuple(losses + lost))


def write_webanno(documents: Sequence[Document]) -> Exported:
    """Write each document as a file, named by its id."""
    files: dict[str, str] = {}
    losses: list[Loss] = []
    for document in documents:
        if not is_utf8(document.text):
            losses.append(
                Loss(document.id, "", "left out: half a character, which UTF-8 cannot hold")
            )
            continue
        tsv = format_tsv(document.text, _LAYERS, _annotations(document))
        files[f"{file_stem(document.id)}.tsv"] = tsv
        losses += left_out([document], parse_webanno(tsv, document.id).documents)
    return Exported(files, tuple(losses))


def _annotations(document: Document) -> list[Annotation]:
    graph = split_marks(graph_of(document))
    notes = notes_of(graph, document.domain)
    _note_order(document, notes)
    index = {mark.key: number for number, mark in enumerate(graph.marks)}
    quotes = {quote.id for quote in document.quotes}
    annotations = []
    for mark in graph.marks:
        note = note_text(notes.get(mark.key, {}))
        features: dict[str, str | None] = {}
        if mark.label == CONTENT:
            layer = CONTENTS
            number = mark.key if mark.key in quotes else None
            features = {"quote": number, "type": mark.type, "note": note}
        elif mark.label == CUE:
            layer = CUES
        else:
            layer = MENTIONS
            features = {"kind": mark.label, "entity": mark.entity, "note": note}
        annotations.append(Annotation(layer.name, mark.spans[0].start, mark.spans[0].end, features))
    further: dict[str, list[str]] = {}
    for link in graph.links:
        if link.label == CONTINUED:
            further.setdefault(link.source, []).append(link.target)
    for link in graph.links:
        source = annotations[index[link.source]]
        if link.label == CUE_LINK:  # cues have no slots: all their segments hang on the content
            segments = (link.target, *further.get(link.target, ()))
            source.links += [(CUE_LINK, index[key]) for key in segments]
        elif source.layer == CONTENTS.name:
            source.links.append((link.label, index[link.target]))
    return annotations


def _note_order(document: Document, notes: Mapping[str, dict[str, Any]]) -> None:
    """Note the order of the quotes where their numbers do not tell it."""
    matches = [_NUMBERED.fullmatch(quote.id) for quote in document.quotes]
    numbers = [int(match[1]) for match in matches if match]
    if len(numbers) < len(matches) or numbers != sorted(numbers):
        for order, quote in enumerate(document.quotes, start=1):
            notes[quote.id]["order"] = order


def _foreign(read: Tsv, name: str) -> list[Loss]:
    """Return what stands in layers and links that are not ours."""
    ours = {layer.name for layer in _LAYERS}
    counts = dict(read.foreign)
    for annotation in read.annotations:
        if annotation.layer not in ours:
            counts[annotation.layer] = counts.get(annotation.layer, 0) + 1
    losses = [
        Loss(name, layer, f"{count} annotations of a layer that is not read")
        for layer, count in counts.items()
        if count
    ]
    return losses + [Loss(name, f"line {line}", what) for line, what in read.broken]


def _keys(annotations: Sequence[Annotation]) -> dict[int, str]:
    """Return the key of each mark: of a content the id of its quote, else a number."""
    ours = {layer.name for layer in _LAYERS}
    keys: dict[int, str] = {}
    used: set[str] = set()
    for index, annotation in enumerate(annotations):
        if annotation.layer in ours:
            given = annotation.features.get("quote")
            key = (
                given
                if given and given not in used
                else f"{annotation.layer.rpartition('.')[2]}-{index + 1}"
            )
            keys[index] = key
            used.add(key)
    return keys


def _mark(key: str, annotation: Annotation, text: str, place: str) -> Mark | None:
    spans = (Span.of(text, annotation.start, annotation.end),)
    features = annotation.features
    if annotation.layer == CONTENTS.name:
        return Mark(key, CONTENT, spans, place, type=features.get("type"))
    if annotation.layer == CUES.name:
        return Mark(key, CUE, spans, place)
    label = known_as(features.get("kind") or SPEAKER, LABELS[2:])
    return Mark(key, label, spans, place, entity=features.get("entity")) if label else None


def _links(
    read: Tsv, keys: Mapping[int, str], known: set[str], name: str, losses: list[Loss]
) -> list[Link]:
    links = []
    for index, annotation in enumerate(read.annotations):
        for role, target in annotation.links:
            label, place = link_label(role), f"line {annotation.line}"
            ends = keys.get(index), keys.get(target)
            if not label:
                losses.append(
                    Loss(name, place, f"the link {role!r}; known: {', '.join(link_labels())}")
                )
            elif ends[0] in known and ends[1] in known:
                links.append(Link(str(ends[0]), label, str(ends[1]), place))
            else:
                losses.append(Loss(name, place, f"the link {role!r} with what is not read"))
    return links


def _ordered(marks: Sequence[Mark], notes: Mapping[str, Mapping[str, Any]]) -> list[Mark]:
    """Return the marks with the quotes in their order: as noted or numbered, else as in the text."""

    def number(mark: Mark) -> int:
        order, match = notes[mark.key].get("order"), _NUMBERED.fullmatch(mark.key)
        if isinstance(order, int):
            return order
        return int(match[1]) if match and mark.label == CONTENT else sys.maxsize

    return sorted(marks, key=number)
