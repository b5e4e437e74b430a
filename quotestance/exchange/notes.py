"""What annotation tools have no place for, as JSON in the notes or features of their annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quotestance.document import ENTITY_KINDS, Entity
from quotestance.exchange.files import is_utf8
from quotestance.exchange.graph import CONTENT, Graph, Mark, unmentioned
from quotestance.exchange.losses import ExchangeError

Note = dict[str, Any]

_FIELDS = {"id", "order", "apart", "speaker", "targets", "entity", "entities", "domain"}


def notes_of(graph: Graph, domain: str | None) -> dict[str, Note]:
    """Return what is to be noted at marks, by their keys.

    An entity stands at its first mention; a speaker or target who is mentioned nowhere at the content;
    entities that are mentioned nowhere, and the domain, at the first mark.
    """
    notes: dict[str, Note] = {}
    order = {entity.id: number for number, entity in enumerate(graph.entities, start=1)}
    waiting = {entity.id: entity for entity in graph.entities}
    for mark in graph.marks:
        if mark.label == CONTENT:
            notes[mark.key] = {"speaker": mark.speaker, "targets": list(mark.targets)}
        elif mark.entity in waiting:
            entity = waiting.pop(mark.entity)
            notes[mark.key] = {"entity": entity_note(entity) | {"order": order[entity.id]}}
    if graph.marks:
        silent = [entity_note(e) | {"order": order[e.id]} for e in unmentioned(graph)]
        notes.setdefault(graph.marks[0].key, {}).update(entities=silent, domain=domain)
    return notes


def note_text(note: Note) -> str | None:
    """Return a note as JSON on one line, or None when it tells nothing."""
    told = {field: value for field, value in note.items() if value}
    text = json.dumps(told, ensure_ascii=False)
    return (text if is_utf8(text) else json.dumps(told)) if told else None


def read_note(text: str) -> Note | None:
    """Read a note that ``note_text`` wrote; None for one of somebody else."""
    try:
        note = json.loads(text)
    except ValueError:
        return None
    return note if isinstance(note, dict) and set(note) <= _FIELDS else None


def with_note(mark: Mark, note: Mapping[str, Any]) -> Mark:
    """Return a content with the speaker and the targets that its note names."""
    speaker, targets = note.get("speaker"), note.get("targets") or ()
    strings = isinstance(targets, Sequence) and all(isinstance(target, str) for target in targets)
    if not strings or not isinstance(speaker, str | None):
        raise ExchangeError(
            f"{mark.place}: 'speaker' must be a string, 'targets' a list of strings"
        )
    return replace(mark, speaker=speaker, targets=tuple(targets))


def noted_entities(notes: Iterable[Mapping[str, Any]]) -> dict[str, Entity]:
    """Return the entities that notes tell of, by their ids, in the order that they had."""
    notes = tuple(notes)
    told = [note["entity"] for note in notes if "entity" in note]
    told += [item for note in notes for item in note.get("entities") or ()]
    entities = [(entity_of_note(item), item.get("order")) for item in told]
    entities.sort(key=lambda pair: pair[1] if isinstance(pair[1], int) else len(entities))
    return {entity.id: entity for entity, _ in entities}


def noted_domain(notes: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the domain that a note tells."""
    return next((str(note["domain"]) for note in notes if note.get("domain")), None)


def entity_note(entity: Entity) -> Note:
    """Return an entity without its mentions as JSON-ready data."""
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "side": entity.side,
    }


def entity_of_note(data: Any) -> Entity:
    """Read an entity that ``entity_note`` wrote.

    Raises:
        ExchangeError: when somebody changed the data into something else.
    """
    known = {"id", "kind", "name", "aliases", "side", "order"}
    if isinstance(data, Mapping) and set(data) <= known:
        key, kind, name = (data.get(field) for field in ("id", "kind", "name"))
        aliases, side = data.get("aliases") or [], data.get("side")
        strings = isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases)
        named = isinstance(key, str) and key and isinstance(name, str) and name
        if named and kind in ENTITY_KINDS and strings and isinstance(side, str | None):
            return Entity(str(key), kind, str(name), tuple(aliases), side)
    raise ExchangeError(
        f"an entity needs 'id', 'kind' ({', '.join(ENTITY_KINDS)}) and 'name', may have 'aliases' and "
        f"'side', and nothing else: {str(data)[:80]}"
    )
