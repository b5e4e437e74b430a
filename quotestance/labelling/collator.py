"""Examples of different sizes into one batch of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from quotestance.labelling.encoding import Example
from quotestance.labelling.reading import Reading

IGNORED = -100  # a target that takes no part in the loss


@dataclass(frozen=True)
class Targets:
    """What is right for an example.

    Attributes:
        choice: 0 when the candidate is no quote, else 1 and the index of its content.
        speaker: 1 for each mention that names the speaker; all zeros when it is not among them; shape (m,).
        stance: Index of the stance label toward each entity, or ``IGNORED``; shape (e,).
    """

    choice: int
    speaker: NDArray[np.float32]
    stance: NDArray[np.int64]


@dataclass(frozen=True)
class Item:
    """An example with the article it comes from and, in training, what is right for it."""

    example: Example
    reading: Reading
    targets: Targets | None = None


@dataclass(frozen=True)
class LabellerCollator:
    """Pads items to the longest of each dimension.

    Letters: b batch, t tokens, h width, r roles, c contents, m mentions, e entities.
    """

    def __call__(self, items: Sequence[Item]) -> dict[str, Tensor]:
        """Return the tensors that ``QuoteLabeller.forward`` takes."""
        examples = [item.example for item in items]
        batch = {
            "states": _pad(
                [
                    item.reading.states[torch.from_numpy(item.example.tokens)].float()
                    for item in items
                ]
            ),
            "attention_mask": _pad([torch.ones(len(e.tokens)) for e in examples]),
            "roles": _pad([e.roles for e in examples]),
            "contents": _pad([e.contents for e in examples]),
            "edges": _pad([e.edges for e in examples]),
            "content_features": _pad([e.content_features for e in examples]),
            "content_mask": _pad([torch.ones(len(e.contents)) for e in examples]),
            "cue": _pad([e.cue for e in examples]),
            "cue_features": _pad([e.cue_features for e in examples]),
            "mentions": _pad([e.mentions for e in examples], least=1),
            "mention_features": _pad([e.mention_features for e in examples], least=1),
            "mention_mask": _pad([torch.ones(len(e.mentions)) for e in examples], least=1),
            "members": _pad([_members(e) for e in examples], least=1),
        }
        targets = [item.targets for item in items]
        if all(target is not None for target in targets):
            known = [target for target in targets if target is not None]
            batch["choice_labels"] = torch.tensor([t.choice for t in known])
            batch["speaker_labels"] = _pad([t.speaker for t in known], least=1)
            batch["stance_labels"] = _pad([t.stance for t in known], least=1, value=IGNORED)
        return batch


def _members(example: Example) -> NDArray[np.float32]:
    """Which mentions belong to which entity; shape (e, m)."""
    members = np.zeros((len(example.entity_ids), len(example.entity_of)), dtype=np.float32)
    members[example.entity_of, np.arange(len(example.entity_of))] = 1
    return members


def _pad(
    arrays: Sequence[Tensor | NDArray[np.generic]], least: int = 0, value: float = 0
) -> Tensor:
    """Stack arrays of the same rank, padded at the end to the largest and at least ``least``."""
    tensors = [a if isinstance(a, Tensor) else torch.from_numpy(a) for a in arrays]
    shape = [max(least, *sizes) for sizes in zip(*(t.shape for t in tensors), strict=True)]
    if tensors[0].dim() == 0:
        return torch.stack(list(tensors))
    padded = torch.full((len(tensors), *shape), value, dtype=tensors[0].dtype)
    for row, tensor in enumerate(tensors):
        place: list[int | slice] = [row, *map(slice, tensor.shape)]
        padded[tuple(place)] = tensor
    return padded
