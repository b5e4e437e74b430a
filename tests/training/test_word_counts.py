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
from quotestance.labelling.stance_features import PARTY_FEATURES, QUOTE_FEATURES
from quotestance.labelling.stance_model import NO_TARGET, UNKNOWN
from quotestance.labelling.target_words import QUOTE_WORDS, TARGET_WORDS
from quotestance.labelling.word_rates import NOTHING, WordRates
from quotestance.training.word_counts import WordCounts, informed, quotes_told, targets_told

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
    choices, _ = informed([quotes_told(a) for a in (*articles, [item(99, 1)] * 5)])
    alone = choices[-1].options[1, CHOICE_FEATURES : CHOICE_FEATURES + 2]
    assert alone.tolist() == [0, 0]  # seen in this article only: nothing is known of it
    say, deny = (choices[row].options[1, CHOICE_FEATURES] for row in (0, 2))
    assert deny < 0 < say


def test_rates_of_contents_are_those_of_the_right_one(articles) -> None:
    choices, _ = informed([quotes_told(article) for article in articles])
    place = CHOICE_FEATURES + 2 * len(CANDIDATE_WORDS)
    none, first, second = choices[0].options[:, place]
    assert none == 0
    assert second < first


def test_choices_are_between_no_quote_and_the_contents(articles) -> None:
    choices, _ = informed([quotes_told(article) for article in articles])
    assert len(choices) == 12
    assert choices[0].options.shape == (3, CHOICE_OPTION_FEATURES)
    assert choices[0].right.tolist() == [False, True, False]
    assert choices[2].right.tolist() == [True, False, False]


def test_a_filled_table_tells_what_was_counted(articles) -> None:
    told = quotes_told(one for article in articles for one in article)
    counts = WordCounts(told, CHOICE_WORDS)
    rates = WordRates()
    counts.fill(rates)
    words = articles[0][0].example.choice_words
    found = rates(torch.from_numpy(words)).numpy()
    np.testing.assert_allclose(found, counts.rates(words), rtol=1e-5)
    assert not rates.table[NOTHING].any()


def stance(labels: list[int], party: int = 21) -> SimpleNamespace:
    """A quote with the same words each time, whose first party has words of its own."""
    words = np.full((1 + len(labels), TARGET_WORDS), 7, dtype=np.int64)
    words[1, len(QUOTE_WORDS) :] = party
    example = SimpleNamespace(
        target_words=words,
        party_features=np.zeros((len(labels), PARTY_FEATURES), dtype=np.float32),
        quote_features=np.zeros(QUOTE_FEATURES, dtype=np.float32),
    )
    return SimpleNamespace(example=example, labels=np.array(labels))


def test_rates_of_a_party_are_those_of_targets() -> None:
    told = targets_told([stance([1, NO_TARGET]), stance([2, NO_TARGET]), stance([3, UNKNOWN])])
    assert told[0].choice.right.tolist() == [False, True, False]
    assert told[2].choice.known.tolist() == [True, True, False]
    counts = WordCounts(told, TARGET_WORDS)
    of_quote, of_party = 0, len(QUOTE_WORDS)
    assert (counts.right[of_quote][7], counts.total[of_quote][7]) == (3, 3)
    assert (counts.right[of_party][21], counts.total[of_party][21]) == (3, 3)
    assert (counts.right[of_party][7], counts.total[of_party][7]) == (
        0,
        2,
    )  # the unknown counts not


def test_a_quote_to_nobody_counts_against_its_words() -> None:
    counts = WordCounts(targets_told([stance([NO_TARGET, NO_TARGET])]), TARGET_WORDS)
    assert (counts.right[0][7], counts.total[0][7]) == (0, 1)


def test_a_quote_of_which_nothing_is_known_does_not_count() -> None:
    assert targets_told([stance([UNKNOWN, UNKNOWN])]) == []
