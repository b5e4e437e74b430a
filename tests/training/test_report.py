"""Before and after, as tables and as a card."""

from __future__ import annotations

from dataclasses import replace

from huggingface_hub import ModelCard

from quotestance.document import Document, Entity, Quote, Span, Speaker
from quotestance.evaluation import evaluate
from quotestance.training.articles import Articles
from quotestance.training.card import write_card
from quotestance.training.report import TrainingReport


def reports():
    text = "Rossi: piove."
    rossi = Entity("rossi", "person", "Rossi", mentions=(Span.of(text, 0, 5),))
    quote = Quote("q1", "indirect", (Span.of(text, 7, 12),), (), Speaker(rossi))
    gold = Document("a", text, (rossi,), (quote,))
    nothing = replace(gold, quotes=(), entities=())
    return gold, evaluate([gold], [nothing]), evaluate([gold], [gold])


def test_the_change_stands_beside_before_and_after() -> None:
    _, before, after = reports()
    report = TrainingReport(after, before, before, after)
    own, replayed = report.tables()
    assert own.rows[0] == ("quotes F1", "0.000", "1.000", "+1.000")
    assert own.rows[6] == ("speaker accuracy", "-", "1.000", "-")
    assert replayed.rows[0] == ("quotes F1", "1.000", "0.000", "-1.000")
    assert set(report.to_dict()) == {"after", "before", "replay_after", "replay_before"}
    assert report.format().count("before  after") == 2


def test_from_the_encoder_there_is_no_before() -> None:
    _, _, after = reports()
    report = TrainingReport(after)
    assert report.tables() == []
    assert set(report.to_dict()) == {"after"}


def test_the_card_has_the_hubs_data_and_the_figures(tmp_path) -> None:
    gold, before, after = reports()
    folder = tmp_path / "my-model"
    folder.mkdir()
    articles = Articles((gold,), (gold,))
    file = write_card(folder, articles, TrainingReport(after, before), ("oppose", "support"))
    card = ModelCard.load(file)
    assert card.data.language == "it"
    assert card.data.model_name == "my-model"
    results = {result.metric_name: result.metric_value for result in card.data.eval_results}
    assert results["quotes F1"] == 1.0
    assert "oppose, support" in card.text
    assert "| quotes F1 | 0.000 | 1.000 | +1.000 |" in card.text.replace("\\", "")
