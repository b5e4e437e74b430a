"""The transformer that tells toward whom a quote takes a position, and which.

It reads a quote whose speaker is known beside the parties of the article, each in its slot. Its own layers
stand on the frozen lower layers of the encoder.

Letters of shapes: b batch, t tokens, h width, r roles, p parties, l labels.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel
from transformers.utils import ModelOutput

from quotestance.labelling.experts import FeatureExpert
from quotestance.labelling.heads import BARRED, marginal_loss, mlp, pair
from quotestance.labelling.stance_config import StanceConfig
from quotestance.labelling.stance_encoding import FIRST_PARTY, STANCE_ROLES
from quotestance.labelling.stance_features import (
    PARTY_FEATURES,
    QUOTE_FEATURES,
    TARGET_OPTION_FEATURES,
)
from quotestance.labelling.target_words import TARGET_WORDS
from quotestance.labelling.upper import UpperModel
from quotestance.labelling.word_rates import WordRates

UNKNOWN = -100  # a party of which it is not known whether it is a target
OTHER_LABEL = 99  # a target with a stance label that the model does not have
NO_TARGET = 0  # a party that is none; 1 and on: a target, with the label of that number less one


@dataclass
class StanceOutput(ModelOutput):
    """What the stance labeller says.

    Attributes:
        loss: Sum of the losses of both heads, when labels were given.
        target: Logits of "nobody" and of each party; shape (b, 1 + p).
        label: Logits of each stance label toward each party; shape (b, p, l).
        expert: Log-probabilities of "nobody" and of each party by features alone; shape (b, 1 + p).
    """

    loss: Tensor | None = None
    target: Tensor | None = None
    label: Tensor | None = None
    expert: Tensor | None = None


class StanceLabeller(UpperModel):
    """Tells the target of a quote and the stance toward each party."""

    config_class = StanceConfig
    config: StanceConfig

    def __init__(self, config: StanceConfig) -> None:
        super().__init__(config)
        width, size, dropout = config.encoder.hidden_size, config.head_size, config.dropout
        labels = len(config.stance_names)
        self.roles = nn.Linear(len(STANCE_ROLES), width, bias=False)
        self.slots = nn.Embedding(FIRST_PARTY + config.max_parties, width, padding_idx=0)
        self.quote_rep = mlp(3 * width + QUOTE_FEATURES, size, size, dropout)
        self.party_rep = mlp(2 * width + PARTY_FEATURES, size, size, dropout)
        # parse and discourse alone often tell the other party: a short way from them to the score
        self.prior = mlp(PARTY_FEATURES + QUOTE_FEATURES, 64, 1, dropout)
        self.no_prior = mlp(PARTY_FEATURES + QUOTE_FEATURES, 64, 1, dropout)
        self.target_head = mlp(3 * size, size, 1, dropout)
        self.no_target_head = mlp(2 * size, size, 1, dropout)
        # the tone of the words, and how it turns toward each party
        self.tone_head = mlp(size, size, labels, dropout)
        self.stance_head = mlp(3 * size, size, labels, dropout)
        self.expert = FeatureExpert(TARGET_OPTION_FEATURES + 2 * TARGET_WORDS)
        self.word_rates = WordRates()
        self.post_init()

    def forward(
        self,
        states: Tensor,
        attention_mask: Tensor,
        roles: Tensor,
        slots: Tensor,
        content: Tensor,
        cue: Tensor,
        party_features: Tensor,
        quote_features: Tensor,
        target_options: Tensor,
        target_words: Tensor,
        party_mask: Tensor,
        stance_labels: Tensor | None = None,
    ) -> StanceOutput:
        """Label a batch.

        Args:
            states: The trunk's states of each example's tokens; (b, t, h).
            attention_mask: 1 for tokens; (b, t).
            roles: What the parse tells of each token; (b, t, r).
            slots: Whom each token mentions; (b, t).
            content: Weights of the tokens of the content; (b, t).
            cue: Weights of the tokens of the cue; (b, t).
            party_features: (b, p, features).
            quote_features: (b, features).
            target_options: What the expert sees of "nobody" and of each party; (b, 1 + p, features).
            target_words: Buckets of their words; (b, 1 + p, words).
            party_mask: 1 for parties; (b, p).
            stance_labels: ``NO_TARGET``, 1 + a label, ``OTHER_LABEL`` or ``UNKNOWN``; (b, p).
        """
        told = self.partly_hidden(states) + self.roles(roles) + self.slots(self._shuffled(slots))
        hidden = self.read(told, attention_mask)
        of_slot = nn.functional.one_hot(slots, self.slots.num_embeddings).to(hidden.dtype)
        of_slot = of_slot * attention_mask.unsqueeze(-1).to(hidden.dtype)  # (b, t, slots)
        named = roles[..., STANCE_ROLES.index("name")].unsqueeze(-1).to(hidden.dtype)
        everywhere = _mean(of_slot, hidden)
        by_name = _mean(of_slot * named, hidden)
        count = party_mask.shape[1]
        parties = slice(FIRST_PARTY, FIRST_PARTY + count)
        speaker = everywhere[:, FIRST_PARTY - 1]

        said = (content.unsqueeze(1).to(hidden.dtype) @ hidden).squeeze(1)
        cued = (cue.unsqueeze(1).to(hidden.dtype) @ hidden).squeeze(1)
        quote = self.quote_rep(torch.cat([said, cued, speaker, quote_features], -1))
        party = self.party_rep(
            torch.cat([everywhere[:, parties], by_name[:, parties], party_features], -1)
        )
        about = pair(party, quote)

        asked = quote_features.unsqueeze(1).expand(-1, count, -1)
        target = self.target_head(about) + self.prior(torch.cat([party_features, asked], -1))
        target = target.squeeze(-1).masked_fill(party_mask == 0, BARRED)
        present = party_mask.unsqueeze(-1) > 0
        strongest = party_features.masked_fill(~present, 0).amax(1)
        strongest_party = party.masked_fill(~present, BARRED).amax(1).clamp(min=-10)
        nobody = self.no_target_head(torch.cat([quote, strongest_party], -1)) + self.no_prior(
            torch.cat([strongest, quote_features], -1)
        )
        target = torch.cat([nobody, target], -1).float()
        label = (self.tone_head(quote).unsqueeze(1) + self.stance_head(about)).float()
        loss = None
        if stance_labels is not None:
            loss = _target_loss(target, stance_labels) + _label_loss(label, stance_labels)
        with torch.no_grad():
            expert = self.expert(
                torch.cat([target_options, self.word_rates(target_words)], -1),
                nn.functional.pad(party_mask, (1, 0), value=1),
            )
        return StanceOutput(loss=loss, target=target, label=label, expert=expert)

    def _shuffled(self, slots: Tensor) -> Tensor:
        """In training give the parties of each example slots at random, so that none has a meaning."""
        if not self.training:
            return slots
        order = torch.rand(len(slots), self.config.max_parties, device=slots.device).argsort(-1)
        kept = torch.arange(FIRST_PARTY, device=slots.device).expand(len(slots), -1)
        return torch.cat([kept, FIRST_PARTY + order], -1).gather(1, slots)


def _mean(weights: Tensor, hidden: Tensor) -> Tensor:
    """Average states by weight; (b, t, n) and (b, t, h) to (b, n, h)."""
    total = weights.sum(1).clamp(min=1).unsqueeze(-1)
    mean: Tensor = weights.transpose(1, 2) @ hidden / total
    return mean


def _target_loss(target: Tensor, labels: Tensor) -> Tensor:
    """Minus the log of the probability that the targets have together, or "nobody"."""
    asked = (labels != UNKNOWN).any(-1)
    if not asked.any():
        return target.sum() * 0
    is_target = labels > NO_TARGET
    right = torch.cat([~is_target.any(-1, keepdim=True), is_target], -1)
    unknown = nn.functional.pad(labels == UNKNOWN, (1, 0), value=False)
    return marginal_loss(target.masked_fill(unknown, BARRED)[asked], right[asked])


def _label_loss(label: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy of the label toward each target."""
    known = (labels > NO_TARGET) & (labels != OTHER_LABEL)
    if not known.any():
        return label.sum() * 0
    return nn.functional.cross_entropy(label[known], labels[known] - 1)


AutoConfig.register(StanceConfig.model_type, StanceConfig, exist_ok=True)
AutoModel.register(StanceConfig, StanceLabeller, exist_ok=True)
