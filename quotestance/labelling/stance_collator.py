"""Stance examples of different sizes into one batch of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from quotestance.labelling.batching import batches, pad
from quotestance.labelling.reading import Trunk
from quotestance.labelling.stance_encoding import StanceExample
from quotestance.labelling.stance_features import target_options
from quotestance.labelling.stance_model import UNKNOWN
from quotestance.labelling.word_rates import NOTHING


@dataclass(frozen=True)
class StanceItem:
    """A stance example as the trunk reads it and, in training, what is right for it.

    Attributes:
        example: The example.
        states: The trunk's states of its tokens, in half precision; shape (t, h).
        labels: ``NO_TARGET``, 1 + a stance label, ``OTHER_LABEL`` or ``UNKNOWN`` for each party; shape (p,).
    """

    example: StanceExample
    states: Tensor
    labels: NDArray[np.int64] | None = None


def read_examples(trunk: Trunk, examples: Sequence[StanceExample]) -> list[Tensor]:
    """Return the trunk's states of each example's tokens, in half precision."""
    found: dict[int, Tensor] = {}
    for rows in batches([len(example.ids) for example in examples]):
        states = trunk.read_tokens([examples[i].ids.tolist() for i in rows])
        for row, read in zip(rows, states, strict=True):
            found[row] = read[: len(examples[row].ids)].half()
    return [found[i] for i in range(len(examples))]


@dataclass(frozen=True)
class StanceCollator:
    """Pads items to the longest of each dimension."""

    def __call__(self, items: Sequence[StanceItem]) -> dict[str, Tensor]:
        """Return the tensors that ``StanceLabeller.forward`` takes."""
        examples = [item.example for item in items]
        batch = {
            "states": pad([item.states.float() for item in items]),
            "attention_mask": pad([torch.ones(len(e.ids)) for e in examples]),
            "roles": pad([e.roles for e in examples]),
            "slots": pad([e.slots for e in examples]),
            "content": pad([e.content for e in examples]),
            "cue": pad([e.cue for e in examples]),
            "party_features": pad([e.party_features for e in examples], least=1),
            "quote_features": pad([e.quote_features for e in examples]),
            "target_options": pad(
                [target_options(e.party_features, e.quote_features) for e in examples], least=2
            ),
            "target_words": pad([e.target_words for e in examples], least=2, value=NOTHING),
            "party_mask": pad([torch.ones(len(e.parties)) for e in examples], least=1),
        }
        labels = [item.labels for item in items]
        if all(one is not None for one in labels):
            known = [one for one in labels if one is not None]
            batch["stance_labels"] = pad(known, least=1, value=UNKNOWN)
        return batch
