"""The data classes and their JSON schema; imports nothing of the rest."""

from quotestance.document.document import (
    ENTITY_KINDS,
    QUOTE_TYPES,
    STANCE_LABELS,
    Document,
    Entity,
    EntityKind,
    Quote,
    QuoteType,
    Speaker,
    Stance,
    StanceLabel,
    is_label,
    ordered_labels,
)
from quotestance.document.spans import Span, overlap, overlap_f1

__all__ = [
    "ENTITY_KINDS",
    "QUOTE_TYPES",
    "STANCE_LABELS",
    "Document",
    "Entity",
    "EntityKind",
    "Quote",
    "QuoteType",
    "Span",
    "Speaker",
    "Stance",
    "StanceLabel",
    "is_label",
    "ordered_labels",
    "overlap",
    "overlap_f1",
]
