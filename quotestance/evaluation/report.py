"""Scores of predictions against annotated documents, end to end, and their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quotestance.document import Document
from quotestance.evaluation.errors import ErrorKind, Errors
from quotestance.evaluation.field_scores import FieldScores
from quotestance.evaluation.matching import Comparison, pair_documents
from quotestance.evaluation.metrics import PRF, Accuracy, Confusion
from quotestance.evaluation.scores import Scores, score
from quotestance.evaluation.tables import Table, number

__all__ = ["Report", "Scores", "evaluate", "score"]


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a corpus.

    Attributes:
        documents: How many documents were compared.
        overall: The scores of all of them.
        domains: The scores by ``Document.domain``; ``unknown`` for documents without one.
        field_scores: What the scorers of other systems say of all of them.
        comparisons: The documents, each beside its annotation.
    """

    documents: int
    overall: Scores
    domains: Mapping[str, Scores]
    field_scores: FieldScores = field(default_factory=FieldScores)
    comparisons: tuple[Comparison, ...] = field(default=(), repr=False, compare=False)

    def errors(self, *kinds: ErrorKind) -> Errors:
        """Return what is wrong, with its context: a table in notebooks.

        Args:
            kinds: Which kinds of errors, of ``ERROR_KINDS``; all when left out.
        """
        found = Errors.of(self.comparisons)
        return found.of_kind(*kinds) if kinds else found

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready data."""
        domains = {domain: scores.to_dict() for domain, scores in self.domains.items()}
        return {
            "documents": self.documents,
            "overall": self.overall.to_dict(),
            "domains": domains,
            "field_scores": self.field_scores.to_dict(),
        }

    def format(self) -> str:
        """Return the report as aligned tables of plain text; ``-`` where nothing was counted."""
        return "\n\n".join(table.format() for table in self.tables())

    def tables(self) -> list[Table]:
        """Return the report as tables."""
        s = self.overall
        return [
            Table.of(
                (f"{self.documents} documents", "precision", "recall", "F1", "gold"),
                [
                    ("quotes", *_prf_cells(s.quotes)),
                    ("quotes, exact content", *_prf_cells(s.exact)),
                    ("targets of matched quotes", *_prf_cells(s.targets)),
                    ("dyads", *_prf_cells(s.dyads)),
                ],
                "Quotes, targets and dyads",
            ),
            Table.of(
                ("", "accuracy", "correct", "total"),
                [
                    *((f"recall of {k} quotes", *_cells(v)) for k, v in s.recall_by_type.items()),
                    ("type", *_cells(s.type)),
                    ("cue", *_cells(s.cue)),
                    ("cue, exact", *_cells(s.cue_exact)),
                    ("speaker", *_cells(s.speaker)),
                    *((f"speaker, mention: {k}", *_cells(v)) for k, v in s.speaker_by_form.items()),
                    ("speaker mention", *_cells(s.speaker_mention)),
                ],
                "Recall by type, and what is right in matched quotes",
            ),
            Table.of(
                ("stance", "macro-F1", "accuracy", "correct", "total"),
                [
                    (name, number(c, c.macro_f1), *_cells(c.accuracy))
                    for name, c in (
                        ("toward the first target", s.stance),
                        ("where the target is right", s.stance_on_target),
                    )
                ],
                "Stance of matched quotes",
            ),
            confusion_table(s.stance, "Stance toward the first target, gold by predicted"),
            self.field_scores.table(),
            Table.of(
                ("domain", "quotes F1", "speaker", "stance", "dyads F1"),
                [
                    (
                        domain,
                        number(d.quotes, d.quotes.f1),
                        number(d.speaker, d.speaker.value),
                        number(d.stance, d.stance.macro_f1),
                        number(d.dyads, d.dyads.f1),
                    )
                    for domain, d in self.domains.items()
                ],
                "By domain",
            ),
        ]


def evaluate(gold: Sequence[Document], predicted: Sequence[Document]) -> Report:
    """Score predicted documents against annotated ones, paired by id.

    Args:
        gold: The annotated documents.
        predicted: The predictions for the same texts, in any order.

    Raises:
        ValueError: if an id is missing, superfluous or double, or if two texts differ.
    """
    overall, domains, others = Scores(), dict[str, Scores](), FieldScores()
    comparisons = []
    for document, prediction in pair_documents(gold, predicted):
        comparison = Comparison.of(document, prediction)
        comparisons.append(comparison)
        scores = score(comparison)
        overall += scores
        domain = document.domain or "unknown"
        domains[domain] = domains.get(domain, Scores()) + scores
        others += FieldScores.of(document, prediction)
    by_domain = dict(sorted(domains.items()))
    return Report(len(gold), overall, by_domain, others, tuple(comparisons))


def confusion_table(confusion: Confusion, caption: str) -> Table:
    """Return a confusion matrix of stances as a table, a row for each gold label."""
    rows = [
        (label, *map(str, row))
        for label, row in zip(confusion.labels, confusion.counts, strict=True)
    ]
    return Table.of(("gold \\ predicted stance", *confusion.labels), rows, caption)


def _prf_cells(prf: PRF) -> tuple[str, ...]:
    measures = (number(prf, value) for value in (prf.precision, prf.recall, prf.f1))
    return (*measures, str(prf.tp + prf.fn))


def _cells(accuracy: Accuracy) -> tuple[str, ...]:
    return number(accuracy, accuracy.value), str(accuracy.correct), str(accuracy.total)
