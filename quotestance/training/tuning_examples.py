"""Sentences of treebanks and with annotated names as the encoder reads them, for its tuning."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from quotestance.evaluation.parser_scores import LEARNED_FEATURES
from quotestance.training.parser_data import NameSentence, TreebankSentence
from quotestance.training.syntax_network import IGNORED, Sizes

_FEATURES = tuple(sorted(LEARNED_FEATURES))
_NAMES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
_LONGEST = 200  # tokens of a sentence that is learned from


@dataclass(frozen=True, slots=True)
class TuningExample:
    """A sentence as the encoder reads it.

    Attributes:
        ids: Token ids, with the two special ones.
        last: Index of each word's last token.
        labels: Of each word: part of speech, relation and features; or the tag of names alone.
        heads: Of each word: 1-based index of its head, 0 the root; empty for names.
    """

    ids: tuple[int, ...]
    last: tuple[int, ...]
    labels: tuple[tuple[int, ...], ...]
    heads: tuple[int, ...] = ()


class Labels:
    """Numbers for the labels of treebanks.

    Args:
        sentences: The sentences that are learned from.
    """

    def __init__(self, sentences: Sequence[TreebankSentence]) -> None:
        words = [row for s in sentences for row in s.rows if "-" not in row[0]]
        self.upos = _numbered({row[3] for row in words})
        self.relations = _numbered({row[7] for row in words})
        values: dict[str, set[str]] = {name: set() for name in _FEATURES}
        for row in words:
            for name, value in _features(row[5]).items():
                values[name].add(value)
        self.features = {name: _numbered({"", *values[name]}) for name in _FEATURES}

    @property
    def sizes(self) -> Sizes:
        """How many labels each task has."""
        features = tuple(len(self.features[name]) for name in _FEATURES)
        return Sizes(len(self.upos), features, len(self.relations), len(_NAMES))

    def of(self, row: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers of a word's labels; ``IGNORED`` for one that was not learned."""
        told = _features(row[5])
        return (
            self.upos.get(row[3], IGNORED),
            self.relations.get(row[7], IGNORED),
            *(self.features[name].get(told.get(name, ""), IGNORED) for name in _FEATURES),
        )


def syntax_examples(
    sentences: Sequence[TreebankSentence], labels: Labels, tokenizer: PreTrainedTokenizerBase
) -> list[TuningExample]:
    """Return sentences of treebanks as examples; over-long ones are left out."""
    found = []
    for sentence in sentences:
        words = [row for row in sentence.rows if "-" not in row[0]]
        read = _tokens([row[1] for row in words], tokenizer)
        if read:
            heads = tuple(int(row[6]) for row in words)
            found.append(TuningExample(*read, tuple(map(labels.of, words)), heads))
    return found


def name_examples(
    sentences: Sequence[NameSentence], tokenizer: PreTrainedTokenizerBase
) -> list[TuningExample]:
    """Return sentences with annotated names as examples; over-long ones are left out."""
    found = []
    for sentence in sentences:
        read = _tokens([token for token, _ in sentence], tokenizer)
        if read:
            found.append(TuningExample(*read, tuple((_NAMES.index(tag),) for _, tag in sentence)))
    return found


def batches(
    examples: Sequence[TuningExample], tokens: int, chance: random.Random | None = None
) -> Iterator[list[TuningExample]]:
    """Yield all examples in batches of like length.

    Args:
        examples: The examples.
        tokens: Most tokens of a batch, padding among them.
        chance: Of the order, and of who is in a batch with whom.
    """
    chance = chance or random.Random(0)
    order = sorted(examples, key=lambda e: len(e.ids) + chance.random() * 8)
    found: list[list[TuningExample]] = [[]]
    longest = 0
    for example in order:
        longest = max(longest, len(example.ids))
        if found[-1] and (len(found[-1]) + 1) * longest > tokens:
            found.append([])
            longest = len(example.ids)
        found[-1].append(example)
    chance.shuffle(found)
    yield from found


def tensors(batch: Sequence[TuningExample]) -> dict[str, Tensor]:
    """Return a batch padded: ids, mask (b, t); last, heads (b, w); labels (b, w, labels of a word)."""
    long, wide = max(len(e.ids) for e in batch), max(len(e.last) for e in batch)
    count = len(batch[0].labels[0])
    ids, mask = torch.zeros(2, len(batch), long, dtype=torch.long)
    last = torch.zeros(len(batch), wide, dtype=torch.long)
    heads = torch.full((len(batch), wide), IGNORED)
    labels = torch.full((len(batch), wide, count), IGNORED)
    for row, example in enumerate(batch):
        ids[row, : len(example.ids)] = torch.tensor(example.ids)
        mask[row, : len(example.ids)] = 1
        last[row, : len(example.last)] = torch.tensor(example.last)
        labels[row, : len(example.last)] = torch.tensor(example.labels)
        if example.heads:
            heads[row, : len(example.last)] = torch.tensor(example.heads)
    return {"ids": ids, "mask": mask, "last": last, "heads": heads, "labels": labels}


def _tokens(
    words: Sequence[str], tokenizer: PreTrainedTokenizerBase
) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return token ids and each word's last token; None when a word has none, or there are too many."""
    read = tokenizer(list(words), is_split_into_words=True)
    last = {word: at for at, word in enumerate(read.word_ids()) if word is not None}
    if len(last) < len(words) or len(read["input_ids"]) > _LONGEST:
        return None
    return tuple(read["input_ids"]), tuple(last[number] for number in range(len(words)))


def _features(cell: str) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in cell.split("|") if "=" in pair)
    return {name: value for name, value in pairs if name in LEARNED_FEATURES}


def _numbered(labels: set[str]) -> dict[str, int]:
    return {label: number for number, label in enumerate(sorted(labels))}
