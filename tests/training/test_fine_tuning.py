"""Fine-tuning the shipped models on a handful of articles, as a user would."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace

import huggingface_hub
import pytest

import quotestance
from quotestance.corpus import read_jsonl
from quotestance.errors import QuotestanceError

pytest.importorskip("accelerate")

from quotestance.training.run import train_labeller
from quotestance.training.trainer import LabellerTrainer

pytestmark = pytest.mark.model

SEEDS = Path(__file__).parent.parent.parent / "seeds"
OTHER_LABELS = {"conciliatory": "support", "accusatory": "oppose", "neutral": "neutral"}


@pytest.fixture(scope="module")
def articles():
    """The shortest articles of the validation part."""
    found = read_jsonl(SEEDS / "corpus" / "validation.jsonl")
    return sorted(found, key=lambda document: len(document.text))[:4]


@pytest.fixture(scope="module")
def rows(articles, tmp_path_factory) -> Path:
    """The same as rows with headers and stance labels of the user's own."""
    file = tmp_path_factory.mktemp("data") / "mine.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["article", "said", "who", "target", "stance"])
        for document in articles:
            for quote in document.quotes:
                for stance in quote.stances or (None,):
                    words = " … ".join(segment.text for segment in quote.content)
                    toward = (
                        [stance.target.name, OTHER_LABELS[stance.label]] if stance else ["", ""]
                    )
                    writer.writerow([document.text, words, quote.speaker.entity.name, *toward])
    return file


@pytest.fixture(scope="module")
def tuned(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "mine"
    report = train_labeller(
        [rows],
        output=folder,
        columns={"text": "article", "quote": "said", "speaker": "who"},
        replay=[SEEDS / "lavrov-rubio.jsonl"],
        epochs=1,
        arguments={"logging_steps": 5, "disable_tqdm": True},
    )
    return folder, report


def test_a_model_of_other_labels_loads_and_reads(tuned, articles) -> None:
    folder, _ = tuned
    nlp = quotestance.load(folder)
    assert nlp.labeller.stances.model.config.stance_names == ("neutral", "oppose", "support")
    document = nlp(articles[0].text)
    assert document.quotes
    labels = {stance.label for quote in document.quotes for stance in quote.stances}
    assert labels <= set(OTHER_LABELS.values())


def test_before_and_after_are_told(tuned) -> None:
    folder, report = tuned
    assert report.before.overall.quotes.f1 > 0.5
    assert report.after.overall.quotes.f1 > 0.5
    assert report.after.overall.speaker.value > 0.5
    assert "before  after" in report.format()
    assert "neutral, oppose, support" in (folder / "README.md").read_text(encoding="utf-8")


def test_a_training_goes_on_where_it_was_stopped(tuned, articles, tmp_path, monkeypatch) -> None:
    folder, _ = tuned
    train, validation = articles[:1], articles[1:2]
    common = {"output": tmp_path / "more", "stages": ["stances"], "replay": (), "patience": 0}
    with pytest.raises(QuotestanceError, match="no checkpoint"):
        train_labeller(train, validation, resume=True, **common)
    with pytest.raises(QuotestanceError, match="give another folder"):
        train_labeller(train, validation, folder, folder)
    common["arguments"] = {"disable_tqdm": True, "save_total_limit": 9}

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("quotestance.training.run.calibrate", killed)
        with pytest.raises(KeyboardInterrupt):
            train_labeller(train, validation, epochs=1, **common)
    places = tmp_path / "more" / "checkpoints" / "stances"
    [first] = places.glob("checkpoint-*")
    steps: list[int] = []
    monkeypatch.setattr(
        LabellerTrainer,
        "training_step",
        lambda self, *args, of=LabellerTrainer.training_step, **options: (
            steps.append(self.state.global_step) or of(self, *args, **options)
        ),
    )
    train_labeller(train, validation, epochs=2, resume=True, **common)
    assert steps[0] == int(first.name.rsplit("-", 1)[1])
    assert not places.exists()
    assert quotestance.load(tmp_path / "more")


def test_models_go_to_the_hub_with_their_card(tuned, monkeypatch) -> None:
    folder, _ = tuned
    sent: dict[str, object] = {}

    class Api:
        def __init__(self, token=None) -> None:
            sent["token"] = token

        def create_repo(self, repo_id, **options):
            assert options == {"private": True, "exist_ok": True}
            return SimpleNamespace(repo_id=repo_id)

        def upload_folder(self, repo_id, folder_path):
            sent["files"] = {
                str(file.relative_to(folder_path))
                for file in Path(folder_path).rglob("*")
                if file.is_file()
            }
            return SimpleNamespace(commit_url=f"address of {repo_id}")

    monkeypatch.setattr(huggingface_hub, "HfApi", Api)
    address = quotestance.load(folder).push_to_hub("me/mine", private=True, token="secret")
    assert address == "address of me/mine"
    needed = {"README.md", "encoder/model.safetensors", "labeller/stance/model.safetensors"}
    assert needed <= sent["files"]
    assert not any("checkpoint" in file for file in sent["files"])
