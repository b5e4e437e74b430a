"""The headline figures: the few by which systems are told apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quotestance.evaluation.metrics import PRF, Accuracy, Confusion
from quotestance.evaluation.scores import Scores
from quotestance.evaluation.tables import Table, number

Counts = PRF | Accuracy | Confusion


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure.

    Attributes:
        key: Its name in data.
        name: Its name for readers, with the measure.
        counts: Takes the counts behind it from scores.
    """

    key: str
    name: str
    counts: Callable[[Scores], Counts]


FIGURES: tuple[Figure, ...] = (
    Figure("quotes", "quotes F1", lambda s: s.quotes),
    Figure("exact", "exact content F1", lambda s: s.exact),
    Figure("recall_direct", "direct recall", lambda s: s.recall_by_type["direct"]),
    Figure("recall_indirect", "indirect recall", lambda s: s.recall_by_type["indirect"]),
    Figure("recall_mixed", "mixed recall", lambda s: s.recall_by_type["mixed"]),
    Figure("cue", "cue accuracy", lambda s: s.cue),
    Figure("speaker", "speaker accuracy", lambda s: s.speaker),
    Figure("targets", "targets F1", lambda s: s.targets),
    Figure("stance", "stance macro-F1", lambda s: s.stance),
    Figure("dyads", "dyads F1", lambda s: s.dyads),
)


def measure(counts: Counts) -> float:
    """Return the measure of some counts: F1, accuracy, or macro-F1 of a confusion matrix."""
    match counts:
        case PRF():
            return counts.f1
        case Accuracy():
            return counts.value
        case Confusion():
            return counts.macro_f1


def systems_table(systems: Mapping[str, Scores], caption: str = "") -> Table:
    """Return a table with a row for each system and a column for each headline figure.

    Args:
        systems: The scores of each system on the same articles, by its name.
        caption: What the table shows.
    """
    rows = [
        (
            name,
            *(
                number(counts, measure(counts))
                for counts in (figure.counts(scores) for figure in FIGURES)
            ),
        )
        for name, scores in systems.items()
    ]
    return Table.of(("system", *(figure.name for figure in FIGURES)), rows, caption)
