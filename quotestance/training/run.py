"""The whole training of a labeller: annotated articles in, a model folder and a report out."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from transformers import set_seed

from quotestance.corpus import read_jsonl
from quotestance.errors import QuotestanceError
from quotestance.labelling.labeller import Labeller
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.stance_config import StanceConfig
from quotestance.loading import SHIPPED, Base, load_base
from quotestance.pipeline import QuoteStance
from quotestance.training.articles import Articles, Sources, choose_replay, read_articles
from quotestance.training.calibration import assess, calibrate
from quotestance.training.card import write_card
from quotestance.training.label_set import check_labels, needed_labels, with_labels
from quotestance.training.other_names import under_other_names
from quotestance.training.preparation import ParseCache, Prepared, prepare
from quotestance.training.recipes import STAGES, Recipe, Stage, recipe_for
from quotestance.training.report import TrainingReport
from quotestance.training.stages import StageSettings, fit_experts, train_stage
from quotestance.training.trainer import has_bf16

log = logging.getLogger(__name__)

# in a clone; an installed wheel has no corpus
CORPUS = SHIPPED.parent.parent / "seeds" / "corpus" / "train.jsonl"


def train_labeller(
    train: Sources,
    validation: Sources | None = None,
    base: str | Path = SHIPPED,
    output: str | Path = "my-model",
    *,
    columns: Mapping[str, str] | None = None,
    replay: Iterable[str | Path] | None = None,
    stages: Sequence[Stage] = STAGES,
    fresh: bool = False,
    epochs: float | None = None,
    batch_size: int = 16,
    learning_rate: float | None = None,
    head_learning_rate: float | None = None,
    patience: int | None = None,
    experts: bool | None = None,
    other_names: bool = False,
    seed: int = 13,
    resume: bool = False,
    bf16: bool | None = None,
    cache: str | Path | None = None,
    arguments: Mapping[str, Any] | None = None,
) -> TrainingReport:
    """Fine-tune a labeller and save it with the parser and encoder that it stands on.

    What is left out is chosen by how many labelled quotes there are (``training.recipes``). Stance labels
    that the base does not have make it one of the labels that the articles have.

    Args:
        train: What to learn from: files of any format that ``exchange`` knows, documents, or a 🤗 Dataset
            whose rows have the schema of ``document.schema``; a DatasetDict gives its ``train`` and, if
            nothing else is given, its ``validation``.
        validation: The same, on which epochs are scored, the temperatures and thresholds fitted, and
            before and after compared; a fifth of the articles to learn from when left out.
        base: Model folder to start from: its encoder, its parser and, if not ``fresh``, its labeller.
        output: Model folder to write; checkpoints lie in ``output/checkpoints`` until it is done.
        columns: Headers of CSV files where they are others than ``exchange.COLUMNS``.
        replay: JSON Lines files of which some articles are mixed in, so that nothing is forgotten;
            ``seeds/corpus/train.jsonl`` when left out, where that is at hand; empty for none.
        stages: Which stages to train; the weights of the other stay as they are in the base. The
            temperatures and thresholds of both are fitted anew, since they depend on each other.
        fresh: Start these stages from the encoder, with new heads.
        epochs: How often each article is seen at most; 0 only fits the temperatures and thresholds, and
            the experts if these are asked for.
        batch_size: Candidates or quotes a step.
        learning_rate: Of the encoder's layers; 0 freezes them. Each stage has its own when left out.
        head_learning_rate: Of the heads; the same.
        patience: Epochs without a smaller validation loss after which a stage stops, with its best
            weights; 0 goes on to the last and averages the weights of the last two.
        experts: Whether the experts on features are fitted anew, on these articles alone.
        other_names: Whether each article is learned a second time with its parties called like those of
            other articles, so that words count and not who it is.
        seed: Of everything random.
        resume: Go on from the last checkpoint in the output folder.
        bf16: Compute in bfloat16, which is several times as fast on processors that have it; where the
            processor does, when left out.
        cache: Folder that remembers parses between runs with the same parser.
        arguments: Any further arguments of ``transformers.TrainingArguments``.

    Returns:
        The scores before and after.

    Raises:
        CorpusError: with everything that is wrong in the articles.
        ModelNotFoundError: when the base folder is incomplete.
        QuotestanceError: when there is nothing to resume, or the output folder is the base.
    """
    output = Path(output)
    checkpoints = output / "checkpoints"
    if output.resolve() == Path(base).resolve():
        raise QuotestanceError(f"{output} is the model to start from; give another folder to write")
    if resume and not any(checkpoints.glob("*/checkpoint-*")):
        raise QuotestanceError(f"there is no checkpoint in {checkpoints} to resume from")
    articles = read_articles(train, validation, columns, seed)
    recipe = recipe_for(articles.quotes, fresh)
    articles = _with_replay(articles, recipe, replay, seed)
    loaded = load_base(base)
    labeller = _start(loaded, articles, stages if fresh else (), seed)
    log.info(
        "%d quotes of %d articles to learn from, %d articles replayed, %d + %d held out",
        articles.quotes,
        *map(
            len, (articles.train, articles.replay, articles.validation, articles.replay_validation)
        ),
    )
    parse = ParseCache(loaded.parser, Path(cache) if cache else None)
    own = prepare(articles.validation, parse, labeller)
    others = prepare(articles.replay_validation, parse, labeller)
    before = None if fresh else (assess(labeller, own), assess(labeller, others))
    epochs = recipe.epochs if epochs is None else epochs
    anew = (recipe.experts and epochs > 0) if experts is None else experts
    learned = (*articles.train, *articles.replay) if epochs or anew else ()
    train_set = prepare(learned, parse, labeller, stages)
    renamed = under_other_names(learned, seed) if other_names and epochs else ()
    again = prepare(renamed, parse, labeller, stages)
    for stage in stages:
        rate, head_rate = recipe.learning_rates[stage]
        settings = StageSettings(
            checkpoints / stage,
            epochs,
            rate if learning_rate is None else learning_rate,
            head_rate if head_learning_rate is None else head_learning_rate,
            recipe.patience if patience is None else patience or None,
            resume,
            {
                "per_device_train_batch_size": batch_size,
                "seed": seed,
                "bf16": has_bf16() if bf16 is None else bf16,
                **(arguments or {}),
            },
        )
        if epochs:
            log.info("training the %s", stage)
            train_stage(stage, labeller, [*train_set, *again], [*own, *others], settings)
        if anew:
            fit_experts(stage, labeller, train_set, seed)
    calibrate(labeller, [*own, *others])
    report = _report(labeller, own, others, before)
    QuoteStance(loaded.parser, labeller, Path(base)).save_pretrained(output)
    (output / "labeller" / "training.json").write_text(
        json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    write_card(output, articles, report, labeller.stances.model.config.stance_names)
    shutil.rmtree(checkpoints, ignore_errors=True)  # several times as large as the model
    return report


def _with_replay(
    articles: Articles, recipe: Recipe, replay: Iterable[str | Path] | None, seed: int
) -> Articles:
    if not recipe.replay:
        return articles
    files = list(replay) if replay is not None else [CORPUS] if CORPUS.is_file() else []
    if not files:
        if replay is None:
            log.warning("nothing is replayed: some of what the base has learned will be forgotten")
        return articles
    corpus = (document for file in files for document in read_jsonl(file))
    return choose_replay(articles, corpus, recipe.replay, seed)


def _start(base: Base, articles: Articles, fresh: Sequence[Stage], seed: int) -> Labeller:
    """Make what the training starts from; a fresh stage does not depend on what the other one is."""
    known = None if set(fresh) == set(STAGES) else Labeller.load(base)
    set_seed(seed)
    new = Labeller.new(base, QuoteConfig(), StanceConfig())
    start = new if known is None else known
    if known is not None and fresh:
        start = Labeller(
            new.quotes if "quotes" in fresh else known.quotes,
            new.stances if "stances" in fresh else known.stances,
        )
    names = start.stances.model.config.stance_names
    check_labels(names, articles.labels)
    return with_labels(start, needed_labels(names, tuple(articles.labels)))


def _report(
    labeller: Labeller,
    own: Sequence[Prepared],
    others: Sequence[Prepared],
    before: tuple[Any, Any] | None,
) -> TrainingReport:
    replayed = assess(labeller, others) if others else None
    if before is None:
        return TrainingReport(assess(labeller, own), replay_after=replayed)
    first, second = before
    return TrainingReport(assess(labeller, own), first, replayed, second if others else None)
