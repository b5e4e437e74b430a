"""Counting how often words make a quote, and the choices from which the expert on quotes learns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from quotestance.labelling.choice_options import CANDIDATE_WORDS, CHOICE_WORDS
from quotestance.labelling.quote_collator import QuoteItem
from quotestance.labelling.word_rates import NOTHING, WordRates, log_odds
from quotestance.training.experts import Choice

_LEAST = 3  # occurrences of words whose rate is kept


@dataclass
class WordCounts:
    """How often each bucket was seen, and how often with a quote, by what the word is to the candidate.

    Attributes:
        quotes: For each place in ``choice_words`` the occurrences that make a quote, or the right content.
        total: All occurrences.
    """

    quotes: list[Counter[int]] = field(
        default_factory=lambda: [Counter() for _ in range(CHOICE_WORDS)]
    )
    total: list[Counter[int]] = field(
        default_factory=lambda: [Counter() for _ in range(CHOICE_WORDS)]
    )

    @classmethod
    def of(cls, items: Iterable[QuoteItem]) -> WordCounts:
        """Count the words of annotated items."""
        counts = cls()
        for item in items:
            if item.targets is not None:
                counts._add(item.example.choice_words, item.targets.choice)
        return counts

    def _add(self, words: NDArray[np.int64], choice: int) -> None:
        for place in range(CHOICE_WORDS):
            # a word of the candidate counts once, that of a content with each
            rows = range(1) if place < len(CANDIDATE_WORDS) else range(1, len(words))
            for row in rows:
                key = int(words[row, place])
                self.total[place][key] += 1
                self.quotes[place][key] += choice > 0 if row == 0 else choice == row

    def update(self, other: WordCounts) -> None:
        """Add the counts of other articles."""
        for own, given in zip(
            (*self.quotes, *self.total), (*other.quotes, *other.total), strict=True
        ):
            own.update(given)

    def means(self) -> list[float]:
        """Return the mean rate of each place, kept off 0 and 1."""
        return [
            (q.total() + 0.5) / (t.total() + 1)
            for q, t in zip(self.quotes, self.total, strict=True)
        ]

    def rates(self, words: NDArray[np.int64], without: WordCounts) -> NDArray[np.float32]:
        """Look words up as ``WordRates`` does, as if an article had not been counted.

        Args:
            words: ``choice_words``; shape (n, ``CHOICE_WORDS``).
            without: The counts of the article from which the words are.

        Returns:
            Shape (n, 2 ``CHOICE_WORDS``).
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
        quotes, total = self.quotes[place][key], self.total[place][key]
        if key == NOTHING or total < _LEAST:
            return 0.0, 0.0
        if without is not None:
            quotes -= without.quotes[place][key]
            total -= without.total[place][key]
        return log_odds(quotes, total, mean)

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


def quote_choices(articles: Sequence[Sequence[QuoteItem]]) -> tuple[list[Choice], WordCounts]:
    """Return the choice in each item between "no quote" and its contents, and the counts of words.

    The rates that a choice sees leave its own article out: with it they would tell the answer.

    Args:
        articles: The annotated items of each article.
    """
    each = [WordCounts.of(items) for items in articles]
    counts = WordCounts()
    for one in each:
        counts.update(one)
    choices = []
    for items, own in zip(articles, each, strict=True):
        for item in items:
            if item.targets is None:
                continue
            example = item.example
            rates = counts.rates(example.choice_words, own)
            options = np.concatenate([example.choice_features, rates], axis=-1)
            rows = np.arange(len(options))
            choices.append(
                Choice(options, np.ones(len(rows), dtype=bool), rows == item.targets.choice)
            )
    return choices, counts
