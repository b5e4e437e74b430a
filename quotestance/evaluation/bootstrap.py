"""How far figures may be off: intervals and comparisons by resampling documents.

Quotes of one article hang together, so what is drawn is articles, with replacement (Koehn 2004;
Berg-Kirkpatrick, Burkett and Klein 2012). Scores add, so a resample is scored by adding the counts of
its documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotestance.document import Document
from quotestance.evaluation.figures import FIGURES, Counts, Figure, measure
from quotestance.evaluation.matching import Comparison, pair_documents
from quotestance.evaluation.metrics import PRF, Accuracy, Confusion
from quotestance.evaluation.scores import Scores, score
from quotestance.evaluation.tables import Table

RESAMPLES = 2000
LEVEL = 0.95
_TOLERANCE = 1e-12  # differences that only rounding makes are none


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its confidence interval.

    Attributes:
        value: The figure; None when nothing was counted.
        low: The lower bound; None when no resample had anything to count.
        high: The upper bound.
    """

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Intervals:
    """The headline figures with their confidence intervals.

    Attributes:
        documents: How many documents were drawn from.
        resamples: How many resamples were drawn.
        level: The share of the resamples that an interval holds.
        figures: The interval of each figure, by its key.
    """

    documents: int
    resamples: int
    level: float
    figures: Mapping[str, Interval]

    def to_dict(self) -> dict[str, Any]:
        """Return the intervals as JSON-ready data."""
        return asdict(self)

    def format(self) -> str:
        """Return the intervals as a table of plain text."""
        return self.table().format()

    def table(self) -> Table:
        """Return the intervals as a table."""
        rows = [
            (f.name, _number(i.value), _number(i.low), _number(i.high))
            for f in FIGURES
            for i in [self.figures[f.key]]
        ]
        return Table.of(
            (f"{self.level:.0%} intervals", "value", "low", "high"),
            rows,
            f"Intervals of {self.level:.0%} from {self.resamples} resamples of "
            f"{self.documents} documents",
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """How two systems differ in one figure.

    Attributes:
        a: The figure of the first; None when nothing was counted.
        b: That of the second.
        difference: The first less the second; None when one of them is.
        low: The lower bound of its confidence interval.
        high: The upper bound.
        p: How probable so great a difference, either way, would be if there were none.
    """

    a: float | None
    b: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class SystemComparison:
    """Two systems on the same documents.

    Attributes:
        documents: How many documents were drawn from.
        resamples: How many resamples were drawn.
        level: The share of the resamples that an interval holds.
        figures: The difference in each figure, by its key.
    """

    documents: int
    resamples: int
    level: float
    figures: Mapping[str, Difference]

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON-ready data."""
        return asdict(self)

    def format(self) -> str:
        """Return the comparison as a table of plain text."""
        return self.table().format()

    def table(self) -> Table:
        """Return the comparison as a table."""
        rows = [
            (
                f.name,
                *map(_number, (d.a, d.b)),
                *(_number(value, sign="+") for value in (d.difference, d.low, d.high)),
                _number(d.p) if d.p is None or d.p >= 0.001 else "<0.001",
            )
            for f in FIGURES
            for d in [self.figures[f.key]]
        ]
        return Table.of(
            ("comparison", "these", "others", "difference", "low", "high", "p"),
            rows,
            f"These predictions less the others; paired intervals of {self.level:.0%} from "
            f"{self.resamples} resamples of {self.documents} documents",
        )


def intervals(
    gold: Sequence[Document],
    predicted: Sequence[Document],
    *,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    seed: int = 0,
) -> Intervals:
    """Return percentile intervals of the headline figures.

    A resample in which a figure has nothing to count takes no part in its interval.

    Args:
        gold: The annotated documents.
        predicted: The predictions for the same texts, in any order.
        resamples: How many resamples to draw.
        level: The share of the resamples that an interval holds.
        seed: Of the random numbers; the same seed draws the same resamples.

    Raises:
        ValueError: if an id is missing, superfluous or double, if two texts differ, or if ``resamples``
            or ``level`` make no sense.
    """
    times = _draw(len(gold), resamples, level, seed)
    scores = _document_scores(gold, predicted)
    found = {}
    for figure in FIGURES:
        value, resampled = _values(figure, scores, times)
        found[figure.key] = Interval(value, *_percentiles(resampled, level))
    return Intervals(len(gold), resamples, level, found)


def compare(
    gold: Sequence[Document],
    a: Sequence[Document],
    b: Sequence[Document],
    *,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    seed: int = 0,
) -> SystemComparison:
    """Compare two systems by a paired bootstrap over documents.

    Both are scored on the same resamples, so that what makes an article hard for both does not
    blur the difference. ``p`` is two-sided: the share of the resamples in which the difference is
    off from the one observed by at least the observed one (Berg-Kirkpatrick et al. 2012, who count
    one side), the observed sample counted in.

    Args:
        gold: The annotated documents.
        a: The predictions of the first system for the same texts, in any order.
        b: Those of the second.
        resamples: How many resamples to draw.
        level: The share of the resamples that an interval holds.
        seed: Of the random numbers; the same seed draws the same resamples.

    Raises:
        ValueError: if an id is missing, superfluous or double, if two texts differ, or if ``resamples``
            or ``level`` make no sense.
    """
    times = _draw(len(gold), resamples, level, seed)
    ours, theirs = _document_scores(gold, a), _document_scores(gold, b)
    found = {}
    for figure in FIGURES:
        value_a, resampled_a = _values(figure, ours, times)
        value_b, resampled_b = _values(figure, theirs, times)
        found[figure.key] = _difference(value_a, value_b, resampled_a - resampled_b, level)
    return SystemComparison(len(gold), resamples, level, found)


def _difference(
    a: float | None, b: float | None, resampled: NDArray[np.float64], level: float
) -> Difference:
    if a is None or b is None:
        return Difference(a, b, None, None, None, None)
    observed = a - b
    known = resampled[~np.isnan(resampled)]
    as_great = np.abs(known - observed) >= abs(observed) - _TOLERANCE
    p = (1 + int(as_great.sum())) / (1 + len(known))
    return Difference(a, b, observed, *_percentiles(resampled, level), p)


def _draw(documents: int, resamples: int, level: float, seed: int) -> NDArray[np.int64]:
    """Return how many times each resample, a row, draws each document, a column."""
    if resamples < 1:
        raise ValueError(f"resamples must be at least 1, not {resamples}")
    if not 0 < level < 1:
        raise ValueError(f"level must be between 0 and 1, not {level}")
    if not documents:
        return np.zeros((resamples, 0), dtype=np.int64)
    shares = np.full(documents, 1 / documents)
    return np.random.default_rng(seed).multinomial(documents, shares, size=resamples)


def _document_scores(gold: Sequence[Document], predicted: Sequence[Document]) -> list[Scores]:
    return [score(Comparison.of(*pair)) for pair in pair_documents(gold, predicted)]


def _values(
    figure: Figure, scores: Sequence[Scores], times: NDArray[np.int64]
) -> tuple[float | None, NDArray[np.float64]]:
    """Return a figure and its value in each resample; NaN where there is nothing to count."""
    # The last, empty, tells the kind.
    counts = _aligned([figure.counts(one) for one in (*scores, Scores())])
    kind = counts[-1]
    table = np.array([_numbers(one) for one in counts], dtype=np.int64)
    total = _like(kind, table.sum(axis=0).tolist())
    resampled = (_like(kind, row) for row in (times @ table[:-1]).tolist())
    values = np.array([measure(one) if one else np.nan for one in resampled], dtype=np.float64)
    return (measure(total) if total else None), values


def _aligned(counts: Sequence[Counts]) -> list[Counts]:
    """Return the counts of documents with confusions over the labels of all of them."""
    confusions = (one for one in counts if isinstance(one, Confusion))
    labels = tuple(dict.fromkeys(label for one in confusions for label in one.labels))
    return [one.over(labels) if isinstance(one, Confusion) else one for one in counts]


def _numbers(counts: Counts) -> list[int]:
    match counts:
        case PRF():
            return [counts.tp, counts.fp, counts.fn]
        case Accuracy():
            return [counts.correct, counts.total]
        case Confusion():
            return [count for row in counts.counts for count in row]


def _like(kind: Counts, numbers: Sequence[int]) -> Counts:
    """Return counts of the same kind with other numbers."""
    match kind:
        case PRF():
            return PRF(*numbers)
        case Accuracy():
            return Accuracy(*numbers)
        case Confusion():
            size = len(kind.labels)
            rows = (tuple(numbers[i : i + size]) for i in range(0, size * size, size))
            return Confusion(kind.labels, tuple(rows))


def _percentiles(values: NDArray[np.float64], level: float) -> tuple[float | None, float | None]:
    known = values[~np.isnan(values)]
    if not known.size:
        return None, None
    tail = (1 - level) / 2
    low, high = np.quantile(known, [tail, 1 - tail]).tolist()
    return low, high


def _number(value: float | None, sign: str = "") -> str:
    return "-" if value is None else f"{value:{sign}.3f}"
