from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quotestance.document import Speaker, Stance
from quotestance.evaluation import calibration
from quotestance.evaluation.calibration import (
    Bin,
    CurvePoint,
    Judgement,
    calibration_tables,
    coverage_curve,
    expected_calibration_error,
    judgements,
    reliability,
)

JUDGED = [Judgement(0.9, True), Judgement(0.8, False), Judgement(0.3, False), Judgement(0.1, True)]


@pytest.fixture
def scored(gold):
    """The annotations as predictions: quotes with 0.9, speakers with 0.8, stances with 0.7."""
    quotes = tuple(
        replace(
            q,
            score=0.9,
            speaker=replace(q.speaker, score=0.8),
            stances=tuple(replace(s, score=0.7) for s in q.stances),
        )
        for q in gold.quotes
    )
    return replace(gold, quotes=quotes)


def test_a_perfect_prediction_is_right_with_all_its_scores(gold, scored):
    assert judgements([gold], [scored]) == {
        "quote": (Judgement(0.9, True),) * 4,
        "speaker": (Judgement(0.8, True),) * 4,
        "stance": (Judgement(0.7, True),) * 3,
    }


def test_a_quote_is_right_when_it_is_matched(gold, scored):
    found = judgements([replace(gold, quotes=gold.quotes[1:])], [scored])
    assert sorted(found["quote"]) == [Judgement(0.9, False)] + [Judgement(0.9, True)] * 3
    assert len(found["speaker"]) == 3
    assert len(found["stance"]) == 2


def test_a_speaker_is_right_when_the_entity_is(gold, scored, with_quote):
    wrong = with_quote(scored, 0, speaker=Speaker(gold.entities[1], None, 0.4))
    assert Judgement(0.4, False) in judgements([gold], [wrong])["speaker"]


def test_a_stance_is_right_when_target_and_label_are(gold, scored, with_quote):
    _, rubio, russia = gold.entities
    stances = (Stance(rubio, "accusatory", 0.5), Stance(russia, "conciliatory", 0.4))
    found = judgements([gold], [with_quote(scored, 0, stances=stances)])["stance"]
    assert found[:2] == (Judgement(0.5, False), Judgement(0.4, False))


def test_predictions_without_a_score_are_left_out(gold):
    assert judgements([gold], [gold]) == {"quote": (), "speaker": (), "stance": ()}


def test_bins_by_hand():
    low, high = reliability(JUDGED, bins=2)
    assert low == Bin(0.0, 0.5, 2, pytest.approx(0.2), 0.5)
    assert high == Bin(0.5, 1.0, 2, pytest.approx(0.85), 0.5)
    assert expected_calibration_error((low, high)) == pytest.approx((0.3 + 0.35) / 2)


def test_the_bounds_of_bins():
    bins = reliability([Judgement(s, True) for s in (0.0, 0.1, 1.0)], bins=10)
    assert [b.count for b in bins] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert bins[2] == Bin(0.2, 0.3, 0, 0.0, 0.0)


def test_there_must_be_a_bin():
    with pytest.raises(ValueError, match="at least 1 bin"):
        reliability([], bins=0)


def test_honest_scores_have_no_error():
    honest = [Judgement(0.75, right) for right in (True, True, True, False)]
    assert expected_calibration_error(reliability(honest)) == 0.0


def test_the_curve_leaves_out_the_least_probable():
    assert coverage_curve(JUDGED) == (
        CurvePoint(0.9, 0.25, 1.0),
        CurvePoint(0.8, 0.5, 0.5),
        CurvePoint(0.3, 0.75, 1 / 3),
        CurvePoint(0.1, 1.0, 0.5),
    )


def test_equal_scores_are_kept_or_left_together():
    tied = [Judgement(0.5, True), Judgement(0.5, False)]
    assert coverage_curve(tied) == (CurvePoint(0.5, 1.0, 0.5),)


def test_nothing_judged():
    assert coverage_curve([]) == ()
    assert expected_calibration_error(reliability([])) == 0.0


def test_calibration_holds_all(gold, scored):
    measured = calibration([gold], [scored])
    assert list(measured) == ["quote", "speaker", "stance"]
    quote = measured["quote"]
    assert (quote.count, quote.accuracy) == (4, 1.0)
    assert quote.error == pytest.approx(0.1)
    assert quote.curve == (CurvePoint(0.9, 1.0, 1.0),)
    data = quote.to_dict()
    assert json.loads(json.dumps(data)) == data


def test_tables(gold, scored):
    errors, bins = calibration_tables(calibration([gold], [scored]))
    assert errors.rows[0] == ("quote", "4", "0.900", "1.000", "0.100")
    assert bins.rows[0] == ("quote 0.90–1.00", "4", "0.900", "1.000")
    empty, _ = calibration_tables(calibration([gold], [gold]))
    assert empty.rows[0] == ("quote", "0", "-", "-", "-")


def test_ids_must_pair(gold):
    with pytest.raises(ValueError, match="no prediction"):
        calibration([gold], [])
