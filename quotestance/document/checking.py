"""What is wrong with JSON data that should be a document (the schema: ``document.schema``).

Every check is a generator of problems, so that a document's mistakes are all told at once, each
with its JSON path, what is wrong there and what would be right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from quotestance.document.document import ENTITY_KINDS, QUOTE_TYPES, STANCE_LABELS, is_label

_Problems = Iterator[str]
_Check = Callable[[Any, str], _Problems]  # a value and its JSON path → what is wrong with it


def document_problems(data: Any) -> Iterator[str]:
    """Yield what is wrong with the JSON data of a document; nothing when it follows the schema.

    Args:
        data: Anything that ``json.loads`` may give. Offsets are checked against its ``text``.
    """
    if not isinstance(data, Mapping):
        yield f"document: must be an object, not {_describe(data)}"
        return
    text, known = data.get("text"), _entity_ids(data.get("entities"))
    span = partial(_check_span, limit=len(text) if isinstance(text, str) else None)
    fields: dict[str, _Check] = {
        "id": _check_name,
        "text": _check_string,
        "domain": _check_string,
        "entities": partial(_check_unique, check=partial(_check_entity, span=span)),
        "quotes": partial(_check_unique, check=partial(_check_quote, span=span, known=known)),
    }
    yield from _check_fields(data, "", fields, required=("id", "text"), others=True)


def _entity_ids(entities: Any) -> Sequence[str] | None:
    """Return the ids that quotes may refer to, or None where that cannot be told.

    An entity that is wrong in another field counts as known: one mistake makes one problem.
    """
    if not isinstance(entities, list | tuple):
        return () if entities is None else None
    keys = [item.get("id") for item in entities if isinstance(item, Mapping)]
    known = [key for key in keys if isinstance(key, str)]
    return known if len(known) == len(entities) else None


def _check_entity(value: Any, path: str, span: _Check) -> _Problems:
    fields: dict[str, _Check] = {
        "id": _check_name,
        "kind": partial(_check_choice, choices=ENTITY_KINDS),
        "name": _check_name,
        "aliases": partial(_check_list, check=_check_name),
        "side": _check_string,
        "mentions": partial(_check_list, check=span),
    }
    yield from _check_fields(value, path, fields, required=("id", "kind", "name"))


def _check_quote(value: Any, path: str, span: _Check, known: Sequence[str] | None) -> _Problems:
    entity = partial(_check_known, known=known)
    speaker: dict[str, _Check] = {"entity": entity, "mention": span, "score": _check_score}
    stance: dict[str, _Check] = {
        "target": entity,
        "label": _check_label,
        "score": _check_score,
    }
    segments = partial(_check_segments, span=span)
    fields: dict[str, _Check] = {
        "id": _check_name,
        "type": partial(_check_choice, choices=QUOTE_TYPES),
        "content": segments,
        "cue": segments,
        "speaker": partial(_check_fields, fields=speaker, required=("entity",)),
        "stances": partial(
            _check_list,
            check=partial(_check_fields, fields=stance, required=("target", "label")),
        ),
        "score": _check_score,
    }
    required = ("id", "type", "content", "speaker")
    yield from _check_fields(value, path, fields, required=required)
    if isinstance(value, Mapping):
        if value.get("content") in ([], ()):
            yield f"{path}.content: is empty; a quote needs at least one segment"
        yield from _check_targets(value, path)


def _check_targets(quote: Mapping[str, Any], path: str) -> _Problems:
    speaker = quote.get("speaker")
    entity = speaker.get("entity") if isinstance(speaker, Mapping) else None
    for index, stance in enumerate(_items(quote.get("stances"))):
        if entity is not None and isinstance(stance, Mapping) and stance.get("target") == entity:
            yield (
                f"{path}.stances[{index}].target: {entity!r} is the speaker; "
                "a target is another party"
            )


def _check_fields(
    value: Any,
    path: str,
    fields: Mapping[str, _Check],
    required: Sequence[str],
    others: bool = False,
) -> _Problems:
    if not isinstance(value, Mapping):
        yield f"{path}: must be an object, not {_describe(value)}"
        return
    prefix = f"{path}." if path else ""
    for key in required:
        if value.get(key) is None:
            yield f"{prefix}{key}: is missing; required here: {', '.join(required)}"
    for key in value:
        if key not in fields and not others:
            yield f"{prefix}{key}: is no known field; known: {', '.join(fields)}"
    for key, check in fields.items():
        if value.get(key) is not None:
            yield from check(value[key], f"{prefix}{key}")


def _check_list(value: Any, path: str, check: _Check) -> _Problems:
    if not isinstance(value, list | tuple):
        yield f"{path}: must be a list, not {_describe(value)}"
        return
    for index, item in enumerate(value):
        yield from check(item, f"{path}[{index}]")


def _check_unique(value: Any, path: str, check: _Check) -> _Problems:
    yield from _check_list(value, path, check)
    first: dict[str, int] = {}
    for index, item in enumerate(_items(value)):
        key = item.get("id") if isinstance(item, Mapping) else None
        if isinstance(key, str) and first.setdefault(key, index) != index:
            yield (
                f"{path}[{index}].id: {key!r} is the id of {path}[{first[key]}] already; "
                "give each its own"
            )


def _check_segments(value: Any, path: str, span: _Check) -> _Problems:
    problems = tuple(_check_list(value, path, span))
    yield from problems
    if not problems:
        for left, right in pairwise(sorted(map(list, value))):
            if right[0] < left[1]:
                yield f"{path}: segments {left} and {right} overlap; join or separate them"


def _check_span(value: Any, path: str, limit: int | None) -> _Problems:
    if not (isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_int, value))):
        yield f"{path}: must be two whole numbers [start, end], not {_describe(value)}"
    elif not 0 <= value[0] < value[1]:
        yield f"{path}: needs 0 <= start < end, not {list(value)}; the end is exclusive"
    elif limit is not None and value[1] > limit:
        yield f"{path}: {list(value)} ends after the text, which has {limit} characters"


def _check_known(value: Any, path: str, known: Sequence[str] | None) -> _Problems:
    if known is None:
        yield from _check_name(value, path)
    elif value not in known:
        names = ", ".join(known) or "none"
        yield f"{path}: {_describe(value)} is no entity of the document; known: {names}"


def _check_choice(value: Any, path: str, choices: Sequence[str]) -> _Problems:
    if value not in choices:
        yield f"{path}: must be one of {', '.join(choices)}, not {_describe(value)}"


def _check_label(value: Any, path: str) -> _Problems:
    if not isinstance(value, str) or not is_label(value):
        yield (
            f"{path}: must be one of {', '.join(STANCE_LABELS)}, or a label of your own of letters, "
            f"digits, _ and -, not {_describe(value)}"
        )


def _check_string(value: Any, path: str) -> _Problems:
    if not isinstance(value, str):
        yield f"{path}: must be a string, not {_describe(value)}"


def _check_name(value: Any, path: str) -> _Problems:
    if not isinstance(value, str) or not value:
        yield f"{path}: must be a string that is not empty, not {_describe(value)}"


def _check_score(value: Any, path: str) -> _Problems:
    if not (isinstance(value, float) or _is_int(value)) or not 0 <= value <= 1:
        yield f"{path}: must be a probability from 0 to 1, not {_describe(value)}"


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _items(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _describe(value: Any) -> str:
    """Show a value in a message: as it is when short, else by what it is."""
    if isinstance(value, Mapping):
        return "an object"
    shown = repr(value)
    return shown if len(shown) <= 40 else f"a {type(value).__name__} ({shown[:30]}…)"
