"""The JSON form of a document: one schema for corpora, predictions and exchange.

::

    {"id": "dip-001", "text": "…", "domain": "diplomazia",
     "entities": [{"id": "lavrov", "kind": "person", "name": "Serghei Lavrov",
                   "aliases": ["Lavrov"], "side": "Russia", "mentions": [[0, 44]]}],
     "quotes": [{"id": "q1", "type": "direct", "content": [[120, 180]], "cue": [[182, 190]],
                 "speaker": {"entity": "lavrov", "mention": [191, 197]},
                 "stances": [{"target": "rubio", "label": "conciliatory"}]}]}

Offsets are characters of ``text``, end exclusive. Only ``id`` and ``text`` of a document, ``id``,
``kind`` and ``name`` of an entity, ``id``, ``type``, ``content`` and ``speaker`` of a quote,
``entity`` of a speaker, ``target`` and ``label`` of a stance are required; a missing field and null
mean the same. A ``score`` (a probability) may stand on a quote, a speaker and a stance.

Unknown fields of the document itself belong to the caller: they are kept in ``Document.extra`` and
written back. Unknown fields further inside are refused, since there they are most likely misspelt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quotestance.document.checking import document_problems
from quotestance.document.document import Document, Entity, Quote, Speaker, Stance
from quotestance.document.spans import Span
from quotestance.errors import QuotestanceError

_FIELDS = ("id", "text", "domain", "entities", "quotes")


class SchemaError(QuotestanceError, ValueError):
    """JSON data that is no document.

    Attributes:
        problems: All that is wrong, each with the JSON path of the place.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


def document_to_dict(document: Document) -> dict[str, Any]:
    """Return the document as JSON-ready data.

    Fields come in the order of the schema, scores only where there are any, and last the caller's
    own fields (one of them that bears the name of a field of the schema is left out).
    """
    data: dict[str, Any] = {
        "id": document.id,
        "text": document.text,
        "domain": document.domain,
        "entities": [_entity_to_dict(entity) for entity in document.entities],
        "quotes": [_quote_to_dict(quote) for quote in document.quotes],
    }
    return data | {key: value for key, value in document.extra.items() if key not in data}


def document_from_dict(data: Mapping[str, Any]) -> Document:
    """Read a document from JSON data, checking it.

    Args:
        data: A document in the schema of this module; segments may come in any order.

    Raises:
        SchemaError: naming every problem of the document with its JSON path, such as
            ``quotes[3].speaker.entity: 'x' is no entity of the document; known: lavrov, rubio``.
    """
    problems = tuple(document_problems(data))
    if problems:
        raise SchemaError(problems)
    text = data["text"]
    entities = {item["id"]: _entity(item, text) for item in data.get("entities") or ()}
    return Document(
        id=data["id"],
        text=text,
        entities=tuple(entities.values()),
        quotes=tuple(_quote(item, text, entities) for item in data.get("quotes") or ()),
        domain=data.get("domain"),
        extra={key: value for key, value in data.items() if key not in _FIELDS},
    )


def _entity_to_dict(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "side": entity.side,
        "mentions": _offsets(entity.mentions),
    }


def _quote_to_dict(quote: Quote) -> dict[str, Any]:
    mention = quote.speaker.mention
    return {
        "id": quote.id,
        "type": quote.type,
        "content": _offsets(quote.content),
        "cue": _offsets(quote.cue),
        "speaker": {
            "entity": quote.speaker.entity.id,
            "mention": [mention.start, mention.end] if mention else None,
            **_score(quote.speaker.score),
        },
        "stances": [
            {"target": stance.target.id, "label": stance.label, **_score(stance.score)}
            for stance in quote.stances
        ],
        **_score(quote.score),
    }


def _offsets(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _score(score: float | None) -> dict[str, float]:
    return {} if score is None else {"score": score}


def _entity(item: Mapping[str, Any], text: str) -> Entity:
    return Entity(
        id=item["id"],
        kind=item["kind"],
        name=item["name"],
        aliases=tuple(item.get("aliases") or ()),
        side=item.get("side"),
        mentions=_spans(item.get("mentions"), text),
    )


def _quote(item: Mapping[str, Any], text: str, entities: Mapping[str, Entity]) -> Quote:
    speaker, mention = item["speaker"], item["speaker"].get("mention")
    return Quote(
        id=item["id"],
        type=item["type"],
        content=_spans(item["content"], text),
        cue=_spans(item.get("cue"), text),
        speaker=Speaker(
            entity=entities[speaker["entity"]],
            mention=Span.of(text, *mention) if mention is not None else None,
            score=speaker.get("score"),
        ),
        stances=tuple(
            Stance(entities[stance["target"]], stance["label"], stance.get("score"))
            for stance in item.get("stances") or ()
        ),
        score=item.get("score"),
    )


def _spans(segments: Sequence[Sequence[int]] | None, text: str) -> tuple[Span, ...]:
    return tuple(sorted(Span.of(text, start, end) for start, end in segments or ()))
