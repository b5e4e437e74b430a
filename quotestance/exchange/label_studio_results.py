"""The results of a Label Studio annotation: regions, what is told of each, and relations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from quotestance.document import Span
from quotestance.exchange.graph import CONTENT, LABELS, Link, Mark, link_label, link_labels
from quotestance.exchange.losses import ExchangeError, Loss
from quotestance.exchange.utf16 import Utf16

_Item = tuple[Mapping[str, Any], str]  # a result and its JSON path


def read_results(
    results: Sequence[Any], text: str, name: str, place: str, losses: list[Loss]
) -> tuple[list[Mark], list[Link]]:
    """Read the regions and relations of an annotation as marks and links.

    Args:
        results: What stands under ``result``.
        text: The article.
        name: Id of the document, for losses.
        place: JSON path of the results.
        losses: Takes what cannot be carried over.

    Raises:
        ExchangeError: when a result lacks what every result has, or lies outside the text.
    """
    regions: dict[str, list[_Item]] = {}
    relations: list[_Item] = []
    for index, item in enumerate(results):
        where = f"{place}[{index}]"
        if not isinstance(item, Mapping):
            raise ExchangeError(f"{where}: must be an object")
        if item.get("type") == "relation":
            relations.append((item, where))
        elif not isinstance(item.get("value"), Mapping) or not isinstance(item.get("id"), str):
            raise ExchangeError(f"{where}: needs 'id' and 'value', or the type 'relation'")
        else:
            regions.setdefault(item["id"], []).append((item, where))
    position = _offsets(text, [item for items in regions.values() for item, _ in items])
    marks = [
        mark
        for key, items in regions.items()
        if (mark := _mark(key, items, text, position, name, losses))
    ]
    known = {mark.key for mark in marks}
    links = [link for item, where in relations for link in _links(item, where, known, name, losses)]
    return marks, links


def _offsets(text: str, items: Sequence[Mapping[str, Any]]) -> Callable[[int], int]:
    """Return what turns the file's offsets into characters of the text.

    They are characters, unless the words that the regions record stand where UTF-16 counts them.
    """
    units = Utf16(text)

    def agreeing(position: Callable[[int], int]) -> int:
        count = 0
        for item in items:
            value = item["value"]
            if item.get("type") == "labels" and isinstance(value.get("text"), str):
                try:
                    words = text[position(value["start"]) : position(value["end"])]
                except (KeyError, TypeError, ValueError):
                    continue
                count += words == value["text"]
        return count

    def characters(offset: int) -> int:
        return offset

    if not units.differs or agreeing(characters) >= agreeing(units.to_character):
        return characters
    return units.to_character


def _mark(
    key: str,
    items: Sequence[_Item],
    text: str,
    position: Callable[[int], int],
    name: str,
    losses: list[Loss],
) -> Mark | None:
    """Read all results of one region; None for one that is no mark of ours."""
    told: dict[str, list[str]] = {}
    mark: Mark | None = None
    for item, where in items:
        kind, value = item.get("type"), item["value"]
        if kind == "labels":
            mark = _labelled(key, item, where, text, position, name, losses)
        elif kind in ("choices", "textarea"):
            strings = value.get("choices" if kind == "choices" else "text")
            strings = [strings] if isinstance(strings, str) else strings
            if not isinstance(strings, list) or not all(isinstance(s, str) for s in strings):
                raise ExchangeError(f"{where}.value: must hold a list of strings")
            told[str(item.get("from_name"))] = strings
        else:
            losses.append(Loss(name, where, f"a result of type {kind!r}"))
    if mark is None:
        losses.extend(
            Loss(name, where, "belongs to no labelled region")
            for item, where in items
            if item.get("type") in ("choices", "textarea")
        )
        return None
    targets = told.pop("target", [])
    single = {
        field: next(iter(told.pop(field, ())), None)
        for field in ("type", "stance", "entity", "speaker")
    }
    losses.extend(Loss(name, mark.place, f"{field}: {s}") for field, s in told.items())
    return Mark(
        mark.key,
        mark.label,
        mark.spans,
        mark.place,
        score=mark.score,
        targets=tuple(targets),
        **single,
    )


def _labelled(
    key: str,
    item: Mapping[str, Any],
    where: str,
    text: str,
    position: Callable[[int], int],
    name: str,
    losses: list[Loss],
) -> Mark | None:
    value = item["value"]
    labels = value.get("labels")
    if not isinstance(labels, list):
        raise ExchangeError(f"{where}.value.labels: must be a list of labels")
    ours = [label for label in labels if label in LABELS]
    for label in labels:
        if label not in ours[:1]:
            losses.append(Loss(name, where, f"the label {label!r}; known: {', '.join(LABELS)}"))
    if not ours:
        return None
    try:
        span = Span.of(text, position(value["start"]), position(value["end"]))
    except (KeyError, TypeError, ValueError) as error:
        raise ExchangeError(
            f"{where}.value: needs 'start' and 'end', whole numbers within the text, which has "
            f"{len(text)} characters; regions of HyperText are not read"
        ) from error
    words = value.get("text")
    if isinstance(words, str) and words != span.text:
        losses.append(
            Loss(
                name,
                where,
                f"the words {words[:40]!r} are not at [{span.start}, {span.end}], which are taken",
            )
        )
    score = item.get("score") if ours[0] == CONTENT else None
    return Mark(key, ours[0], (span,), where, score=score)


def _links(
    item: Mapping[str, Any], where: str, known: set[str], name: str, losses: list[Loss]
) -> list[Link]:
    ends = item.get("from_id"), item.get("to_id")
    if not all(isinstance(end, str) for end in ends):
        raise ExchangeError(f"{where}: a relation needs 'from_id' and 'to_id'")
    source, target = map(str, ends)
    if item.get("direction") == "left":
        source, target = target, source
    labels = item.get("labels") or []
    if not isinstance(labels, list):
        raise ExchangeError(f"{where}.labels: must be a list of labels")
    if not {source, target} <= known:
        losses.append(Loss(name, where, "a relation with a region that is not read"))
        return []
    if not labels:
        losses.append(Loss(name, where, "a relation without a label"))
    links = []
    for label in labels:
        named = link_label(str(label))
        if named:
            links.append(Link(source, named, target, where, item.get("score")))
        else:
            losses.append(
                Loss(name, where, f"the relation {label!r}; known: {', '.join(link_labels())}")
            )
    return links
