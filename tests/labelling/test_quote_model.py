from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel

from quotestance.labelling.quote_collator import QuoteCollator, QuoteItem, QuoteTargets
from quotestance.labelling.quote_encoding import encode
from quotestance.labelling.quote_model import QuoteLabeller


@pytest.fixture
def items(extraction, trunk, config) -> list[QuoteItem]:
    reading = trunk.read(extraction.parse.text)
    return [
        QuoteItem(
            example,
            reading,
            QuoteTargets(
                choice=1,
                speaker=np.eye(1, len(example.mention_ids), dtype=np.float32)[0],
            ),
        )
        for example in encode(extraction, reading, config)
    ]


@pytest.fixture
def model(config) -> QuoteLabeller:
    torch.manual_seed(0)
    return QuoteLabeller(config).eval()


def test_collator_gives_labels_only_when_all_items_have_them(items) -> None:
    collate = QuoteCollator()
    assert "choice_labels" in collate(items)
    assert "choice_labels" not in collate([items[0], QuoteItem(items[1].example, items[1].reading)])


def test_forward_gives_the_logits_of_each_head_and_a_loss(items, model) -> None:
    batch = QuoteCollator()(items)
    output = model(**batch)
    assert output.choice.shape == (2, 1 + batch["contents"].shape[1])
    assert output.speaker.shape == batch["mention_mask"].shape
    assert output.choice_expert.shape == output.choice.shape
    assert torch.allclose(output.choice_expert.exp().sum(-1), torch.ones(2), atol=1e-4)
    assert torch.isfinite(output.loss)
    output.loss.backward()
    assert all(p.grad is not None for p in model.reader.parameters())


def test_forward_does_not_depend_on_padding(items, model) -> None:
    collate = QuoteCollator()
    with torch.no_grad():
        together = model(**collate(items))
        for row, item in enumerate(items):
            alone = model(**collate([QuoteItem(item.example, item.reading)]))
            for name, size in (
                ("speaker", len(item.example.mention_ids)),
                ("choice", 1 + len(item.example.contents)),
            ):
                expected, found = alone[name][0, :size], together[name][row, :size]
                assert torch.allclose(found, expected, atol=1e-4), name


def test_forward_takes_a_candidate_without_any_mention(items, model) -> None:
    bare = items[0].example
    empty = type(bare)(
        **{
            **vars(bare),
            "mentions": bare.mentions[:0],
            "mention_features": bare.mention_features[:0],
            "source_fit": bare.source_fit[:0],
            "mention_ids": (),
            "entity_of": bare.entity_of[:0],
            "entity_ids": (),
        }
    )
    output = model(**QuoteCollator()([QuoteItem(empty, items[0].reading)]))
    assert torch.isfinite(output.choice).all()


def test_model_saved_and_loaded_says_the_same(items, model, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    loaded = AutoModel.from_pretrained(tmp_path).eval()
    assert isinstance(loaded, QuoteLabeller)
    batch = QuoteCollator()(items)
    with torch.no_grad():
        assert torch.equal(loaded(**batch).speaker, model(**batch).speaker)
