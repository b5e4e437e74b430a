from __future__ import annotations

import pytest

from quotestance.document import Span, overlap, overlap_f1

TEXT = "Landini avverte: basta tagli"


def test_span_of_carries_its_words():
    span = Span.of(TEXT, 17, 28)
    assert (span.text, str(span), len(span)) == ("basta tagli", "basta tagli", 11)


def test_span_without_text_shows_its_offsets():
    assert str(Span(2, 5)) == "[2, 5]"


def test_span_comparison_ignores_the_words():
    assert Span(0, 7) == Span.of(TEXT, 0, 7)
    assert sorted([Span(3, 4), Span(0, 9), Span(0, 2)]) == [Span(0, 2), Span(0, 9), Span(3, 4)]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 4)])
def test_span_refuses_empty_reversed_and_negative_offsets(start, end):
    with pytest.raises(ValueError, match=rf"0 <= start < end, not \[{start}, {end}\]"):
        Span.of(TEXT, start, end)


def test_span_refuses_to_end_after_the_text():
    with pytest.raises(ValueError, match=r"\[20, 29\] ends after the text, which has 28"):
        Span.of(TEXT, 20, 29)


@pytest.mark.parametrize(
    ("other", "contained", "overlapping"),
    [
        (Span(2, 6), True, True),
        (Span(3, 5), True, True),
        (Span(5, 9), False, True),
        (Span(6, 9), False, False),
        (Span(0, 2), False, False),
    ],
)
def test_span_containment_and_overlap(other, contained, overlapping):
    span = Span(2, 6)
    assert (other in span) is contained
    assert span.overlaps(other) is other.overlaps(span) is overlapping


@pytest.mark.parametrize(
    ("left", "right", "shared", "f1"),
    [
        ([], [], 0, 0.0),
        ([Span(0, 10)], [], 0, 0.0),
        ([Span(0, 10)], [Span(0, 10)], 10, 1.0),
        ([Span(0, 10)], [Span(5, 15)], 5, 0.5),
        ([Span(0, 4), Span(6, 10)], [Span(2, 8)], 4, 8 / 14),
        ([Span(0, 4)], [Span(4, 8)], 0, 0.0),
    ],
)
def test_overlap_counts_shared_characters(left, right, shared, f1):
    assert overlap(left, right) == overlap(right, left) == shared
    assert overlap_f1(left, right) == pytest.approx(f1)


def test_overlap_takes_any_iterable():
    assert overlap_f1(iter([Span(0, 4)]), iter([Span(0, 4)])) == 1.0
