"""Putting entities together from mentions, as the files of other tools have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from quotestance.document import Entity, Span

_ID = re.compile(r"[A-Za-z0-9_-]+")
_NO_ID = re.compile(r"[^0-9a-z]+")


class Parties:
    """The entities of one document while it is read.

    Args:
        known: What the file tells of them, without their mentions.
    """

    def __init__(self, known: Iterable[Entity] = ()) -> None:
        self._entities: dict[str, dict[str, Any]] = {}
        self._ids: dict[str, str] = {}  # by every name, in lower case
        for entity in known:
            self._add(
                {
                    "id": entity.id,
                    "kind": entity.kind,
                    "name": entity.name,
                    "aliases": list(entity.aliases),
                    "side": entity.side,
                    "mentions": [],
                }
            )

    def find(self, key: str | None, name: str, kind: str | None) -> str:
        """Return the id of an entity; it is made where there is none.

        Args:
            key: Its id, or one of its names, where the file tells it.
            name: The words that name it.
            kind: Its kind, where known; else a new entity is taken for a person.
        """
        if key in self._entities:
            return key
        wanted = (key or name).casefold()
        if wanted in self._ids:
            return self._ids[wanted]
        # A tool may call an entity by a name that it has nowhere in the text.
        given = key or name
        item = {
            "id": self._new_id(given),
            "kind": kind or "person",
            "name": given,
            "aliases": list(dict.fromkeys((given, name))),
            "side": None,
            "mentions": [],
        }
        self._add(item)
        return str(item["id"])

    def add_mention(self, key: str, span: Span) -> None:
        """Note where an entity is mentioned."""
        mentions = self._entities[key]["mentions"]
        if [span.start, span.end] not in mentions:
            mentions.append([span.start, span.end])

    def kind(self, key: str) -> str:
        """Return the kind of an entity."""
        return str(self._entities[key]["kind"])

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the entities as JSON-ready data (schema: ``document.schema``)."""
        return list(self._entities.values())

    def _add(self, item: dict[str, Any]) -> None:
        self._entities[item["id"]] = item
        for name in (item["name"], *item["aliases"]):
            self._ids.setdefault(name.casefold(), item["id"])

    def _new_id(self, name: str) -> str:
        """Return the name as an id where it is one already, else its letters; never one in use."""
        stem = name if _ID.fullmatch(name) else _NO_ID.sub("-", name.casefold()).strip("-")
        stem = stem or "entity"
        key, number = stem, 1
        while key in self._entities:
            number += 1
            key = f"{stem}-{number}"
        return key
