"""Scoring predictions against annotated articles.

``evaluate`` counts, and its report shows the errors; quotes are matched and entities aligned by
``matching``, the form of a speaker's mention is told by ``forms``. ``intervals`` and ``compare`` tell how far
figures may be off, ``calibration`` how honest the probabilities are, ``field_scores`` what the scorers of
other systems say, and ``baselines`` what little tools reach. ``FullReport`` is all of it.
"""

from quotestance.evaluation.baselines import baselines, majority_label
from quotestance.evaluation.bootstrap import (
    Difference,
    Interval,
    Intervals,
    SystemComparison,
    compare,
    intervals,
)
from quotestance.evaluation.calibration import Calibration, calibration
from quotestance.evaluation.errors import ErrorRow, Errors
from quotestance.evaluation.field_scores import FieldScores, field_scores
from quotestance.evaluation.figures import FIGURES, Figure, systems_table
from quotestance.evaluation.forms import MentionForm, mention_form
from quotestance.evaluation.full_report import FullReport, write_report
from quotestance.evaluation.matching import (
    Comparison,
    QuotePair,
    align_entities,
    match_quotes,
    pair_documents,
)
from quotestance.evaluation.metrics import PRF, Accuracy, Confusion
from quotestance.evaluation.report import Report, evaluate
from quotestance.evaluation.scores import Scores, score
from quotestance.evaluation.tables import Table

__all__ = [
    "FIGURES",
    "PRF",
    "Accuracy",
    "Calibration",
    "Comparison",
    "Confusion",
    "Difference",
    "ErrorRow",
    "Errors",
    "FieldScores",
    "Figure",
    "FullReport",
    "Interval",
    "Intervals",
    "MentionForm",
    "QuotePair",
    "Report",
    "Scores",
    "SystemComparison",
    "Table",
    "align_entities",
    "baselines",
    "calibration",
    "compare",
    "evaluate",
    "field_scores",
    "intervals",
    "majority_label",
    "match_quotes",
    "mention_form",
    "pair_documents",
    "score",
    "systems_table",
    "write_report",
]
