"""The frozen lower layers of the encoder: they read an article once, for all its quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from quotestance.labelling.tokens import tokenize
from quotestance.lower_layers import lower_layers

LONGEST = 510  # tokens read at a time, without the two special ones
_OVERLAP = 128  # tokens that two chunks share, so that each has context on both sides
_CHUNKS_PER_BATCH = 4


@dataclass(frozen=True)
class Reading:
    """An article as the trunk has read it.

    Attributes:
        starts: Offset of the first character of each token.
        ends: Offset after the last character of each token.
        states: Hidden states, shape (tokens, width).
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    states: Tensor


class Trunk(nn.Module):
    """Embeddings and lower layers of an encoder, frozen.

    Args:
        encoder: A BERT-like encoder (``embeddings`` and ``encoder.layer``); its modules are shared, not
            copied.
        tokenizer: Its fast tokenizer.
        layers: How many layers belong to the trunk.
    """

    def __init__(
        self, encoder: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, layers: int
    ) -> None:
        super().__init__()
        self.encoder = lower_layers(encoder, layers)
        self.tokenizer = tokenizer

    @torch.no_grad()
    def read(self, text: str) -> Reading:
        """Read a text of any length.

        Offsets are characters of the text.
        """
        tokens = tokenize(self.tokenizer, text)
        return Reading(tokens.starts, tokens.ends, self._states(tokens.ids))

    def _states(self, ids: Sequence[int]) -> Tensor:
        device = next(self.encoder.parameters()).device
        width = self.encoder.config.hidden_size
        if not ids:
            return torch.zeros(0, width, device=device)
        stride = LONGEST - _OVERLAP
        firsts = range(0, max(1, len(ids) - _OVERLAP), stride)
        chunks = [(first, list(ids[first : first + LONGEST])) for first in firsts]
        states = torch.zeros(len(ids), width, device=device)
        for at in range(0, len(chunks), _CHUNKS_PER_BATCH):
            batch = chunks[at : at + _CHUNKS_PER_BATCH]
            for (first, chunk), read in zip(
                batch, self.read_tokens([c for _, c in batch]), strict=True
            ):
                skip = (
                    _OVERLAP // 2 if first else 0
                )  # the chunk before has read these with more context
                states[first + skip : first + len(chunk)] = read[skip : len(chunk)]
        return states

    @torch.no_grad()
    def read_tokens(self, chunks: Sequence[Sequence[int]]) -> Tensor:
        """Read token sequences, each between the special tokens of a text.

        Args:
            chunks: Token ids, at most ``LONGEST`` each.

        Returns:
            The states of their tokens, padded to the longest and one more; (chunks, tokens + 1, width).
        """
        tokenizer, device = self.tokenizer, next(self.encoder.parameters()).device
        width = max(map(len, chunks)) + 2
        ids = torch.full((len(chunks), width), tokenizer.pad_token_id, device=device)
        mask = torch.zeros_like(ids)
        for row, chunk in enumerate(chunks):
            whole = [tokenizer.cls_token_id, *chunk, tokenizer.sep_token_id]
            ids[row, : len(whole)] = torch.tensor(whole, device=device)
            mask[row, : len(whole)] = 1
        output: Tensor = self.encoder(ids, attention_mask=mask).last_hidden_state
        return output[:, 1:]
