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


@dataclass(frozen=True)
class SourceWords:
    """The words by the cue that name the speaker.

    Attributes:
        mention: The mention that they are.
        gender: That of the person they name, where told.
        article: ``definite``, ``indefinite`` or ``bare``.
        own: The entity to which the rules give them.
    """

    mention: Mention
    gender: str | None
    article: str
    own: Portrait

    @classmethod
    def of(cls, extraction: Extraction, source: int, own: Portrait) -> SourceWords:
        """Describe a mention by which an article names a speaker."""
        mention = extraction.mentions[source]
        return cls(mention, gender_of(mention), definiteness(extraction.parse, mention), own)

    def fit(self, entity: Portrait, *, same: bool) -> list[float]:
        """Tell how an entity fits these words.

        Args:
            entity: The entity that is asked about.
            same: Whether it is the one to which the rules give the words.

        Returns:
            ``SOURCE_FIT`` numbers.
        """
        mention, gender = self.mention, self.gender
        person, persons = mention.kind == "person", "person" in entity.kinds
        bodies = bool(entity.kinds - {"person"})
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
            float(self.own.named),
            float(self.own.size > 1),
            float(self.article == "definite"),
            float(self.article == "indefinite"),
        ]


def speaker_options(
    mentions: NDArray[np.float32], fit: NDArray[np.float32], cue: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return what the features tell of each mention as the speaker.

    Args:
        mentions: ``mention_features`` of each; shape (m, ``MENTION_FEATURES``).
        fit: ``SourceWords.fit`` of each, zeros without such words; shape (m, ``SOURCE_FIT``).
        cue: ``cue_features``; shape (``CUE_FEATURES``,).

    Returns:
        Shape (m, ``SPEAKER_OPTION_FEATURES``).
    """
    cues = np.broadcast_to(cue, (len(mentions), len(cue)))
    return np.concatenate([mentions, cues, fit], axis=-1)
