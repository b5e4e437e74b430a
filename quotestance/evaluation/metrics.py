"""Counts that add up, and the measures taken from them.

After spaCy's ``PRFScore``: what is kept is counts, so that the scores of documents, domains or
resamples add to the score of all, and a measure is computed only when it is read. A measure with
nothing to count is 0.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PRF:
    """True positives, false positives and false negatives.

    Attributes:
        tp: Predicted and right.
        fp: Predicted and wrong.
        fn: Right and not predicted.
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @classmethod
    def of(cls, shared: int, gold: int, predicted: int) -> PRF:
        """Return the counts where ``shared`` of ``gold`` and of ``predicted`` items agree."""
        return cls(shared, predicted - shared, gold - shared)

    def __add__(self, other: PRF) -> PRF:
        return PRF(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    def __bool__(self) -> bool:
        return bool(self.tp or self.fp or self.fn)

    @property
    def precision(self) -> float:
        """The share of what is predicted that is right."""
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float:
        """The share of what is right that is predicted."""
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How many of how many are right.

    Attributes:
        correct: The right ones.
        total: All that were judged.
    """

    correct: int = 0
    total: int = 0

    @classmethod
    def of(cls, verdicts: Iterable[bool]) -> Accuracy:
        """Count verdicts: true is right."""
        judged = tuple(verdicts)
        return cls(sum(judged), len(judged))

    def __add__(self, other: Accuracy) -> Accuracy:
        return Accuracy(self.correct + other.correct, self.total + other.total)

    def __bool__(self) -> bool:
        return self.total > 0

    @property
    def value(self) -> float:
        """The share that is right."""
        return _ratio(self.correct, self.total)


@dataclass(frozen=True, slots=True)
class Confusion:
    """A confusion matrix.

    Attributes:
        labels: The labels, in the order of rows and columns.
        counts: A row for each gold label, a column for each predicted one.
    """

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, labels: tuple[str, ...], pairs: Iterable[tuple[str, str]] = ()) -> Confusion:
        """Count (gold label, predicted label) pairs.

        Raises:
            ValueError: if a pair has a label that is not among ``labels``.
        """
        rows = [[0] * len(labels) for _ in labels]
        for gold, predicted in pairs:
            rows[labels.index(gold)][labels.index(predicted)] += 1
        return cls(labels, tuple(map(tuple, rows)))

    def __add__(self, other: Confusion) -> Confusion:
        """Add the counts; labels that one side lacks come after those of the first."""
        labels = tuple(dict.fromkeys((*self.labels, *other.labels)))
        counts = tuple(
            tuple(a + b for a, b in zip(ours, theirs, strict=True))
            for ours, theirs in zip(
                self.over(labels).counts, other.over(labels).counts, strict=True
            )
        )
        return Confusion(labels, counts)

    def over(self, labels: tuple[str, ...]) -> Confusion:
        """Return the same counts with other rows and columns.

        Args:
            labels: The labels in the new order; those that are not counted here have zeros.

        Raises:
            ValueError: if a label that is counted is not among ``labels``.
        """
        if labels == self.labels:
            return self
        left_out = sorted(set(self.used).difference(labels))
        if left_out:
            raise ValueError(f"labels that are counted cannot be left out: {', '.join(left_out)}")
        here = {label: index for index, label in enumerate(self.labels)}
        places = [here.get(label) for label in labels]
        return Confusion(
            labels,
            tuple(
                tuple(0 if i is None or j is None else self.counts[i][j] for j in places)
                for i in places
            ),
        )

    @property
    def used(self) -> tuple[str, ...]:
        """The labels that either side uses."""
        return tuple(label for label in self.labels if self.prf(label))

    def __bool__(self) -> bool:
        return any(map(any, self.counts))

    @property
    def accuracy(self) -> Accuracy:
        """How many pairs lie on the diagonal."""
        diagonal = sum(row[i] for i, row in enumerate(self.counts))
        return Accuracy(diagonal, sum(map(sum, self.counts)))

    def prf(self, label: str) -> PRF:
        """Return the counts of one label against the others.

        Raises:
            ValueError: if there is no such label.
        """
        i = self.labels.index(label)
        column = sum(row[i] for row in self.counts)
        return PRF.of(self.counts[i][i], gold=sum(self.counts[i]), predicted=column)

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the labels; one that neither side uses is left out of the mean."""
        used = self.used
        return _ratio(sum(self.prf(label).f1 for label in used), len(used))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
