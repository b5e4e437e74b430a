"""The whole training of a labeller: annotated articles in, a model folder and a report out."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from transformers import set_seed

from quotestance.corpus import read_jsonl
from quotestance.errors import QuotestanceError
from quotestance.evaluation import Report
from quotestance.labelling.config import LabellerConfig
from quotestance.labelling.labeller import Labeller
from quotestance.loading import load_base
from quotestance.pipeline import QuoteStance
from quotestance.training.calibration import assess, calibrate, judge
from quotestance.training.labeller import train, training_arguments
from quotestance.training.preparation import ParseCache, prepare

log = logging.getLogger(__name__)


def train_labeller(
    train_files: Sequence[Path],
    validation: Path,
    base: Path,
    output: Path,
    *,
    fresh: bool = False,
    epochs: float = 6,
    batch_size: int = 16,
    learning_rate: float = 1.2e-4,
    head_learning_rate: float = 8e-4,
    seed: int = 13,
    resume: bool = False,
    bf16: bool = False,
    cache: Path | None = None,
) -> Report:
    """Fine-tune a labeller and save it with the parser and encoder that it stands on.

    Args:
        train_files: JSON Lines files of annotated articles to learn from.
        validation: One of annotated articles that choose the epoch, temperatures and thresholds.
        base: Model folder to start from: its encoder, its parser and, if not ``fresh``, its labeller.
        output: Model folder to write; checkpoints lie in ``output/checkpoints`` while it trains.
        fresh: Start from the encoder, with new heads.
        epochs: How often each article is seen.
        batch_size: Candidates a step.
        learning_rate: Of the encoder's layers.
        head_learning_rate: Of the heads.
        seed: Of everything random.
        resume: Go on from the last checkpoint in the output folder.
        bf16: Compute in bfloat16; twice as fast on processors that have it.
        cache: Folder that remembers parses between runs with the same parser.

    Returns:
        The evaluation on the validation articles.

    Raises:
        CorpusError: when a file does not follow the schema.
        ModelNotFoundError: when the base folder is incomplete.
        QuotestanceError: when there is nothing to learn from, or to resume.
    """
    documents = [document for file in train_files for document in read_jsonl(file)]
    held_out = list(read_jsonl(validation))
    if not any(d.quotes for d in documents) or not any(d.quotes for d in held_out):
        raise QuotestanceError(
            "training needs quotes in both the training and the validation files"
        )
    checkpoints = output / "checkpoints"
    if resume and not any(checkpoints.glob("checkpoint-*")):
        raise QuotestanceError(f"there is no checkpoint in {checkpoints} to resume from")
    set_seed(seed)
    loaded = load_base(base)
    labeller = Labeller.new(loaded, LabellerConfig()) if fresh else Labeller.load(loaded)
    parse = ParseCache(loaded.parser, cache)
    log.info("preparing %d + %d articles", len(documents), len(held_out))
    train_set = prepare(documents, parse, labeller.trunk, labeller.model.config)
    validation_set = prepare(held_out, parse, labeller.trunk, labeller.model.config)
    arguments = training_arguments(
        checkpoints,
        num_train_epochs=epochs,
        per_device_train_batch_size=batch_size,
        learning_rate=learning_rate,
        seed=seed,
        bf16=bf16,
    )
    best = train(
        labeller.model,
        train_set,
        validation_set,
        arguments,
        head_learning_rate=head_learning_rate,
        resume=resume,
    )
    labeller = Labeller(best.float(), labeller.trunk)
    judged = judge(labeller, validation_set)
    calibrate(labeller, judged)
    report = assess(labeller, judged)
    QuoteStance(loaded.parser, labeller, base).save_pretrained(output)
    (output / "labeller" / "validation.json").write_text(
        json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return report
