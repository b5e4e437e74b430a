from __future__ import annotations

import pytest
import torch
from transformers import BertModel

from quotestance.lower_layers import lower_layers, retuned_layers
from quotestance.parsing.encoder_cache import MemoisedEncoder


@pytest.fixture
def encoder(deep_encoder: BertModel) -> BertModel:
    return deep_encoder


DEPTH, MIXED = 8, 5
IDS = torch.tensor([[1, 5, 6, 2, 0, 0], [1, 7, 8, 9, 3, 2], [1, 5, 6, 2, 0, 0]])
MASK = (IDS > 0).long()


def test_states_are_those_of_the_lower_layers(encoder) -> None:
    memoised = MemoisedEncoder(lower_layers(encoder, DEPTH), MIXED)
    found = memoised(IDS, attention_mask=MASK, output_hidden_states=True).hidden_states
    with torch.no_grad():
        states = encoder(IDS, attention_mask=MASK, output_hidden_states=True).hidden_states
    assert len(states) > DEPTH + 1  # the first are those below all layers
    expected = states[DEPTH + 1 - MIXED : DEPTH + 1]
    for mine, theirs in zip(found, expected, strict=True):
        assert torch.allclose(mine[MASK == 1], theirs[MASK == 1], atol=1e-5)


def test_readings_of_the_whole_encoder_are_not_disturbed(encoder) -> None:
    memoised = MemoisedEncoder(lower_layers(encoder, DEPTH), MIXED)
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
    memoised = MemoisedEncoder(lower_layers(encoder, DEPTH), MIXED)
    memoised(IDS, attention_mask=MASK)
    memoised(IDS[:2], attention_mask=MASK[:2])
    assert sum(read) == 2  # two of the three rows are the same sentence
    memoised.forget()
    memoised(IDS[:1], attention_mask=MASK[:1])
    assert sum(read) == 3


def test_many_sentences_are_read_in_several_batches(encoder) -> None:
    ids = torch.randint(3, 30, (300, 40))
    states = MemoisedEncoder(lower_layers(encoder, DEPTH), MIXED)(
        ids, attention_mask=torch.ones_like(ids)
    ).hidden_states
    with torch.no_grad():
        expected = encoder(ids[:3], output_hidden_states=True).hidden_states[DEPTH]
    assert torch.allclose(states[-1][:3], expected, atol=1e-5)


def test_an_encoder_that_is_too_shallow_is_refused(encoder) -> None:
    with pytest.raises(ValueError, match="3 layers: 5 states"):
        MemoisedEncoder(lower_layers(encoder, 3), MIXED)


def test_layers_of_its_own_stand_on_those_of_the_encoder(encoder) -> None:
    before = {name: value.clone() for name, value in encoder.state_dict().items()}
    layers = encoder.encoder.layer
    swapped = {
        f"{number}.{name}": value
        for number, other in ((2, 3), (3, 2))
        for name, value in layers[other].state_dict().items()
    }
    reader = retuned_layers(encoder, swapped)
    assert len(reader.encoder.layer) == 4
    assert reader.encoder.layer[1] is layers[1]
    for mine, theirs in ((2, 3), (3, 2)):
        state = reader.encoder.layer[mine].state_dict()
        assert all(torch.equal(v, state[n]) for n, v in layers[theirs].state_dict().items())
    assert all(torch.equal(v, before[n]) for n, v in encoder.state_dict().items())
