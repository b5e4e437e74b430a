from __future__ import annotations

import pytest
import torch
from transformers import BertModel

from quotestance.parsing.encoder_cache import MemoisedEncoder


@pytest.fixture
def encoder(deep_encoder: BertModel) -> BertModel:
    return deep_encoder


DEPTH, LAYERS = 8, 5
IDS = torch.tensor([[1, 5, 6, 2, 0, 0], [1, 7, 8, 9, 3, 2], [1, 5, 6, 2, 0, 0]])
MASK = (IDS > 0).long()


def test_states_are_those_of_the_lower_layers(encoder) -> None:
    memoised = MemoisedEncoder(encoder, DEPTH, LAYERS)
    found = memoised(IDS, attention_mask=MASK, output_hidden_states=True).hidden_states
    with torch.no_grad():
        states = encoder(IDS, attention_mask=MASK, output_hidden_states=True).hidden_states
    assert len(states) > DEPTH + 1  # the first are those below all layers
    expected = states[DEPTH + 1 - LAYERS : DEPTH + 1]
    for mine, theirs in zip(found, expected, strict=True):
        assert torch.allclose(mine[MASK == 1], theirs[MASK == 1], atol=1e-5)


def test_readings_of_the_whole_encoder_are_not_disturbed(encoder) -> None:
    memoised = MemoisedEncoder(encoder, DEPTH, LAYERS)
    memoised(IDS, attention_mask=MASK)
    with torch.no_grad():
        states = encoder(IDS, attention_mask=MASK, output_hidden_states=True).hidden_states
    assert len(states) == encoder.config.num_hidden_layers + 1


def test_a_sentence_is_read_once(encoder, monkeypatch) -> None:
    read = []
    embeddings = encoder.embeddings.forward
    monkeypatch.setattr(
        encoder.embeddings,
        "forward",
        lambda *args, input_ids, **kwargs: (
            read.append(len(input_ids)) or embeddings(*args, input_ids=input_ids, **kwargs)
        ),
    )
    memoised = MemoisedEncoder(encoder, DEPTH, LAYERS)
    memoised(IDS, attention_mask=MASK)
    memoised(IDS[:2], attention_mask=MASK[:2])
    assert sum(read) == 2  # two of the three rows are the same sentence
    memoised.forget()
    memoised(IDS[:1], attention_mask=MASK[:1])
    assert sum(read) == 3


def test_many_sentences_are_read_in_several_batches(encoder) -> None:
    ids = torch.randint(3, 30, (300, 40))
    states = MemoisedEncoder(encoder, DEPTH, LAYERS)(
        ids, attention_mask=torch.ones_like(ids)
    ).hidden_states
    with torch.no_grad():
        expected = encoder(ids[:3], output_hidden_states=True).hidden_states[DEPTH]
    assert torch.allclose(states[-1][:3], expected, atol=1e-5)


def test_an_encoder_that_is_too_shallow_is_refused(encoder) -> None:
    with pytest.raises(ValueError, match="10 layers"):
        MemoisedEncoder(encoder, depth=12, layers=4)
