"""What a training has changed: the scores before and after, on articles that were held out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quotestance.evaluation import Report
from quotestance.evaluation.figures import FIGURES, measure
from quotestance.evaluation.tables import Table, number


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """The scores of a labeller on articles from which it did not learn.

    Attributes:
        after: Its scores on the validation articles.
        before: Those of the labeller that it started from; None when it started from the encoder.
        replay_after: Its scores on held-out articles of the corpus that was replayed, if one was.
        replay_before: Those of the labeller that it started from.
    """

    after: Report
    before: Report | None = None
    replay_after: Report | None = None
    replay_before: Report | None = None

    def format(self) -> str:
        """Return the scores as tables of plain text."""
        return "\n\n".join([self.after.format(), *(table.format() for table in self.tables())])

    def _repr_html_(self) -> str:
        return "\n".join(table.html() for table in self.tables() or self.after.tables())

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready data."""
        reports = {
            "after": self.after,
            "before": self.before,
            "replay_after": self.replay_after,
            "replay_before": self.replay_before,
        }
        return {name: report.to_dict() for name, report in reports.items() if report is not None}

    def tables(self) -> list[Table]:
        """Return the figures before and after as tables, those of one's own articles first."""
        return [
            _table(before, after, caption)
            for before, after, caption in (
                (self.before, self.after, "validation articles"),
                (self.replay_before, self.replay_after, "articles of the replayed corpus"),
            )
            if before is not None and after is not None
        ]


def _table(before: Report, after: Report, caption: str) -> Table:
    rows = []
    for figure in FIGURES:
        old, new = figure.counts(before.overall), figure.counts(after.overall)
        change = f"{measure(new) - measure(old):+.3f}" if old and new else "-"
        rows.append((figure.name, number(old, measure(old)), number(new, measure(new)), change))
    return Table.of((f"{after.documents} {caption}", "before", "after", "change"), rows, caption)
