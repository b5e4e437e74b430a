from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quotestance.evaluation import FIGURES, Difference, Interval, compare, intervals

N = 200


@pytest.fixture
def corpus(make):
    return [make.article(f"d{number}") for number in range(8)]


@pytest.fixture
def half(corpus):
    """Predictions that find nothing in every second article."""
    return [d if i % 2 else replace(d, quotes=()) for i, d in enumerate(corpus)]


def test_a_perfect_prediction_is_surely_perfect(corpus):
    told = intervals(corpus, corpus, resamples=N)
    assert told.figures["quotes"] == Interval(1.0, 1.0, 1.0)
    assert told.documents == 8


def test_the_interval_holds_the_figure_and_has_a_width(corpus, half):
    one = intervals(corpus, half, resamples=N).figures["recall_direct"]
    assert one.value == 0.5
    assert one.low < 0.5 < one.high
    assert one.low >= 0.0
    assert one.high <= 1.0


def test_a_recall_of_equal_documents_is_a_share_of_documents(corpus, half):
    # Each document has one direct quote, so that each resample finds some eighths of them.
    one = intervals(corpus, half, resamples=N, level=0.5).figures["recall_direct"]
    assert (one.low * 8).is_integer()
    assert one.high - one.low <= 0.5


def test_a_higher_level_is_not_narrower(corpus, half):
    narrow, wide = (
        intervals(corpus, half, resamples=N, level=level).figures["quotes"] for level in (0.5, 0.99)
    )
    assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_the_seed_decides(corpus, half):
    assert intervals(corpus, half, resamples=N, seed=1) == intervals(
        corpus, half, resamples=N, seed=1
    )
    assert compare(corpus, half, corpus, resamples=N, seed=1) == compare(
        corpus, half, corpus, resamples=N, seed=1
    )


def test_what_is_not_counted_has_no_interval(corpus):
    assert intervals(corpus, corpus, resamples=N).figures["recall_mixed"] == Interval(
        None, None, None
    )


def test_resamples_without_a_count_take_no_part(make, gold, with_quote):
    mixed = with_quote(gold, 0, type="mixed")
    corpus = [mixed, *(make.article(f"d{number}") for number in range(3))]
    # A third of the resamples has no mixed quote; in all others all are found.
    one = intervals(corpus, corpus, resamples=N).figures["recall_mixed"]
    assert one == Interval(1.0, 1.0, 1.0)


def test_no_documents_have_no_figures():
    assert set(intervals([], [], resamples=N).figures.values()) == {Interval(None, None, None)}


@pytest.mark.parametrize(
    ("options", "told"), [({"resamples": 0}, "resamples"), ({"level": 1.0}, "level")]
)
def test_senseless_options_are_refused(corpus, options, told):
    with pytest.raises(ValueError, match=told):
        intervals(corpus, corpus, **options)


def test_the_same_predictions_do_not_differ(corpus, half):
    one = compare(corpus, half, half, resamples=N).figures["quotes"]
    assert (one.difference, one.low, one.high, one.p) == (0.0, 0.0, 0.0, 1.0)


def test_a_clear_difference_is_sure(corpus):
    nothing = [replace(d, quotes=()) for d in corpus]
    one = compare(corpus, corpus, nothing, resamples=N).figures["quotes"]
    assert (one.a, one.b, one.difference, one.low, one.high) == (1.0, 0.0, 1.0, 1.0, 1.0)
    assert one.p == 1 / (N + 1)


def test_a_difference_in_one_document_is_unsure(corpus):
    worse = [replace(corpus[0], quotes=()), *corpus[1:]]
    one = compare(corpus, worse, corpus, resamples=N).figures["recall_direct"]
    assert one.difference == pytest.approx(-1 / 8)
    assert one.low < one.difference < one.high == 0.0
    assert one.p > 0.05


def test_swapping_the_systems_turns_the_difference(corpus, half):
    one = compare(corpus, corpus, half, resamples=N).figures["quotes"]
    other = compare(corpus, half, corpus, resamples=N).figures["quotes"]
    assert one.difference == -other.difference
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    assert one.p == other.p


def test_a_figure_that_one_side_lacks_has_no_difference(corpus):
    nothing = [replace(d, quotes=()) for d in corpus]
    one = compare(corpus, corpus, nothing, resamples=N).figures["speaker"]
    assert one == Difference(1.0, None, None, None, None, None)


def test_ids_must_pair(corpus):
    with pytest.raises(ValueError, match="no prediction"):
        intervals(corpus, corpus[1:])
    with pytest.raises(ValueError, match="no prediction"):
        compare(corpus, corpus, corpus[1:])


def test_to_dict_is_json(corpus, half):
    for told in (intervals(corpus, half, resamples=N), compare(corpus, half, corpus, resamples=N)):
        data = told.to_dict()
        assert json.loads(json.dumps(data)) == data
        assert list(data["figures"]) == [figure.key for figure in FIGURES]
        assert (data["documents"], data["resamples"], data["level"]) == (8, N, 0.95)


def test_formats(corpus, half):
    lines = intervals(corpus, half, resamples=N).format().splitlines()
    assert lines[0].split() == ["95%", "intervals", "value", "low", "high"]
    assert lines[3].split()[:3] == ["direct", "recall", "0.500"]
    assert lines[5].split()[-3:] == ["-", "-", "-"]
    nothing = [replace(d, quotes=()) for d in corpus]
    lines = compare(corpus, corpus, nothing, resamples=2000).format().splitlines()
    assert lines[1].split()[2:] == ["1.000", "0.000", "+1.000", "+1.000", "+1.000", "<0.001"]


def test_articles_may_have_different_labels(corpus, half, renamed):
    mixed = [renamed(d) if i < 4 else d for i, d in enumerate(corpus)]
    told = intervals(mixed, mixed, resamples=N).figures["stance"]
    assert told == Interval(1.0, 1.0, 1.0)
    assert compare(mixed, corpus, mixed, resamples=N).figures["stance"].difference < 0
