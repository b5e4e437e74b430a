"""Arrays of different sizes into one tensor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_TOKENS_PER_BATCH = 6144


def pad(arrays: Sequence[Tensor | NDArray[np.generic]], least: int = 0, value: float = 0) -> Tensor:
    """Stack arrays of the same rank, padded at the end to the largest and at least ``least``."""
    tensors = [a if isinstance(a, Tensor) else torch.from_numpy(a) for a in arrays]
    shape = [max(least, *sizes) for sizes in zip(*(t.shape for t in tensors), strict=True)]
    padded = torch.full((len(tensors), *shape), value, dtype=tensors[0].dtype)
    for row, tensor in enumerate(tensors):
        place: list[int | slice] = [row, *map(slice, tensor.shape)]
        padded[tuple(place)] = tensor
    return padded


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of sequences that are read together: of like length, of bounded size.

    Args:
        lengths: How many tokens each sequence has.
    """
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    while order:
        count = max(1, _TOKENS_PER_BATCH // max(1, lengths[order[-1]]))
        yield order[-count:]
        order = order[:-count]
