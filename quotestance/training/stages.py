"""Training one stage of a labeller on prepared articles."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quotestance.labelling.labeller import Labeller
from quotestance.labelling.quote_collator import QuoteCollator, QuoteItem
from quotestance.labelling.stance_collator import StanceCollator
from quotestance.labelling.stance_model import UNKNOWN
from quotestance.training.epoch_metrics import quote_metrics, stance_metrics
from quotestance.training.experts import fit_expert, speaker_choices
from quotestance.training.link_targets import links_told
from quotestance.training.preparation import Prepared
from quotestance.training.recipes import Stage
from quotestance.training.trainer import Items, fine_tune, training_arguments
from quotestance.training.word_counts import informed, quotes_told, targets_told

# candidates that are no quotes are many and much alike: so many of them are learned from
_SHARE_OF_OTHERS = 0.6
_LINKED = 0.5  # an entity without a name is another one when that is likelier than not


@dataclass(frozen=True)
class StageSettings:
    """How a stage is trained.

    Attributes:
        checkpoints: Folder of its checkpoints.
        epochs: Most epochs.
        learning_rate: Of the encoder's layers.
        head_learning_rate: Of the heads.
        patience: Epochs without a smaller validation loss after which it stops; None for no such stop.
        resume: Whether to go on from its last checkpoint.
        arguments: Further arguments of ``TrainingArguments``, which go before these.
    """

    checkpoints: Path
    epochs: float
    learning_rate: float
    head_learning_rate: float
    patience: int | None = None
    resume: bool = False
    arguments: Mapping[str, Any] = field(default_factory=dict)


def train_stage(
    stage: Stage,
    labeller: Labeller,
    train_set: Sequence[Prepared],
    validation_set: Sequence[Prepared],
    settings: StageSettings,
) -> None:
    """Train a stage of a labeller, in place.

    Args:
        stage: Which.
        labeller: The labeller.
        train_set: What to learn from.
        validation_set: What each epoch is scored on.
        settings: How.
    """
    quotes = stage == "quotes"
    arguments = training_arguments(
        settings.checkpoints,
        ["choice_labels", "speaker_labels"] if quotes else ["stance_labels"],
        keep_best=settings.patience is not None,
        **{
            "num_train_epochs": settings.epochs,
            "learning_rate": settings.learning_rate,
            **settings.arguments,
        },
    )
    model = labeller.quotes.model if quotes else labeller.stances.model
    fine_tune(
        model,
        _quotes(train_set, _SHARE_OF_OTHERS) if quotes else _stances(train_set),
        _quotes(validation_set) if quotes else _stances(validation_set),
        QuoteCollator() if quotes else StanceCollator(),
        quote_metrics if quotes else stance_metrics(labeller.stances.model.config.stance_names),
        arguments,
        head_learning_rate=settings.head_learning_rate,
        patience=settings.patience,
        resume=settings.resume,
    )


def fit_experts(stage: Stage, labeller: Labeller, train_set: Sequence[Prepared], seed: int) -> None:
    """Fit the experts of a stage, in place.

    Args:
        stage: Which.
        labeller: The labeller.
        train_set: What to learn from.
        seed: Of everything random.
    """
    if stage == "quotes":
        model = labeller.quotes.model
        choices = speaker_choices([item for article in train_set for item in article.quotes])
        fit_expert(model.expert, choices, seed)
        choices, counts = informed([quotes_told(article.quotes) for article in train_set])
        counts.fill(model.word_rates)
        fit_expert(model.choice_expert, choices, seed)
        told = [links_told(article.document, article.extraction) for article in train_set]
        choices, counts = informed(told)
        counts.fill(model.link_rates)
        fit_expert(model.link_expert, choices, seed)
        model.config.link_threshold = _LINKED if choices else 1.0
    else:
        stances = labeller.stances.model
        choices, counts = informed([targets_told(article.stances) for article in train_set])
        counts.fill(stances.word_rates)
        fit_expert(stances.expert, choices, seed)


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
