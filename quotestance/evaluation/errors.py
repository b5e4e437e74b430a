"""A plain browser of what the predictions get wrong, for reading while developing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Literal, get_args

from quotestance.document import Quote, Span, Speaker
from quotestance.evaluation.matching import Comparison, QuotePair, alike
from quotestance.evaluation.tables import Table

ErrorKind = Literal["missed", "superfluous", "type", "cue", "speaker", "target", "stance"]

ERROR_KINDS: tuple[ErrorKind, ...] = get_args(ErrorKind)

_MARGIN = 80
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One thing that a prediction gets wrong.

    Attributes:
        document: The id of the document.
        kind: One of ``ERROR_KINDS``.
        gold: What is annotated; ``-`` for nothing.
        predicted: What is predicted; ``-`` for nothing.
        context: The text around the quote on one line, its content between ⟦ and ⟧: that of the
            gold quote, or of the superfluous one.
    """

    document: str
    kind: ErrorKind
    gold: str
    predicted: str
    context: str


class Errors(tuple[ErrorRow, ...]):
    """What predictions get wrong; a table in notebooks."""

    __slots__ = ()

    @classmethod
    def of(cls, comparisons: Iterable[Comparison]) -> Errors:
        """List what is wrong, by document and in the order of the text.

        Right and wrong are those of ``evaluate``: a quote is missed or superfluous when it has no
        match; type, cue, speaker, targets and the labels toward the right targets are judged on
        matched quotes.
        """
        return cls(row for comparison in comparisons for row in _document_errors(comparison))

    def of_kind(self, *kinds: ErrorKind) -> Errors:
        """Return those of some kinds."""
        return Errors(row for row in self if row.kind in kinds)

    @property
    def counts(self) -> dict[ErrorKind, int]:
        """How many errors of each kind there are."""
        return {kind: sum(row.kind == kind for row in self) for kind in ERROR_KINDS}

    def table(self) -> Table:
        """Return a table with a row for each error."""
        names = [field.name for field in fields(ErrorRow)]
        return Table.of(names, [astuple(row) for row in self], "What is wrong")

    def format(self) -> str:
        """Return plain text: a paragraph for each error, the count of each kind at the end."""
        paragraphs = [
            f"{row.document}  {row.kind}\n"
            f"  gold       {row.gold}\n"
            f"  predicted  {row.predicted}\n"
            f"  context    {row.context}"
            for row in self
        ]
        counts = ", ".join(f"{kind} {n}" for kind, n in self.counts.items() if n)
        return "\n\n".join([*paragraphs, counts or "no errors"])

    def _repr_html_(self) -> str:
        return self.table().html()


def _document_errors(comparison: Comparison) -> list[ErrorRow]:
    text = comparison.gold.text
    found: list[tuple[Quote, ErrorKind, str, str]] = [
        (quote, "missed", _words(text, quote.content), _NOTHING) for quote in comparison.missed
    ]
    found += [
        (quote, "superfluous", _NOTHING, _words(text, quote.content))
        for quote in comparison.superfluous
    ]
    for pair in comparison.pairs:
        found += ((pair.gold, *wrong) for wrong in _pair_errors(comparison, pair))
    found.sort(key=lambda row: min(row[0].content))
    return [
        ErrorRow(comparison.gold.id, kind, gold, predicted, _context(text, quote))
        for quote, kind, gold, predicted in found
    ]


def _pair_errors(comparison: Comparison, pair: QuotePair) -> Iterator[tuple[ErrorKind, str, str]]:
    text, gold, predicted = comparison.gold.text, pair.gold, pair.predicted
    if gold.type != predicted.type:
        yield "type", gold.type, predicted.type
    if not alike(gold.cue, predicted.cue):
        yield "cue", _words(text, gold.cue), _words(text, predicted.cue)
    if not comparison.speaker_is_right(pair):
        yield "speaker", _speaker(text, gold.speaker), _speaker(text, predicted.speaker)
    labels = comparison.stances(predicted)
    if {stance.target.id for stance in gold.stances} != labels.keys():
        yield "target", _targets(gold), _targets(predicted)
    for stance in gold.stances:
        label = labels.get(stance.target.id, stance.label)
        if label != stance.label:
            yield "stance", str(stance), f"{label} → {stance.target.name}"


def _speaker(text: str, speaker: Speaker) -> str:
    mention = _words(text, (speaker.mention,) if speaker.mention else ())
    return f"{speaker.entity.name} ({mention})"


def _targets(quote: Quote) -> str:
    return ", ".join(stance.target.name for stance in quote.stances) or _NOTHING


def _words(text: str, segments: Sequence[Span]) -> str:
    return _line(" … ".join(text[s.start : s.end] for s in segments)) or _NOTHING


def _context(text: str, quote: Quote) -> str:
    segments = sorted(quote.content)
    cursor = max(0, segments[0].start - _MARGIN)
    pieces = []
    for segment in segments:
        pieces.append(f"{text[cursor : segment.start]}⟦{text[segment.start : segment.end]}⟧")
        cursor = segment.end
    return _line("".join(pieces) + text[cursor : cursor + _MARGIN])


def _line(text: str) -> str:
    return " ".join(text.split())
