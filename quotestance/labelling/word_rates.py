"""How often words stand with a right answer in the annotated articles.

*Dichiarare* mostly makes a quote, *negare l'accesso* never; who is *accusato* is a target, who is *presso*
something is none.

The transformer knows words by their contexts and sees each cue a few times; counts hold the rest. Words
are looked up by a hash (Weinberger et al. 2009, *Feature Hashing for Large Scale Multitask Learning*), so
that the counts are a tensor among the model's weights and need no vocabulary.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from zlib import crc32

import torch
from torch import Tensor, nn

BUCKETS = 1 << 17
NOTHING = 0  # bucket of what has no word
_DOUBT = 3.0  # so many occurrences at the mean rate are added to those counted
_SCALES = 2.0, 6.0


def bucket(kind: str, *words: str) -> int:
    """Return the bucket of some words: an index below ``BUCKETS``, never ``NOTHING``.

    Args:
        kind: What they are to a candidate; the same word as a cue and as a source has two buckets.
        words: The words.
    """
    return 1 + crc32("\t".join((kind, *words)).encode("utf-8", "surrogatepass")) % (BUCKETS - 1)


def log_odds(right: float, total: float, mean: float) -> tuple[float, float]:
    """Tell by how much the odds of a right answer differ with a word, and how well that is known.

    Args:
        right: How many of its occurrences stand with a right answer.
        total: How many there are; with none both numbers are 0.
        mean: Share of right answers with any word, between 0 and 1.

    Returns:
        The logarithm of the odds ratio, drawn toward 0 where the counts are small, and that of the count.
    """
    if total <= 0:
        return 0.0, 0.0
    rate = (right + _DOUBT * mean) / (total + _DOUBT)
    ratio = math.log(rate / (1 - rate)) - math.log(mean / (1 - mean))
    return ratio / _SCALES[0], math.log1p(total) / _SCALES[1]


class WordRates(nn.Module):
    """The rates of words, as ``log_odds`` gives them, by bucket."""

    table: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("table", torch.zeros(BUCKETS, 2))

    def forward(self, buckets: Tensor) -> Tensor:
        """Look words up: (…, k) to (…, 2 k)."""
        return self.table[buckets].flatten(-2)

    def fill(self, rates: Sequence[tuple[int, tuple[float, float]]]) -> None:
        """Replace what is known, in place.

        Args:
            rates: Buckets with their ``log_odds``.
        """
        self.table.zero_()
        if rates:
            rows = torch.tensor([row for row, _ in rates])
            self.table[rows] = torch.tensor([values for _, values in rates])
