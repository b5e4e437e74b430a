"""Parts that the heads of both labellers are made of."""

from __future__ import annotations

import torch
from torch import Tensor, nn

BARRED = -1e4  # logit of what cannot be chosen


def mlp(inputs: int, hidden: int, outputs: int, dropout: float) -> nn.Sequential:
    """Return a head with one hidden layer."""
    return nn.Sequential(
        nn.Dropout(dropout), nn.Linear(inputs, hidden), nn.GELU(), nn.Linear(hidden, outputs)
    )


def pair(items: Tensor, quote: Tensor) -> Tensor:
    """Set a quote beside each item, with their product; (b, n, size) and (b, size) to (b, n, 3 size)."""
    quotes = quote.unsqueeze(1).expand_as(items)
    return torch.cat([items, quotes, items * quotes], -1)


def marginal_loss(logits: Tensor, right: Tensor) -> Tensor:
    """Minus the log of the probability that the right options have together, on average.

    Args:
        logits: Of each option, ``BARRED`` where there is none; (b, n).
        right: Which options are right, at least one a row; (b, n).
    """
    wanted = logits.masked_fill(~right, BARRED)
    return (logits.logsumexp(-1) - wanted.logsumexp(-1)).mean()
