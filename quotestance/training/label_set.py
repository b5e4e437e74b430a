"""Stance labels other than those that a labeller has: the same model with another last layer."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

import torch

from quotestance.corpus import CorpusError
from quotestance.document import ordered_labels
from quotestance.labelling.labeller import Labeller
from quotestance.labelling.stance_config import StanceConfig
from quotestance.labelling.stance_model import StanceLabeller
from quotestance.labelling.stance_stage import StanceStage

log = logging.getLogger(__name__)


_LEAST = 5  # stances of a new label; of fewer nothing is learned, and one alone is likely misspelt


def check_labels(known: Sequence[str], used: Mapping[str, int]) -> None:
    """Check that labels which a model does not have stand often enough to be learned.

    Args:
        known: The labels of the model.
        used: How often each label stands in the articles.

    Raises:
        CorpusError: with each that does not.
    """
    rare = [
        f"the stance {label!r}, which the model does not have ({', '.join(known)}), stands "
        f"{count} times: correct its spelling, or label at least {_LEAST}"
        for label, count in used.items()
        if label not in known and count < _LEAST
    ]
    if rare:
        raise CorpusError("\n".join(rare))


def needed_labels(known: Sequence[str], used: Sequence[str]) -> tuple[str, ...]:
    """Return the labels that a model needs: its own while they suffice, else those used.

    Args:
        known: The labels of the model.
        used: The labels of the articles to learn from.
    """
    return tuple(known) if set(used) <= set(known) else ordered_labels(used)


def with_labels(labeller: Labeller, labels: Sequence[str]) -> Labeller:
    """Return the labeller with these stance labels.

    All weights stay but those of the layers that tell the label; there a label keeps its own if the
    labeller has it, and others begin at random.

    Args:
        labeller: The labeller.
        labels: The names of the labels.
    """
    stage = labeller.stances
    known = stage.model.config.stance_names
    if tuple(labels) == known:
        return labeller
    log.info("labels %s instead of %s", ", ".join(labels), ", ".join(known))
    settings = stage.model.config.to_dict()
    settings["id2label"] = dict(enumerate(labels))
    settings.pop("label2id", None)
    model = StanceLabeller(StanceConfig(**settings))
    fresh = model.state_dict()
    for name, weights in stage.model.state_dict().items():
        if fresh[name].shape == weights.shape and not _tells_label(name, weights, len(known)):
            fresh[name] = weights
            continue
        for row, label in enumerate(labels):
            if label in known:
                fresh[name][row] = weights[known.index(label)]
    model.load_state_dict(fresh)
    with torch.no_grad():
        model.to(stage.model.device)
    return Labeller(labeller.quotes, StanceStage(model, stage.trunk))


def _tells_label(name: str, weights: torch.Tensor, labels: int) -> bool:
    heads = ("tone_head.", "stance_head.")
    return name.startswith(heads) and weights.shape[0] == labels
