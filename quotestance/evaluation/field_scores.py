"""The quote scorers of other systems beside ours, so that figures can be held against theirs.

Three ways to say that a quote was found, each after the code of its authors:

* Citron of the BBC (``citron/metrics.py`` in ``bbc/citron``; its paper is *Quote Extraction and
  Analysis for News*, DSJM 2018): the very same content under an overlapping cue, and the tokens of
  content that are shared.
* The Gender Gap Tracker (``nlp/english/evaluation/src/evaluate_quotes.py`` in
  ``sfu-discourse-lab/GenderGapTracker``; Asr et al. 2021): a gold quote is found when more than 0.3,
  or 0.8, of its characters are in a prediction.
* The German Wikinews quotations (``eval_quotes.py`` in ``uhh-lt/seq2seq-quotation-attribution``;
  Petersen-Frey and Biemann 2024): precision and recall of tokens in optimally aligned quotes.

Figures of other papers were measured in other languages and on other guidelines: what can be compared
is the definition, and how far one system is from another under it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from quotestance.document import Document, Quote, Span, overlap
from quotestance.evaluation.matching import heaviest_pairs, pair_documents
from quotestance.evaluation.metrics import PRF
from quotestance.evaluation.tables import Table, number

_TOKEN = re.compile(r"\w+|[^\w\s]")
_SAME_TYPE = 0.01  # what a common type adds to the overlap of two quotes; it only breaks ties


@dataclass(frozen=True, slots=True)
class SharePR:
    """Precision and recall whose right parts are counted apart, or are sums of shares.

    Attributes:
        predicted_right: What is right in the predictions.
        predicted: All that is predicted.
        gold_found: What is found of the annotations.
        gold: All that is annotated.
    """

    predicted_right: float = 0
    predicted: int = 0
    gold_found: float = 0
    gold: int = 0

    def __add__(self, other: SharePR) -> SharePR:
        return SharePR(
            self.predicted_right + other.predicted_right,
            self.predicted + other.predicted,
            self.gold_found + other.gold_found,
            self.gold + other.gold,
        )

    def __bool__(self) -> bool:
        return bool(self.predicted or self.gold)

    @property
    def precision(self) -> float:
        """The share of what is predicted that is right."""
        return self.predicted_right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that is found."""
        return self.gold_found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class FieldScores:
    """What the scorers of other systems say. They add, field by field.

    Attributes:
        citron_exact: Quotes with the same content under an overlapping cue (``citron_exact``).
        citron_tokens: Tokens of content (``citron_tokens``).
        covered_30: Gold quotes of which more than 0.3 is covered (``covered``).
        covered_80: Gold quotes of which more than 0.8 is covered (``covered``).
        aligned_tokens: Tokens of aligned quotes, all counting the same (``aligned_tokens``).
        aligned_quotes: The same, all quotes counting the same (``aligned_quotes``).
    """

    citron_exact: SharePR = field(default_factory=SharePR)
    citron_tokens: SharePR = field(default_factory=SharePR)
    covered_30: PRF = field(default_factory=PRF)
    covered_80: PRF = field(default_factory=PRF)
    aligned_tokens: PRF = field(default_factory=PRF)
    aligned_quotes: SharePR = field(default_factory=SharePR)

    @classmethod
    def of(cls, gold: Document, predicted: Document) -> FieldScores:
        """Score the prediction for one document by all of them."""
        return cls(
            citron_exact(gold, predicted),
            citron_tokens(gold, predicted),
            covered(gold, predicted, 0.3),
            covered(gold, predicted, 0.8),
            aligned_tokens(gold, predicted),
            aligned_quotes(gold, predicted),
        )

    def __add__(self, other: FieldScores) -> FieldScores:
        return FieldScores(
            **{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self)}
        )

    def to_dict(self) -> dict[str, Any]:
        """Return precision, recall and F1 of each scorer as JSON-ready data."""
        return {
            f.name: {"precision": s.precision, "recall": s.recall, "f1": s.f1}
            for f in fields(self)
            for s in [getattr(self, f.name)]
        }

    def table(self) -> Table:
        """Return the scores as a table."""
        named = (
            ("same content, cue overlaps (Citron)", self.citron_exact),
            ("tokens of content (Citron)", self.citron_tokens),
            ("covered by more than 0.3 (Gender Gap Tracker)", self.covered_30),
            ("covered by more than 0.8 (Gender Gap Tracker)", self.covered_80),
            ("aligned, tokens (German Wikinews)", self.aligned_tokens),
            ("aligned, mean of quotes (German Wikinews)", self.aligned_quotes),
        )
        rows = [
            (name, *(number(s, value) for value in (s.precision, s.recall, s.f1)))
            for name, s in named
        ]
        return Table.of(
            ("quotes, as others score them", "precision", "recall", "F1"),
            rows,
            "Quotes by the scorers of other systems",
        )


def field_scores(gold: Sequence[Document], predicted: Sequence[Document]) -> FieldScores:
    """Score predicted documents by the scorers of other systems.

    Args:
        gold: The annotated documents.
        predicted: The predictions for the same texts, in any order.

    Raises:
        ValueError: if an id is missing, superfluous or double.
    """
    pairs = pair_documents(gold, predicted)
    return sum((FieldScores.of(*pair) for pair in pairs), FieldScores())


def citron_exact(gold: Document, predicted: Document) -> SharePR:
    """Count quotes with the very same content whose cues overlap, after Citron.

    A quote may stand for several. Citron's quotes all have a cue; here two quotes without one agree in
    it. Citron takes cues that touch for overlapping, which this does not.

    Args:
        gold: The annotated document.
        predicted: The predicted document.
    """
    return SharePR(
        sum(_is_among(quote, gold.quotes) for quote in predicted.quotes),
        len(predicted.quotes),
        sum(_is_among(quote, predicted.quotes) for quote in gold.quotes),
        len(gold.quotes),
    )


def citron_tokens(gold: Document, predicted: Document) -> SharePR:
    """Count tokens of content that are in any quote of the other side, after Citron.

    Citron adds the shared tokens of all pairs of quotes, which comes to the same where no two quotes of
    a side overlap; where they do, its precision may be above 1. Here a token of a quote counts once.

    Args:
        gold: The annotated document.
        predicted: The predicted document.
    """
    ours, theirs = _token_sets(gold), _token_sets(predicted)
    all_ours, all_theirs = frozenset[int]().union(*ours), frozenset[int]().union(*theirs)
    return SharePR(
        sum(len(tokens & all_ours) for tokens in theirs),
        sum(map(len, theirs)),
        sum(len(tokens & all_theirs) for tokens in ours),
        sum(map(len, ours)),
    )


def covered(gold: Document, predicted: Document, threshold: float) -> PRF:
    """Count gold quotes of which a prediction covers more than a share, after the Gender Gap Tracker.

    Each gold quote, in their order, takes the prediction that covers most of it among those that none
    before it took. How much more a prediction holds than the gold quote does not matter.

    Args:
        gold: The annotated document.
        predicted: The predicted document.
        threshold: The share of the characters of a gold quote above which it is found.
    """
    left, found = list(predicted.quotes), 0
    for quote in gold.quotes:
        length = sum(map(len, quote.content))
        shares = [overlap(quote.content, other.content) / length for other in left]
        best = max(range(len(left)), key=shares.__getitem__, default=None)
        if best is not None and shares[best] > threshold:
            del left[best]
            found += 1
    return PRF.of(found, len(gold.quotes), len(predicted.quotes))


def aligned_tokens(gold: Document, predicted: Document) -> PRF:
    """Count the tokens of quotes aligned one to one, after the German Wikinews quotations.

    The alignment makes the sum of the F1 of tokens greatest; among equals that wins in which more
    quotes have the same type.

    Args:
        gold: The annotated document.
        predicted: The predicted document.
    """
    ours, theirs = _token_sets(gold), _token_sets(predicted)
    shared = sum(len(ours[i] & theirs[j]) for i, j in _aligned(gold, predicted))
    return PRF.of(shared, gold=sum(map(len, ours)), predicted=sum(map(len, theirs)))


def aligned_quotes(gold: Document, predicted: Document) -> SharePR:
    """Take precision and recall of tokens for each aligned quote, and their means over the quotes.

    This is what the script of the German Wikinews quotations prints. A quote without a counterpart
    counts as 0.

    Args:
        gold: The annotated document.
        predicted: The predicted document.
    """
    ours, theirs = _token_sets(gold), _token_sets(predicted)
    precision = recall = 0.0
    for i, j in _aligned(gold, predicted):
        shared = len(ours[i] & theirs[j])
        precision += shared / len(theirs[j])
        recall += shared / len(ours[i])
    return SharePR(precision, len(theirs), recall, len(ours))


def _is_among(quote: Quote, others: Sequence[Quote]) -> bool:
    return any(
        set(quote.content) == set(other.content) and _cues_meet(quote.cue, other.cue)
        for other in others
    )


def _cues_meet(left: Sequence[Span], right: Sequence[Span]) -> bool:
    return overlap(left, right) > 0 or not (left or right)


def _aligned(gold: Document, predicted: Document) -> list[tuple[int, int]]:
    theirs = _token_sets(predicted)
    weights = [
        [
            _token_f1(tokens, others) + _SAME_TYPE * (quote.type == other.type)
            if tokens & others
            else 0.0
            for other, others in zip(predicted.quotes, theirs, strict=True)
        ]
        for quote, tokens in zip(gold.quotes, _token_sets(gold), strict=True)
    ]
    return heaviest_pairs(weights)


def _token_f1(left: frozenset[int], right: frozenset[int]) -> float:
    return 2 * len(left & right) / (len(left) + len(right))


def _token_sets(document: Document) -> list[frozenset[int]]:
    """Return for each quote the numbers of the tokens that its content touches.

    Words and single punctuation marks are tokens: no tokenizer is needed, and none can favour a
    system.
    """
    tokens = [match.span() for match in _TOKEN.finditer(document.text)]
    starts, ends = [start for start, _ in tokens], [end for _, end in tokens]
    return [
        frozenset(
            number
            for segment in quote.content
            for number in range(bisect_right(ends, segment.start), bisect_left(starts, segment.end))
        )
        for quote in document.quotes
    ]
