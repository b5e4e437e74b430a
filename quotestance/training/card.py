"""The card of a fine-tuned model folder, as the Hugging Face Hub shows it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from huggingface_hub import EvalResult, ModelCard, ModelCardData

from quotestance.evaluation.figures import FIGURES, measure
from quotestance.training.articles import Articles
from quotestance.training.report import TrainingReport

_BODY = """---
{data}
---

# {name}

Quotes in Italian news with their speakers, targets and stances ({labels}), by
the library quotestance: `quotestance.load("{name}")` loads this folder.

## Training

Fine-tuned on {own} articles with {quotes} labelled quotes; {replayed} articles of another corpus were mixed
in, so that what the model knew was not forgotten. {validation} articles were held out, and {others} of that
corpus: on them the probabilities were calibrated and the thresholds fitted, so that the figures flatter a
little.

## Figures

{figures}

The stance is what the words show, not what their author feels; nobody should be judged by it unread.
Fill in whose articles these are, who labelled them and how, and what the model is meant for.

The folder holds the parser, too, whose treebanks bar commercial use (CC BY-NC-SA 4.0), and the encoder
multilingual-e5-small (MIT).
"""


def write_card(
    folder: Path, articles: Articles, report: TrainingReport, labels: Sequence[str]
) -> Path:
    """Write the card of a model folder and return its file.

    Args:
        folder: The model folder.
        articles: What the model learned from.
        report: Its scores.
        labels: Its stance labels.
    """
    data = ModelCardData(
        language="it",
        license="cc-by-nc-sa-4.0",
        library_name="quotestance",
        tags=["quotation", "attribution", "stance", "news"],
        base_model="intfloat/multilingual-e5-small",
        model_name=folder.resolve().name,
        eval_results=_results(report),
    )
    tables = report.tables()
    card = ModelCard(
        _BODY.format(
            data=data.to_yaml(),
            name=folder.resolve().name,
            labels=", ".join(labels),
            own=len(articles.train),
            quotes=articles.quotes,
            replayed=len(articles.replay) or "no",
            validation=len(articles.validation),
            others=len(articles.replay_validation) or "none",
            figures="\n\n".join(t.markdown() for t in tables or report.after.tables()),
        )
    )
    file = folder / "README.md"
    card.save(file)
    return file


def _results(report: TrainingReport) -> list[EvalResult]:
    return [
        EvalResult(
            task_type="token-classification",
            task_name="quotation attribution",
            dataset_type="held-out",
            dataset_name=f"{report.after.documents} held-out articles",
            metric_type=figure.key,
            metric_name=figure.name,
            metric_value=round(measure(counts), 3),
        )
        for figure in FIGURES
        if (counts := figure.counts(report.after.overall))
    ]
