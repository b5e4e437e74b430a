"""From the marks and links of an annotation tool to a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quotestance.document import ENTITY_KINDS, QUOTE_TYPES, Document, is_label
from quotestance.document.schema import SchemaError, document_from_dict
from quotestance.exchange.graph import (
    CONTENT,
    CUE,
    CUE_LINK,
    SPEAKER,
    SPEAKER_LINK,
    TARGET_LINK,
    UNNAMED_LINK,
    Graph,
    Link,
    Mark,
    join_marks,
    tells_stance,
)
from quotestance.exchange.losses import ExchangeError, Loss
from quotestance.exchange.parties import Parties
from quotestance.exchange.quotation import quote_type


def build(
    graph: Graph, domain: str | None = None, extra: Mapping[str, Any] | None = None
) -> tuple[Document, list[Loss]]:
    """Return the document that marks and links stand for, and what of them it cannot hold.

    A quote without a type has the one that its quotation marks tell. A mention without an entity is
    one of an entity called so, made where there is none.

    Args:
        graph: The marks and links as a tool has them.
        domain: The kind of news, where known.
        extra: The caller's other fields.

    Raises:
        ExchangeError: when they are no document, such as two contents of one id.
    """
    marks, links = join_marks(graph.marks, graph.links)
    builder = _Builder(graph, {mark.key: mark for mark in marks})
    for mark in marks:
        if mark.label in (SPEAKER, *ENTITY_KINDS):
            builder.add_mention(mark)
    by_content: dict[str, list[Link]] = {mark.key: [] for mark in marks if mark.label == CONTENT}
    for link in links:
        if link.source in by_content and link.target in builder.marks:
            by_content[link.source].append(link)
        else:
            builder.lose(link.place, f"the link {link.label!r} does not start at a content")
    quotes = [
        quote
        for mark in marks
        if mark.label == CONTENT and (quote := builder.quote(mark, by_content[mark.key]))
    ]
    builder.note_what_is_unused(link.target for link in links)
    data = {
        **(extra or {}),
        "id": graph.id,
        "text": graph.text,
        "domain": domain,
        "entities": builder.parties.to_dicts(),
        "quotes": quotes,
    }
    try:
        return document_from_dict(data), builder.losses
    except SchemaError as error:
        raise ExchangeError("; ".join(error.problems)) from error


@dataclass
class _Builder:
    """Collects what a document is made of, and what gets lost on the way."""

    graph: Graph
    marks: Mapping[str, Mark]
    losses: list[Loss] = field(default_factory=list)
    parties: Parties = field(init=False)
    entity_of: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.parties = Parties(self.graph.entities)

    def lose(self, place: str, what: str) -> None:
        self.losses.append(Loss(self.graph.id, place, what))

    def add_mention(self, mark: Mark) -> None:
        span, *others = mark.spans
        if others:
            self.lose(mark.place, f"a mention has one stretch; {len(others)} more of it are lost")
        kind = mark.label if mark.label in ENTITY_KINDS else None
        key = self.parties.find(mark.entity, span.text, kind)
        self.entity_of[mark.key] = key
        if kind:
            self.parties.add_mention(key, span)
            if self.parties.kind(key) != kind:
                was = self.parties.kind(key)
                self.lose(mark.place, f"the label {kind!r}: {key} is of kind {was!r} elsewhere")

    def quote(self, mark: Mark, links: list[Link]) -> dict[str, Any] | None:
        """Return a quote as JSON-ready data, or None when it has no speaker."""
        speaker: dict[str, Any] | None = None
        cue: list[list[int]] = []
        stances: dict[str, dict[str, Any]] = {}
        for link in links:
            aim = self.marks[link.target]
            entity = self.entity_of.get(aim.key)
            if link.label == CUE_LINK and aim.label == CUE:
                cue += [[span.start, span.end] for span in aim.spans]
            elif link.label in (SPEAKER_LINK, UNNAMED_LINK) and entity:
                named = [aim.spans[0].start, aim.spans[0].end]
                found = {
                    "entity": entity,
                    "mention": named if link.label == SPEAKER_LINK else None,
                    "score": link.score,
                }
                if speaker:
                    self.lose(link.place, f"a second speaker of {mark.key}: {aim.spans[0]}")
                speaker = speaker or found
            elif (link.label == TARGET_LINK or tells_stance(link.label)) and entity:
                label = mark.stance or "neutral" if link.label == TARGET_LINK else link.label
                self._add_stance(stances, entity, label, link.score, link.place)
            else:
                self.lose(link.place, f"the link {link.label!r} from a content to a {aim.label}")
        if not speaker and mark.speaker:
            speaker = {"entity": self.parties.find(mark.speaker, mark.speaker, None)}
        for text in mark.targets:
            name, _, label = text.rpartition(":")
            name, label = (name.strip(), label.strip()) if name else (text.strip(), "neutral")
            self._add_stance(stances, self.parties.find(name, name, None), label, None, mark.place)
        if not speaker:
            self.lose(
                mark.place, f"the quote {str(mark.spans[0])[:40]!r} has no speaker; link it to one"
            )
            return None
        if stances.pop(speaker["entity"], None):
            self.lose(mark.place, f"the target of {mark.key} is its speaker")
        kind = mark.type
        if kind is not None and kind not in QUOTE_TYPES:
            self.lose(mark.place, f"the type {kind!r}; known: {', '.join(QUOTE_TYPES)}")
            kind = None
        return {
            "id": mark.key,
            "type": kind or quote_type(self.graph.text, mark.spans),
            "content": [[span.start, span.end] for span in mark.spans],
            "cue": cue,
            "speaker": speaker,
            "stances": list(stances.values()),
            "score": mark.score,
        }

    def _add_stance(
        self,
        stances: dict[str, dict[str, Any]],
        entity: str,
        label: str,
        score: float | None,
        place: str,
    ) -> None:
        if not is_label(label):
            self.lose(place, f"the stance {label!r}; a label has letters, digits, _ and -")
        elif entity in stances:
            self.lose(place, f"a second stance toward {entity}: {label}")
        else:
            stances[entity] = {"target": entity, "label": label, "score": score}

    def note_what_is_unused(self, targets: Iterable[str]) -> None:
        linked = set(targets)
        for mark in self.marks.values():
            if mark.label in (CUE, SPEAKER) and mark.key not in linked:
                self.lose(
                    mark.place, f"the {mark.label} {str(mark.spans[0])!r} belongs to no content"
                )
