from __future__ import annotations

import pytest
import torch

from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.reading import Trunk


def test_read_gives_a_state_and_the_offsets_of_each_token(trunk: Trunk) -> None:
    text = "Il  governo\nha detto"
    reading = trunk.read(text)
    words = [text[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)]
    assert words == ["Il", "governo", "ha", "detto"]
    assert reading.states.shape == (4, 32)


def test_read_equals_the_lower_layers_of_the_encoder(trunk: Trunk, encoder, tokenizer) -> None:
    text = "il governo ha detto che Rossi ha accusato Bianchi ."
    ids = torch.tensor([[1, *tokenizer(text, add_special_tokens=False)["input_ids"], 2]])
    with torch.no_grad():
        expected = encoder(ids, output_hidden_states=True).hidden_states[1][0, 1:-1]
    assert torch.allclose(trunk.read(text).states, expected, atol=1e-5)


def test_read_leaves_the_shared_encoder_whole(trunk: Trunk, encoder) -> None:
    assert len(encoder.encoder.layer) == 3
    assert len(trunk.encoder.encoder.layer) == 1
    assert trunk.encoder.encoder.layer[0] is encoder.encoder.layer[0]


@pytest.mark.parametrize("words", [500, 510, 511, 640, 1300])
def test_read_takes_a_text_longer_than_the_encoder(trunk: Trunk, words: int) -> None:
    reading = trunk.read("Rossi ha detto " * words)
    assert len(reading.states) == 3 * words
    assert reading.states.abs().sum(-1).min() > 0  # no token is left unread


@pytest.mark.parametrize("text", ["", "   \n"])
def test_read_of_no_words_is_empty(trunk: Trunk, text: str) -> None:
    assert trunk.read(text).states.shape == (0, 32)


def test_read_keeps_offsets_over_controls_and_surrogates(trunk: Trunk) -> None:
    text = "il\x00governo \ud800 ha"
    reading = trunk.read(text)
    words = [text[a:b] for a, b in zip(reading.starts, reading.ends, strict=True)]
    assert words == ["il", "governo", "ha"]


def test_read_is_the_same_after_a_labeller_was_configured(trunk: Trunk, encoder) -> None:
    text = "Rossi ha detto che il governo " * 120  # several chunks, the last one padded
    before = trunk.read(text).states
    QuoteConfig(encoder_config=encoder.config)
    assert torch.equal(trunk.read(text).states, before)
