"""Which predicted quote stands for which gold quote, and which predicted entity for which.

Both are optimal one-to-one assignments (Kuhn's Hungarian method): quotes by the overlap of their
contents, after the scorer of the German Wikinews quotations (Petersen-Frey and Biemann 2024), and
entities by their shared mentions, after CEAF for coreference (Luo 2005).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotestance.document import Document, Entity, Quote, Span, overlap_f1

_WORD = re.compile(r"\w+")
_TIED = re.compile(
    r"\b(?:di|a|da|in|con|su|per|d|(?:de|a|da|ne|su)(?:l|ll|llo|lla|i|gli|lle))[\s'’]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class QuotePair:
    """A gold quote and the predicted quote that stands for it.

    Attributes:
        gold: The annotated quote.
        predicted: The predicted quote.
        overlap: F1 of characters between their contents.
    """

    gold: Quote
    predicted: Quote
    overlap: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A gold document set beside a prediction for it.

    Attributes:
        gold: The annotated document.
        predicted: The predicted document.
        pairs: The matched quotes, in the order of the gold ones.
        missed: The gold quotes with no match.
        superfluous: The predicted quotes with no match.
        entities: Predicted entity ids to gold entity ids, one to one.
    """

    gold: Document
    predicted: Document
    pairs: tuple[QuotePair, ...]
    missed: tuple[Quote, ...]
    superfluous: tuple[Quote, ...]
    entities: Mapping[str, str]

    @classmethod
    def of(cls, gold: Document, predicted: Document, threshold: float = 0.5) -> Comparison:
        """Match the quotes and align the entities of two versions of a document.

        Args:
            gold: The annotated document.
            predicted: The predicted document.
            threshold: The least overlap F1 of a match.

        Raises:
            ValueError: if the two have not the same text.
        """
        pairs = match_quotes(gold, predicted, threshold)
        found = {pair.gold.id for pair in pairs}
        used = {pair.predicted.id for pair in pairs}
        return cls(
            gold,
            predicted,
            pairs,
            tuple(quote for quote in gold.quotes if quote.id not in found),
            tuple(quote for quote in predicted.quotes if quote.id not in used),
            align_entities(gold, predicted),
        )

    def speaker_is_right(self, pair: QuotePair) -> bool:
        """Tell whether the predicted speaker of a matched quote is the gold one, as an entity."""
        speaker = self.entities.get(pair.predicted.speaker.entity.id)
        return speaker == pair.gold.speaker.entity.id

    def stances(self, quote: Quote) -> dict[str | None, str]:
        """Return the labels of a predicted quote by gold target id; None for an unknown target."""
        return {self.entities.get(s.target.id): s.label for s in quote.stances}


def pair_documents(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> list[tuple[Document, Document]]:
    """Pair annotated and predicted documents by id, in the order of the annotated ones.

    Raises:
        ValueError: if an id comes twice on a side, is missing from the predictions or is
            superfluous in them; the message names the ids.
    """
    ours, theirs = _by_id(gold, "gold"), _by_id(predicted, "predicted")
    for what, ids in (
        ("no prediction for", ours.keys() - theirs.keys()),
        ("no gold document for", theirs.keys() - ours.keys()),
    ):
        if ids:
            raise ValueError(f"{what} {len(ids)} document(s): {', '.join(sorted(ids)[:10])}")
    return [(document, theirs[key]) for key, document in ours.items()]


def match_quotes(
    gold: Document, predicted: Document, threshold: float = 0.5
) -> tuple[QuotePair, ...]:
    """Match quotes one to one so that the sum of the overlaps of their contents is greatest.

    Args:
        gold: The annotated document.
        predicted: The predicted document.
        threshold: The least F1 of characters between two contents that may be matched; pairs below
            it take no part in the sum.

    Returns:
        The matched pairs, in the order of the gold quotes.

    Raises:
        ValueError: if the two documents have not the same text.
    """
    _check_text(gold, predicted)
    overlaps = [
        [overlap_f1(quote.content, other.content) for other in predicted.quotes]
        for quote in gold.quotes
    ]
    weights = [[f1 if f1 >= threshold else 0.0 for f1 in row] for row in overlaps]
    return tuple(
        QuotePair(gold.quotes[i], predicted.quotes[j], overlaps[i][j])
        for i, j in heaviest_pairs(weights)
    )


def align_entities(gold: Document, predicted: Document) -> dict[str, str]:
    """Align entities one to one so that the number of shared mentions is greatest.

    Two mentions are shared when the F1 of their characters is at least 0.5, or when the shorter
    lies within the longer and holds its first or its last capitalised word (*Lavrov* in *il
    ministro degli Esteri russo Serghei Lavrov*), no preposition tying it there (*Genova* in *la
    Procura di Genova*). Among equal alignments that with more common names and aliases wins; a
    common name or alias (case does not matter) also aligns entities that share no mention.

    One to one is on purpose: of an entity that the prediction splits in two, one part stays without
    a gold entity, and what it says counts as wrong.

    Args:
        gold: The annotated document.
        predicted: The predicted document.

    Returns:
        Predicted entity ids to gold entity ids; entities that nothing aligns are left out.

    Raises:
        ValueError: if the two documents have not the same text.
    """
    _check_text(gold, predicted)
    # So heavy that all the common names together weigh less than one shared mention.
    mention_weight = 1 + min(len(gold.entities), len(predicted.entities))
    weights = [
        [
            mention_weight * _shared_mentions(gold.text, entity, other)
            + (not _names(entity).isdisjoint(_names(other)))
            for other in predicted.entities
        ]
        for entity in gold.entities
    ]
    return {predicted.entities[j].id: gold.entities[i].id for i, j in heaviest_pairs(weights)}


def alike(left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Tell whether two lists of segments are both empty or overlap with an F1 of at least 0.5."""
    return not (left or right) or overlap_f1(left, right) >= 0.5


def heaviest_pairs(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the (row, column) pairs of the heaviest assignment, by row; no weight, no pair.

    Args:
        weights: The weight of each row with each column, none below 0.
    """
    if not any(map(any, weights)):
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(i, j) for i, j in pairs if weights[i][j] > 0]


def _shared_mentions(text: str, gold: Entity, predicted: Entity) -> int:
    return sum(
        any(_is_shared(text, mention, other) for other in predicted.mentions)
        for mention in gold.mentions
    )


def _is_shared(text: str, left: Span, right: Span) -> bool:
    if not left.overlaps(right):
        return False
    if overlap_f1([left], [right]) >= 0.5:
        return True
    shorter, longer = sorted((left, right), key=len)
    if shorter not in longer or _TIED.search(text, longer.start, shorter.start):
        return False
    capitals = [
        Span(match.start(), match.end())
        for match in _WORD.finditer(text, longer.start, longer.end)
        if match[0][0].isupper()
    ]
    return bool(capitals) and (capitals[0] in shorter or capitals[-1] in shorter)


def _names(entity: Entity) -> set[str]:
    return {name.casefold() for name in (entity.name, *entity.aliases)}


def _by_id(documents: Sequence[Document], side: str) -> dict[str, Document]:
    twice = [key for key, times in Counter(d.id for d in documents).items() if times > 1]
    if twice:
        raise ValueError(f"{side} document ids come twice: {', '.join(twice[:10])}")
    return {document.id: document for document in documents}


def _check_text(gold: Document, predicted: Document) -> None:
    if gold.text != predicted.text:
        raise ValueError(
            f"the texts of gold document {gold.id!r} and of predicted {predicted.id!r} differ"
        )
