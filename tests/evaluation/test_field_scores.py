from __future__ import annotations

from dataclasses import replace

import pytest

from quotestance.document import Span
from quotestance.evaluation import PRF, FieldScores, evaluate, field_scores
from quotestance.evaluation.field_scores import (
    SharePR,
    aligned_quotes,
    aligned_tokens,
    citron_exact,
    citron_tokens,
    covered,
)

# The contents of the article have 4 + 2 + 3 + 5 = 14 tokens:
# Siamo pronti al dialogo | voler bluffare | gli americani sbagliano | la riunione comincia alle nove


@pytest.fixture
def short(make, gold, with_quote):
    """The prediction has half of the first content: 2 of its 4 tokens, 12 of its 23 characters."""
    return with_quote(gold, 0, content=(make.find(gold.text, "Siamo pronti"),))


@pytest.fixture
def nothing(gold):
    return replace(gold, quotes=())


def test_a_perfect_prediction_is_perfect_for_all(gold):
    scores = FieldScores.of(gold, gold)
    assert scores.citron_exact == SharePR(4, 4, 4, 4)
    assert scores.citron_tokens == SharePR(14, 14, 14, 14)
    assert scores.covered_30 == scores.covered_80 == PRF(tp=4)
    assert scores.aligned_tokens == PRF(tp=14)
    assert scores.aligned_quotes == SharePR(4.0, 4, 4.0, 4)


def test_no_prediction_finds_nothing(gold, nothing):
    scores = FieldScores.of(gold, nothing)
    assert scores.covered_30 == scores.covered_80 == PRF(fn=4)
    assert scores.aligned_tokens == PRF(fn=14)
    assert scores.citron_exact == SharePR(0, 0, 0, 4)
    assert scores.aligned_quotes.f1 == scores.citron_tokens.f1 == 0.0


def test_only_superfluous_predictions_are_all_wrong(gold, nothing):
    scores = FieldScores.of(nothing, gold)
    assert scores.covered_30 == PRF(fp=4)
    assert scores.citron_tokens == SharePR(0, 14, 0, 0)


def test_citron_wants_the_same_content(gold, short):
    assert citron_exact(gold, short) == SharePR(3, 4, 3, 4)


def test_citron_wants_cues_that_overlap(make, gold, with_quote):
    elsewhere = with_quote(gold, 0, cue=(make.find(gold.text, "ha accusato"),))
    assert citron_exact(gold, elsewhere) == SharePR(3, 4, 3, 4)
    partly = with_quote(gold, 0, cue=(make.find(gold.text, "detto"),))
    assert citron_exact(gold, partly) == SharePR(4, 4, 4, 4)


def test_two_quotes_without_a_cue_agree_in_it(gold, with_quote):
    bare = with_quote(gold, 0, cue=())
    assert citron_exact(bare, bare).f1 == 1.0
    assert citron_exact(gold, bare) == SharePR(3, 4, 3, 4)


def test_citron_counts_shared_tokens(gold, short):
    scores = citron_tokens(gold, short)
    assert scores == SharePR(12, 12, 12, 14)
    assert scores.precision == 1.0
    assert scores.recall == 12 / 14


def test_a_token_is_shared_once_however_many_quotes_hold_it(gold):
    twice = replace(gold, quotes=(*gold.quotes, replace(gold.quotes[0], id="q5")))
    assert citron_tokens(gold, twice) == SharePR(18, 18, 14, 14)


@pytest.mark.parametrize(("threshold", "found"), [(0.3, 4), (0.52, 4), (0.53, 3), (0.8, 3)])
def test_a_quote_is_found_when_more_than_a_share_is_covered(gold, short, threshold, found):
    # 12 of 23 characters: 0.5217
    assert covered(gold, short, threshold) == PRF.of(found, gold=4, predicted=4)


def test_a_quote_covered_by_just_the_share_is_not_found(make, gold, with_quote):
    one = replace(with_quote(gold, 0, content=(Span(26, 36),)), quotes=())
    whole = replace(gold, quotes=(replace(gold.quotes[0], content=(Span(26, 36),)),))
    part = replace(one, quotes=(replace(gold.quotes[0], content=(Span(26, 29),)),))
    assert covered(whole, part, 0.3) == PRF(fp=1, fn=1)
    assert covered(whole, part, 0.29) == PRF(tp=1)


def test_a_longer_prediction_covers_all(gold, with_quote):
    whole = with_quote(gold, 0, content=(Span(0, 51),))
    assert covered(gold, whole, 0.8) == PRF(tp=4)


def test_a_prediction_is_taken_once(gold):
    first, *_ = gold.quotes
    twice = replace(gold, quotes=(first, replace(first, id="q2")))
    assert covered(twice, replace(gold, quotes=(first,)), 0.3) == PRF(tp=1, fn=1)


def test_aligned_tokens_by_hand(gold, short):
    assert aligned_tokens(gold, short) == PRF(tp=12, fn=2)
    assert aligned_quotes(gold, short) == SharePR(4.0, 4, 3.5, 4)


def test_the_alignment_is_one_to_one(gold):
    first, *_ = gold.quotes
    twice = replace(gold, quotes=(first, replace(first, id="q2")))
    assert aligned_tokens(replace(gold, quotes=(first,)), twice) == PRF(tp=4, fp=4)
    assert aligned_quotes(replace(gold, quotes=(first,)), twice) == SharePR(1.0, 2, 1.0, 1)


@pytest.mark.parametrize(("types", "shared"), [(("direct", "mixed"), 2), (("mixed", "direct"), 4)])
def test_a_common_type_breaks_a_tie(make, gold, types, shared):
    # Against the 4 tokens of a direct quote, 2 of 2 and 4 of 8 have the same F1: 2/3.
    words = ("Siamo pronti", "Siamo pronti al dialogo». Marco Rubio")
    first, *_ = gold.quotes
    tied = tuple(
        replace(first, id=words, content=(make.find(gold.text, words),), type=type_)
        for words, type_ in zip(words, types, strict=True)
    )
    one, others = (replace(gold, quotes=quotes) for quotes in [(first,), tied])
    assert aligned_tokens(one, others) == PRF.of(shared, gold=4, predicted=10)


def test_a_token_touched_counts(gold, with_quote):
    cut = with_quote(gold, 0, content=(Span(26, 44),))  # Siamo pronti al di|alogo
    assert aligned_tokens(gold, cut) == PRF(tp=14)


def test_a_corpus_adds_its_documents(make, short):
    gold = [make.article("a"), make.article("b")]
    predicted = [replace(short, id="b"), gold[0]]
    scores = field_scores(gold, predicted)
    assert scores.aligned_tokens == PRF(tp=26, fn=2)
    assert scores == evaluate(gold, predicted).field_scores


def test_ids_must_pair(gold):
    with pytest.raises(ValueError, match="no prediction"):
        field_scores([gold], [])


def test_the_report_shows_them(gold, short):
    report = evaluate([gold], [short])
    line = next(x for x in report.format().splitlines() if x.startswith("tokens of content"))
    assert line.split()[-3:] == ["1.000", "0.857", "0.923"]
    assert report.to_dict()["field_scores"]["citron_tokens"]["recall"] == 12 / 14


def test_nothing_to_score_is_a_dash():
    assert {cell for row in FieldScores().table().rows for cell in row[1:]} == {"-"}
