"""Temperatures, weights of syntactic evidence and thresholds, fitted on validation articles.

Temperature scaling after Guo et al. (2017), *On Calibration of Modern Neural Networks*; the thresholds
are those of the best end-to-end scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from quotestance.document import Document
from quotestance.evaluation import Report, evaluate
from quotestance.labelling.collator import IGNORED
from quotestance.labelling.decoding import Logits, decode, label
from quotestance.labelling.evidence import speaker_evidence, target_evidence
from quotestance.labelling.labeller import Labeller
from quotestance.training.preparation import Prepared

_NOTHING = -1e6  # logit of an option that is not there
_RIDGE = 0.003  # keeps a weight that few articles tell about near 0
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
    choices, speakers, stances = _cases(judged)
    config.quote_temperature, _ = _fit(choices)
    config.speaker_temperature, config.speaker_weights = _fit(speakers)
    config.stance_temperature, config.target_weights = _fit(stances)
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


@dataclass(frozen=True)
class _Case:
    """The logits of one decision, what the parse says of each option, and which are right."""

    logits: NDArray[np.float32]
    evidence: NDArray[np.float32]
    right: NDArray[np.bool_]


def _cases(judged: Sequence[Judged]) -> tuple[list[_Case], list[_Case], list[_Case]]:
    """The decisions about quotes, speakers and stances that the annotation tells right from wrong."""
    choices: list[_Case] = []
    speakers: list[_Case] = []
    stances: list[_Case] = []
    for one in judged:
        for item, logits in zip(one.article.items, one.logits, strict=True):
            targets = item.targets
            assert targets is not None, "calibration needs annotated articles"
            options = len(logits.choice)
            choices.append(
                _Case(
                    logits.choice,
                    np.zeros((options, 0), dtype=np.float32),
                    np.arange(options) == targets.choice,
                )
            )
            if targets.speaker.any():
                evidence = speaker_evidence(item.example)
                speakers.append(_Case(logits.speaker, evidence, targets.speaker > 0))
            evidence = target_evidence(item.example)
            for row, wanted in enumerate(targets.stance):
                if wanted != IGNORED:
                    labels = np.arange(logits.stance.shape[1])
                    told = evidence[[row]] * (labels > 0)[:, None]
                    stances.append(_Case(logits.stance[row], told, labels == wanted))
    return choices, speakers, stances


def _fit(cases: Sequence[_Case]) -> tuple[float, list[float]]:
    """Return the temperature and the weights that make what is right most likely."""
    if not cases:
        return 1.0, []
    size, options = cases[0].evidence.shape[1], max(len(case.logits) for case in cases)
    logits = np.full((len(cases), options), _NOTHING)
    evidence = np.zeros((len(cases), options, size))
    right = np.full((len(cases), options), _NOTHING)
    for row, case in enumerate(cases):
        logits[row, : len(case.logits)] = case.logits
        evidence[row, : len(case.logits)] = case.evidence
        right[row, : len(case.logits)][case.right] = 0

    def loss(values: NDArray[np.float64]) -> float:
        scores = logits / np.exp(values[0]) + evidence @ values[1:]
        total = logsumexp(scores, axis=1) - logsumexp(scores + right, axis=1)
        return float(total.mean() + _RIDGE * (values[1:] ** 2).sum())

    best = minimize(loss, np.zeros(1 + size), method="L-BFGS-B").x
    return round(float(np.exp(best[0])), 3), [round(float(w), 3) for w in best[1:]]
