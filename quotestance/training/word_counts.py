"""Counting how often words stand with a right answer, and the choices whose experts see such rates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotestance.labelling.choice_options import CANDIDATE_WORDS
from quotestance.labelling.quote_collator import QuoteItem
from quotestance.labelling.stance_collator import StanceItem
from quotestance.labelling.stance_features import target_options
from quotestance.labelling.stance_model import NO_TARGET, UNKNOWN
from quotestance.labelling.target_words import QUOTE_WORDS
from quotestance.labelling.word_rates import NOTHING, WordRates, log_odds
from quotestance.training.experts import Choice

_LEAST = 3  # occurrences of words whose rate is kept


@dataclass(frozen=True)
class Told:
    """A choice whose options are told by words too; the first option is that none of the others is right.

    Attributes:
        choice: The choice, without what the words tell.
        words: Buckets of the words of each option; shape (n, places).
        shared: So many places, the first, are the same for all options: they tell whether any is right.
    """

    choice: Choice
    words: NDArray[np.int64]
    shared: int


class WordCounts:
    """How often each bucket was seen, and how often with a right answer, by its place.

    Args:
        told: What is counted. A word that all options share counts once, that of an option with it.
        places: How many words an option has.
    """

    def __init__(self, told: Iterable[Told], places: int) -> None:
        self.right: list[Counter[int]] = [Counter() for _ in range(places)]
        self.total: list[Counter[int]] = [Counter() for _ in range(places)]
        for one in told:
            self._add(one)

    def _add(self, told: Told) -> None:
        known, right = told.choice.known.tolist(), told.choice.right.tolist()
        for row, words in enumerate(told.words.tolist()):
            if not known[row]:
                continue
            answer = right[row] if row else not right[0]
            for place in range(told.shared) if row == 0 else range(told.shared, len(words)):
                self.total[place][words[place]] += 1
                self.right[place][words[place]] += answer

    def update(self, other: WordCounts) -> None:
        """Add the counts of other articles."""
        for own, given in zip(
            (*self.right, *self.total), (*other.right, *other.total), strict=True
        ):
            own.update(given)

    def means(self) -> list[float]:
        """Return the mean rate of each place, kept off 0 and 1."""
        return [
            (r.total() + 0.5) / (t.total() + 1) for r, t in zip(self.right, self.total, strict=True)
        ]

    def rates(
        self, words: NDArray[np.int64], without: WordCounts | None = None
    ) -> NDArray[np.float32]:
        """Look words up as ``WordRates`` does, as if an article had not been counted.

        Args:
            words: Buckets; shape (n, places).
            without: The counts of the article from which the words are.

        Returns:
            Shape (n, 2 places).
        """
        means = self.means()
        rows = [
            [
                value
                for place, key in enumerate(row)
                for value in self._rate(place, key, means[place], without)
            ]
            for row in words.tolist()
        ]
        return np.array(rows, dtype=np.float32)

    def _rate(
        self, place: int, key: int, mean: float, without: WordCounts | None = None
    ) -> tuple[float, float]:
        right, total = self.right[place][key], self.total[place][key]
        if key == NOTHING or total < _LEAST:
            return 0.0, 0.0
        if without is not None:
            right -= without.right[place][key]
            total -= without.total[place][key]
        return log_odds(right, total, mean)

    def fill(self, rates: WordRates) -> None:
        """Write what was counted into a model's table."""
        means = self.means()
        rates.fill(
            [
                (key, self._rate(place, key, means[place]))
                for place, counted in enumerate(self.total)
                for key, total in counted.items()
                if key != NOTHING and total >= _LEAST
            ]
        )


def quotes_told(items: Iterable[QuoteItem]) -> list[Told]:
    """Return the choice in each annotated item between "no quote" and its contents."""
    found = []
    for item in items:
        if item.targets is not None:
            example = item.example
            rows = np.arange(len(example.choice_features))
            right = rows == item.targets.choice
            choice = Choice(example.choice_features, np.ones(len(rows), dtype=bool), right)
            found.append(Told(choice, example.choice_words, len(CANDIDATE_WORDS)))
    return found


def targets_told(items: Iterable[StanceItem]) -> list[Told]:
    """Return the choice between "nobody" and the parties in each item whose target is known."""
    found = []
    for item in items:
        if item.labels is None or (item.labels == UNKNOWN).all():
            continue
        is_target = item.labels > NO_TARGET
        choice = Choice(
            target_options(item.example.party_features, item.example.quote_features),
            np.concatenate([[True], item.labels != UNKNOWN]),
            np.concatenate([[not is_target.any()], is_target]),
        )
        found.append(Told(choice, item.example.target_words, len(QUOTE_WORDS)))
    return found


def informed(articles: Sequence[Sequence[Told]]) -> tuple[list[Choice], WordCounts]:
    """Add the rates of its words to each option, and return the choices with all counts.

    The rates that a choice sees leave its own article out: with it they would tell the answer.

    Args:
        articles: What is told in each article.
    """
    places = max((told.words.shape[1] for article in articles for told in article), default=0)
    each = [WordCounts(told, places) for told in articles]
    counts = WordCounts((), places)
    for one in each:
        counts.update(one)
    choices = []
    for article, own in zip(articles, each, strict=True):
        for told in article:
            rates = counts.rates(told.words, own)
            options = np.concatenate([told.choice.options, rates], axis=-1)
            choices.append(Choice(options, told.choice.known, told.choice.right))
    return choices, counts
