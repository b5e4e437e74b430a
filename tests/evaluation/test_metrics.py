from __future__ import annotations

import pytest

from quotestance.evaluation import PRF, Accuracy, Confusion

LABELS = ("conciliatory", "accusatory", "neutral")


def test_prf_measures():
    prf = PRF(tp=6, fp=2, fn=4)
    assert prf.precision == 6 / 8
    assert prf.recall == 6 / 10
    assert prf.f1 == pytest.approx(2 * 0.75 * 0.6 / (0.75 + 0.6))


def test_prf_of_counts_what_is_not_shared():
    assert PRF.of(2, gold=5, predicted=3) == PRF(tp=2, fp=1, fn=3)


def test_prf_adds_counts():
    assert PRF(1, 2, 3) + PRF(4, 5, 6) == PRF(5, 7, 9)


def test_accuracy_counts_and_adds():
    accuracy = Accuracy.of([True, False, True]) + Accuracy(1, 1)
    assert accuracy == Accuracy(3, 4)
    assert accuracy.value == 0.75


@pytest.mark.parametrize("empty", [PRF(), Accuracy(), Confusion.of(LABELS)])
def test_nothing_counted_is_false(empty):
    assert not empty


def test_nothing_counted_measures_zero():
    assert PRF().f1 == PRF().precision == PRF().recall == 0.0
    assert Accuracy().value == 0.0
    assert Confusion.of(LABELS).macro_f1 == 0.0


def test_macro_f1_by_hand():
    # conciliatory: tp 2, fp 1, fn 0: 4/5; accusatory: tp 1, fn 1: 2/3; neutral: tp 0, fp 1, fn 1: 0
    confusion = Confusion.of(
        LABELS,
        [
            ("conciliatory", "conciliatory"),
            ("conciliatory", "conciliatory"),
            ("accusatory", "accusatory"),
            ("accusatory", "neutral"),
            ("neutral", "conciliatory"),
        ],
    )
    assert confusion.counts == ((2, 0, 0), (0, 1, 1), (1, 0, 0))
    assert confusion.prf("conciliatory") == PRF(2, 1, 0)
    assert confusion.accuracy == Accuracy(3, 5)
    assert confusion.macro_f1 == pytest.approx((4 / 5 + 2 / 3 + 0) / 3)


def test_macro_f1_leaves_out_labels_nobody_uses():
    assert Confusion.of(LABELS, [("neutral", "neutral")]).macro_f1 == 1.0


def test_confusion_adds():
    one = Confusion.of(LABELS, [("neutral", "accusatory")])
    assert (one + one).counts == ((0, 0, 0), (0, 0, 0), (0, 2, 0))
    added = one + Confusion.of(("yes", "neutral"), [("yes", "neutral")])
    assert added.labels == (*LABELS, "yes")
    assert added.counts == ((0, 0, 0, 0), (0, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0))


def test_confusion_refuses_unknown_labels():
    with pytest.raises(ValueError, match="not in"):
        Confusion.of(LABELS, [("neutral", "hostile")])


def test_labels_move_and_only_those_that_nobody_uses_go():
    one = Confusion.of(LABELS, [("neutral", "accusatory"), ("neutral", "neutral")])
    assert one.used == ("accusatory", "neutral")
    moved = one.over(("yes", "neutral", "accusatory"))
    assert moved.counts == ((0, 0, 0), (0, 1, 1), (0, 0, 0))
    assert moved.macro_f1 == one.macro_f1
    with pytest.raises(ValueError, match="cannot be left out: accusatory"):
        one.over(("neutral",))
