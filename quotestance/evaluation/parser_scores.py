"""How good a parse is: the scorers of the CoNLL 2018 shared task and of Stanza's name tagger.

Both sides of a comparison are CoNLL-U strings, so that nothing here depends on a parser. The scorer
lays them over each other by their characters: a sentence, token or word is right when its borders
are, and a tag, lemma or head counts only on words that are. It reads features that are universal (not
``Clitic``) and relations without their subtypes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from quotestance.evaluation.metrics import PRF
from quotestance.parsing import Parse

# What the shipped tagger has learned; the other features are rare, or of no use here.
LEARNED_FEATURES = frozenset(
    """
    Clitic Definite Foreign Gender Mood Number NumType Person Polarity Poss PronType Tense VerbForm
    """.split()
)

_TITLES = {
    "tokens": "tokens",
    "sentences": "sentences",
    "words": "words",
    "upos": "parts of speech",
    "ufeats": f"features, the {len(LEARNED_FEATURES)} learned",
    "all_ufeats": "features, all",
    "lemmas": "lemmas",
    "uas": "UAS (heads)",
    "las": "LAS (heads and relations)",
}
_METRICS = {
    "tokens": "Tokens",
    "sentences": "Sentences",
    "words": "Words",
    "upos": "UPOS",
    "all_ufeats": "UFeats",
    "lemmas": "Lemmas",
    "uas": "UAS",
    "las": "LAS",
}


@dataclass(frozen=True, slots=True)
class ParserScores:
    """What is right in a parse; the scorer's own counts.

    Attributes:
        tokens: Tokens with the right borders.
        sentences: Sentences with the right borders.
        words: Syntactic words that are found; those of a multi-word token by their forms.
        upos: Words with the right part of speech.
        ufeats: Words whose ``LEARNED_FEATURES`` are right, when both sides are cut to them.
        all_ufeats: Words whose universal features are all right.
        lemmas: Words with the right lemma.
        uas: Words with the right head.
        las: Words with the right head and relation.
    """

    tokens: PRF
    sentences: PRF
    words: PRF
    upos: PRF
    ufeats: PRF
    all_ufeats: PRF
    lemmas: PRF
    uas: PRF
    las: PRF

    def to_dict(self) -> dict[str, Any]:
        """Return the measures and their counts as JSON-ready data."""
        return {name: _measures(getattr(self, name)) for name in _TITLES}


@dataclass(frozen=True, slots=True)
class NameScores:
    """What is right in the names that a tagger finds: a name is, when its borders and label are.

    Attributes:
        precision: The share of the names found that are right.
        recall: The share of the annotated names that are found.
        f1: The harmonic mean of both.
        f1_by_label: The same for the names of each label.
    """

    precision: float
    recall: float
    f1: float
    f1_by_label: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """Return the measures as JSON-ready data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ParserReport:
    """The scores of a parser on a treebank and on annotated names.

    Attributes:
        from_text: End to end: the parser was given the bare text.
        gold_tokens: The parser was given the annotated sentences and words.
        names: The names found in annotated tokens; None when there were none to score.
    """

    from_text: ParserScores
    gold_tokens: ParserScores
    names: NameScores | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON-ready data."""
        return {
            "from_text": self.from_text.to_dict(),
            "gold_tokens": self.gold_tokens.to_dict(),
            "names": self.names.to_dict() if self.names else None,
        }

    def format(self) -> str:
        """Return the report as aligned lines of plain text."""
        gold = self.gold_tokens
        head = f"{_size(gold.sentences)} sentences, {_size(gold.words)} words"
        lines = [f"{head:32}  from text  gold tokens"]
        for name, title in _TITLES.items():
            end_to_end, given = getattr(self.from_text, name).f1, getattr(gold, name).f1
            lines.append(f"{title:32}  {end_to_end:9.3f}  {given:11.3f}")
        if self.names is not None:
            lines += ["", f"{'names':32}  precision  recall     F1"]
            n = self.names
            lines.append(f"{'all':32}  {n.precision:9.3f}  {n.recall:6.3f}  {n.f1:5.3f}")
            lines += [f"{label:32}  {f1:24.3f}" for label, f1 in n.f1_by_label.items()]
        return "\n".join(lines)


def score_parse(gold: str, predicted: str) -> ParserScores:
    """Score a parse against a treebank.

    Args:
        gold: The treebank as CoNLL-U.
        predicted: The parse of the same text as CoNLL-U.

    Raises:
        ValueError: when one of them is no valid CoNLL-U, or when their characters differ.
    """
    from stanza.models.common.utils import UDError, ud_scores

    def scores(left: str, right: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = ud_scores(io.StringIO(left), io.StringIO(right))
        return found

    try:
        whole = scores(gold, predicted)
        cut = scores(_cut(gold), _cut(predicted))
    except UDError as error:
        reason = f"{error}: {error.__cause__}" if error.__cause__ else str(error)
        raise ValueError(f"the parse cannot be scored: {reason}") from error
    found = {name: _prf(whole[metric]) for name, metric in _METRICS.items()}
    return ParserScores(**found, ufeats=_prf(cut["UFeats"]))


def score_names(gold: Sequence[Sequence[str]], predicted: Sequence[Sequence[str]]) -> NameScores:
    """Score the tags of a name tagger.

    Args:
        gold: The annotated tags of each sentence, in BIO (``B-PER``, ``I-PER``, ``O``).
        predicted: The tags found for the same tokens, in BIOES, as Stanza gives them.

    Raises:
        ValueError: when sentences differ in number or length.
    """
    if [len(tags) for tags in gold] != [len(tags) for tags in predicted]:
        raise ValueError("the annotated and the predicted tags are not of the same tokens")
    from stanza.models.ner.scorer import score_by_entity
    from stanza.models.ner.utils import bio2_to_bioes, to_bio2

    converted = [bio2_to_bioes(to_bio2(list(tags))) for tags in gold]
    precision, recall, f1, by_label = score_by_entity(predicted, converted, verbose=False)
    return NameScores(precision, recall, f1, dict(sorted(by_label.items())))


def cut_features(feats: str, kept: Iterable[str] = LEARNED_FEATURES) -> str:
    """Return the features of a CoNLL-U column without those that are not kept; ``_`` for none."""
    names = frozenset(kept)
    return "|".join(f for f in feats.split("|") if f.split("=", 1)[0] in names) or "_"


def to_conllu(parse: Parse) -> str:
    """Return a parse as CoNLL-U; words that share their offsets are those of a multi-word token."""
    lines: list[str] = []
    for sentence in parse.sentences:
        number = 0
        words = parse.sentence_words(sentence)
        for (start, end), group in groupby(words, key=lambda word: (word.start, word.end)):
            token, parts = " ".join(parse.text[start:end].split()), tuple(group)
            if len(parts) > 1:
                lines.append(_row(f"{number + 1}-{number + len(parts)}", token))
            for word in parts:
                number += 1
                form = word.text if len(parts) > 1 else token
                feats = "|".join(f"{name}={value}" for name, value in sorted(word.feats.items()))
                head = word.head - sentence.first + 1 if word.head >= 0 else 0
                lines.append(
                    _row(str(number), form, word.lemma, word.upos, feats, str(head), word.deprel)
                )
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def _row(number: str, form: str, *columns: str) -> str:
    """Return a line with the columns lemma, part of speech, features, head and relation."""
    lemma, upos, feats, head, deprel = columns or ("",) * 5
    row = (number, form, lemma, upos, "", feats, head, deprel, "", "")
    return "\t".join(column or "_" for column in row)


def _cut(conllu: str) -> str:
    """Cut the features of each word to those that the shipped tagger has learned."""
    lines = conllu.split("\n")
    for i, line in enumerate(lines):
        columns = line.split("\t")
        if len(columns) == 10:
            columns[5] = cut_features(columns[5])
            lines[i] = "\t".join(columns)
    return "\n".join(lines)


def _prf(score: Any) -> PRF:
    return PRF.of(score.correct, score.gold_total, score.system_total)


def _measures(prf: PRF) -> dict[str, Any]:
    return {"precision": prf.precision, "recall": prf.recall, "f1": prf.f1} | asdict(prf)


def _size(prf: PRF) -> int:
    return prf.tp + prf.fn
