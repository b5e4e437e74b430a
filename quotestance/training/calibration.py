"""Temperatures and thresholds, fitted on validation articles.

Temperature scaling after Guo et al. (2017), *On Calibration of Modern Neural Networks*; the thresholds
are those of the best end-to-end scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from quotestance.document import Document
from quotestance.evaluation import Report, evaluate
from quotestance.labelling.collator import IGNORED
from quotestance.labelling.decoding import Logits, decode, label
from quotestance.labelling.labeller import Labeller
from quotestance.training.preparation import Prepared

_TEMPERATURES = (0.3, 5.0)
_QUOTE_THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)
_TARGET_THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


@dataclass(frozen=True)
class Judged:
    """An article with the labeller's logits for each of its candidates."""

    article: Prepared
    logits: tuple[Logits, ...]


def judge(labeller: Labeller, articles: Sequence[Prepared]) -> list[Judged]:
    """Run the labeller over prepared articles."""
    logits = labeller.logits([item for article in articles for item in article.items])
    judged, start = [], 0
    for article in articles:
        stop = start + len(article.items)
        judged.append(Judged(article, tuple(logits[start:stop])))
        start = stop
    return judged


def calibrate(labeller: Labeller, judged: Sequence[Judged]) -> None:
    """Fit the temperatures and thresholds in the labeller's configuration.

    Args:
        labeller: The labeller; its configuration is changed.
        judged: Validation articles with its logits.
    """
    config = labeller.model.config
    choices, speakers, stances = _evidence(judged)
    config.quote_temperature = _temperature(choices)
    config.speaker_temperature = _temperature(speakers)
    config.stance_temperature = _temperature(stances)
    config.quote_threshold = max(
        _QUOTE_THRESHOLDS, key=lambda value: _score(labeller, judged, quote=value)[0]
    )
    config.target_threshold = max(
        _TARGET_THRESHOLDS, key=lambda value: _score(labeller, judged, target=value)[1]
    )


def predict(labeller: Labeller, judged: Sequence[Judged]) -> list[Document]:
    """Return the documents that the labeller's logits tell, without parsing again."""
    config = labeller.model.config
    documents = []
    for one in judged:
        extraction, items = one.article.extraction, one.article.items
        labelled = [
            label(candidate, item.example, logits, config)
            for candidate, item, logits in zip(
                extraction.candidates, items, one.logits, strict=True
            )
        ]
        documents.append(decode(one.article.document, extraction, labelled, config))
    return documents


def assess(labeller: Labeller, judged: Sequence[Judged]) -> Report:
    """Compare what the labeller finds with the annotation, end to end but for the parse."""
    return evaluate([one.article.document for one in judged], predict(labeller, judged))


def _score(
    labeller: Labeller,
    judged: Sequence[Judged],
    quote: float | None = None,
    target: float | None = None,
) -> tuple[float, float]:
    config = labeller.model.config
    before = config.quote_threshold, config.target_threshold
    config.quote_threshold = before[0] if quote is None else quote
    config.target_threshold = before[1] if target is None else target
    scores = assess(labeller, judged).overall
    config.quote_threshold, config.target_threshold = before
    return scores.quotes.f1, scores.targets.f1 + scores.dyads.f1 + scores.stance.macro_f1


Evidence = list[tuple[NDArray[np.float32], NDArray[np.bool_]]]  # logits, and which are right


def _evidence(judged: Sequence[Judged]) -> tuple[Evidence, Evidence, Evidence]:
    choices: Evidence = []
    speakers: Evidence = []
    stances: Evidence = []
    for one in judged:
        for item, logits in zip(one.article.items, one.logits, strict=True):
            targets = item.targets
            assert targets is not None, "calibration needs annotated articles"
            choices.append((logits.choice, np.arange(len(logits.choice)) == targets.choice))
            if targets.speaker.any():
                speakers.append((logits.speaker, targets.speaker > 0))
            for row, wanted in enumerate(targets.stance):
                if wanted != IGNORED:
                    stances.append(
                        (logits.stance[row], np.arange(logits.stance.shape[1]) == wanted)
                    )
    return choices, speakers, stances


def _temperature(evidence: Evidence) -> float:
    """Return the temperature that makes what is right most likely; 1 without evidence."""
    if not evidence:
        return 1.0

    def loss(temperature: float) -> float:
        total = 0.0
        for logits, right in evidence:
            scaled = torch.from_numpy(logits / temperature)
            total -= float(scaled[torch.from_numpy(right)].logsumexp(0) - scaled.logsumexp(0))
        return total / len(evidence)

    return round(float(minimize_scalar(loss, bounds=_TEMPERATURES, method="bounded").x), 3)
