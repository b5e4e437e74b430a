"""The transformer that tells quotes and their speakers.

It stands on a frozen trunk that has read the article once. For each candidate its own upper layers read
the window around it again, now told what the parse has found (cue, contents, mentions), and two heads
read off whether and where it is a quote, and who said it.

Letters of shapes: b batch, t tokens, h width, r roles, c contents, m mentions, e entities.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel
from transformers.utils import ModelOutput

from quotestance.labelling.choice_options import CHOICE_OPTION_FEATURES
from quotestance.labelling.entity_links import LINK_OPTION_FEATURES
from quotestance.labelling.experts import FeatureExpert
from quotestance.labelling.heads import BARRED, marginal_loss, mlp, pair
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.quote_encoding import ROLES
from quotestance.labelling.quote_features import (
    CONTENT_FEATURES,
    CUE_FEATURES,
    MENTION_FEATURES,
)
from quotestance.labelling.speaker_options import SPEAKER_OPTION_FEATURES
from quotestance.labelling.upper import UpperModel
from quotestance.labelling.word_rates import WordRates


@dataclass
class QuoteOutput(ModelOutput):
    """What the quote labeller says.

    Attributes:
        loss: Sum of the losses of both heads, when labels were given.
        choice: Logits of "no quote" and of each content; shape (b, 1 + c).
        speaker: Logits of each mention; shape (b, m).
        expert: Log-probabilities of each mention by its features alone; shape (b, m).
        choice_expert: The same of "no quote" and of each content; shape (b, 1 + c).
    """

    loss: Tensor | None = None
    choice: Tensor | None = None
    speaker: Tensor | None = None
    expert: Tensor | None = None
    choice_expert: Tensor | None = None


class QuoteLabeller(UpperModel):
    """Labels candidates: is it a quote, which content, who speaks."""

    config_class = QuoteConfig
    config: QuoteConfig

    def __init__(self, config: QuoteConfig) -> None:
        super().__init__(config)
        width, size, dropout = config.encoder.hidden_size, config.head_size, config.dropout
        self.roles = nn.Linear(len(ROLES), width, bias=False)
        self.cue_rep = mlp(width + CUE_FEATURES, size, size, dropout)
        self.content_rep = mlp(3 * width + CONTENT_FEATURES, size, size, dropout)
        self.choice_head = mlp(2 * size, size, 1, dropout)
        self.none_head = mlp(size + width, size, 1, dropout)
        self.quote_rep = mlp(width + size, size, size, dropout)
        self.mention_rep = mlp(width + MENTION_FEATURES, size, size, dropout)
        self.entity_rep = mlp(2 * size, size, size, dropout)
        # the parse alone often tells who speaks: a short way from it to the score
        self.speaker_prior = mlp(MENTION_FEATURES, size // 4, 1, 0.0)
        self.speaker_head = mlp(3 * size, size, 1, dropout)
        self.speaker_entity_head = mlp(3 * size, size, 1, dropout)
        self.expert = FeatureExpert(SPEAKER_OPTION_FEATURES)
        self.choice_expert = FeatureExpert(CHOICE_OPTION_FEATURES)
        self.word_rates = WordRates()
        # apart from the rest: who is meant by an entity without a name (linking.py)
        self.link_expert = FeatureExpert(LINK_OPTION_FEATURES)
        self.link_rates = WordRates()
        self.post_init()

    def forward(
        self,
        states: Tensor,
        attention_mask: Tensor,
        roles: Tensor,
        contents: Tensor,
        edges: Tensor,
        content_features: Tensor,
        choice_features: Tensor,
        choice_words: Tensor,
        content_mask: Tensor,
        cue: Tensor,
        cue_features: Tensor,
        mentions: Tensor,
        mention_features: Tensor,
        speaker_options: Tensor,
        mention_mask: Tensor,
        members: Tensor,
        choice_labels: Tensor | None = None,
        speaker_labels: Tensor | None = None,
    ) -> QuoteOutput:
        """Label a batch.

        Args:
            states: The trunk's states of each example's tokens; (b, t, h).
            attention_mask: 1 for tokens; (b, t).
            roles: What the parse tells of each token; (b, t, r).
            contents: Weights of the tokens of each content; (b, c, t).
            edges: First and last token of each content; (b, c, 2).
            content_features: (b, c, features).
            choice_features: What the expert sees of "no quote" and of each content; (b, 1 + c, features).
            choice_words: Buckets of their words; (b, 1 + c, words).
            content_mask: 1 for contents; (b, c).
            cue: Weights of the tokens of the cue; (b, t).
            cue_features: (b, features).
            mentions: Weights of the tokens of each mention; (b, m, t).
            mention_features: (b, m, features).
            speaker_options: What the expert sees of each mention; (b, m, features).
            mention_mask: 1 for mentions; (b, m).
            members: Which mention belongs to which entity; (b, e, m).
            choice_labels: 0 for no quote, else 1 + index of the content; (b,).
            speaker_labels: 1 for mentions of the speaker; (b, m).
        """
        hidden = self.read(self.partly_hidden(states) + self.roles(roles), attention_mask)
        whole = contents @ hidden  # (b, c, h)
        first, last = (_gather(hidden, edges[..., side]) for side in (0, 1))
        told = (cue.unsqueeze(1) @ hidden).squeeze(1)  # (b, h)
        cue_rep = self.cue_rep(torch.cat([told, cue_features], -1))
        content_rep = self.content_rep(torch.cat([first, last, whole, content_features], -1))
        choice = self.choice_head(
            torch.cat([content_rep, cue_rep.unsqueeze(1).expand_as(content_rep)], -1)
        ).squeeze(-1)
        choice = choice.masked_fill(content_mask == 0, BARRED)
        none = self.none_head(torch.cat([cue_rep, _average(whole, content_mask)], -1))
        choice = torch.cat([none, choice], -1)  # (b, 1 + c)

        chosen = choice[:, 1:].argmax(-1)
        if choice_labels is not None:
            chosen = torch.where(choice_labels > 0, choice_labels - 1, chosen)
        content = _gather(whole, chosen.unsqueeze(1)).squeeze(1)
        quote = self.quote_rep(torch.cat([content, cue_rep], -1))  # (b, size)

        mention = self.mention_rep(torch.cat([mentions @ hidden, mention_features], -1))
        entity = self.entity_rep(_pool(mention, members))  # (b, e, size)
        about = pair(entity, quote)
        of_entity = self.speaker_entity_head(about).squeeze(-1)  # (b, e)
        speaker = (
            self.speaker_prior(mention_features).squeeze(-1)
            + self.speaker_head(pair(mention, quote)).squeeze(-1)
            + (of_entity.unsqueeze(1) @ members.to(of_entity.dtype)).squeeze(1)
        ).masked_fill(mention_mask == 0, BARRED)

        loss = None
        if choice_labels is not None and speaker_labels is not None:
            loss = nn.functional.cross_entropy(choice.float(), choice_labels) + _speaker_loss(
                speaker.float(), speaker_labels
            )
        with torch.no_grad():
            expert = self.expert(speaker_options, mention_mask)
            choice_expert = self.choice_expert(
                torch.cat([choice_features, self.word_rates(choice_words)], -1),
                nn.functional.pad(content_mask, (1, 0), value=1),
            )
        return QuoteOutput(
            loss=loss, choice=choice, speaker=speaker, expert=expert, choice_expert=choice_expert
        )


def _speaker_loss(speaker: Tensor, labels: Tensor) -> Tensor:
    """Minus the log of the probability that all mentions of the right entity have together."""
    known = labels.sum(-1) > 0
    if not known.any():
        return speaker.sum() * 0
    return marginal_loss(speaker[known], labels[known] > 0)


def _pool(mention: Tensor, members: Tensor) -> Tensor:
    """Average and strongest features of each entity's mentions; (b, m, size) to (b, e, 2 size)."""
    count = members.sum(-1, keepdim=True)
    average = members.to(mention.dtype) @ mention / count.clamp(min=1).to(mention.dtype)
    spread = mention.unsqueeze(1).masked_fill(members.unsqueeze(-1) == 0, BARRED)
    return torch.cat([average, spread.amax(2).masked_fill(count == 0, 0)], -1)


def _gather(values: Tensor, index: Tensor) -> Tensor:
    """Take rows: (b, n, h) and (b, k) to (b, k, h)."""
    return values.gather(1, index.unsqueeze(-1).expand(-1, -1, values.shape[-1]))


def _average(values: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(values.dtype)
    return (values * weights).sum(1) / weights.sum(1).clamp(min=1)


AutoConfig.register(QuoteConfig.model_type, QuoteConfig, exist_ok=True)
AutoModel.register(QuoteConfig, QuoteLabeller, exist_ok=True)
