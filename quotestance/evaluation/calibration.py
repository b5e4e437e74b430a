"""How honest the probabilities are, and what it brings to leave the unsure ones out.

It only measures; what is fitted is fitted in training. The measures are those of Guo et al. (2017):
reliability in bins of equal width and the expected calibration error (Naeini, Cooper and Hauskrecht
2015); the curve of coverage and accuracy is that of selective prediction (El-Yaniv and Wiener 2010).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Literal, get_args

from quotestance.document import Document
from quotestance.evaluation.matching import Comparison, pair_documents
from quotestance.evaluation.tables import Table

ScoreKind = Literal["quote", "speaker", "stance"]

SCORE_KINDS: tuple[ScoreKind, ...] = get_args(ScoreKind)

BINS = 10


@dataclass(frozen=True, slots=True, order=True)
class Judgement:
    """A probability with the truth.

    Attributes:
        score: The probability that something predicted is right.
        right: Whether it is.
    """

    score: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """What is predicted with about the same probability.

    Attributes:
        low: The least score of the bin.
        high: The bound above its scores; the last bin holds 1.0 too.
        count: How many scores are in it.
        score: Their mean; 0.0 in an empty bin.
        accuracy: The share that is right; 0.0 in an empty bin.
    """

    low: float
    high: float
    count: int
    score: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What is left when all below a threshold is left out.

    Attributes:
        threshold: The least score that is kept.
        coverage: The share that is kept.
        accuracy: The share of what is kept that is right.
    """

    threshold: float
    coverage: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How honest the probabilities of one kind are.

    Attributes:
        count: How many there are.
        score: Their mean; 0.0 when there are none.
        accuracy: The share that is right; 0.0 when there are none.
        error: The expected calibration error.
        bins: The reliability in bins of equal width.
        curve: Coverage and accuracy, the highest threshold first.
    """

    count: int
    score: float
    accuracy: float
    error: float
    bins: tuple[Bin, ...]
    curve: tuple[CurvePoint, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the measures as JSON-ready data."""
        return asdict(self) | {
            "bins": [asdict(one) for one in self.bins],
            "curve": [asdict(point) for point in self.curve],
        }


def calibration(
    gold: Sequence[Document], predicted: Sequence[Document], bins: int = BINS
) -> dict[ScoreKind, Calibration]:
    """Measure the probabilities of quotes, speakers and stances against what is right.

    Args:
        gold: The annotated documents.
        predicted: The predictions for the same texts, in any order.
        bins: How many bins of equal width to take.

    Raises:
        ValueError: if an id is missing, superfluous or double, if two texts differ, or if there is to
            be no bin.
    """
    return {kind: _calibration(found, bins) for kind, found in judgements(gold, predicted).items()}


def judgements(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> dict[ScoreKind, tuple[Judgement, ...]]:
    """Return every probability of the predictions with its truth, by kind.

    The score of a quote is held against its being matched; on matched quotes that of the speaker
    against the right entity, and that of each stance against the right target with the right label.
    Predictions without a score are left out. Quotes below the threshold of a model are not in its
    predictions, so its low scores are not seen here.

    Args:
        gold: The annotated documents.
        predicted: The predictions for the same texts, in any order.

    Raises:
        ValueError: if an id is missing, superfluous or double, or if two texts differ.
    """
    found: dict[ScoreKind, list[Judgement]] = {kind: [] for kind in SCORE_KINDS}

    def add(kind: ScoreKind, score: float | None, right: bool) -> None:
        if score is not None:
            found[kind].append(Judgement(score, right))

    for pair in pair_documents(gold, predicted):
        comparison = Comparison.of(*pair)
        for quote in comparison.superfluous:
            add("quote", quote.score, False)
        for matched in comparison.pairs:
            quote = matched.predicted
            add("quote", quote.score, True)
            add("speaker", quote.speaker.score, comparison.speaker_is_right(matched))
            annotated = {(s.target.id, s.label) for s in matched.gold.stances}
            for stance in quote.stances:
                target = comparison.entities.get(stance.target.id)
                add("stance", stance.score, (target, stance.label) in annotated)
    return {kind: tuple(scored) for kind, scored in found.items()}


def reliability(judged: Iterable[Judgement], bins: int = BINS) -> tuple[Bin, ...]:
    """Return the share that is right in bins of equal width over 0 to 1, empty ones too.

    Raises:
        ValueError: if there is to be no bin.
    """
    if bins < 1:
        raise ValueError(f"there must be at least 1 bin, not {bins}")
    members: list[list[Judgement]] = [[] for _ in range(bins)]
    for one in judged:
        members[min(int(one.score * bins), bins - 1)].append(one)
    return tuple(
        Bin(i / bins, (i + 1) / bins, len(inside), *_means(inside))
        for i, inside in enumerate(members)
    )


def expected_calibration_error(bins: Iterable[Bin]) -> float:
    """Return the mean distance of score and accuracy over bins, weighted by their counts."""
    told = tuple(bins)
    total = sum(one.count for one in told)
    gaps = sum(one.count * abs(one.score - one.accuracy) for one in told)
    return gaps / total if total else 0.0


def coverage_curve(judged: Iterable[Judgement]) -> tuple[CurvePoint, ...]:
    """Return coverage and accuracy at every score as a threshold, the highest first."""
    ordered = sorted(judged, reverse=True)
    points, kept, right = [], 0, 0
    for threshold, group in groupby(ordered, key=lambda one: one.score):
        verdicts = [one.right for one in group]
        kept, right = kept + len(verdicts), right + sum(verdicts)
        points.append(CurvePoint(threshold, kept / len(ordered), right / kept))
    return tuple(points)


def calibration_tables(measured: Mapping[ScoreKind, Calibration]) -> list[Table]:
    """Return a table of the errors, and one of the bins that are not empty."""
    errors = [
        (
            kind,
            str(c.count),
            *(f"{x:.3f}" if c.count else "-" for x in (c.score, c.accuracy, c.error)),
        )
        for kind, c in measured.items()
    ]
    bins = [
        (f"{kind} {b.low:.2f}–{b.high:.2f}", str(b.count), f"{b.score:.3f}", f"{b.accuracy:.3f}")
        for kind, c in measured.items()
        for b in c.bins
        if b.count
    ]
    return [
        Table.of(
            ("probability of", "count", "mean score", "right", "calibration error"),
            errors,
            "How honest the probabilities are (expected calibration error)",
        ),
        Table.of(("scores", "count", "mean score", "right"), bins, "Reliability by score"),
    ]


def _calibration(judged: Sequence[Judgement], bins: int) -> Calibration:
    told = reliability(judged, bins)
    error = expected_calibration_error(told)
    return Calibration(len(judged), *_means(judged), error, told, coverage_curve(judged))


def _means(judged: Sequence[Judgement]) -> tuple[float, float]:
    """Return the mean score and the share that is right."""
    if not judged:
        return 0.0, 0.0
    count = len(judged)
    return sum(one.score for one in judged) / count, sum(one.right for one in judged) / count
