"""The lower layers of an encoder as an encoder of their own."""

from __future__ import annotations

import copy
from typing import Any

from torch import nn
from transformers import PreTrainedModel


def lower_layers(encoder: PreTrainedModel, count: int) -> Any:
    """Return the embeddings and lowest layers of an encoder; its modules are shared, not copied.

    Args:
        encoder: A BERT-like encoder (``embeddings`` and ``encoder.layer``).
        count: How many layers.
    """
    whole: Any = encoder
    stack = copy.copy(whole.encoder)
    stack._modules = {"layer": nn.ModuleList(list(whole.encoder.layer)[:count])}
    shared = copy.copy(whole)
    shared._modules = {**whole._modules, "encoder": stack, "pooler": None}
    return shared
