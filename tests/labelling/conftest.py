from __future__ import annotations

from collections.abc import Callable

import pytest
from transformers import BertModel, PreTrainedTokenizerFast

from quotestance.extraction import Extraction, extract
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.reading import Trunk
from quotestance.labelling.stance_config import StanceConfig
from quotestance.parsing import Parse

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
def trunk(encoder: BertModel, tokenizer: PreTrainedTokenizerFast) -> Trunk:
    return Trunk(encoder, tokenizer, layers=1)


@pytest.fixture
def config(encoder: BertModel) -> QuoteConfig:
    return QuoteConfig(
        encoder_config=encoder.config,
        trunk_layers=1,
        upper_layers=2,
        head_size=16,
        left_tokens=20,
        max_tokens=60,
    )


@pytest.fixture
def stance_config(encoder: BertModel) -> StanceConfig:
    return StanceConfig(
        encoder_config=encoder.config,
        trunk_layers=1,
        upper_layers=2,
        head_size=16,
        left_tokens=20,
        max_parties=4,
    )
