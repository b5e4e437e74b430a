"""The whole training of a labeller: annotated articles in, a model folder and a report out."""

from __future__ import annotations

import json
import logging
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transformers import set_seed

from quotestance.corpus import read_jsonl
from quotestance.errors import QuotestanceError
from quotestance.evaluation import Report
from quotestance.labelling.labeller import Labeller
from quotestance.labelling.quote_collator import QuoteCollator, QuoteItem
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.stance_collator import StanceCollator
from quotestance.labelling.stance_config import StanceConfig
from quotestance.labelling.stance_model import UNKNOWN
from quotestance.loading import Base, load_base
from quotestance.pipeline import QuoteStance
from quotestance.training.calibration import assess, calibrate
from quotestance.training.epoch_metrics import quote_metrics, stance_metrics
from quotestance.training.experts import fit_expert, speaker_choices
from quotestance.training.preparation import STAGES, ParseCache, Prepared, Stage, prepare
from quotestance.training.trainer import Items, fine_tune, training_arguments
from quotestance.training.word_counts import informed, quotes_told, targets_told

log = logging.getLogger(__name__)

# candidates that are no quotes are many and much alike: so many of them are learned from
_SHARE_OF_OTHERS = 0.6
_LEARNING_RATES: dict[Stage, tuple[float, float]] = {
    "quotes": (1.2e-4, 8e-4),
    "stances": (6e-5, 5e-4),
}


def train_labeller(
    train_files: Sequence[Path],
    validation: Sequence[Path],
    base: Path,
    output: Path,
    *,
    stages: Sequence[Stage] = STAGES,
    fresh: bool = False,
    epochs: float = 5,
    batch_size: int = 16,
    learning_rate: float | None = None,
    head_learning_rate: float | None = None,
    seed: int = 13,
    resume: bool = False,
    bf16: bool = False,
    cache: Path | None = None,
) -> Report:
    """Fine-tune a labeller and save it with the parser and encoder that it stands on.

    Args:
        train_files: JSON Lines files of annotated articles to learn from.
        validation: Files of annotated articles on which epochs are scored and the temperatures and
            thresholds fitted.
        base: Model folder to start from: its encoder, its parser and, if not ``fresh``, its labeller.
        output: Model folder to write; checkpoints lie in ``output/checkpoints`` while it trains.
        stages: Which stages to train; the weights of the other stay as they are in the base. The
            temperatures and thresholds of both are fitted anew, since they depend on each other.
        fresh: Start these stages from the encoder, with new heads.
        epochs: How often each article is seen; 0 only fits the temperatures and thresholds.
        batch_size: Candidates or quotes a step.
        learning_rate: Of the encoder's layers; each stage has its own when left out.
        head_learning_rate: Of the heads; the same.
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
    held_out = [document for file in validation for document in read_jsonl(file)]
    if not any(d.quotes for d in documents) or not any(d.quotes for d in held_out):
        raise QuotestanceError(
            "training needs quotes in both the training and the validation files"
        )
    twice = [key for key, times in Counter(d.id for d in held_out).items() if times > 1]
    if twice:
        raise QuotestanceError(
            f"the validation files hold several articles of one id: {', '.join(twice[:10])}"
        )
    checkpoints = output / "checkpoints"
    if resume and not any(checkpoints.glob("*/checkpoint-*")):
        raise QuotestanceError(f"there is no checkpoint in {checkpoints} to resume from")
    loaded = load_base(base)
    labeller = _start(loaded, stages if fresh else (), seed)
    parse = ParseCache(loaded.parser, cache)
    log.info("preparing %d + %d articles", len(documents), len(held_out))
    train_set = prepare(documents if epochs else (), parse, labeller, stages)
    validation_set = prepare(held_out, parse, labeller)
    for stage in stages if epochs else ():
        rate, head_rate = _LEARNING_RATES[stage]
        log.info("training the %s", stage)
        options: dict[str, Any] = {
            "num_train_epochs": epochs,
            "per_device_train_batch_size": batch_size,
            "learning_rate": rate if learning_rate is None else learning_rate,
            "seed": seed,
            "bf16": bf16,
        }
        _train(
            stage,
            labeller,
            train_set,
            validation_set,
            checkpoints / stage,
            options,
            head_learning_rate=head_rate if head_learning_rate is None else head_learning_rate,
            resume=resume,
        )
    if epochs:
        _fit_experts(stages, labeller, train_set, seed)
    calibrate(labeller, validation_set)
    report = assess(labeller, validation_set)
    QuoteStance(loaded.parser, labeller, base).save_pretrained(output)
    (output / "labeller" / "validation.json").write_text(
        json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return report


def _start(base: Base, fresh: Sequence[Stage], seed: int) -> Labeller:
    """Make what the training starts from; a fresh stage does not depend on what the other one is."""
    known = None if set(fresh) == set(STAGES) else Labeller.load(base)
    set_seed(seed)
    new = Labeller.new(base, QuoteConfig(), StanceConfig())
    if known is None:
        return new
    return Labeller(
        new.quotes if "quotes" in fresh else known.quotes,
        new.stances if "stances" in fresh else known.stances,
    )


def _fit_experts(
    stages: Sequence[Stage], labeller: Labeller, train_set: Sequence[Prepared], seed: int
) -> None:
    if "quotes" in stages:
        model = labeller.quotes.model
        choices = speaker_choices([item for article in train_set for item in article.quotes])
        fit_expert(model.expert, choices, seed)
        choices, counts = informed([quotes_told(article.quotes) for article in train_set])
        counts.fill(model.word_rates)
        fit_expert(model.choice_expert, choices, seed)
    if "stances" in stages:
        stances = labeller.stances.model
        choices, counts = informed([targets_told(article.stances) for article in train_set])
        counts.fill(stances.word_rates)
        fit_expert(stances.expert, choices, seed)


def _train(
    stage: Stage,
    labeller: Labeller,
    train_set: Sequence[Prepared],
    validation_set: Sequence[Prepared],
    checkpoints: Path,
    options: dict[str, Any],
    **kwargs: Any,
) -> None:
    if stage == "quotes":
        names = ["choice_labels", "speaker_labels"]
        fine_tune(
            labeller.quotes.model,
            _quotes(train_set, _SHARE_OF_OTHERS),
            _quotes(validation_set),
            QuoteCollator(),
            quote_metrics,
            training_arguments(checkpoints, names, **options),
            **kwargs,
        )
    else:
        fine_tune(
            labeller.stances.model,
            _stances(train_set),
            _stances(validation_set),
            StanceCollator(),
            stance_metrics(labeller.stances.model.config.stance_names),
            training_arguments(checkpoints, ["stance_labels"], **options),
            **kwargs,
        )


def _quotes(articles: Sequence[Prepared], share_of_others: float = 1.0) -> Items:
    chance = random.Random(0)
    items = [
        item
        for article in articles
        for item in article.quotes
        if _is_quote(item) or chance.random() < share_of_others
    ]
    return Items(items, [len(item.example.tokens) for item in items])


def _is_quote(item: QuoteItem) -> bool:
    return item.targets is not None and item.targets.choice > 0


def _stances(articles: Sequence[Prepared]) -> Items:
    items = [
        item
        for article in articles
        for item in article.stances
        if item.labels is not None and (item.labels != UNKNOWN).any()
    ]
    return Items(items, [len(item.example.ids) for item in items])
