"""Parses written by hand, so that the rules are tested without a parser."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from quotestance.document import Span
from quotestance.parsing.parse import Name, Parse, Sentence, Word

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedTokenizerFast

WORDS = (
    "<pad> <s> </s> <unk> il la di che ha detto accusato ministro governo Rossi Bianchi . , : « »"
)

_NO_SPACE_BEFORE = set(",.;:!?)»”")
_NO_SPACE_AFTER = ("'", "’", "(", "«", "“")


def build_parse(table: str) -> Parse:
    """Return the parse that a table tells.

    A line is a word: ``number form lemma upos head relation [features] [name]``, parted by blanks.
    Number and head count within the sentence, from 1, with 0 for the root; features are those of UD
    (``Number=Sing|Gender=Fem``) or ``_``; a name is ``B-PER``, ``I-PER`` and so on, or ``_``. A
    line ``3-4 della`` writes words 3 and 4 as one token. An empty line ends a sentence, a line ``¶`` a
    paragraph too. The text is the tokens with the blanks of Italian typography.
    """
    text, words, sentences, names = "", [], [], []
    paragraph = 0
    first, fused, fused_span = 0, 0, (0, 0)
    label = ""
    for line in [*table.strip().splitlines(), ""]:
        columns = line.split()
        if not columns or columns[0] == "¶":
            if len(words) > first:
                sentences.append(Sentence(len(sentences), first, len(words), paragraph))
                first, fused = len(words), 0
            if columns:
                paragraph += 1
                text += "\n"
            continue
        number, form, *rest = columns
        if fused < int(number.split("-")[0]):
            glued = not text or text[-1] == "\n" or form in _NO_SPACE_BEFORE
            text += "" if glued or text.endswith(_NO_SPACE_AFTER) else " "
            fused_span = (len(text), len(text) + len(form))
            text += form
        if "-" in number:
            fused = int(number.split("-")[1])
            continue
        lemma, upos, head, relation, features, tag = (*rest, "_", "_")[:6]
        feats = dict(pair.split("=") for pair in features.split("|") if "=" in pair)
        governor = first + int(head) - 1 if int(head) else -1
        words.append(Word(len(words), *fused_span, form, lemma, upos, governor, relation, feats))
        if tag.startswith("I-") and label:
            names[-1] = (names[-1][0], fused_span[1], label)
        elif tag != "_":
            label = tag[2:]
            names.append((*fused_span, label))
        label = "" if tag == "_" else label
    return Parse(
        text,
        tuple(words),
        tuple(sentences),
        tuple(Name(Span.of(text, start, end), kind) for start, end, kind in names),
    )


@pytest.fixture
def parse_of() -> Callable[[str], Parse]:
    return build_parse


@pytest.fixture
def encoder() -> BertModel:
    """A tiny encoder with random weights."""
    return _encoder(len(WORDS.split()), width=32, layers=3, inner=48)


@pytest.fixture
def deep_encoder() -> BertModel:
    """A tiny encoder with more layers than the parser runs."""
    return _encoder(30, width=16, layers=10, inner=16)


def _encoder(vocabulary: int, width: int, layers: int, inner: int) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=2,
        intermediate_size=inner,
        pad_token_id=0,
    )
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture
def tokenizer() -> PreTrainedTokenizerFast:
    """The tokenizer of the tiny encoder; it knows a few words."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    vocabulary = {word: number for number, word in enumerate(WORDS.split())}
    tokens = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    tokens.pre_tokenizer = pre_tokenizers.Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokens,
        pad_token="<pad>",
        cls_token="<s>",
        sep_token="</s>",
        unk_token="<unk>",
        model_max_length=512,
    )
