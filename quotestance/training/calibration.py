"""Temperatures, weights of the experts and thresholds, fitted on validation articles.

Temperature scaling after Guo et al. (2017), *On Calibration of Modern Neural Networks*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from quotestance.document import Document
from quotestance.evaluation import Report, evaluate
from quotestance.labelling.decoding import QuoteLogits, attribute, decode, label
from quotestance.labelling.labeller import Labeller
from quotestance.labelling.stance_model import NO_TARGET, OTHER_LABEL, UNKNOWN
from quotestance.training.preparation import Prepared

_NOTHING = -1e6  # logit of an option that is not there
_RIDGE = 0.003  # keeps a weight that few articles tell about near 0
_LOG_TEMPERATURES = (-2.0, 2.0)  # where all is right, or wrong, none would be best
_THRESHOLDS = tuple(round(0.2 + 0.05 * step, 2) for step in range(13))
_TARGET_THRESHOLDS = tuple(round(0.1 + 0.05 * step, 2) for step in range(9))


def calibrate(labeller: Labeller, articles: Sequence[Prepared]) -> None:
    """Fit temperatures, weights and thresholds, which lie in the configurations of the two stages.

    Args:
        labeller: The labeller; its configurations are changed.
        articles: Validation articles.
    """
    _calibrate_quotes(labeller, articles)
    _calibrate_stances(labeller, articles)


def assess(labeller: Labeller, articles: Sequence[Prepared]) -> Report:
    """Compare what the labeller finds with the annotation, end to end but for the parse."""
    gold = [article.document for article in articles]
    return evaluate(gold, labeller([(a.document, a.extraction) for a in articles]))


def _calibrate_quotes(labeller: Labeller, articles: Sequence[Prepared]) -> None:
    config = labeller.quotes.model.config
    items = [item for article in articles for item in article.quotes]
    # without targets, or the speaker would be read off the annotated content
    logits = labeller.quotes.logits([replace(item, targets=None) for item in items])
    choices, speakers = [], []
    for item, found in zip(items, logits, strict=True):
        assert item.targets is not None, "calibration needs annotated articles"
        options = np.arange(len(found.choice))
        told = np.stack([found.choice_expert, (options == 0).astype(np.float32)], axis=-1)
        choices.append(_Case(found.choice, told, options == item.targets.choice))
        if item.targets.speaker.any():
            told = found.expert[:, None]
            speakers.append(_Case(found.speaker, told, item.targets.speaker > 0))
    config.quote_temperature, weights = _fit(choices)
    config.choice_expert_weight, config.none_bias = weights or (0.0, 0.0)
    config.speaker_temperature, config.expert_weight = _fit_one(speakers)

    def score(threshold: float) -> float:
        config.quote_threshold = threshold
        return _report(articles, _quotes_alone(labeller, articles, logits)).overall.quotes.f1

    # The best threshold of a calibrated probability is half of the best F1 (Lipton, Elkan and
    # Naryanaswamy 2014, *Optimal Thresholding of Classifiers to Maximize F1 Measure*): steadier, on few
    # articles, than the threshold that happens to score best.
    config.quote_threshold = round(max(map(score, _THRESHOLDS)) / 2, 2)


def _calibrate_stances(labeller: Labeller, articles: Sequence[Prepared]) -> None:
    config = labeller.stances.model.config
    items = [item for article in articles for item in article.stances]
    targets, labels = [], []
    for item, found in zip(items, labeller.stances.logits(items), strict=True):
        assert item.labels is not None, "calibration needs annotated articles"
        known = item.labels != UNKNOWN
        is_target = item.labels > NO_TARGET
        if known.any():
            kept = np.concatenate([[True], known])
            right = np.concatenate([[not is_target.any()], is_target])
            targets.append(_Case(found.target[kept], found.expert[kept][:, None], right[kept]))
        for row in np.flatnonzero(is_target & (item.labels != OTHER_LABEL)):
            options = np.arange(found.label.shape[1])
            labels.append(_Case.plain(found.label[row], options == item.labels[row] - 1))
    config.target_temperature, config.expert_weight = _fit_one(targets)
    config.label_temperature, _ = _fit(labels)
    told = labeller.attribute([article.extraction for article in articles])
    stances = list(labeller.stances.label([discourse for _, discourse in told]))

    def score(threshold: float) -> float:
        config.target_threshold = threshold
        predicted = (
            decode(article.document, discourse, kept, found, config)
            for article, (kept, discourse), found in zip(articles, told, stances, strict=True)
        )
        scores = _report(articles, predicted).overall
        return scores.targets.f1 + scores.dyads.f1 + scores.stance.macro_f1

    config.target_threshold = max(_TARGET_THRESHOLDS, key=score)


def _quotes_alone(
    labeller: Labeller, articles: Sequence[Prepared], logits: Iterable[QuoteLogits]
) -> Iterable[Document]:
    """The quotes and speakers that the logits tell, without stances."""
    config, given = labeller.quotes.model.config, iter(logits)
    for article in articles:
        labelled = [
            label(candidate, item.example, found, config)
            for candidate, item, found in zip(
                article.extraction.candidates, article.quotes, given, strict=False
            )
        ]
        kept, discourse = attribute(article.extraction, labelled, config)
        nothing = [()] * len(kept)
        yield decode(article.document, discourse, kept, nothing, labeller.stances.model.config)


def _report(articles: Sequence[Prepared], predicted: Iterable[Document]) -> Report:
    return evaluate([article.document for article in articles], list(predicted))


@dataclass(frozen=True)
class _Case:
    """The logits of one decision, what else is known of each option, and which are right."""

    logits: NDArray[np.float32]
    evidence: NDArray[np.float32]
    right: NDArray[np.bool_]

    @classmethod
    def plain(cls, logits: NDArray[np.float32], right: NDArray[np.bool_]) -> _Case:
        return cls(logits, np.zeros((len(logits), 0), dtype=np.float32), right)


def _fit_one(cases: Sequence[_Case]) -> tuple[float, float]:
    """Return the temperature and the only weight."""
    temperature, weights = _fit(cases)
    return temperature, weights[0] if weights else 0.0


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

    bounds = [_LOG_TEMPERATURES, *[(None, None)] * size]
    best = minimize(loss, np.zeros(1 + size), method="L-BFGS-B", bounds=bounds).x
    return round(float(np.exp(best[0])), 3), [round(float(w), 3) for w in best[1:]]
