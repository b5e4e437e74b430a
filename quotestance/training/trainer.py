"""Fine-tuning of either stage of the labeller."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch.utils.data import Dataset, Sampler
from transformers import EarlyStoppingCallback, EvalPrediction, Trainer, TrainingArguments
from transformers.trainer_pt_utils import LengthGroupedSampler

_AVERAGED = 2  # last epochs whose weights are averaged
# what lies under the heads: the encoder's layers, and what is added to their input
_UNDER_THE_HEADS = ("reader.", "roles.", "slots.")


class Items(Dataset[Any]):
    """Items of articles, as ``transformers.Trainer`` wants them.

    Args:
        items: The items.
        lengths: The number of tokens of each.
    """

    def __init__(self, items: Sequence[Any], lengths: Sequence[int]) -> None:
        self.items = items
        self.lengths = list(lengths)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Any:
        return self.items[index]


class LabellerTrainer(Trainer):
    """A ``Trainer`` that gives the new heads a higher learning rate than the encoder's layers.

    Args:
        head_learning_rate: Learning rate of all that does not come from the encoder.
        kwargs: As for ``Trainer``.
    """

    def __init__(self, *, head_learning_rate: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.head_learning_rate = head_learning_rate

    def create_optimizer(self, model: Any = None) -> torch.optim.Optimizer:
        """Make AdamW with two learning rates; biases and norms do not decay."""
        if self.optimizer is None:
            assert self.model is not None
            groups: dict[tuple[bool, bool], list[torch.nn.Parameter]] = {}
            for name, parameter in self.model.named_parameters():
                if not parameter.requires_grad:
                    continue
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


def has_bf16() -> bool:
    """Tell whether bfloat16 is fast here: on a graphics card or a processor made for it."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported(including_emulation=False)
    # torch has no public question for processors; without an answer nothing is assumed
    told = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(told is not None and told())


def training_arguments(
    output: Path, label_names: Sequence[str], *, keep_best: bool = False, **overrides: Any
) -> TrainingArguments:
    """Return the arguments for a labeller of this size, made from a few hundred articles.

    Args:
        output: Folder of checkpoints.
        label_names: Which arguments of the model's ``forward`` are labels.
        keep_best: Whether to end with the checkpoint that has the least validation loss.
        overrides: Any argument of ``TrainingArguments``.
    """
    arguments: dict[str, Any] = {
        "output_dir": str(output),
        "per_device_eval_batch_size": 32,
        "weight_decay": 0.01,
        "warmup_steps": 0.06,
        "lr_scheduler_type": "linear",
        "eval_strategy": "epoch",
        "save_strategy": "epoch",
        "save_total_limit": _AVERAGED,
        "logging_steps": 20,
        "label_names": list(label_names),
        "load_best_model_at_end": keep_best,
        "metric_for_best_model": "eval_loss" if keep_best else None,
        "remove_unused_columns": False,
        "report_to": "none",
        "use_cpu": not torch.cuda.is_available(),
        "dataloader_pin_memory": torch.cuda.is_available(),
    }
    return TrainingArguments(**{**arguments, **overrides})


def fine_tune(
    model: Any,
    train_set: Items,
    validation_set: Items,
    collate: Callable[[Sequence[Any]], dict[str, torch.Tensor]],
    metrics: Callable[[EvalPrediction], dict[str, float]],
    arguments: TrainingArguments,
    *,
    head_learning_rate: float,
    patience: int | None = None,
    resume: bool = False,
) -> None:
    """Fine-tune one stage of a labeller, in place.

    With patience it ends with the weights of the epoch that has the least validation loss. Without, with
    the average of those after the last epochs, which generalises better than any single one (Izmailov et
    al. 2018, *Averaging Weights Leads to Wider Optima*). At a learning rate of 0 all that lies under the
    heads is frozen, and no gradient computed for it.

    Args:
        model: The model.
        train_set: What to learn from.
        validation_set: What each epoch is scored on.
        collate: Makes batches.
        metrics: Scores an epoch.
        arguments: As ``training_arguments`` gives them.
        head_learning_rate: Learning rate of all that does not come from the encoder.
        patience: Epochs without a smaller validation loss after which to stop.
        resume: Go on from the last checkpoint in ``arguments.output_dir``, if there is one.
    """
    output = Path(str(arguments.output_dir))
    if not resume:  # nothing of an earlier run may be averaged with this one
        shutil.rmtree(output, ignore_errors=True)
    frozen = [
        parameter
        for name, parameter in model.named_parameters()
        if arguments.learning_rate == 0 and name.startswith(_UNDER_THE_HEADS)
    ]
    for parameter in frozen:
        parameter.requires_grad_(False)
    trainer = LabellerTrainer(
        model=model,
        args=arguments,
        train_dataset=train_set,
        eval_dataset=validation_set,
        data_collator=collate,
        compute_metrics=metrics,
        head_learning_rate=head_learning_rate,
        callbacks=None if patience is None else [EarlyStoppingCallback(patience)],
    )
    trainer.train(resume_from_checkpoint=(resume and bool(_checkpoints(output))) or None)
    if patience is None:
        states = [load_file(c / "model.safetensors") for c in _checkpoints(output)]
        model.load_state_dict(_average(states))
    for parameter in frozen:
        parameter.requires_grad_(True)
    model.eval()


def _checkpoints(output: Path) -> list[Path]:
    """The checkpoints in a folder of those that are averaged, the last ones."""
    found = sorted(output.glob("checkpoint-*"), key=lambda c: int(c.name.rsplit("-", 1)[1]))
    return found[-_AVERAGED:]


def _average(states: Sequence[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    return {key: torch.stack([s[key].float() for s in states]).mean(0) for key in states[0]}
