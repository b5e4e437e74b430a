"""One reading of each sentence by the frozen encoder, whoever asks for it.

Stanza's part-of-speech tagger, dependency parser and name tagger each run the encoder over the same
sentences. ``MemoisedEncoder`` stands in its place and remembers the hidden states by token ids, so
that the second and third time cost nothing; it also sorts sentences by length before it computes,
because most of a mixed batch would be padding.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor, nn

_TOKENS_PER_BATCH = 4096


class MemoisedEncoder(nn.Module):
    """A frozen encoder that remembers what it has read until ``forget`` is called.

    Args:
        reader: The layers that read, with their embeddings (see ``quotestance.lower_layers``).
        mixed: The states above how many of these, the highest, are kept for Stanza's processors to mix.
    """

    def __init__(self, reader: Any, mixed: int) -> None:
        super().__init__()
        if len(reader.encoder.layer) < mixed:
            raise ValueError(
                f"the encoder has {len(reader.encoder.layer)} layers: {mixed} states cannot be had"
            )
        self.reader = reader.eval()
        self.mixed = mixed
        self.config = reader.config
        self._hf_peft_config_loaded = False  # Stanza asks before each call
        self._memory: dict[tuple[int, ...], Tensor] = {}

    def forget(self) -> None:
        """Drop everything remembered; called when a batch of texts is parsed."""
        self._memory.clear()

    def forward(self, input_ids: Tensor, attention_mask: Tensor, **_: Any) -> SimpleNamespace:
        """Return ``hidden_states``: the last ``mixed`` states, each of shape (batch, tokens, width).

        Args:
            input_ids: Token ids, shape (batch, tokens).
            attention_mask: 1 for tokens, 0 for padding at the end, same shape.
        """
        lengths = attention_mask.sum(dim=1).tolist()
        keys = [
            tuple(row[:length]) for row, length in zip(input_ids.tolist(), lengths, strict=True)
        ]
        self._read([key for key in dict.fromkeys(keys) if key not in self._memory])
        states = torch.zeros(
            self.mixed, *input_ids.shape, self.config.hidden_size, device=input_ids.device
        )
        for row, (key, length) in enumerate(zip(keys, lengths, strict=True)):
            states[:, row, :length] = self._memory[key]
        return SimpleNamespace(hidden_states=tuple(states))

    @torch.inference_mode(False)
    @torch.no_grad()
    def _read(self, keys: list[tuple[int, ...]]) -> None:
        keys = sorted(keys, key=len)
        while keys:
            count = max(1, _TOKENS_PER_BATCH // len(keys[0]))
            while count > 1 and count * len(keys[min(count, len(keys)) - 1]) > _TOKENS_PER_BATCH:
                count -= 1
            batch, keys = keys[:count], keys[count:]
            width = len(batch[-1])
            device = next(self.reader.parameters()).device
            ids = torch.full((len(batch), width), self.config.pad_token_id or 0, device=device)
            mask = torch.zeros_like(ids)
            for row, key in enumerate(batch):
                ids[row, : len(key)] = torch.tensor(key, device=device)
                mask[row, : len(key)] = 1
            states = self._states(ids, mask)
            for row, key in enumerate(batch):
                self._memory[key] = states[:, row, : len(key)].clone()

    def _states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the states above each of the layers that are kept; (mixed, batch, tokens, width).

        Asked for with ``output_hidden_states`` they would come twice: transformers records them by hooks
        that it puts on the layers for each model, and these belong to two.
        """
        states: list[Tensor] = []
        hooks = [
            layer.register_forward_hook(
                lambda _, __, output: states.append(
                    output[0] if isinstance(output, tuple) else output
                )
            )
            for layer in self.reader.encoder.layer[-self.mixed :]
        ]
        try:
            self.reader(ids, attention_mask=mask)
        finally:
            for hook in hooks:
                hook.remove()
        return torch.stack(states)
