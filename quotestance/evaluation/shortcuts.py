"""Does a labeller read the words, or does it know the names? The stance with names masked and swapped.

Quotes, speakers and targets are those of the annotation, so that the stance alone is judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from quotestance.document import Document, Entity
from quotestance.evaluation.metrics import Accuracy, Confusion
from quotestance.evaluation.renaming import masked, swapped
from quotestance.evaluation.scores import label_confusion
from quotestance.evaluation.tables import Table, number

# the probability of each label: document, id of the quote, id of the other party
StanceOf = Callable[[Document, str, str], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The stances of annotated quotes toward their targets, under several names.

    Attributes:
        original: Annotated and predicted labels in the articles as they are.
        masked: The same with neutral names.
        swapped: Of the quotes between two parties whose names were swapped, those that keep their label.
    """

    original: Confusion
    masked: Confusion
    swapped: Accuracy

    def table(self) -> Table:
        """Return the figures as a table."""
        fall = self.original.macro_f1 - self.masked.macro_f1
        return Table.of(
            ("stance of annotated quotes", "figure", "stances"),
            [
                ("macro-F1", number(self.original, self.original.macro_f1), _count(self.original)),
                (
                    "macro-F1, names masked",
                    number(self.masked, self.masked.macro_f1),
                    _count(self.masked),
                ),
                ("macro-F1 lost by masking", number(self.masked, fall), ""),
                (
                    "same label with names swapped",
                    number(self.swapped, self.swapped.value),
                    str(self.swapped.total),
                ),
            ],
            "Does it read the words or know the names",
        )


def shortcuts(documents: Iterable[Document], stance: StanceOf) -> Shortcuts:
    """Ask for the stance of every annotated quote toward its targets, under several names.

    Args:
        documents: Annotated articles.
        stance: Tells the probabilities of the labels, such as ``QuoteStance.stance``; a target of which it
            knows no mention (``ValueError``) is left out.
    """
    pairs: dict[str, list[tuple[str, str]]] = {"original": [], "masked": []}
    kept: list[bool] = []
    for document in documents:
        told = dict(_labels(document, stance))
        hidden = dict(_labels(masked(document), stance))
        gold = {(q.id, s.target.id): s.label for q in document.quotes for s in q.stances}
        both = told.keys() & hidden.keys()  # the same stances on both sides
        pairs["original"] += ((gold[key], told[key]) for key in sorted(both))
        pairs["masked"] += ((gold[key], hidden[key]) for key in sorted(both))
        sides = _busiest_pair(document)
        if sides is not None:
            turned = dict(_labels(swapped(document, *sides), stance, set(sides)))
            kept += (turned[key] == told[key] for key in turned if key in told)
    return Shortcuts(
        label_confusion(pairs["original"]), label_confusion(pairs["masked"]), Accuracy.of(kept)
    )


def _labels(
    document: Document, stance: StanceOf, between: set[str] | None = None
) -> Iterator[tuple[tuple[str, str], str]]:
    for quote in document.quotes:
        for one in quote.stances:
            if between is not None and {quote.speaker.entity.id, one.target.id} != between:
                continue
            try:
                told = stance(document, quote.id, one.target.id)
            except ValueError:
                continue
            yield (quote.id, one.target.id), max(told, key=told.__getitem__)


def _busiest_pair(document: Document) -> tuple[str, str] | None:
    """Return the two parties of one kind between which most quotes go, if both are named."""
    counts: Counter[tuple[str, str]] = Counter()
    for quote in document.quotes:
        for one in quote.stances:
            sides: list[Entity] = sorted((quote.speaker.entity, one.target), key=lambda e: e.id)
            if sides[0].kind == sides[1].kind:
                counts[sides[0].id, sides[1].id] += 1
    for pair, _ in counts.most_common():
        try:
            swapped(document, *pair)
        except ValueError:
            continue
        return pair
    return None


def _count(confusion: Confusion) -> str:
    return str(confusion.accuracy.total)
