"""The lower layers of an encoder as an encoder of their own."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from torch import Tensor, nn
from transformers import PreTrainedModel


def lower_layers(encoder: PreTrainedModel, count: int) -> Any:
    """Return the embeddings and lowest layers of an encoder; its modules are shared, not copied.

    Args:
        encoder: A BERT-like encoder (``embeddings`` and ``encoder.layer``).
        count: How many layers.
    """
    return _with_layers(encoder, list(_layers(encoder))[:count])


def retuned_layers(encoder: PreTrainedModel, weights: Mapping[str, Tensor]) -> Any:
    """Return the lowest layers of an encoder with other weights for some of them.

    Args:
        encoder: A BERT-like encoder; what has no other weights is shared with it, and it stays as it is.
        weights: Weights by the number of their layer and their name in it
            (``7.attention.output.dense.bias``). The highest layer that is named is the last.

    Raises:
        KeyError, RuntimeError: when the weights are not those of such layers.
    """
    own: dict[int, dict[str, Tensor]] = {}
    for name, weight in weights.items():
        number, _, rest = name.partition(".")
        own.setdefault(int(number), {})[rest] = weight
    layers = list(_layers(encoder))[: max(own) + 1]
    for at, state in own.items():
        layers[at] = copy.deepcopy(layers[at])
        layers[at].load_state_dict(state)
    return _with_layers(encoder, layers)


def _layers(encoder: Any) -> nn.ModuleList:
    layers: nn.ModuleList = encoder.encoder.layer
    return layers


def _with_layers(encoder: PreTrainedModel, layers: list[nn.Module]) -> Any:
    whole: Any = encoder
    stack = copy.copy(whole.encoder)
    stack._modules = {"layer": nn.ModuleList(layers)}
    shared = copy.copy(whole)
    shared._modules = {**whole._modules, "encoder": stack, "pooler": None}
    return shared
