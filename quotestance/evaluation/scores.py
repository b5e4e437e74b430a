"""What is right in predictions, counted end to end.

What each figure counts is told at ``Scores``. Scores add, field by field: those of the documents to
those of a domain, a corpus or a resample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from quotestance.document import QUOTE_TYPES, STANCE_LABELS, Document, Quote, Span, ordered_labels
from quotestance.evaluation.forms import MENTION_FORMS, mention_form
from quotestance.evaluation.matching import Comparison, QuotePair, alike
from quotestance.evaluation.metrics import PRF, Accuracy, Confusion


@dataclass(frozen=True, slots=True)
class Scores:
    """What is right in the predictions for some documents.

    Matched quotes are those of ``match_quotes`` at overlap F1 0.5; an entity is right when
    ``align_entities`` maps it to the gold one.

    Attributes:
        quotes: Gold and predicted quotes that match.
        exact: Gold and predicted quotes with the very same content segments.
        recall_by_type: Of the gold quotes of each type, how many are matched.
        type: On matched quotes, the same type.
        cue: On matched quotes, both cues empty or their overlap F1 at least 0.5.
        cue_exact: On matched quotes, the very same cue segments.
        speaker: On matched quotes, the right speaker entity.
        speaker_by_form: The same by the form of the gold mention (see ``mention_form``).
        speaker_mention: On matched quotes, both mentions None or their overlap F1 at least 0.5.
        targets: On matched quotes, the gold and the predicted target entities.
        stance: On matched quotes, the label toward the first target; without a target a quote is
            neutral, among labels of the user's own too. Its labels and those of
            ``stance_on_target`` are what ``ordered_labels`` says of those that occur.
        stance_on_target: On matched quotes, the labels toward each target that both sides name.
        dyads: Triples (speaker entity, target entity, label). Those of missed quotes are false
            negatives, those of superfluous ones false positives; a quote without a target has none.
    """

    quotes: PRF = field(default_factory=PRF)
    exact: PRF = field(default_factory=PRF)
    recall_by_type: Mapping[str, Accuracy] = field(default_factory=lambda: _none_of(QUOTE_TYPES))
    type: Accuracy = field(default_factory=Accuracy)
    cue: Accuracy = field(default_factory=Accuracy)
    cue_exact: Accuracy = field(default_factory=Accuracy)
    speaker: Accuracy = field(default_factory=Accuracy)
    speaker_by_form: Mapping[str, Accuracy] = field(default_factory=lambda: _none_of(MENTION_FORMS))
    speaker_mention: Accuracy = field(default_factory=Accuracy)
    targets: PRF = field(default_factory=PRF)
    stance: Confusion = field(default_factory=lambda: Confusion.of(STANCE_LABELS))
    stance_on_target: Confusion = field(default_factory=lambda: Confusion.of(STANCE_LABELS))
    dyads: PRF = field(default_factory=PRF)

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            **{f.name: _plus(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the measures and their counts as JSON-ready data."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def score(comparison: Comparison) -> Scores:
    """Score the prediction for one document."""
    gold, pairs = comparison.gold, comparison.pairs
    found = [(quote, False) for quote in comparison.missed] + [(pair.gold, True) for pair in pairs]
    speakers = [comparison.speaker_is_right(pair) for pair in pairs]
    forms = [_form(gold.text, pair.gold) for pair in pairs]
    exact = _contents(gold) & _contents(comparison.predicted)
    return Scores(
        quotes=PRF(len(pairs), len(comparison.superfluous), len(comparison.missed)),
        exact=PRF.of(exact.total(), len(gold.quotes), len(comparison.predicted.quotes)),
        recall_by_type={
            type_: Accuracy.of(hit for quote, hit in found if quote.type == type_)
            for type_ in QUOTE_TYPES
        },
        type=Accuracy.of(pair.gold.type == pair.predicted.type for pair in pairs),
        cue=Accuracy.of(alike(pair.gold.cue, pair.predicted.cue) for pair in pairs),
        cue_exact=Accuracy.of(set(pair.gold.cue) == set(pair.predicted.cue) for pair in pairs),
        speaker=Accuracy.of(speakers),
        speaker_by_form={
            form: Accuracy.of(right for right, f in zip(speakers, forms, strict=True) if f == form)
            for form in MENTION_FORMS
        },
        speaker_mention=Accuracy.of(
            alike(_mention(pair.gold), _mention(pair.predicted)) for pair in pairs
        ),
        targets=sum((_targets(comparison, pair) for pair in pairs), PRF()),
        stance=label_confusion([(_label(pair.gold), _label(pair.predicted)) for pair in pairs]),
        stance_on_target=label_confusion(
            [
                (stance.label, labels[stance.target.id])
                for pair in pairs
                for labels in [comparison.stances(pair.predicted)]
                for stance in pair.gold.stances
                if stance.target.id in labels
            ]
        ),
        dyads=_dyads(comparison),
    )


def label_confusion(pairs: Sequence[tuple[str, str]]) -> Confusion:
    """Count (gold label, predicted label) pairs of stances, over the ``ordered_labels`` of them."""
    return Confusion.of(ordered_labels(label for pair in pairs for label in pair), pairs)


def _targets(comparison: Comparison, pair: QuotePair) -> PRF:
    gold = {stance.target.id for stance in pair.gold.stances}
    predicted = {stance.target.id for stance in pair.predicted.stances}
    return PRF.of(len(gold & comparison.stances(pair.predicted).keys()), len(gold), len(predicted))


def _dyads(comparison: Comparison) -> PRF:
    aligned, total = comparison.entities, PRF()
    for pair in comparison.pairs:
        gold, predicted = _triples(pair.gold), _triples(pair.predicted)
        shared = gold & {(aligned.get(s), aligned.get(t), label) for s, t, label in predicted}
        total += PRF.of(len(shared), len(gold), len(predicted))
    missed = sum(len(_triples(quote)) for quote in comparison.missed)
    superfluous = sum(len(_triples(quote)) for quote in comparison.superfluous)
    return total + PRF(fp=superfluous, fn=missed)


def _triples(quote: Quote) -> set[tuple[str, str, str]]:
    return {(quote.speaker.entity.id, s.target.id, s.label) for s in quote.stances}


def _contents(document: Document) -> Counter[frozenset[Span]]:
    return Counter(frozenset(quote.content) for quote in document.quotes)


def _mention(quote: Quote) -> tuple[Span, ...]:
    return (quote.speaker.mention,) if quote.speaker.mention else ()


def _form(text: str, quote: Quote) -> str:
    mention = quote.speaker.mention
    spelt = mention and Span.of(text, mention.start, mention.end)
    return mention_form(spelt, quote.speaker.entity)


def _label(quote: Quote) -> str:
    return quote.stances[0].label if quote.stances else "neutral"


def _none_of(keys: Iterable[str]) -> dict[str, Accuracy]:
    return dict.fromkeys(keys, Accuracy())


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, Mapping):
        return {key: left[key] + right[key] for key in left}
    total = left + right
    if isinstance(total, Confusion):
        # One order whatever the order of the documents, and no rows that nobody uses.
        return total.over(ordered_labels(total.used))
    return total


def _plain(value: Any) -> dict[str, Any]:
    match value:
        case PRF():
            measures = {"precision": value.precision, "recall": value.recall, "f1": value.f1}
            return measures | asdict(value)
        case Accuracy():
            return {"accuracy": value.value} | asdict(value)
        case Confusion():
            measures = {"macro_f1": value.macro_f1, "accuracy": value.accuracy.value}
            return measures | {"labels": [*value.labels], "counts": [[*r] for r in value.counts]}
        case _:
            return {key: _plain(part) for key, part in value.items()}
