"""Label Studio's JSON: tasks with their annotations or predictions.

The labelling configuration that goes with it is that of ``label_studio_config``; what marks and links
mean is told in ``graph``. Regions are ``labels``; a content has its type as a per-region choice, a
mention its entity as a per-region text. A document with a probability becomes a task with
``predictions`` (pre-annotations), another one with ``annotations``.

Offsets are characters (Unicode code points), as Label Studio has counted since version 1.5; before, it
counted UTF-16 code units, which differ after the first emoji. A task is read in whichever way its
regions agree with the words that they record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotestance.document import Document, Entity
from quotestance.exchange.building import build
from quotestance.exchange.files import json_text, read_json
from quotestance.exchange.graph import Graph, graph_of, split_marks
from quotestance.exchange.label_studio_results import read_results
from quotestance.exchange.losses import ExchangeError, Exported, Imported, Loss, left_out
from quotestance.exchange.notes import entity_note, entity_of_note

_REGION_ID = re.compile(r"[A-Za-z0-9_-]+")
_RESERVED = ("id", "text", "domain", "entities", "quotes")  # other data are the caller's own
_MODEL = "quotestance"


def read_label_studio(path: Path) -> Imported:
    """Read the tasks of a file that Label Studio exported as JSON (not JSON-MIN).

    Of several annotations of a task the one marked as ground truth is read, else the last that is not
    cancelled; of a task without annotations the last prediction.

    Args:
        path: The file; the id of a task without one in its data is the file's stem and its number.

    Raises:
        ExchangeError: when the file is no such export, naming it and the JSON path.
        OSError: when the file cannot be read.
    """
    try:
        return read_tasks(read_json(path), path.name.split(".")[0])
    except ExchangeError as error:
        prefix = "" if str(error).startswith(str(path)) else f"{path}: "
        raise ExchangeError(f"{prefix}{error}") from error


def read_tasks(tasks: Any, name: str) -> Imported:
    """Read tasks from JSON data; see ``read_label_studio``.

    Args:
        tasks: A list of tasks, or a single one.
        name: What tasks without an id of ours are called after.
    """
    documents: list[Document] = []
    losses: list[Loss] = []
    for index, task in enumerate(tasks if isinstance(tasks, list) else [tasks]):
        place = f"[{index}]"
        if not isinstance(task, Mapping) or not isinstance(task.get("data"), Mapping):
            raise ExchangeError(
                f"{place}.data: is missing; export the project as JSON, not JSON-MIN"
            )
        try:
            document, lost = _read_task(task, f"{name}-{task.get('id') or index + 1}", place)
        except ExchangeError as error:
            raise ExchangeError(f"{place}: {error}") from error
        documents.append(document)
        losses += lost
    return Imported(tuple(documents), tuple(losses))


def write_label_studio(documents: Sequence[Document]) -> Exported:
    """Write documents as tasks in one file, ready to be imported into a project.

    The data of a task holds the article and what the regions cannot show: id, domain, entities and the
    caller's own fields.
    """
    tasks = [_task(document) for document in documents]
    losses = left_out(documents, read_tasks(tasks, "").documents)
    return Exported({"": json_text(tasks)}, losses)


def _task(document: Document) -> dict[str, Any]:
    graph = split_marks(graph_of(document))
    data = {
        "text": document.text,
        "id": document.id,
        "domain": document.domain,
        "entities": [entity_note(entity) for entity in document.entities],
        **{key: value for key, value in document.extra.items() if key not in _RESERVED},
    }
    results = [*_regions(graph), *_relations(graph)]
    scores = [quote.score for quote in document.quotes if quote.score is not None]
    others = [quote.speaker.score for quote in document.quotes]
    others += [stance.score for quote in document.quotes for stance in quote.stances]
    predicted = scores or any(score is not None for score in others)
    if not predicted:
        return {"data": data, "annotations": [{"result": results}]}
    prediction: dict[str, Any] = {"model_version": _MODEL, "result": results}
    if scores:
        prediction["score"] = sum(scores) / len(scores)
    return {"data": data, "predictions": [prediction]}


def _regions(graph: Graph) -> Iterator[dict[str, Any]]:
    keys = _region_ids(graph)
    for mark in graph.marks:
        span = mark.spans[0]
        place = {"start": span.start, "end": span.end}
        common = {"id": keys[mark.key], "to_name": "text"}
        score = {} if mark.score is None else {"score": mark.score}
        words = graph.text[span.start : span.end]
        value = {**place, "text": words, "labels": [mark.label]}
        yield {**common, "from_name": "label", "type": "labels", "value": value, **score}
        if mark.type:
            value = {**place, "text": words, "choices": [mark.type]}
            yield {**common, "from_name": "type", "type": "choices", "value": value}
        texts = {
            "entity": [mark.entity] if mark.entity else [],
            "speaker": [mark.speaker] if mark.speaker else [],
            "target": list(mark.targets),
        }
        for name, strings in texts.items():
            if strings:
                value = {**place, "text": strings}
                yield {**common, "from_name": name, "type": "textarea", "value": value}


def _relations(graph: Graph) -> Iterator[dict[str, Any]]:
    keys = _region_ids(graph)
    for link in graph.links:
        score = {} if link.score is None else {"score": link.score}
        yield {
            "type": "relation",
            "from_id": keys[link.source],
            "to_id": keys[link.target],
            "direction": "right",
            "labels": [link.label],
            **score,
        }


def _region_ids(graph: Graph) -> dict[str, str]:
    """Return the id of each mark's region: its key where Label Studio takes it, else a number."""
    return {
        mark.key: mark.key if _REGION_ID.fullmatch(mark.key) else f"region-{number}"
        for number, mark in enumerate(graph.marks, start=1)
    }


def _read_task(task: Mapping[str, Any], name: str, place: str) -> tuple[Document, list[Loss]]:
    data = task["data"]
    text = data.get("text")
    if not isinstance(text, str):
        raise ExchangeError(
            "data.text: must be the article; name the field that holds the text 'text' in the project"
        )
    key = data.get("id")
    name = str(key) if key not in (None, "") else name
    losses: list[Loss] = []
    entities = _entities(data.get("entities"), name, f"{place}.data.entities", losses)
    chosen, where = _chosen(task, name, place, losses)
    results = chosen.get("result", [])
    if not isinstance(results, list):
        raise ExchangeError(f"{where}.result: must be a list of regions and relations")
    marks, links = read_results(results, text, name, f"{where}.result", losses)
    if not entities:  # not ours: regions come as they were drawn, quotes as the text has them
        marks.sort(key=lambda mark: mark.spans[0].start)
    graph = Graph(name, text, tuple(marks), tuple(links), entities)
    domain = data.get("domain") if isinstance(data.get("domain"), str) else None
    extra = {key: value for key, value in data.items() if key not in _RESERVED}
    document, lost = build(graph, domain, extra)
    return document, losses + lost


def _entities(value: Any, name: str, place: str, losses: list[Loss]) -> tuple[Entity, ...]:
    """Return the entities of the data; a field called so that is something else is told."""
    try:
        return tuple(map(entity_of_note, value or ()))
    except (TypeError, ExchangeError) as error:
        losses.append(
            Loss(name, place, f"is no list of entities as this library writes it: {error}")
        )
        return ()


def _chosen(
    task: Mapping[str, Any], name: str, place: str, losses: list[Loss]
) -> tuple[Mapping[str, Any], str]:
    """Return the annotation or prediction to read, and its JSON path; others are told."""
    found: list[tuple[Mapping[str, Any], str]] = []
    for kind in ("annotations", "completions", "predictions"):
        items = task.get(kind) or []
        if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
            raise ExchangeError(f"{place}.{kind}: must be a list of objects; export as JSON")
        numbered = [(item, f"{place}.{kind}[{index}]") for index, item in enumerate(items)]
        found += [pair for pair in numbered if not pair[0].get("was_cancelled")]
        if found:
            break
    if not found:
        return {}, place
    chosen = next((pair for pair in found if pair[0].get("ground_truth")), found[-1])
    losses += [
        Loss(name, where, f"is left out; {chosen[1]} is read")
        for _, where in found
        if where != chosen[1]
    ]
    return chosen
