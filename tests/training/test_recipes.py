from __future__ import annotations

import itertools

import pytest

from quotestance.training.recipes import CORPUS, STAGES, recipe_for


def test_more_quotes_move_more_and_rehearse_less() -> None:
    recipes = [recipe_for(quotes) for quotes in (20, 200, 2000, 20_000)]
    assert len(set(map(id, recipes))) == 4
    assert recipes[-1] is CORPUS
    for fewer, more in itertools.pairwise(recipes):
        assert fewer.replay > more.replay
        assert all(
            fewer.learning_rates[stage][0] < more.learning_rates[stage][0] for stage in STAGES
        )


@pytest.mark.parametrize("quotes", [20, 2000])
def test_a_fresh_labeller_learns_all(quotes) -> None:
    assert recipe_for(quotes, fresh=True) is CORPUS
