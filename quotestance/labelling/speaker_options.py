"""What the expert on speakers sees of each mention: its features, and how it fits the source's words.

Where words by the cue name the speaker (*il ministro*, *gli inquirenti*), the one who speaks must be such
that they can name it: the same number, a person for a person, a body for a body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotestance.extraction import Extraction, Mention
from quotestance.extraction.descriptions import definiteness, gender_of
from quotestance.labelling.quote_features import CUE_FEATURES, MENTION_FEATURES

SOURCE_FIT = 17
SPEAKER_OPTION_FEATURES = MENTION_FEATURES + CUE_FEATURES + SOURCE_FIT


@dataclass(frozen=True)
class Portrait:
    """What the mentions of a cluster tell of their entity.

    Attributes:
        numbers: ``Sing`` and ``Plur``, as far as they are told.
        genders: ``Masc`` and ``Fem``, of persons.
        kinds: Kinds of entity.
        descriptors: The nouns that call it.
        named: Whether it has a name.
        size: How many mentions it has.
    """

    numbers: frozenset[str]
    genders: frozenset[str]
    kinds: frozenset[str]
    descriptors: frozenset[str]
    named: bool
    size: int

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Portrait:
        """Draw the portrait of an entity from its mentions."""
        return cls(
            numbers=frozenset(m.number for m in mentions if m.number),
            genders=frozenset(g for g in map(gender_of, mentions) if g),
            kinds=frozenset(m.kind for m in mentions if m.kind),
            descriptors=frozenset(m.descriptor for m in mentions if m.descriptor),
            named=any(m.form == "name" for m in mentions),
            size=len(mentions),
        )


def source_fit(
    extraction: Extraction,
    source: int | None,
    own: Portrait | None,
    entity: Portrait,
    *,
    same: bool,
) -> list[float]:
    """Tell how an entity fits the words that name the speaker by the cue.

    Args:
        extraction: What was found in the text.
        source: The mention that they are; None when no words do.
        own: The entity to which the rules give it.
        entity: The entity that is asked about.
        same: Whether the two are one.

    Returns:
        ``SOURCE_FIT`` numbers, all zero without a source.
    """
    if source is None or own is None:
        return [0.0] * SOURCE_FIT
    mention = extraction.mentions[source]
    gender = gender_of(mention)
    person, persons = mention.kind == "person", "person" in entity.kinds
    bodies = bool(entity.kinds - {"person"})
    article = definiteness(extraction.parse, mention)
    return [
        float(same),
        float(mention.number in entity.numbers),
        float(bool(mention.number and entity.numbers) and mention.number not in entity.numbers),
        float(gender in entity.genders),
        float(bool(gender and entity.genders) and gender not in entity.genders),
        float(person and persons),
        float(person and bodies and not persons),
        float(mention.kind is not None and not person and bodies),
        float(mention.kind is not None and not person and persons),
        float(mention.number == "Plur" and persons),
        float(not same and mention.descriptor in entity.descriptors),
        float(mention.form == "nominal"),
        float(mention.form == "pronoun"),
        float(own.named),
        float(own.size > 1),
        float(article == "definite"),
        float(article == "indefinite"),
    ]


def speaker_options(
    mentions: NDArray[np.float32], fit: NDArray[np.float32], cue: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what the features tell of each mention as the speaker.

    Args:
        mentions: ``mention_features`` of each; shape (m, ``MENTION_FEATURES``).
        fit: ``source_fit`` of each; shape (m, ``SOURCE_FIT``).
        cue: ``cue_features``; shape (``CUE_FEATURES``,).

    Returns:
        Shape (m, ``SPEAKER_OPTION_FEATURES``).
    """
    cues = np.broadcast_to(cue, (len(mentions), len(cue)))
    return np.concatenate([mentions, cues, fit], axis=-1)
