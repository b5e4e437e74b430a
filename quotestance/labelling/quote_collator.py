"""Quote examples of different sizes into one batch of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from quotestance.labelling.batching import pad
from quotestance.labelling.quote_encoding import QuoteExample
from quotestance.labelling.reading import Reading
from quotestance.labelling.speaker_options import speaker_options


@dataclass(frozen=True)
class QuoteTargets:
    """What is right for an example.

    Attributes:
        choice: 0 when the candidate is no quote, else 1 and the index of its content.
        speaker: 1 for each mention that names the speaker; all zeros when it is not among them; shape (m,).
    """

    choice: int
    speaker: NDArray[np.float32]


@dataclass(frozen=True)
class QuoteItem:
    """An example with the article it comes from and, in training, what is right for it."""

    example: QuoteExample
    reading: Reading
    targets: QuoteTargets | None = None


@dataclass(frozen=True)
class QuoteCollator:
    """Pads items to the longest of each dimension.

    Letters: b batch, t tokens, h width, r roles, c contents, m mentions, e entities.
    """

    def __call__(self, items: Sequence[QuoteItem]) -> dict[str, Tensor]:
        """Return the tensors that ``QuoteLabeller.forward`` takes."""
        examples = [item.example for item in items]
        batch = {
            "states": pad(
                [
                    item.reading.states[torch.from_numpy(item.example.tokens)].float()
                    for item in items
                ]
            ),
            "attention_mask": pad([torch.ones(len(e.tokens)) for e in examples]),
            "roles": pad([e.roles for e in examples]),
            "contents": pad([e.contents for e in examples]),
            "edges": pad([e.edges for e in examples]),
            "content_features": pad([e.content_features for e in examples]),
            "choice_features": pad([e.choice_features for e in examples]),
            "choice_words": pad([e.choice_words for e in examples]),
            "content_mask": pad([torch.ones(len(e.contents)) for e in examples]),
            "cue": pad([e.cue for e in examples]),
            "cue_features": pad([e.cue_features for e in examples]),
            "mentions": pad([e.mentions for e in examples], least=1),
            "mention_features": pad([e.mention_features for e in examples], least=1),
            "speaker_options": pad(
                [
                    speaker_options(e.mention_features, e.source_fit, e.cue_features)
                    for e in examples
                ],
                least=1,
            ),
            "mention_mask": pad([torch.ones(len(e.mentions)) for e in examples], least=1),
            "members": pad([_members(e) for e in examples], least=1),
        }
        targets = [item.targets for item in items]
        if all(target is not None for target in targets):
            known = [target for target in targets if target is not None]
            batch["choice_labels"] = torch.tensor([t.choice for t in known])
            batch["speaker_labels"] = pad([t.speaker for t in known], least=1)
        return batch


def _members(example: QuoteExample) -> NDArray[np.float32]:
    """Which mentions belong to which entity; shape (e, m)."""
    members = np.zeros((len(example.entity_ids), len(example.entity_of)), dtype=np.float32)
    members[example.entity_of, np.arange(len(example.entity_of))] = 1
    return members
