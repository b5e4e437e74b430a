"""Layers of the encoder with simple heads, by which they learn what the parser's processors tell.

The heads are a means: they give the layers the gradient of all tasks at once, and are thrown away.
Relations are scored by biaffine attention (Dozat and Manning 2017, *Deep Biaffine Attention for Neural
Dependency Parsing*).

Letters of shapes: b batch, t tokens, w words of the longest sentence, h width, f features.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import PreTrainedModel
from transformers.masking_utils import create_bidirectional_mask

from quotestance.lower_layers import lower_layers

IGNORED = -100  # a word without a label, or padding


@dataclass(frozen=True)
class Sizes:
    """How many labels each task has.

    Attributes:
        upos: Parts of speech.
        features: Values of each feature, absence among them.
        relations: Relations.
        names: Tags of names.
    """

    upos: int
    features: tuple[int, ...]
    relations: int
    names: int


@dataclass
class SyntaxScores:
    """What the heads say of each word.

    Attributes:
        upos: Logits; (b, w, parts of speech).
        features: Logits of each feature; f of (b, w, values).
        arcs: Logits of heads, the root first; (b, w, w + 1).
        relations: Logits at the gold or, without gold, at the likeliest head; (b, w, relations).
    """

    upos: Tensor
    features: Sequence[Tensor]
    arcs: Tensor
    relations: Tensor


class SyntaxNetwork(nn.Module):
    """An encoder's lower layers under the heads of all tasks.

    Args:
        encoder: A BERT-like encoder; its layers are shared, so that they are trained in place.
        depth: How many of its lower layers are run.
        mixed: The states above how many of these, the highest, the heads mix.
        sizes: Labels of each task.
        width: Of what the biaffine heads compare.
        dropout: Before each head.
    """

    def __init__(
        self,
        encoder: PreTrainedModel,
        depth: int,
        mixed: int,
        sizes: Sizes,
        width: int = 256,
        dropout: float = 0.33,
    ) -> None:
        super().__init__()
        self.reader = lower_layers(encoder, depth)
        self.mixed = mixed
        h = encoder.config.hidden_size
        self.mixes = nn.Parameter(torch.zeros(3, mixed))  # tags, trees, names
        self.dropout = nn.Dropout(dropout)
        self.upos = nn.Linear(h, sizes.upos)
        self.features = nn.ModuleList(nn.Linear(h, size) for size in sizes.features)
        self.names = nn.Linear(h, sizes.names)
        self.dependent, self.head = self._view(h, width), self._view(h, width)
        self.labelled, self.labelling = self._view(h, width // 2), self._view(h, width // 2)
        self.arc = nn.Parameter(torch.zeros(width + 1, width))
        self.relation = nn.Parameter(torch.zeros(sizes.relations, width // 2 + 1, width // 2 + 1))

    def _view(self, h: int, width: int) -> nn.Module:
        return nn.Sequential(nn.Linear(h, width), nn.GELU(), self.dropout)

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Read sentences.

        Args:
            ids: Token ids, the special ones among them; (b, t).
            mask: 1 for tokens; (b, t).

        Returns:
            The states above the mixed layers; (mixed, b, t, h).
        """
        hidden = self.reader.embeddings(ids)
        bias = create_bidirectional_mask(
            config=self.reader.config, inputs_embeds=hidden, attention_mask=mask
        )
        states: list[Tensor] = []
        for layer in self.reader.encoder.layer:
            output = layer(hidden, attention_mask=bias)
            hidden = output[0] if isinstance(output, tuple) else output
            states.append(hidden)
        return torch.stack(states[-self.mixed :])

    def _mix(self, states: Tensor, last: Tensor, task: int) -> Tensor:
        """Return the mixed states of sentence starts and words; (b, w + 1, h)."""
        mixed = torch.einsum("l,lbth->bth", self.mixes[task].softmax(0).to(states.dtype), states)
        at = functional.pad(last, (1, 0))  # the start of a sentence is its token 0
        return mixed.gather(1, at.unsqueeze(2).expand(-1, -1, mixed.shape[2]))

    def syntax(self, states: Tensor, last: Tensor, heads: Tensor | None = None) -> SyntaxScores:
        """Score tags and trees.

        Args:
            states: What ``states`` gave.
            last: Index of each word's last token, where Stanza reads a word; (b, w), 0 for padding.
            heads: Gold heads, 0 the root, ``IGNORED`` for padding; (b, w). Without them relations are
                scored at the likeliest.
        """
        words = self.dropout(self._mix(states, last, 0))[:, 1:]
        trees = self.dropout(self._mix(states, last, 1))
        dependents = functional.pad(self.dependent(trees[:, 1:]), (0, 1), value=1.0)
        arcs = dependents @ self.arc @ self.head(trees).transpose(1, 2)
        absent = functional.pad(last == 0, (1, 0))
        arcs = arcs.float().masked_fill(absent.unsqueeze(1), -1e4)
        chosen = arcs.argmax(2) if heads is None else heads.clamp(min=0)
        labelled = functional.pad(self.labelled(trees[:, 1:]), (0, 1), value=1.0)
        governing = functional.pad(self.labelling(trees), (0, 1), value=1.0)
        governing = governing.gather(1, chosen.unsqueeze(2).expand(-1, -1, governing.shape[2]))
        relations = torch.einsum("bwi,rij,bwj->bwr", labelled, self.relation, governing)
        features = [head(words) for head in self.features]
        return SyntaxScores(self.upos(words), features, arcs, relations)

    def tag_names(self, states: Tensor, last: Tensor) -> Tensor:
        """Score the tags of names; (b, w, tags)."""
        logits: Tensor = self.names(self.dropout(self._mix(states, last, 2))[:, 1:])
        return logits


def syntax_loss(scores: SyntaxScores, labels: Tensor, heads: Tensor) -> Tensor:
    """Return the sum of the losses of all tasks.

    Args:
        scores: What the network says.
        labels: Part of speech, relation and features of each word; (b, w, 2 + f).
        heads: Gold heads; (b, w).
    """
    upos, relations, features = labels[..., 0], labels[..., 1], labels[..., 2:]
    loss = _loss(scores.upos, upos) + _loss(scores.arcs, heads) + _loss(scores.relations, relations)
    for number, logits in enumerate(scores.features):
        loss = loss + _loss(logits, features[..., number]) / 2
    return loss


def name_loss(logits: Tensor, labels: Tensor) -> Tensor:
    """Return the loss of the tags of names; (b, w, tags) and (b, w, 1)."""
    return _loss(logits, labels[..., 0])


def _loss(logits: Tensor, labels: Tensor) -> Tensor:
    return functional.cross_entropy(
        logits.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED
    )
