from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from quotestance.extraction import Extraction, extract
from quotestance.labelling.config import LabellerConfig
from quotestance.labelling.reading import Trunk
from quotestance.parsing import Parse

WORDS = (
    "<pad> <s> </s> <unk> il la di che ha detto accusato ministro governo Rossi Bianchi . , : « »"
)

ARTICLE = """
1 Il il DET 2 det Gender=Masc|Number=Sing _
2 ministro ministro NOUN 5 nsubj Gender=Masc|Number=Sing _
3 Rossi Rossi PROPN 2 flat:name _ B-PER
4 ha avere AUX 5 aux Number=Sing|VerbForm=Fin _
5 detto dire VERB 0 root VerbForm=Part _
6 che che SCONJ 10 mark _ _
7 il il DET 8 det _ _
8 governo governo NOUN 10 nsubj Number=Sing _
9 non non ADV 10 advmod _ _
10 tratta trattare VERB 5 ccomp Number=Sing|VerbForm=Fin _
11 . . PUNCT 5 punct _ _

1 Ha avere AUX 2 aux Number=Sing|VerbForm=Fin _
2 accusato accusare VERB 0 root VerbForm=Part _
3 Bianchi Bianchi PROPN 2 obj _ B-PER
4 di di ADP 5 mark _ _
5 mentire mentire VERB 2 xcomp VerbForm=Inf _
6 . . PUNCT 2 punct _ _
"""


@pytest.fixture
def extraction(parse_of: Callable[[str], Parse]) -> Extraction:
    """Two candidates, three named parties; the second speaker is unnamed."""
    return extract(parse_of(ARTICLE))


@pytest.fixture
def encoder() -> BertModel:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(WORDS.split()),
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=2,
        intermediate_size=48,
        pad_token_id=0,
    )
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture
def tokenizer() -> PreTrainedTokenizerFast:
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


@pytest.fixture
def trunk(encoder: BertModel, tokenizer: PreTrainedTokenizerFast) -> Trunk:
    return Trunk(encoder, tokenizer, layers=1)


@pytest.fixture
def config(encoder: BertModel) -> LabellerConfig:
    return LabellerConfig(
        encoder_config=encoder.config,
        trunk_layers=1,
        upper_layers=2,
        head_size=16,
        left_tokens=20,
        max_tokens=60,
    )
