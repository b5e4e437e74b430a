"""The whole report: all that is measured of some predictions, as data, Markdown, a page and a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from pathlib import Path
from typing import Any

from quotestance.document import Document
from quotestance.evaluation.bootstrap import Intervals, SystemComparison, intervals
from quotestance.evaluation.calibration import (
    Calibration,
    ScoreKind,
    calibration,
    calibration_tables,
)
from quotestance.evaluation.errors import ErrorRow
from quotestance.evaluation.figures import systems_table
from quotestance.evaluation.html_report import page
from quotestance.evaluation.plots import coverage_plot, intervals_plot, reliability_plot
from quotestance.evaluation.report import Report, confusion_table, evaluate
from quotestance.evaluation.scores import Scores
from quotestance.evaluation.tables import Table, escape_markdown


@dataclass(frozen=True, slots=True)
class FullReport:
    """All that is measured of some predictions.

    Attributes:
        title: What was scored.
        report: The scores.
        intervals: The headline figures with their confidence intervals.
        calibration: How honest each kind of probability is.
        comparison: How other predictions differ, if they were given.
        systems: The scores of the baselines and of the predictions, by name, if they were asked for.
    """

    title: str
    report: Report
    intervals: Intervals
    calibration: Mapping[ScoreKind, Calibration]
    comparison: SystemComparison | None = None
    systems: Mapping[str, Scores] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        title: str,
        gold: Sequence[Document],
        predicted: Sequence[Document],
        *,
        comparison: SystemComparison | None = None,
        systems: Mapping[str, Scores] | None = None,
    ) -> FullReport:
        """Measure predictions.

        Args:
            title: What is scored.
            gold: The annotated documents.
            predicted: The predictions for the same texts, in any order.
            comparison: How other predictions differ.
            systems: The scores of other systems and of these predictions, by name.

        Raises:
            ValueError: if an id is missing, superfluous or double, or if two texts differ.
        """
        return cls(
            title,
            evaluate(gold, predicted),
            intervals(gold, predicted),
            calibration(gold, predicted),
            comparison,
            systems or {},
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready data, without the single errors."""
        data = self.report.to_dict() | {
            "intervals": self.intervals.to_dict(),
            "calibration": {kind: one.to_dict() for kind, one in self.calibration.items()},
            "errors": self.report.errors().counts,
        }
        if self.comparison is not None:
            data["comparison"] = self.comparison.to_dict()
        if self.systems:
            data["systems"] = {name: scores.to_dict() for name, scores in self.systems.items()}
        return data

    def tables(self) -> list[Table]:
        """Return the report as tables, the headline figures first."""
        tables = [self.intervals.table()]
        if self.comparison is not None:
            tables.append(self.comparison.table())
        if self.systems:
            tables.append(systems_table(self.systems, "Baselines and these predictions"))
        tables += self.report.tables()
        tables.append(
            confusion_table(
                self.report.overall.stance_on_target,
                "Stance where the target is right, gold by predicted",
            )
        )
        tables += calibration_tables(self.calibration)
        counts = [(kind, str(count)) for kind, count in self.report.errors().counts.items()]
        tables.append(Table.of(("error", "count"), counts, "What is wrong (errors.csv lists all)"))
        return tables

    def markdown(self) -> str:
        """Return the report as Markdown."""
        blocks = [f"# {escape_markdown(self.title)}", *(t.markdown() for t in self.tables())]
        return "\n\n".join(blocks) + "\n"

    def html(self) -> str:
        """Return the report as a page of HTML that needs no other file."""
        plots = {
            f"Headline figures with intervals of {self.intervals.level:.0%}": intervals_plot(
                self.intervals
            ),
            "Reliability: the share that is right, by mean score; larger circles hold more": (
                reliability_plot(self.calibration)
            ),
            "The share that is right, by the share kept, when the least probable are left out": (
                coverage_plot(self.calibration)
            ),
        }
        return page(self.title, plots, self.tables())


def write_report(report: FullReport, folder: Path) -> None:
    """Write ``report.json``, ``report.md``, ``report.html`` and ``errors.csv`` into a folder.

    Args:
        report: What to write.
        folder: It is made when it is missing; files of these names in it are overwritten.

    Raises:
        OSError: if the folder or a file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(report.to_dict(), indent=2, ensure_ascii=False)
    (folder / "report.json").write_text(data + "\n", encoding="utf-8")
    (folder / "report.md").write_text(report.markdown(), encoding="utf-8")
    (folder / "report.html").write_text(report.html(), encoding="utf-8")
    with (folder / "errors.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(f.name for f in fields(ErrorRow))
        writer.writerows(map(astuple, report.report.errors()))
