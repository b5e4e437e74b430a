"""How often words make a quote."""

from __future__ import annotations

import pytest
import torch

from quotestance.labelling.word_rates import BUCKETS, NOTHING, WordRates, bucket, log_odds


def test_a_bucket_depends_on_what_the_word_is_for() -> None:
    assert bucket("cue", "dire") == bucket("cue", "dire")
    assert bucket("cue", "dire") != bucket("source", "dire")
    assert bucket("cue and root", "dire", "fare") != bucket("cue and root", "direfare")
    assert all(NOTHING < bucket("cue", str(n)) < BUCKETS for n in range(1000))
    assert bucket("cue", "\ud800") > NOTHING


def test_log_odds_follow_the_rate_and_the_count() -> None:
    seldom, often, unsure = (log_odds(q, t, 0.4) for q, t in ((2, 100), (98, 100), (1, 1)))
    assert seldom[0] < 0 < unsure[0] < often[0]
    assert unsure[1] < often[1]
    assert log_odds(0, 0, 0.4) == (0, 0)
    assert log_odds(40, 100, 0.4)[0] == pytest.approx(0)


def test_rates_are_looked_up_and_replaced() -> None:
    rates = WordRates()
    rates.fill([(5, (0.5, 1.0)), (9, (-0.5, 2.0))])
    found = rates(torch.tensor([[5, NOTHING], [9, 5]]))
    assert found.tolist() == [[0.5, 1.0, 0.0, 0.0], [-0.5, 2.0, 0.5, 1.0]]
    rates.fill([])
    assert not rates.table.any()
