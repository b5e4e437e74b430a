"""Citron's JSON: the annotation format of the BBC's quote extraction, one article a file.

A quote has a cue (one stretch, always there), sources (its speaker's mention), contents, and
coreferences: other mentions of the speaker. What has no place there: type and stance, kinds, names and
sides of entities, and a quote without a cue, which Citron cannot read and which is left out.

Citron's own predictions have a ``confidence`` and, where the source stands for somebody named
elsewhere, the mention by the cue among ``coreferences`` and the name among ``sources``; they are read so.
Offsets are characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotestance.document import Document, Quote, Span
from quotestance.document.schema import SchemaError, document_from_dict
from quotestance.exchange.files import file_stem, id_of_stem, json_text, read_json
from quotestance.exchange.losses import ExchangeError, Exported, Imported, Loss, left_out
from quotestance.exchange.quotation import quote_type

_KNOWN = ("text", "quotes", "coreference_groups")
_KNOWN_OF_QUOTES = ("cue", "sources", "contents", "coreferences", "confidence", "id")


def read_citron(path: Path) -> Imported:
    """Read an article in Citron's annotation format.

    Args:
        path: The file; its name is the document's id.

    Raises:
        ExchangeError: when it is not in the format, naming the file and the JSON path.
        OSError: when the file cannot be read.
    """
    stem = path.name.removesuffix(".json").removesuffix(".citron")
    try:
        return parse_citron(read_json(path), id_of_stem(stem))
    except ExchangeError as error:
        prefix = "" if str(error).startswith(str(path)) else f"{path}: "
        raise ExchangeError(f"{prefix}{error}") from error


def parse_citron(data: Any, name: str) -> Imported:
    """Read an article from JSON data; see ``read_citron``.

    Args:
        data: The value of the file.
        name: Id of the document.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("text"), str):
        raise ExchangeError("text: is missing; a file is one object with 'text' and 'quotes'")
    text = data["text"]
    losses = [Loss(name, key, "no field of the format") for key in data if key not in _KNOWN]
    groups = _Groups(text)
    for index, group in enumerate(_list(data.get("coreference_groups"), "coreference_groups")):
        where = f"coreference_groups[{index}]"
        groups.join(_spans(group, where, text))
    found: list[tuple[dict[str, Any], Span]] = []
    for index, item in enumerate(_list(data.get("quotes"), "quotes")):
        where = f"quotes[{index}]"
        if not isinstance(item, Mapping):
            raise ExchangeError(f"{where}: must be an object")
        losses += [
            Loss(name, f"{where}.{key}", "no field of the format")
            for key in item
            if key not in _KNOWN_OF_QUOTES
        ]
        sources = _spans(item.get("sources"), f"{where}.sources", text)
        others = _spans(item.get("coreferences"), f"{where}.coreferences", text)
        contents = _spans(item.get("contents"), f"{where}.contents", text)
        named = others if item.get("confidence") is not None and others else sources
        if not contents or not (sources or others):
            lacks = "contents" if sources or others else "sources"
            losses.append(Loss(name, where, f"the quote has no {lacks}"))
            continue
        if len(named) > 1:
            losses.append(
                Loss(name, where, f"{len(named) - 1} more sources; the first one is taken")
            )
        groups.join([*named[:1], *(others if named is sources else sources)])
        quote: dict[str, Any] = {
            "id": str(item.get("id") or f"q{index + 1}"),
            "type": quote_type(text, contents),
            "content": _offsets(contents),
            "cue": _offsets([_span(item["cue"], f"{where}.cue", text)] if item.get("cue") else []),
            "speaker": {"mention": _offsets(named[:1])[0] if named else None},
            "score": _score(item.get("confidence"), f"{where}.confidence"),
        }
        found.append((quote, (named or others)[0]))
    entities, entity_of = groups.entities()
    for quote, source in found:
        quote["speaker"]["entity"] = entity_of[source]
    quotes = [quote for quote, _ in found]
    try:
        document = document_from_dict(
            {"id": name, "text": text, "entities": entities, "quotes": quotes}
        )
    except SchemaError as error:
        raise ExchangeError("; ".join(error.problems)) from error
    return Imported((document,), tuple(losses))


def write_citron(documents: Sequence[Document]) -> Exported:
    """Write each document as a file of Citron's, named by its id."""
    files: dict[str, str] = {}
    losses: list[Loss] = []
    for document in documents:
        data = _data(document)
        files[f"{file_stem(document.id)}.citron.json"] = json_text(data)
        losses += left_out([document], parse_citron(data, document.id).documents)
    return Exported(files, tuple(losses))


def _data(document: Document) -> dict[str, Any]:
    text = document.text

    def written(spans: Iterable[Span]) -> list[dict[str, Any]]:
        return [{"start": s.start, "end": s.end, "text": text[s.start : s.end]} for s in spans]

    def written_quote(quote: Quote) -> dict[str, Any]:
        speaker = quote.speaker
        fullest = max(speaker.entity.mentions, key=len, default=None)
        others = [fullest] if fullest and fullest != speaker.mention else []
        return {
            "id": quote.id,
            "cue": written(quote.cue)[0],
            "sources": written([speaker.mention] if speaker.mention else []),
            "contents": written(quote.content),
            "coreferences": written(others),
        }

    return {
        "text": text,
        "quotes": [written_quote(quote) for quote in document.quotes if quote.cue],
        "coreference_groups": [written(e.mentions) for e in document.entities if e.mentions],
    }


class _Groups:
    """Puts mentions that are said to be of one entity together."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._group_of: dict[Span, list[Span]] = {}
        self._groups: list[list[Span]] = []

    def join(self, spans: Iterable[Span]) -> None:
        """Take spans as mentions of one entity, and all that they were one with before."""
        joined: list[Span] = []
        for span in spans:
            group = self._group_of.get(span, [span])
            if group in self._groups:
                self._groups.remove(group)
            joined += [other for other in group if other not in joined]
        if joined:
            self._groups.append(joined)
            self._group_of.update(dict.fromkeys(joined, joined))

    def entities(self) -> tuple[list[dict[str, Any]], dict[Span, str]]:
        """Return the entities as JSON-ready data, in the order of the text, and whose each span is."""
        found: list[dict[str, Any]] = []
        entity_of: dict[Span, str] = {}
        for number, group in enumerate(sorted(map(sorted, self._groups)), start=1):
            names = list(dict.fromkeys(self._text[span.start : span.end] for span in group))
            found.append(
                {
                    "id": f"e{number}",
                    "kind": "person",
                    # The fullest name; a name begins with a capital letter.
                    "name": max(names, key=lambda name: (str(name)[0].isupper(), len(name))),
                    "aliases": names,
                    "mentions": _offsets(group),
                }
            )
            entity_of.update(dict.fromkeys(group, f"e{number}"))
        return found, entity_of


def _list(value: Any, place: str) -> list[Any]:
    if value is not None and not isinstance(value, list):
        raise ExchangeError(f"{place}: must be a list")
    return value or []


def _spans(value: Any, place: str, text: str) -> list[Span]:
    items = enumerate(_list(value, place))
    return list(dict.fromkeys(_span(item, f"{place}[{index}]", text) for index, item in items))


def _span(value: Any, place: str, text: str) -> Span:
    try:
        return Span.of(text, value["start"], value["end"])
    except (TypeError, KeyError, ValueError) as error:
        raise ExchangeError(
            f"{place}: needs 'start' and 'end', whole numbers within the text, which has "
            f"{len(text)} characters"
        ) from error


def _score(value: Any, place: str) -> float | None:
    """Read a confidence, which Citron writes as a string."""
    try:
        return None if value is None else float(value)
    except (TypeError, ValueError) as error:
        raise ExchangeError(f"{place}: must be a number, not {value!r}") from error


def _offsets(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
