"""The training of both stages, on two toy articles."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from transformers import EvalPrediction

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.labelling.batching import batches
from quotestance.labelling.experts import FeatureExpert
from quotestance.labelling.labeller import Labeller
from quotestance.labelling.quote_collator import QuoteCollator
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.stance_config import StanceConfig
from quotestance.labelling.stance_model import NO_TARGET, UNKNOWN
from quotestance.training.epoch_metrics import quote_metrics, stance_metrics
from quotestance.training.experts import Choice, fit_expert, speaker_choices
from quotestance.training.preparation import prepare

pytest.importorskip("accelerate")

from quotestance.training.calibration import assess, calibrate
from quotestance.training.trainer import Items, fine_tune, training_arguments
from quotestance.training.word_counts import targets_told

TABLE = """
1 Rossi Rossi PROPN 3 nsubj Number=Sing B-PER
2 ha avere AUX 3 aux Number=Sing|VerbForm=Fin _
3 accusato accusare VERB 0 root VerbForm=Part _
4 Bianchi Bianchi PROPN 3 obj Number=Sing B-PER
5 di di ADP 6 mark _ _
6 mentire mentire VERB 3 xcomp VerbForm=Inf _
7 . . PUNCT 3 punct _ _
"""


@pytest.fixture
def article(parse_of):
    """A parse and the annotated document of the same text."""
    parse = parse_of(TABLE)
    text = parse.text

    def span(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    rossi = Entity("rossi", "person", "Rossi", mentions=(span("Rossi"),))
    bianchi = Entity("bianchi", "person", "Bianchi", mentions=(span("Bianchi"),))
    quote = Quote(
        "q1", "indirect", (span("mentire"),), (span("ha accusato"),),
        Speaker(rossi, span("Rossi")), (Stance(bianchi, "accusatory"),),
    )  # fmt: skip
    return parse, Document("a", text, (rossi, bianchi), (quote,))


@pytest.fixture
def labeller(encoder, tokenizer) -> Labeller:
    torch.manual_seed(0)
    base = SimpleNamespace(encoder=encoder, tokenizer=tokenizer, device="cpu")
    size = {"trunk_layers": 1, "upper_layers": 2, "head_size": 16}
    return Labeller.new(base, QuoteConfig(**size), StanceConfig(**size, max_parties=4))


@pytest.fixture
def prepared(article, labeller):
    parse, document = article
    return prepare([document], lambda text: parse, labeller)


def test_new_starts_from_the_layers_above_the_trunk(labeller, encoder) -> None:
    for model in (labeller.quotes.model, labeller.stances.model):
        own = model.reader.layer[0].attention.self.query.weight
        assert torch.equal(own, encoder.encoder.layer[1].attention.self.query.weight)


def test_prepare_tells_what_is_right(prepared) -> None:
    [article] = prepared
    assert [item.targets.choice > 0 for item in article.quotes] == [True]
    [stance] = article.stances
    assert sorted(stance.labels) == [2]  # accusatory, toward the only other party


def test_training_learns_and_ends_with_the_average_of_the_last_epochs(
    prepared, labeller, tmp_path
) -> None:
    items = list(prepared[0].quotes) * 4
    data = Items(items, [len(item.example.tokens) for item in items])
    arguments = training_arguments(
        tmp_path,
        ["choice_labels", "speaker_labels"],
        num_train_epochs=3,
        per_device_train_batch_size=2,
        learning_rate=1e-3,
        disable_tqdm=True,
    )
    collate = QuoteCollator()
    with torch.no_grad():
        before = labeller.quotes.model(**collate(items)).loss
    model = labeller.quotes.model
    fine_tune(model, data, data, collate, quote_metrics, arguments, head_learning_rate=1e-2)
    with torch.no_grad():
        assert model(**collate(items)).loss < before
    saved = sorted(tmp_path.glob("checkpoint-*"))
    assert len(saved) == 2
    weights = [type(model).from_pretrained(folder).roles.weight for folder in saved]
    assert torch.allclose(model.roles.weight, (weights[0] + weights[1]) / 2, atol=1e-6)


def test_at_rate_0_only_the_heads_learn_and_patience_keeps_the_best_epoch(
    prepared, labeller, tmp_path
) -> None:
    items = list(prepared[0].quotes) * 4
    data = Items(items, [len(item.example.tokens) for item in items])
    arguments = training_arguments(
        tmp_path,
        ["choice_labels", "speaker_labels"],
        keep_best=True,
        num_train_epochs=4,
        learning_rate=0.0,
        disable_tqdm=True,
    )
    model, collate = labeller.quotes.model, QuoteCollator()
    before = {name: weights.clone() for name, weights in model.state_dict().items()}
    fine_tune(
        model, data, data, collate, quote_metrics, arguments, head_learning_rate=1e-2, patience=1
    )
    changed = {name for name, w in model.state_dict().items() if not torch.equal(w, before[name])}
    assert any(name.startswith("choice_head.") for name in changed)
    assert not any(name.startswith(("reader.", "roles.")) for name in changed)
    assert all(parameter.requires_grad for parameter in model.parameters())
    losses = {}
    for folder in tmp_path.glob("checkpoint-*"):
        with torch.no_grad():
            losses[folder] = float(type(model).from_pretrained(folder)(**collate(items)).loss)
    with torch.no_grad():
        assert float(model(**collate(items)).loss) == pytest.approx(min(losses.values()), rel=1e-4)


def test_calibration_fits_both_stages(prepared, labeller) -> None:
    calibrate(labeller, prepared)
    quotes, stances = labeller.quotes.model.config, labeller.stances.model.config
    assert quotes.quote_temperature > 0
    assert stances.target_temperature > 0
    report = assess(labeller, prepared)
    assert report.documents == 1
    assert report.overall.quotes


def test_an_expert_learns_from_features_alone() -> None:
    chance = np.random.default_rng(0)
    choices = []
    for _ in range(80):  # the right option is the one whose second feature is largest
        options = chance.normal(size=(4, 3)).astype(np.float32)
        right = np.arange(4) == options[:, 1].argmax()
        choices.append(Choice(options, np.ones(4, dtype=bool), right))
    torch.manual_seed(0)
    expert = FeatureExpert(3)
    fit_expert(expert, choices * 4, seed=1)
    options = torch.from_numpy(np.stack([c.options for c in choices]))
    with torch.no_grad():
        found = expert(options, torch.ones(options.shape[:2])).argmax(-1).numpy()
    assert np.mean(found == [c.right.argmax() for c in choices]) > 0.9


def test_choices_of_experts_are_those_that_are_known(prepared) -> None:
    [article] = prepared
    [speaker] = speaker_choices(article.quotes)
    assert speaker.right.sum() >= 1
    [target] = targets_told(article.stances)
    assert target.choice.right.tolist() == [False, True]  # "nobody" comes first


def test_batches_hold_everything_once_and_are_bounded() -> None:
    lengths = [5, 3000, 40, 6000, 7, 5000]
    found = list(batches(lengths))
    assert sorted(row for rows in found for row in rows) == list(range(len(lengths)))
    assert all(len(rows) * max(lengths[r] for r in rows) <= 6144 for rows in found)


def test_metrics_of_quotes_count_contents_and_speakers() -> None:
    choice = np.array([[0.0, 1.0, 2.0], [3.0, 0.0, -100.0]])  # the second content; none
    speaker = np.array([[2.0, 0.0], [0.0, -100.0]])
    labels = (np.array([1, 0]), np.array([[1.0, 0.0], [0.0, -100.0]]))
    scores = quote_metrics(EvalPrediction((choice, speaker, speaker, choice), labels))
    assert scores == {"quote_f1": 1.0, "content_accuracy": 0.0, "speaker_accuracy": 1.0}


def test_metrics_of_stances_leave_padding_and_the_unknown_out() -> None:
    target = np.array([[0.0, 1.0, 9.0], [2.0, 0.0, -100.0]])  # "nobody" first
    label = np.zeros((2, 2, 3))
    label[0, 0, 1] = 5
    labels = np.array([[2, UNKNOWN], [NO_TARGET, UNKNOWN]])
    metrics = stance_metrics(("conciliatory", "accusatory", "neutral"))
    scores = metrics(EvalPrediction((target, label, target), labels))
    assert scores == {"target_f1": 1.0, "stance_macro_f1": 1.0}
