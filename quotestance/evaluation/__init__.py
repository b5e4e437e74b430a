"""Scoring predictions against annotated articles.

``evaluate`` counts, ``errors`` shows; both match quotes and align entities by ``matching`` and tell
the form of a speaker's mention by ``forms``.
"""

from quotestance.evaluation.errors import ErrorRow, errors, format_errors
from quotestance.evaluation.forms import MentionForm, mention_form
from quotestance.evaluation.matching import (
    Comparison,
    QuotePair,
    align_entities,
    match_quotes,
    pair_documents,
)
from quotestance.evaluation.metrics import PRF, Accuracy, Confusion
from quotestance.evaluation.report import Report, Scores, evaluate, score

__all__ = [
    "PRF",
    "Accuracy",
    "Comparison",
    "Confusion",
    "ErrorRow",
    "MentionForm",
    "QuotePair",
    "Report",
    "Scores",
    "align_entities",
    "errors",
    "evaluate",
    "format_errors",
    "match_quotes",
    "mention_form",
    "pair_documents",
    "score",
]
