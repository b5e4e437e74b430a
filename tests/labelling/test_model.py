from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel

from quotestance.labelling.collator import IGNORED, Item, LabellerCollator, Targets
from quotestance.labelling.encoding import encode
from quotestance.labelling.model import QuoteLabeller


@pytest.fixture
def items(extraction, trunk, config) -> list[Item]:
    reading = trunk.read(extraction.parse.text)
    return [
        Item(
            example,
            reading,
            Targets(
                choice=1,
                speaker=np.eye(1, len(example.mention_ids), dtype=np.float32)[0],
                stance=np.full(len(example.entity_ids), 2, dtype=np.int64),
            ),
        )
        for example in encode(extraction, reading, config)
    ]


@pytest.fixture
def model(config) -> QuoteLabeller:
    torch.manual_seed(0)
    return QuoteLabeller(config).eval()


def test_collator_gives_labels_only_when_all_items_have_them(items) -> None:
    collate = LabellerCollator()
    assert "choice_labels" in collate(items)
    assert "choice_labels" not in collate([items[0], Item(items[1].example, items[1].reading)])


def test_collator_pads_stances_with_what_the_loss_ignores(items) -> None:
    batch = LabellerCollator()(items)
    sizes = [len(item.example.entity_ids) for item in items]
    assert batch["stance_labels"].shape == (2, max(sizes))
    padding = (batch["stance_labels"] == IGNORED).sum()
    assert padding == 2 * max(sizes) - sum(sizes)


def test_forward_gives_the_logits_of_each_head_and_a_loss(items, model) -> None:
    batch = LabellerCollator()(items)
    output = model(**batch)
    assert output.choice.shape == (2, 1 + batch["contents"].shape[1])
    assert output.speaker.shape == batch["mention_mask"].shape
    assert output.stance.shape == (2, batch["members"].shape[1], 4)
    assert torch.isfinite(output.loss)
    output.loss.backward()
    assert all(p.grad is not None for p in model.reader.parameters())


def test_forward_does_not_depend_on_padding(items, model) -> None:
    collate = LabellerCollator()
    with torch.no_grad():
        together = model(**collate(items))
        for row, item in enumerate(items):
            alone = model(**collate([Item(item.example, item.reading)]))
            for name, size in (
                ("speaker", len(item.example.mention_ids)),
                ("stance", len(item.example.entity_ids)),
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
            "mention_ids": (),
            "entity_of": bare.entity_of[:0],
            "entity_ids": (),
        }
    )
    output = model(**LabellerCollator()([Item(empty, items[0].reading)]))
    assert torch.isfinite(output.choice).all()


def test_model_saved_and_loaded_says_the_same(items, model, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    loaded = AutoModel.from_pretrained(tmp_path).eval()
    assert isinstance(loaded, QuoteLabeller)
    assert loaded.config.stance_names == ("none", "conciliatory", "accusatory", "neutral")
    batch = LabellerCollator()(items)
    with torch.no_grad():
        assert torch.equal(loaded(**batch).stance, model(**batch).stance)
