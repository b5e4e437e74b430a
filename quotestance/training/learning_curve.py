"""How much each further article that one labels is worth: fine-tuning on more and more of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from quotestance.document import Document
from quotestance.errors import QuotestanceError
from quotestance.evaluation import Report
from quotestance.evaluation.figures import FIGURES, measure
from quotestance.evaluation.tables import Table, number
from quotestance.labelling.labeller import Labeller
from quotestance.loading import SHIPPED, load_base
from quotestance.training.calibration import assess
from quotestance.training.preparation import ParseCache, prepare
from quotestance.training.run import train_labeller


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The scores after fine-tuning on some articles.

    Attributes:
        articles: How many they were; 0 for the labeller before.
        quotes: How many quotes are labelled in them.
        report: The scores on the test articles.
    """

    articles: int
    quotes: int
    report: Report


def learning_curve(
    train: Sequence[Document],
    test: Sequence[Document],
    sizes: Sequence[int],
    base: str | Path = SHIPPED,
    cache: str | Path | None = None,
    **options: Any,
) -> list[CurvePoint]:
    """Fine-tune on the first articles, more and more of them, and score each time.

    Args:
        train: The articles to learn from; those that each training holds out are among them.
        test: Articles to score on, none of them among the others.
        sizes: How many articles to learn from each time.
        base: Model folder to start from.
        cache: Folder that remembers parses.
        options: Further arguments of ``train_labeller``.

    Returns:
        A point for the base, and one for each size.

    Raises:
        QuotestanceError: when a size is greater than the number of articles.
    """
    if sizes and max(sizes) > len(train):
        raise QuotestanceError(f"there are {len(train)} articles to learn from, not {max(sizes)}")
    with TemporaryDirectory() as folder:
        parses = Path(cache or Path(folder) / "parses")
        points = [CurvePoint(0, 0, _assess(base, test, parses))]
        for size in sizes:
            output, own = Path(folder) / str(size), train[:size]
            train_labeller(own, base=base, output=output, cache=parses, **options)
            quotes = sum(len(document.quotes) for document in own)
            points.append(CurvePoint(size, quotes, _assess(output, test, parses)))
    return points


def curve_table(points: Sequence[CurvePoint]) -> Table:
    """Return a curve as a table, a row for each size and a column for each headline figure."""
    rows = [
        (
            str(point.articles),
            str(point.quotes),
            *(
                number(counts, measure(counts))
                for counts in (figure.counts(point.report.overall) for figure in FIGURES)
            ),
        )
        for point in points
    ]
    header = ("articles", "quotes", *(figure.name for figure in FIGURES))
    return Table.of(header, rows, "Scores by how many articles were learned from")


def _assess(folder: str | Path, test: Sequence[Document], cache: Path) -> Report:
    base = load_base(folder)
    labeller = Labeller.load(base)
    return assess(labeller, prepare(test, ParseCache(base.parser, cache), labeller, ()))
