"""The encoder's tokens of an article, with their offsets."""

from __future__ import annotations

from dataclasses import dataclass

from transformers import PreTrainedTokenizerBase

from quotestance.parsing import readable


@dataclass(frozen=True)
class Tokens:
    """Tokens of a text.

    Attributes:
        starts: Offset of the first character of each token.
        ends: Offset after the last character of each token.
        ids: Their numbers in the vocabulary; the special tokens are not among them.
        separator: The number of the special token that sets two texts apart.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    ids: tuple[int, ...]
    separator: int


def tokenize(tokenizer: PreTrainedTokenizerBase, text: str) -> Tokens:
    """Return the tokens of a text of any length; offsets are characters of the text."""
    encoded = tokenizer(
        readable(text),
        add_special_tokens=False,
        return_offsets_mapping=True,
        return_attention_mask=False,
        verbose=False,
    )
    offsets = encoded["offset_mapping"]
    return Tokens(
        tuple(_skip_space(text, start, end) for start, end in offsets),
        tuple(end for _, end in offsets),
        tuple(encoded["input_ids"]),
        int(tokenizer.sep_token_id),
    )


def _skip_space(text: str, start: int, end: int) -> int:
    while start < end - 1 and text[start].isspace():
        start += 1
    return start
