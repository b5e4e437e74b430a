"""A document as annotation tools have it: marked stretches of text and links between them.

Label Studio, brat and WebAnno share this view. What stands for what:

- a mark ``Content`` is a quote, with its type;
- a mark ``Cue`` is linked from a content by ``cue``;
- a mark ``person``, ``org``, ``gpe`` or ``group`` is a mention of an entity of that kind;
- ``speaker`` links a content to the mention by its cue; ``unnamed_speaker`` links it to any mention of
  the speaker where none stands by the cue; ``Speaker`` marks words that are no mention otherwise;
- ``conciliatory``, ``accusatory``, ``neutral`` or another plain name links a content to a mention of
  its target: it is the stance;
- ``continued`` links the first segment of a content or cue to a further one, in tools whose marks
  have one stretch each.

An entity that is mentioned nowhere cannot be linked to: contents then name it. They also name a target
whose stance cannot be the name of a link, such as one called ``cue``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotestance.document import (
    ENTITY_KINDS,
    STANCE_LABELS,
    Document,
    Entity,
    Quote,
    Span,
    is_label,
    ordered_labels,
)

CONTENT, CUE, SPEAKER = "Content", "Cue", "Speaker"
LABELS: tuple[str, ...] = (CONTENT, CUE, SPEAKER, *ENTITY_KINDS)

CUE_LINK, SPEAKER_LINK, UNNAMED_LINK, CONTINUED = "cue", "speaker", "unnamed_speaker", "continued"
TARGET_LINK = "target"  # a target whose stance the content tells, as other projects have it
_NO_STANCES = (CUE_LINK, SPEAKER_LINK, UNNAMED_LINK, CONTINUED, TARGET_LINK)


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of text.

    Attributes:
        key: Unique in its document; that of a content is the id of the quote.
        label: One of ``LABELS``.
        spans: What it covers, in order.
        place: Where the file has it, for messages.
        entity: Id of the entity that it mentions, where the file tells it.
        type: Type of the quote, on contents.
        stance: The stance toward all ``target`` links of a content.
        score: Probability of the quote.
        speaker: Id or name of a speaker who is mentioned nowhere.
        targets: ``id or name: stance`` of each target that is mentioned nowhere.
    """

    key: str
    label: str
    spans: tuple[Span, ...]
    place: str = ""
    entity: str | None = None
    type: str | None = None
    stance: str | None = None
    score: float | None = None
    speaker: str | None = None
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link from one mark to another, by their keys; its label is one that ``link_label`` gives."""

    source: str
    label: str
    target: str
    place: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Graph:
    """A document as marks and links.

    Attributes:
        id: Id of the document.
        text: The article.
        marks: The marks; contents in the order of the quotes.
        links: The links; those to targets in the order of the stances.
        entities: What is known of the entities beside their mentions, which are marks.
    """

    id: str
    text: str
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    entities: tuple[Entity, ...] = ()


def graph_of(document: Document) -> Graph:
    """Return a document as marks and links; domain and extra fields are not in it."""
    marks: dict[tuple[object, ...], Mark] = {}
    used = {quote.id for quote in document.quotes}
    contents: list[Mark] = []
    links: list[Link] = []

    def mark(label: str, spans: tuple[Span, ...], entity: str | None = None) -> str:
        """Return the key of a mark, which several quotes may share."""
        identity = (label, spans, entity)
        if identity not in marks:
            stem = f"{entity or label.lower()}-{len(marks) + 1}"
            key = stem if stem not in used else f"{stem}-mark"
            used.add(key)
            marks[identity] = Mark(key, label, spans, entity=entity)
        return marks[identity].key

    for entity in document.entities:
        for span in entity.mentions:
            mark(entity.kind, (span,), entity.id)
    for quote in document.quotes:
        if quote.cue:
            links.append(Link(quote.id, CUE_LINK, mark(CUE, quote.cue)))
        speaker, mention = quote.speaker.entity, quote.speaker.mention
        near = mention or _nearest(speaker, quote)
        if near:
            label = speaker.kind if near in speaker.mentions else SPEAKER
            link = SPEAKER_LINK if mention else UNNAMED_LINK
            target = mark(label, (near,), speaker.id)
            links.append(Link(quote.id, link, target, score=quote.speaker.score))
        unlinked = []
        for stance in quote.stances:
            named = _nearest(stance.target, quote)
            if named and tells_stance(stance.label):
                target = mark(stance.target.kind, (named,), stance.target.id)
                links.append(Link(quote.id, stance.label, target, score=stance.score))
            else:
                unlinked.append(f"{stance.target.id}: {stance.label}")
        contents.append(
            Mark(
                key=quote.id,
                label=CONTENT,
                spans=quote.content,
                type=quote.type,
                score=quote.score,
                speaker=None if mention or speaker.mentions else speaker.id,
                targets=tuple(unlinked),
            )
        )
    entities = tuple(replace(entity, mentions=()) for entity in document.entities)
    return Graph(document.id, document.text, (*contents, *marks.values()), tuple(links), entities)


def split_marks(graph: Graph) -> Graph:
    """Return the graph with marks of one stretch each, further segments linked by ``continued``."""
    marks: list[Mark] = []
    links: list[Link] = list(graph.links)
    used = {mark.key for mark in graph.marks}
    for mark in graph.marks:
        marks.append(replace(mark, spans=mark.spans[:1]))
        for number, span in enumerate(mark.spans[1:], start=2):
            key = _unused(f"{mark.key}-{number}", used)
            marks.append(Mark(key, mark.label, (span,)))
            links.append(Link(mark.key, CONTINUED, key))
    return replace(graph, marks=tuple(marks), links=tuple(links))


def join_marks(marks: Sequence[Mark], links: Iterable[Link]) -> tuple[list[Mark], list[Link]]:
    """Undo ``split_marks``: join the marks that ``continued`` links, and return the other links.

    A chain of links counts like several links from its first mark. What is linked to or from a
    further segment is linked to or from the first.
    """
    by_key = {mark.key: mark for mark in marks}
    first: dict[str, str] = {}
    others: list[Link] = []
    for link in links:
        ends = by_key.get(link.source), by_key.get(link.target)
        same = ends[0] and ends[1] and ends[0].label == ends[1].label
        if link.label == CONTINUED and same and _root(first, link.source) != link.target:
            first.setdefault(link.target, link.source)
        else:
            others.append(link)
    parts: dict[str, list[Mark]] = {}
    for mark in marks:
        parts.setdefault(_root(first, mark.key), []).append(mark)
    joined = []
    for key, segments in parts.items():
        spans = sorted(span for mark in segments for span in mark.spans)
        joined.append(replace(by_key[key], spans=tuple(spans)))
    moved = [
        replace(link, source=_root(first, link.source), target=_root(first, link.target))
        for link in others
    ]
    order = {mark.key: index for index, mark in enumerate(marks)}
    return sorted(joined, key=lambda mark: order[mark.key]), moved


def unmentioned(graph: Graph) -> Iterator[Entity]:
    """Yield the entities that no mark mentions."""
    mentioned = {mark.entity for mark in graph.marks}
    yield from (entity for entity in graph.entities if entity.id not in mentioned)


def _nearest(entity: Entity, quote: Quote) -> Span | None:
    """Return the mention nearest to a quote's content, the earlier one of two."""
    start, end = quote.content[0].start, quote.content[-1].end
    return min(
        entity.mentions,
        key=lambda mention: max(start - mention.end, mention.start - end, 0),
        default=None,
    )


def _root(first: dict[str, str], key: str) -> str:
    while key in first:
        key = first[key]
    return key


def _unused(stem: str, used: set[str]) -> str:
    key = stem
    while key in used:
        key += "x"
    used.add(key)
    return key


def link_labels(stances: Sequence[str] = STANCE_LABELS) -> tuple[str, ...]:
    """Return the labels of the links that documents with such stances are written with."""
    return (CUE_LINK, SPEAKER_LINK, UNNAMED_LINK, *stances, CONTINUED)


def linked_stances(documents: Iterable[Document]) -> tuple[str, ...]:
    """Return the stance labels that links of documents may have, in their order."""
    return ordered_labels(
        stance.label
        for document in documents
        for quote in document.quotes
        for stance in quote.stances
        if tells_stance(stance.label)
    )


def link_label(name: str) -> str | None:
    """Return the label of a link that a tool calls so; None where it can be none of ours."""
    known = known_as(name, (*_NO_STANCES, *STANCE_LABELS))
    return known or (name if is_label(name) else None)


def tells_stance(label: str) -> bool:
    """Tell whether a link with that label links a content to a target, with the label as stance."""
    return is_label(label) and known_as(label, _NO_STANCES) is None


def known_as(name: str, known: Iterable[str]) -> str | None:
    """Return the label that a tool's name stands for, whatever its case; None for a foreign one."""
    return next((label for label in known if label.casefold() == name.casefold()), None)
