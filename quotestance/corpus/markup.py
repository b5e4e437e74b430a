"""Reading the annotation markup (``.qm``): an article with its quotes tagged where they stand.

The markup is that of ``seeds/GUIDELINES.md``, section 6: header lines for entities and quotes, then
``#text`` and the article with inline tags ``{q1:…}``, ``{c1:…}``, ``{s1:…}``, ``{t1:…}`` and
``{@entity:…}``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from quotestance.document import ENTITY_KINDS, QUOTE_TYPES, STANCE_LABELS, Document
from quotestance.document.schema import SchemaError, document_from_dict
from quotestance.errors import QuotestanceError

_HEADER = re.compile(r"#(\w+):\s*(.*)$")
_TAG = re.compile(r"\{([qcst])(\d+):|\{(@)([A-Za-z0-9_-]+):|\}")
_ENTITY_ID = re.compile(r"[A-Za-z0-9_-]+")
_ARTICLE = re.compile(r"(?:il|lo|la|i|gli|le|un|una|uno) |(?:l|un)['’]", re.IGNORECASE)

_Offsets = tuple[int, int]
_Json = dict[str, Any]


class MarkupError(QuotestanceError, ValueError):
    """An article that does not follow the markup."""


class _Tag(NamedTuple):
    """An inline tag: its letter (``@`` for an entity), what it refers to, and where it stands."""

    kind: str
    key: str
    start: int
    end: int

    def __str__(self) -> str:
        return f"{{{self.kind}{self.key}:…}}"


def read_markup(path: str | Path) -> Document:
    """Read one article in the markup; without an ``#id`` line it is called as its file.

    Raises:
        MarkupError: naming the file and what is wrong in it.
        OSError: when the file cannot be read.
    """
    path = Path(path)
    try:
        return parse_markup(path.read_text(encoding="utf-8-sig"), path.stem)
    except UnicodeDecodeError as error:
        raise MarkupError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except MarkupError as error:
        raise MarkupError(f"{path}: {error}") from error


def parse_markup(markup: str, name: str) -> Document:
    """Read an article from the markup (guidelines, section 6).

    Mentions of an entity are the places tagged as such and every whole-word occurrence of its
    aliases, longest alias first, that does not lie in a longer one.

    Args:
        markup: Header, ``#text`` line and the tagged article.
        name: The document's id where no ``#id`` line gives one.

    Returns:
        The document; its offsets are characters of the article without tags, end exclusive.

    Raises:
        MarkupError: at the first thing that does not follow the markup.
    """
    header, separator, marked = markup.replace("\r\n", "\n").partition("\n#text\n")
    if not separator:
        raise MarkupError("no #text line between the header and the article")
    meta, entities, quotes = _read_header(header)
    text, tags = _strip_tags(marked.strip("\n"))
    mentions = _place_tags(text, tags, entities, quotes)
    _add_occurrences(text, entities, mentions)
    for key, entity in entities.items():
        if not mentions[key]:
            raise MarkupError(f"entity {key} is mentioned nowhere: no alias of it is in the text")
        entity["mentions"] = sorted(mentions[key])
    data = {
        "id": meta.get("id") or name,
        "text": text,
        "domain": meta.get("domain"),
        "entities": list(entities.values()),
        "quotes": list(quotes.values()),
    }
    try:
        return document_from_dict(data)
    except SchemaError as error:
        raise MarkupError("; ".join(error.problems)) from error


def _read_header(header: str) -> tuple[dict[str, str], dict[str, _Json], dict[str, _Json]]:
    """Return the plain header fields, the entities by id and the quotes by number."""
    meta: dict[str, str] = {}
    entities: dict[str, _Json] = {}
    quotes: dict[str, _Json] = {}
    for line in filter(str.strip, header.split("\n")):
        match = _HEADER.match(line)
        if not match:
            raise MarkupError(f"header line not understood: {line!r}; it needs '#name: value'")
        name, value = match.groups()
        parts = [part.strip() for part in value.split("|")]
        if name == "entity":
            _add(entities, parts[0], _read_entity(parts, line), line)
        elif name == "quote":
            _add(quotes, parts[0], _read_quote(parts, line, entities), line)
        else:
            meta[name] = value
    return meta, entities, quotes


def _add(known: dict[str, _Json], key: str, item: _Json, line: str) -> None:
    if key in known:
        raise MarkupError(f"{key} stands twice in the header: {line!r}")
    known[key] = item


def _read_entity(parts: list[str], line: str) -> _Json:
    """Read ``id | kind | name ; alias ; … | side``."""
    if len(parts) not in (3, 4):
        raise MarkupError(f"an entity is 'id | kind | names | side', not {line!r}")
    key, kind, forms = parts[:3]
    names = [name.strip() for name in forms.split(";") if name.strip()]
    if not _ENTITY_ID.fullmatch(key):
        raise MarkupError(f"an entity's id has letters, digits, - and _ alone: {line!r}")
    if kind not in ENTITY_KINDS:
        raise MarkupError(f"an entity's kind is one of {', '.join(ENTITY_KINDS)}: {line!r}")
    if not names:
        raise MarkupError(f"an entity has at least one name: {line!r}")
    side = parts[3] if parts[3:] not in ([], [""], ["-"]) else None
    return {"id": key, "kind": kind, "name": names[0], "aliases": names, "side": side}


def _read_quote(parts: list[str], line: str, entities: Mapping[str, _Json]) -> _Json:
    """Read ``number | type | speaker | target:label, …`` (``-`` for no target)."""
    if len(parts) != 4:
        raise MarkupError(f"a quote is 'number | type | speaker | target:label', not {line!r}")
    number, kind, speaker, targets = parts
    if kind not in QUOTE_TYPES:
        raise MarkupError(f"a quote's type is one of {', '.join(QUOTE_TYPES)}: {line!r}")
    if speaker not in entities:
        raise MarkupError(f"the speaker {speaker!r} is no entity named above: {line!r}")
    stances = []
    for part in targets.split(",") if targets != "-" else ():
        target, _, label = part.strip().rpartition(":")
        if target not in entities:
            raise MarkupError(f"the target {target!r} is no entity named above: {line!r}")
        if label not in STANCE_LABELS:
            raise MarkupError(f"a stance is one of {', '.join(STANCE_LABELS)}: {line!r}")
        if target == speaker:
            raise MarkupError(f"the target is the speaker: {line!r}")
        stances.append({"target": target, "label": label})
    return {
        "id": f"q{number}",
        "type": kind,
        "content": [],
        "cue": [],
        "speaker": {"entity": speaker, "mention": None},
        "stances": stances,
    }


def _strip_tags(marked: str) -> tuple[str, list[_Tag]]:
    """Return the article without tags, and the tags with their offsets in it, as they close."""
    pieces: list[str] = []
    tags: list[_Tag] = []
    open_tags: list[tuple[str, str, int]] = []
    position = length = 0
    for match in _TAG.finditer(marked):
        pieces.append(marked[position : match.start()])
        length += len(pieces[-1])
        position = match.end()
        if match.group() != "}":
            kind, key = filter(None, match.groups())
            open_tags.append((kind, key, length))
        elif open_tags:
            tags.append(_Tag(*open_tags.pop(), length))
        else:
            near = marked[max(0, match.start() - 40) : match.start()]
            raise MarkupError(f"a closing brace with no tag open near …{near!r}")
    if open_tags:
        kind, key, _ = open_tags[-1]
        raise MarkupError(f"the tag {{{kind}{key}: is never closed")
    text = "".join([*pieces, marked[position:]])
    if "{" in text:
        raise MarkupError(f"a brace that opens no known tag near {text[text.index('{') :][:40]!r}")
    return text, tags


def _place_tags(
    text: str, tags: Iterable[_Tag], entities: Mapping[str, _Json], quotes: Mapping[str, _Json]
) -> dict[str, set[_Offsets]]:
    """Write the tagged spans into the quotes; return the tagged mentions of every entity."""
    mentions: dict[str, set[_Offsets]] = {key: set() for key in entities}
    targets: dict[str, list[_Offsets]] = {number: [] for number in quotes}
    for tag in tags:
        span = (tag.start, tag.end)
        words = text[tag.start : tag.end]
        if not words or words != words.strip():
            raise MarkupError(f"{tag} is empty or has a space at its edge: {words!r}")
        if tag.key not in (entities if tag.kind == "@" else quotes):
            raise MarkupError(f"{tag} around {words!r} refers to nothing in the header")
        if tag.kind == "@":
            mentions[tag.key].add(span)
        elif tag.kind == "t":
            targets[tag.key].append(span)
        elif tag.kind == "s":
            speaker = quotes[tag.key]["speaker"]
            if speaker["mention"]:
                raise MarkupError(f"two tags {tag}; a quote has one speaker mention")
            speaker["mention"] = span
            mentions[speaker["entity"]].add(span)
        else:
            quotes[tag.key]["content" if tag.kind == "q" else "cue"].append(span)
    for number, quote in quotes.items():
        _check_spans(number, quote)
        for target, span in _pair_targets(number, quote, sorted(targets[number])):
            mentions[target].add(span)
    return mentions


def _check_spans(number: str, quote: _Json) -> None:
    if not quote["content"]:
        raise MarkupError(f"quote {number} has no {{q{number}:…}} in the text")
    for start, end in quote["cue"]:
        if any(left < end and start < right for left, right in quote["content"]):
            raise MarkupError(f"the cue {{c{number}:…}} overlaps its content")


def _pair_targets(
    number: str, quote: _Json, spans: list[_Offsets]
) -> Iterator[tuple[str, _Offsets]]:
    """Pair the target tags with the targets, in order; all go to a single target."""
    targets = [stance["target"] for stance in quote["stances"]]
    if len(targets) == 1:
        targets *= len(spans)
    if spans and len(targets) != len(spans):
        raise MarkupError(
            f"quote {number} has {len(spans)} tags {{t{number}:…}} for {len(targets)} targets"
        )
    yield from zip(targets, spans, strict=False)  # targets may all go untagged


def _add_occurrences(
    text: str, entities: Mapping[str, _Json], mentions: Mapping[str, set[_Offsets]]
) -> None:
    """Add where the text has an alias, longest first; a place tagged otherwise keeps its entity."""
    aliases = [(alias, key) for key, item in entities.items() for alias in item["aliases"]]
    aliases.sort(key=lambda pair: -len(pair[0]))
    double = [alias for alias, count in Counter(a for a, _ in aliases).items() if count > 1]
    if double:
        raise MarkupError(f"an alias stands twice: {', '.join(double)}; each names one entity")
    tagged = {span: key for key, spans in mentions.items() for span in spans}
    taken = [False] * len(text)
    for alias, key in aliases:
        for match in _alias_pattern(alias).finditer(text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                if tagged.get((start, end), key) == key:
                    mentions[key].add((start, end))


def _alias_pattern(alias: str) -> re.Pattern[str]:
    """Match the alias as whole words; an article that opens it may open a sentence."""
    first, rest = re.escape(alias[0]), re.escape(alias[1:])
    if _ARTICLE.match(alias):
        first = f"[{first.lower()}{first.upper()}]"
    return re.compile(rf"(?<!\w){first}{rest}(?!\w)")
