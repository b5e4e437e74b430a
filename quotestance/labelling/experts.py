"""Judges of options by their features alone, without the encoder's vectors.

The transformers learn from few articles and trust what they have read too much; small networks that see
only what parse and discourse tell make other mistakes. Both opinions are multiplied, as a product of
experts (Hinton 2002, *Training Products of Experts by Minimizing Contrastive Divergence*), with weights
that are fitted on validation articles.

Letters of shapes: b batch, n options, f features.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from quotestance.labelling.heads import BARRED

_MEMBERS = 3
_HIDDEN = 48
_DROPOUT = 0.2


class FeatureExpert(nn.Module):
    """A few small networks that choose among options; trained apart from the transformer.

    Args:
        inputs: How many features an option has.
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("scale", torch.ones(inputs))
        self.members = nn.ModuleList(
            nn.Sequential(
                nn.Linear(inputs, _HIDDEN), nn.GELU(), nn.Dropout(_DROPOUT), nn.Linear(_HIDDEN, 1)
            )
            for _ in range(_MEMBERS)
        )

    def forward(self, options: Tensor, mask: Tensor) -> Tensor:
        """Return the mean log-probability of each option.

        Args:
            options: (b, n, f).
            mask: 1 for options, 0 for padding; (b, n).
        """
        each: Tensor = torch.stack(
            [self.judge(member, options, mask).log_softmax(-1) for member in self.members]
        )
        return each.mean(0)

    def judge(self, member: nn.Module, options: Tensor, mask: Tensor) -> Tensor:
        """Return the logits of one member, ``BARRED`` where there is no option; (b, n)."""
        scaled = (options.float() - self.mean) / self.scale
        logits: Tensor = member(scaled).squeeze(-1)
        return logits.masked_fill(mask == 0, BARRED)
