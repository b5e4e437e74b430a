"""Counting words, and what the expert on quotes learns from."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch

from quotestance.labelling.choice_options import (
    CANDIDATE_WORDS,
    CHOICE_FEATURES,
    CHOICE_OPTION_FEATURES,
    CHOICE_WORDS,
)
from quotestance.labelling.word_rates import NOTHING, WordRates
from quotestance.training.word_counts import WordCounts, quote_choices

SAY, DENY = 11, 12


def item(cue: int, choice: int, contents: int = 2) -> SimpleNamespace:
    """A candidate whose every word is its cue, or stands in the content of that number."""
    words = np.full((1 + contents, CHOICE_WORDS), cue, dtype=np.int64)
    words[0, len(CANDIDATE_WORDS) :] = NOTHING
    for row in range(1, 1 + contents):
        words[row, len(CANDIDATE_WORDS) :] = 100 + row
    features = np.zeros((1 + contents, CHOICE_FEATURES), dtype=np.float32)
    example = SimpleNamespace(choice_words=words, choice_features=features)
    return SimpleNamespace(example=example, targets=SimpleNamespace(choice=choice))


@pytest.fixture
def articles() -> list[list[SimpleNamespace]]:
    return [[item(SAY, 1), item(SAY, 1), item(DENY, 0)] for _ in range(4)]


def test_a_words_rate_does_not_count_its_own_article(articles) -> None:
    choices, _ = quote_choices([*articles, [item(99, 1)] * 5])
    alone = choices[-1].options[1, CHOICE_FEATURES : CHOICE_FEATURES + 2]
    assert alone.tolist() == [0, 0]  # seen in this article only: nothing is known of it
    say, deny = (choices[row].options[1, CHOICE_FEATURES] for row in (0, 2))
    assert deny < 0 < say


def test_rates_of_contents_are_those_of_the_right_one(articles) -> None:
    choices, _ = quote_choices(articles)
    place = CHOICE_FEATURES + 2 * len(CANDIDATE_WORDS)
    none, first, second = choices[0].options[:, place]
    assert none == 0
    assert second < first


def test_choices_are_between_no_quote_and_the_contents(articles) -> None:
    choices, _ = quote_choices(articles)
    assert len(choices) == 12
    assert choices[0].options.shape == (3, CHOICE_OPTION_FEATURES)
    assert choices[0].right.tolist() == [False, True, False]
    assert choices[2].right.tolist() == [True, False, False]


def test_a_filled_table_tells_what_was_counted(articles) -> None:
    counts = WordCounts.of([one for article in articles for one in article])
    rates = WordRates()
    counts.fill(rates)
    words = articles[0][0].example.choice_words
    found = rates(torch.from_numpy(words)).numpy()
    np.testing.assert_allclose(found, counts.rates(words, WordCounts()), rtol=1e-5)
    assert not rates.table[NOTHING].any()
