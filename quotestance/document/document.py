"""The article and what is said in it: plain, immutable data.

The terms are those of the attribution literature (PARC 3.0, PolNeAR) as the annotation guidelines
in ``seeds/GUIDELINES.md`` fix them. All offsets are characters of ``Document.text``, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from quotestance.document.spans import Span

if TYPE_CHECKING:
    import networkx
    import pandas

QuoteType = Literal["direct", "indirect", "mixed"]
StanceLabel = Literal["conciliatory", "accusatory", "neutral"]
EntityKind = Literal["person", "org", "gpe", "group"]

QUOTE_TYPES: tuple[QuoteType, ...] = get_args(QuoteType)
STANCE_LABELS: tuple[StanceLabel, ...] = get_args(StanceLabel)
ENTITY_KINDS: tuple[EntityKind, ...] = get_args(EntityKind)

_LABEL = re.compile(r"[^\W_][\w-]*")


def is_label(text: str) -> bool:
    """Tell whether a text can be a stance label: letters, digits, ``_`` and ``-``."""
    return _LABEL.fullmatch(text) is not None


def ordered_labels(used: Iterable[str]) -> tuple[str, ...]:
    """Return the labels to count and show where some are used, in their order.

    Args:
        used: Labels of stances, in any order.

    Returns:
        ``STANCE_LABELS`` where all are among these, else the used ones: those of ``STANCE_LABELS``
        first, the others sorted.
    """
    used = set(used)
    others = sorted(used.difference(STANCE_LABELS))
    return tuple(label for label in STANCE_LABELS if label in used or not others) + tuple(others)


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody who speaks or is spoken to: a person, a body, a government, a group.

    Attributes:
        id: Unique in its document.
        kind: One of ``ENTITY_KINDS``.
        name: The canonical name, the fullest form in the article.
        aliases: The forms that name it in the article.
        side: The country, party, company or body that it speaks for, where that is clear.
        mentions: Where the text mentions it, in order.
    """

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    side: str | None = None
    mentions: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said a quote.

    Attributes:
        entity: The speaker, resolved.
        mention: The words nearest to the cue that name the speaker; None for an unnamed subject or a
            quote without a cue.
        score: Probability of the entity; None in annotations.
    """

    entity: Entity
    mention: Span | None = None
    score: float | None = None

    def __str__(self) -> str:
        return self.entity.name


@dataclass(frozen=True, slots=True)
class Stance:
    """How a quote stands toward one other party, its target.

    Attributes:
        target: The other party.
        label: One of ``STANCE_LABELS``, or of the labels that a model was fine-tuned to.
        score: Probability that the quote takes this stance toward this target; None in annotations.
    """

    target: Entity
    label: str
    score: float | None = None

    def __str__(self) -> str:
        return f"{self.label} → {self.target.name}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A content that the text presents as said or written by a speaker.

    Attributes:
        id: Unique in its document.
        type: One of ``QUOTE_TYPES``.
        content: The words reported, one segment or, when the cue interrupts them, several.
        cue: The words that tell that something is said; empty for a bare quote.
        speaker: Who said it.
        stances: The targets with the stance toward each; empty when the quote speaks to nobody.
        score: Probability that this is a quote; None in annotations.
    """

    id: str
    type: QuoteType
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: Speaker
    stances: tuple[Stance, ...] = ()
    score: float | None = None

    @property
    def text(self) -> str:
        """The words of the content, its segments joined by `` … ``."""
        return " … ".join(segment.text for segment in self.content)

    @property
    def cue_text(self) -> str:
        """The words of the cue; empty for a bare quote."""
        return " … ".join(segment.text for segment in self.cue)

    def __str__(self) -> str:
        return f"{self.speaker}: {self.text}"


@dataclass(frozen=True, slots=True)
class Document:
    """An article with its entities and quotes.

    Attributes:
        id: The caller's name for the article.
        text: The article, never changed.
        entities: The parties that speak or are spoken to.
        quotes: The quotes in the order of the text.
        domain: The kind of news, where known.
        extra: The caller's other fields, carried along unread.
    """

    id: str
    text: str
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    domain: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def entity(self, key: str) -> Entity:
        """Return the entity with that id, name or alias (case does not matter).

        Raises:
            KeyError: when no entity of the article is called so; the message lists those there are.
        """
        wanted = key.casefold()
        for entity in self.entities:
            if wanted in (entity.id.casefold(), entity.name.casefold()):
                return entity
        for entity in self.entities:
            if wanted in (alias.casefold() for alias in entity.aliases):
                return entity
        known = ", ".join(entity.name for entity in self.entities) or "none"
        raise KeyError(f"no entity {key!r} in document {self.id!r}; its entities: {known}")

    def to_dict(self) -> dict[str, Any]:
        """Return the document as JSON-ready data (see ``quotestance.document.schema``)."""
        from quotestance.document.schema import document_to_dict

        return document_to_dict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """Read a document from JSON data, checking it (see ``quotestance.document.schema``)."""
        from quotestance.document.schema import document_from_dict

        return document_from_dict(data)

    def to_html(self, *, title: str | None = None) -> str:
        """Return the document as an HTML page of its own (see ``quotestance.export.html``).

        Args:
            title: Title and heading of the page; the id when left out.
        """
        from quotestance.export.html import document_html

        return document_html(self, title=title)

    def to_dataframe(self) -> pandas.DataFrame:
        """Return a row for each quote and target (see ``quotestance.export.frame``).

        Raises:
            QuotestanceError: when pandas is not installed.
        """
        from quotestance.export.frame import quote_frame

        return quote_frame(self)

    def to_graph(self) -> networkx.MultiDiGraph:
        """Return who speaks toward whom as a networkx graph (see ``quotestance.export.graph``).

        Raises:
            QuotestanceError: when networkx is not installed.
        """
        from quotestance.export.graph import party_graph

        return party_graph(self)

    def _repr_html_(self) -> str:
        """Show the document in a notebook."""
        from quotestance.export.html import document_fragment

        return document_fragment(self)
