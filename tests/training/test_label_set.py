"""Other stance labels on the same labeller."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from transformers import EvalPrediction

from quotestance.corpus import CorpusError
from quotestance.document import STANCE_LABELS
from quotestance.labelling.labeller import Labeller
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.stance_config import StanceConfig
from quotestance.labelling.stance_model import NO_TARGET, OTHER_LABEL, _label_loss
from quotestance.training.epoch_metrics import stance_metrics
from quotestance.training.label_set import check_labels, needed_labels, with_labels


@pytest.fixture
def labeller(encoder, tokenizer) -> Labeller:
    torch.manual_seed(0)
    base = SimpleNamespace(encoder=encoder, tokenizer=tokenizer, device="cpu")
    size = {"trunk_layers": 1, "upper_layers": 2, "head_size": 16}
    return Labeller.new(base, QuoteConfig(**size), StanceConfig(**size, max_parties=4))


def test_labels_that_suffice_are_kept() -> None:
    assert needed_labels(STANCE_LABELS, ["neutral"]) == STANCE_LABELS
    assert needed_labels(STANCE_LABELS, []) == STANCE_LABELS


def test_other_labels_take_their_place() -> None:
    used = ["support", "oppose", "neutral"]
    assert needed_labels(STANCE_LABELS, used) == ("neutral", "oppose", "support")


def test_a_label_that_stands_too_rarely_is_refused() -> None:
    check_labels(STANCE_LABELS, {"neutral": 1, "support": 5})
    with pytest.raises(CorpusError, match=r"'acusatory'.* stands 1 times.*\n.*'support'"):
        check_labels(STANCE_LABELS, {"acusatory": 1, "support": 4})


def test_all_else_of_the_labeller_stays(labeller) -> None:
    labels = ("neutral", "oppose", "support", "unsure")
    before = labeller.stances.model
    after = with_labels(labeller, labels).stances.model
    assert after.config.stance_names == labels
    assert before.config.stance_names == STANCE_LABELS
    old, new = before.state_dict(), after.state_dict()
    changed = {name for name in new if not torch.equal(old[name], new[name])}
    last = {
        f"{head}.3.{kind}" for head in ("tone_head", "stance_head") for kind in ("weight", "bias")
    }
    assert changed <= last
    assert {f"{head}.3.weight" for head in ("tone_head", "stance_head")} <= changed
    neutral = STANCE_LABELS.index("neutral")
    assert torch.equal(new["tone_head.3.weight"][0], old["tone_head.3.weight"][neutral])
    assert with_labels(labeller, STANCE_LABELS) is labeller


def test_a_saved_labeller_knows_its_labels(labeller, tmp_path) -> None:
    changed = with_labels(labeller, ("oppose", "support"))
    changed.save(tmp_path)
    assert StanceConfig.from_pretrained(tmp_path / "stance").stance_names == ("oppose", "support")


def test_a_target_of_another_label_tells_nothing_of_labels() -> None:
    logits = torch.tensor([[[0.0, 5.0], [3.0, 0.0], [0.0, 0.0]]])
    known = torch.tensor([[2, NO_TARGET, NO_TARGET]])
    both = torch.tensor([[2, OTHER_LABEL, NO_TARGET]])
    assert torch.equal(_label_loss(logits, known), _label_loss(logits, both))
    assert _label_loss(logits, torch.full((1, 3), OTHER_LABEL)) == 0


def test_metrics_count_targets_of_other_labels() -> None:
    target = np.array([[0.0, 1.0, 9.0], [0.0, 8.0, 1.0]])
    label = np.zeros((2, 2, 2))
    labels = np.array([[NO_TARGET, OTHER_LABEL], [2, NO_TARGET]])
    label[1, 0, 1] = 1
    scores = stance_metrics(("oppose", "support"))(EvalPrediction((target, label, target), labels))
    assert scores["target_f1"] == 1.0
    assert scores["stance_macro_f1"] > 0
