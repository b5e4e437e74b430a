"""Fitting the experts that judge by features alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from quotestance.labelling.batching import pad
from quotestance.labelling.experts import FeatureExpert
from quotestance.labelling.heads import marginal_loss
from quotestance.labelling.quote_collator import QuoteItem
from quotestance.labelling.speaker_options import speaker_options

_EPOCHS = 10
_BATCH = 64
_LEARNING_RATE = 2e-3
_WEIGHT_DECAY = 1e-2


@dataclass(frozen=True)
class Choice:
    """Options of which some are right.

    Attributes:
        options: Shape (n, f).
        known: Which options take part; shape (n,).
        right: Which of them are right, at least one; shape (n,).
    """

    options: NDArray[np.float32]
    known: NDArray[np.bool_]
    right: NDArray[np.bool_]


def speaker_choices(items: Sequence[QuoteItem]) -> list[Choice]:
    """Return the choice of the speaker in each item whose speaker is known."""
    return [
        Choice(
            speaker_options(
                item.example.mention_features, item.example.source_fit, item.example.cue_features
            ),
            np.ones(len(item.targets.speaker), dtype=bool),
            item.targets.speaker > 0,
        )
        for item in items
        if item.targets is not None and item.targets.speaker.any()
    ]


def fit_expert(expert: FeatureExpert, choices: Sequence[Choice], seed: int) -> None:
    """Train an expert, in place; its members differ by their beginnings and by the order of what they see.

    Args:
        expert: The expert.
        choices: What to learn from; with none it stays as it is.
        seed: Of everything random.
    """
    if not choices:
        return
    seen = np.concatenate([choice.options for choice in choices])
    expert.mean.copy_(torch.from_numpy(seen.mean(0)))
    expert.scale.copy_(torch.from_numpy(seen.std(0)) + 1e-2)
    expert.train()
    for number, member in enumerate(expert.members):
        chance = torch.Generator().manual_seed(seed + number)
        optimizer = torch.optim.AdamW(
            member.parameters(), lr=_LEARNING_RATE, weight_decay=_WEIGHT_DECAY
        )
        for _ in range(_EPOCHS):
            for rows in torch.randperm(len(choices), generator=chance).split(_BATCH):
                options, known, right = _batch([choices[i] for i in rows.tolist()])
                optimizer.zero_grad()
                marginal_loss(expert.judge(member, options, known), right).backward()
                optimizer.step()
    expert.eval()


def _batch(choices: Sequence[Choice]) -> tuple[Tensor, Tensor, Tensor]:
    return (
        pad([choice.options for choice in choices]),
        pad([choice.known for choice in choices]),
        pad([choice.right for choice in choices]),
    )
