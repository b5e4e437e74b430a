"""Scores of the heads on single items, printed after each epoch: quicker than the whole pipeline.

They flatter: the speaker is told with the annotated content, the target with the annotated speaker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from transformers import EvalPrediction

from quotestance.evaluation.metrics import Confusion
from quotestance.labelling.stance_model import NO_TARGET, OTHER_LABEL, UNKNOWN


def quote_metrics(prediction: EvalPrediction) -> dict[str, float]:
    """Score the quote labeller: candidates found, contents and speakers right."""
    heads: Any = prediction.predictions
    labels: Any = prediction.label_ids
    (choice, speaker, *_), (choice_labels, speaker_labels) = heads, labels
    found, wanted = choice.argmax(-1), choice_labels > 0
    both = ((found > 0) & wanted).sum()
    content = (found == choice_labels)[wanted].mean() if wanted.any() else 0.0
    rows = np.flatnonzero((speaker_labels == 1).any(-1))
    right = [speaker_labels[row, speaker[row].argmax()] == 1 for row in rows]
    return {
        "quote_f1": float(2 * both / max(1, (found > 0).sum() + wanted.sum())),
        "content_accuracy": float(content),
        "speaker_accuracy": float(np.mean(right)) if right else 0.0,
    }


def stance_metrics(names: tuple[str, ...]) -> Callable[[EvalPrediction], dict[str, float]]:
    """Return what scores the stance labeller: targets found, labels right toward them.

    Args:
        names: The stance labels, in the order of the logits.
    """

    def metrics(prediction: EvalPrediction) -> dict[str, float]:
        heads: Any = prediction.predictions
        labels: Any = prediction.label_ids
        target, label, _ = heads
        known, is_target = labels != UNKNOWN, labels > NO_TARGET
        parties = np.where(known, target[:, 1:], -np.inf)
        best = parties.argmax(-1)
        taken = (parties.max(-1) > target[:, 0]) & known.any(-1)
        hits = (taken & is_target[np.arange(len(best)), best]).sum()
        spoken_to = is_target.any(-1).sum()
        labelled = is_target & (labels != OTHER_LABEL)
        pairs = zip(labels[labelled] - 1, label[labelled].argmax(-1), strict=True)
        given = Confusion.of(names, ((names[gold], names[found]) for gold, found in pairs))
        return {
            "target_f1": float(2 * hits / max(1, taken.sum() + spoken_to)),
            "stance_macro_f1": given.macro_f1,
        }

    return metrics
