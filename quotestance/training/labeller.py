"""Fine-tuning the labeller on annotated articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.utils.data import Dataset, Sampler
from transformers import (
    EvalPrediction,
    Trainer,
    TrainingArguments,
)
from transformers.trainer_pt_utils import LengthGroupedSampler

from quotestance.evaluation.metrics import Confusion
from quotestance.labelling.collator import IGNORED, Item, LabellerCollator
from quotestance.labelling.model import QuoteLabeller
from quotestance.training.preparation import Prepared

LABEL_NAMES = ["choice_labels", "speaker_labels", "stance_labels"]


class Items(Dataset[Item]):
    """The items of articles, as ``transformers.Trainer`` wants them."""

    def __init__(self, prepared: Sequence[Prepared]) -> None:
        self.items = [item for article in prepared for item in article.items]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Item:
        return self.items[index]

    @property
    def lengths(self) -> list[int]:
        """The number of tokens of each item."""
        return [len(item.example.tokens) for item in self.items]


class LabellerTrainer(Trainer):
    """A ``Trainer`` that gives the new heads a higher learning rate than the encoder's layers.

    Args:
        head_learning_rate: Learning rate of all that does not come from the encoder.
        kwargs: As for ``Trainer``.
    """

    def __init__(self, *, head_learning_rate: float, **kwargs: Any) -> None:
        super().__init__(data_collator=LabellerCollator(), **kwargs)
        self.head_learning_rate = head_learning_rate

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """Make AdamW with two learning rates; biases and norms do not decay."""
        if self.optimizer is None:
            assert self.model is not None
            groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
            for name, parameter in self.model.named_parameters():
                key = (name.startswith("reader."), parameter.dim() > 1)
                groups.setdefault(key, []).append(parameter)
            self.optimizer = torch.optim.AdamW(
                [
                    {
                        "params": parameters,
                        "lr": self.args.learning_rate if encoder else self.head_learning_rate,
                        "weight_decay": self.args.weight_decay if matrix else 0.0,
                    }
                    for (encoder, matrix), parameters in groups.items()
                ]
            )
        return self.optimizer

    def _get_train_sampler(self, train_dataset: Any = None) -> Sampler[int]:
        dataset = train_dataset if train_dataset is not None else self.train_dataset
        assert isinstance(dataset, Items)
        generator = torch.Generator().manual_seed(self.args.seed)
        return LengthGroupedSampler(
            self.args.train_batch_size, lengths=dataset.lengths, generator=generator
        )


def training_arguments(output: Path, **overrides: Any) -> TrainingArguments:
    """Return the arguments for a labeller of this size, made from a few hundred articles.

    Args:
        output: Folder of checkpoints.
        overrides: Any argument of ``TrainingArguments``.
    """
    arguments: dict[str, Any] = {
        "output_dir": str(output),
        "num_train_epochs": 6,
        "per_device_train_batch_size": 16,
        "per_device_eval_batch_size": 32,
        "learning_rate": 1.2e-4,
        "weight_decay": 0.01,
        "warmup_steps": 0.06,
        "lr_scheduler_type": "linear",
        "eval_strategy": "epoch",
        "save_strategy": "epoch",
        "save_total_limit": 2,
        "load_best_model_at_end": True,
        "metric_for_best_model": "mean",
        "greater_is_better": True,
        "logging_steps": 20,
        "label_names": LABEL_NAMES,
        "remove_unused_columns": False,
        "report_to": "none",
        "seed": 13,
        "use_cpu": not torch.cuda.is_available(),
        "dataloader_pin_memory": torch.cuda.is_available(),
    }
    return TrainingArguments(**{**arguments, **overrides})


def item_metrics(prediction: EvalPrediction) -> dict[str, float]:
    """Score the heads on the candidates: quicker than the whole pipeline, good enough to choose an epoch."""
    heads: Any = prediction.predictions
    labels: Any = prediction.label_ids
    choice, speaker, stance = heads
    choice_labels, speaker_labels, stance_labels = labels
    found = choice.argmax(-1)
    both = ((found > 0) & (choice_labels > 0)).sum()
    quote_f1 = 2 * both / max(1, (found > 0).sum() + (choice_labels > 0).sum())
    positive = choice_labels > 0
    content = (found == choice_labels)[positive].mean() if positive.any() else 0.0
    known = (speaker_labels == 1).any(-1)
    rows = np.flatnonzero(known)
    right = [speaker_labels[row, speaker[row].argmax()] == 1 for row in rows]
    asked, is_target = stance_labels != IGNORED, stance_labels > 0
    given = zip(
        map(str, stance_labels[is_target]),
        map(str, stance[is_target][:, 1:].argmax(-1) + 1),
        strict=True,
    )
    names = tuple(map(str, range(1, stance.shape[-1])))
    taken = (stance.argmax(-1) > 0) & asked
    target_f1 = 2 * (taken & is_target).sum() / max(1, taken.sum() + is_target.sum())
    scores = {
        "quote_f1": float(quote_f1),
        "content_accuracy": float(content),
        "speaker_accuracy": float(np.mean(right)) if right else 0.0,
        "target_f1": float(target_f1),
        "stance_macro_f1": Confusion.of(names, given).macro_f1,
    }
    return {**scores, "mean": sum(scores.values()) / len(scores)}


def train(
    model: QuoteLabeller,
    train_set: Sequence[Prepared],
    validation_set: Sequence[Prepared],
    arguments: TrainingArguments,
    *,
    head_learning_rate: float = 8e-4,
    resume: bool = False,
) -> QuoteLabeller:
    """Fine-tune a labeller.

    Args:
        model: The labeller to start from.
        train_set: Articles to learn from.
        validation_set: Articles that choose the epoch.
        arguments: As ``training_arguments`` gives them.
        head_learning_rate: Learning rate of all that does not come from the encoder.
        resume: Go on from the last checkpoint in ``arguments.output_dir``.

    Returns:
        The model of the best epoch.
    """
    trainer = LabellerTrainer(
        model=model,
        args=arguments,
        train_dataset=Items(train_set),
        eval_dataset=Items(validation_set),
        compute_metrics=item_metrics,
        head_learning_rate=head_learning_rate,
    )
    trainer.train(resume_from_checkpoint=resume or None)
    best = trainer.model
    assert isinstance(best, QuoteLabeller)
    return best
