"""What a format could not carry over, and how that is found out.

A writer is never trusted to know what its format cannot hold: what it wrote is read back, and every
difference from the document is a loss.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from quotestance.document import Document, Entity, Quote, Span
from quotestance.errors import QuotestanceError


class ExchangeError(QuotestanceError, ValueError):
    """Labelled articles of another tool that cannot be read, or ours that it could not hold."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was not carried over.

    Attributes:
        document: Id of the document.
        place: Where it stood: a JSON path such as ``quotes[3].cue``, or a line; empty for the whole.
        what: What is lost, and why where that can be told.
    """

    document: str
    place: str
    what: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (self.document, self.place, self.what)))


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read.

    Attributes:
        documents: The articles in the order of the file.
        losses: What stood in the file and could not be carried over.
    """

    documents: tuple[Document, ...]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """What is to be written.

    Attributes:
        files: The text of each file by its name; a format that has all documents in one file gives
            it the empty name, and the caller names it.
        losses: What of the documents the format cannot hold.
    """

    files: Mapping[str, str]
    losses: tuple[Loss, ...] = ()


def left_out(documents: Iterable[Document], back: Iterable[Document]) -> tuple[Loss, ...]:
    """Return what is missing or changed in documents that were written and read back.

    Args:
        documents: The documents as they were.
        back: The same as they came back; one that is missing is a loss.
    """
    found = {document.id: document for document in back}
    losses: list[Loss] = []
    for document in documents:
        if document.id in found:
            losses += differences(document, found[document.id])
        else:
            losses.append(Loss(document.id, "", "the document is left out"))
    return tuple(losses)


def differences(before: Document, after: Document) -> Iterator[Loss]:
    """Yield where a document differs from itself before, with the JSON path of each place.

    Entities count as the same when they have the same name or, failing that, mentions or id; quotes
    when they have the same content.
    """
    entities = _pairs(before.entities, after.entities, _ENTITY_KEYS)
    quotes = _pairs(before.quotes, after.quotes, _QUOTE_KEYS)
    old_ids = {new.id: old.id for old, new in entities if old and new}
    again = partial(_quote_fields, old_ids=old_ids)
    data: dict[str, tuple[Any, Any]] = {
        "text": (before.text, after.text),
        "domain": (before.domain, after.domain),
        "extra": (dict(before.extra), dict(after.extra)),
    }
    for index, (old, new) in enumerate(entities):
        data |= _compared(f"entities[{index}]", old, new, _entity_fields, _entity_fields)
    for index, (old, new) in enumerate(quotes):
        data |= _compared(f"quotes[{index}]", old, new, _quote_fields, again)
    for name, pairs in (("entities", entities), ("quotes", quotes)):
        order = [new for _, new in pairs if new]
        if order != list(getattr(after, name)):
            data[name] = ("their order", "another")
    for place, (old, new) in data.items():
        if old != new:
            yield Loss(before.id, place, f"{_shown(old)} comes back as {_shown(new)}")


_ENTITY_KEYS: tuple[Callable[[Entity], Any], ...] = (
    lambda entity: (entity.id, entity.name),
    lambda entity: entity.name,
    lambda entity: entity.mentions or entity.id,
    lambda entity: entity.id,
)
_QUOTE_KEYS: tuple[Callable[[Quote], Any], ...] = (
    lambda quote: (quote.content, quote.id),
    lambda quote: quote.content,
)


def _pairs(
    before: Sequence[Any], after: Sequence[Any], keys: Sequence[Callable[[Any], Any]]
) -> list[tuple[Any, Any]]:
    """Pair what is the same on both sides by the first key that tells it; None where there is none."""
    partner: dict[int, int] = {}
    free = list(range(len(after)))
    for key in keys:
        for index, old in enumerate(before):
            match = next((i for i in free if key(after[i]) == key(old)), None)
            if index not in partner and match is not None:
                partner[index] = match
                free.remove(match)
    paired = [(old, after[partner[i]] if i in partner else None) for i, old in enumerate(before)]
    return [*paired, *((None, after[index]) for index in free)]


def _compared(
    place: str,
    old: Any,
    new: Any,
    old_fields: Callable[[Any], dict[str, Any]],
    new_fields: Callable[[Any], dict[str, Any]],
) -> dict[str, tuple[Any, Any]]:
    """Return the two values of each field of a pair; of one that is alone, itself."""
    if old is None or new is None:
        return {place: (old and str(old), new and str(new))}
    before, after = old_fields(old), new_fields(new)
    return {f"{place}.{name}": (before[name], after[name]) for name in before}


def _entity_fields(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "side": entity.side,
        "mentions": _offsets(entity.mentions),
    }


def _quote_fields(quote: Quote, old_ids: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the fields of a quote, with entities by the ids that they had before."""
    speaker, ids = quote.speaker, old_ids or {}
    return {
        "id": quote.id,
        "type": quote.type,
        "content": _offsets(quote.content),
        "cue": _offsets(quote.cue),
        "speaker.entity": ids.get(speaker.entity.id, speaker.entity.id),
        "speaker.mention": _offsets([speaker.mention] if speaker.mention else []),
        "speaker.score": speaker.score,
        "stances": [(ids.get(s.target.id, s.target.id), s.label) for s in quote.stances],
        "stances.score": [s.score for s in quote.stances if s.score is not None],
        "score": quote.score,
    }


def _offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _shown(value: Any) -> str:
    if value is None or value in ([], {}):
        return "nothing"
    shown = json.dumps(value, ensure_ascii=False, default=str)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
