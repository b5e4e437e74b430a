"""Syntactic evidence that is weighed against the network after training.

The network learns it too, but from few articles; a handful of weights, fitted on validation articles
together with the temperatures, says how far the parse is to be believed besides.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotestance.labelling.encoding import Example
from quotestance.labelling.features import MENTION_COLUMNS

SPEAKER_EVIDENCE = ("source", "named source", "named implied", "spoke last", "named", "inside")
TARGET_EVIDENCE = ("recipient", "named recipient", "named inside", "named", "source")


def speaker_evidence(example: Example) -> NDArray[np.float32]:
    """Return what the parse says for each mention as the speaker; shape (m, ``SPEAKER_EVIDENCE``)."""
    source, implied, last, named, inside, _ = _columns(example)
    return np.stack(
        [source, source * named, implied * named * (1 - source), last, named, inside], axis=-1
    )


def target_evidence(example: Example) -> NDArray[np.float32]:
    """Return what the parse says for each entity as a target; shape (e, ``TARGET_EVIDENCE``)."""
    source, _, _, named, inside, recipient = _columns(example)
    mentions = np.stack([recipient, recipient * named, inside * named, named, source], axis=-1)
    entities = np.zeros((len(example.entity_ids), len(TARGET_EVIDENCE)), dtype=np.float32)
    np.maximum.at(entities, example.entity_of, mentions)
    return entities


def weighed(
    logits: NDArray[np.float32], evidence: NDArray[np.float32], weights: Sequence[float]
) -> NDArray[np.float32]:
    """Add weighed evidence to logits, row by row; no weights add nothing."""
    if not weights:
        return logits
    total: NDArray[np.float32] = logits + evidence @ np.array(weights, dtype=np.float32)
    return total


def _columns(example: Example) -> tuple[NDArray[np.float32], ...]:
    names = ("source entity", "implied entity", "spoke last", "named", "inside", "recipient entity")
    return tuple(example.mention_features[:, MENTION_COLUMNS.index(name)] for name in names)
