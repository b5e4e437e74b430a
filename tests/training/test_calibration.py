from __future__ import annotations

import numpy as np
import pytest

from quotestance.training.calibration import _Case, _fit


def evidence(confidence: float, right: int, wrong: int):
    logits = np.array([confidence, 0.0], dtype=np.float32)
    yes, no = np.array([True, False]), np.array([False, True])
    nothing = np.zeros((2, 0))
    return [_Case(logits, nothing, yes)] * right + [_Case(logits, nothing, no)] * wrong


def test_temperature_makes_the_confidence_the_share_that_is_right() -> None:
    # 3 of 4 right asks for a probability of 0.75, a logit of log 3; the labeller said 4
    assert _fit(evidence(4.0, 75, 25))[0] == pytest.approx(4.0 / np.log(3), rel=0.01)


def test_temperature_sharpens_a_labeller_that_is_too_shy() -> None:
    assert _fit(evidence(0.8, 95, 5))[0] < 1


def test_temperature_is_one_without_evidence() -> None:
    assert _fit([]) == (1.0, [])


def test_evidence_that_is_always_right_gets_weight() -> None:
    logits, told = np.zeros(2, dtype=np.float32), np.array([[1.0], [0.0]])
    _, [weight] = _fit([_Case(logits, told, np.array([True, False]))] * 20)
    assert weight > 1
