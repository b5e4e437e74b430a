"""The transformer that labels quotes.

It stands on a frozen trunk that has read the article once. For each candidate its own upper layers read
the window around it again, now told what the parse has found (cue, contents, mentions), and three heads
read off whether and where it is a quote, who said it, and the stance toward each entity.

Letters of shapes: b batch, t tokens, h width, r roles, c contents, m mentions, e entities, s stances.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PreTrainedModel
from transformers.masking_utils import create_bidirectional_mask
from transformers.models.bert.modeling_bert import BertEncoder
from transformers.utils import ModelOutput

from quotestance.labelling.collator import IGNORED
from quotestance.labelling.config import LabellerConfig
from quotestance.labelling.encoding import ROLES
from quotestance.labelling.features import CONTENT_FEATURES, CUE_FEATURES, MENTION_FEATURES

_BARRED = -1e4  # logit of what is only padding


@dataclass
class LabellerOutput(ModelOutput):
    """What the labeller says.

    Attributes:
        loss: Sum of the losses of the three heads, when labels were given.
        choice: Logits of "no quote" and of each content; shape (b, 1 + c).
        speaker: Logits of each mention; shape (b, m).
        stance: Log-probabilities of "no target" and each stance label for each entity; shape (b, e, s).
    """

    loss: Tensor | None = None
    choice: Tensor | None = None
    speaker: Tensor | None = None
    stance: Tensor | None = None


class QuoteLabeller(PreTrainedModel):
    """Labels candidates: is it a quote, which content, who speaks, which stance toward whom."""

    config_class = LabellerConfig
    config: LabellerConfig
    base_model_prefix = "reader"
    main_input_name = "states"

    def __init__(self, config: LabellerConfig) -> None:
        super().__init__(config)
        upper = AutoConfig.for_model(**config.encoder.to_dict())
        upper.num_hidden_layers = config.upper_layers
        upper.attention_probs_dropout_prob = 0.0  # slow on a CPU, and worth nothing here
        upper._attn_implementation = "sdpa"
        self.upper_config = upper
        width, size, dropout = upper.hidden_size, config.head_size, config.dropout
        self.roles = nn.Linear(len(ROLES), width, bias=False)
        self.reader = BertEncoder(upper)
        self.norm = nn.LayerNorm(width)
        self.cue_rep = _mlp(width + CUE_FEATURES, size, size, dropout)
        self.content_rep = _mlp(3 * width + CONTENT_FEATURES, size, size, dropout)
        self.choice_head = _mlp(2 * size, size, 1, dropout)
        self.none_head = _mlp(size + width, size, 1, dropout)
        self.quote_rep = _mlp(width + size, size, size, dropout)
        self.mention_rep = _mlp(width + MENTION_FEATURES, size, size, dropout)
        self.entity_rep = _mlp(2 * size, size, size, dropout)
        # the parse alone often tells who speaks: a short way from it to the score
        self.speaker_prior = _mlp(MENTION_FEATURES, size // 4, 1, 0.0)
        self.speaker_head = _mlp(3 * size, size, 1, dropout)
        self.speaker_entity_head = _mlp(3 * size, size, 1, dropout)
        self.target_head = _mlp(3 * size, size, 1, dropout)
        self.no_target_head = _mlp(size, size, 1, dropout)
        # the tone of the words, and how it turns toward each party
        self.tone_head = _mlp(size, size, len(config.stance_names) - 1, dropout)
        self.stance_head = _mlp(3 * size, size, len(config.stance_names) - 1, dropout)
        self.post_init()

    def forward(
        self,
        states: Tensor,
        attention_mask: Tensor,
        roles: Tensor,
        contents: Tensor,
        edges: Tensor,
        content_features: Tensor,
        content_mask: Tensor,
        cue: Tensor,
        cue_features: Tensor,
        mentions: Tensor,
        mention_features: Tensor,
        mention_mask: Tensor,
        members: Tensor,
        choice_labels: Tensor | None = None,
        speaker_labels: Tensor | None = None,
        stance_labels: Tensor | None = None,
    ) -> LabellerOutput:
        """Label a batch.

        Args:
            states: The trunk's states of each example's tokens; (b, t, h).
            attention_mask: 1 for tokens; (b, t).
            roles: What the parse tells of each token; (b, t, r).
            contents: Weights of the tokens of each content; (b, c, t).
            edges: First and last token of each content; (b, c, 2).
            content_features: (b, c, features).
            content_mask: 1 for contents; (b, c).
            cue: Weights of the tokens of the cue; (b, t).
            cue_features: (b, features).
            mentions: Weights of the tokens of each mention; (b, m, t).
            mention_features: (b, m, features).
            mention_mask: 1 for mentions; (b, m).
            members: Which mention belongs to which entity; (b, e, m).
            choice_labels: 0 for no quote, else 1 + index of the content; (b,).
            speaker_labels: 1 for mentions of the speaker; (b, m).
            stance_labels: Stance toward each entity, ``IGNORED`` where unknown; (b, e).
        """
        hidden = self._read(states, attention_mask, roles)
        whole = contents @ hidden  # (b, c, h)
        first, last = (_gather(hidden, edges[..., side]) for side in (0, 1))
        told = (cue.unsqueeze(1) @ hidden).squeeze(1)  # (b, h)
        cue_rep = self.cue_rep(torch.cat([told, cue_features], -1))
        content_rep = self.content_rep(torch.cat([first, last, whole, content_features], -1))
        choice = self.choice_head(
            torch.cat([content_rep, cue_rep.unsqueeze(1).expand_as(content_rep)], -1)
        ).squeeze(-1)
        choice = choice.masked_fill(content_mask == 0, _BARRED)
        none = self.none_head(torch.cat([cue_rep, _average(whole, content_mask)], -1))
        choice = torch.cat([none, choice], -1)  # (b, 1 + c)

        chosen = choice[:, 1:].argmax(-1)
        if choice_labels is not None:
            chosen = torch.where(choice_labels > 0, choice_labels - 1, chosen)
        content = _gather(whole, chosen.unsqueeze(1)).squeeze(1)
        quote = self.quote_rep(torch.cat([content, cue_rep], -1))  # (b, size)

        mention = self.mention_rep(torch.cat([mentions @ hidden, mention_features], -1))
        entity = self.entity_rep(_pool(mention, members))  # (b, e, size)
        about = _pair(entity, quote)
        of_entity = self.speaker_entity_head(about).squeeze(-1)  # (b, e)
        speaker = (
            self.speaker_prior(mention_features).squeeze(-1)
            + self.speaker_head(_pair(mention, quote)).squeeze(-1)
            + (of_entity.unsqueeze(1) @ members.to(of_entity.dtype)).squeeze(1)
        ).masked_fill(mention_mask == 0, _BARRED)

        target = self.target_head(about).squeeze(-1)
        target = target.masked_fill(members.sum(-1) == 0, _BARRED)
        target = torch.cat([self.no_target_head(quote), target], -1).float()  # (b, 1 + e)
        labels = (self.tone_head(quote).unsqueeze(1) + self.stance_head(about)).float()

        loss = None
        if choice_labels is not None and speaker_labels is not None and stance_labels is not None:
            loss = (
                nn.functional.cross_entropy(choice.float(), choice_labels)
                + _speaker_loss(speaker.float(), speaker_labels)
                + _target_loss(target, stance_labels)
                + _stance_loss(labels, stance_labels)
            )
        return LabellerOutput(
            loss=loss, choice=choice, speaker=speaker, stance=_compose(target, labels)
        )

    def _read(self, states: Tensor, attention_mask: Tensor, roles: Tensor) -> Tensor:
        told: Tensor = states + self.roles(roles)
        mask = create_bidirectional_mask(
            config=self.upper_config, inputs_embeds=told, attention_mask=attention_mask.long()
        )
        hidden: Tensor = self.norm(told + self.reader(told, attention_mask=mask).last_hidden_state)
        return hidden


def _speaker_loss(speaker: Tensor, labels: Tensor) -> Tensor:
    """Minus the log of the probability that all mentions of the right entity have together."""
    known = labels.sum(-1) > 0
    if not known.any():
        return speaker.sum() * 0
    right = speaker.masked_fill(labels == 0, _BARRED)[known]
    return (speaker[known].logsumexp(-1) - right.logsumexp(-1)).mean()


def _target_loss(target: Tensor, labels: Tensor) -> Tensor:
    """The same for the entities that are targets, or for "no target"; (b, 1 + e) and (b, e)."""
    asked = (labels != IGNORED).any(-1)
    if not asked.any():
        return target.sum() * 0
    is_target = labels > 0
    right = torch.cat([~is_target.any(-1, keepdim=True), is_target], -1)
    ignored = nn.functional.pad(labels == IGNORED, (1, 0), value=False)
    target = target.masked_fill(ignored, _BARRED)[asked]
    return (target.logsumexp(-1) - target.masked_fill(~right[asked], _BARRED).logsumexp(-1)).mean()


def _stance_loss(stance: Tensor, labels: Tensor) -> Tensor:
    """Cross entropy of the label toward each target."""
    is_target = labels > 0
    if not is_target.any():
        return stance.sum() * 0
    return nn.functional.cross_entropy(stance[is_target], labels[is_target] - 1)


def _compose(target: Tensor, labels: Tensor) -> Tensor:
    """Join who is the target and which stance it gets; (b, 1 + e) and (b, e, s - 1) to (b, e, s)."""
    is_target = target.log_softmax(-1)[:, 1:].clamp(max=-1e-4).unsqueeze(-1)
    return torch.cat([torch.log1p(-is_target.exp()), is_target + labels.log_softmax(-1)], -1)


def _pool(mention: Tensor, members: Tensor) -> Tensor:
    """Average and strongest features of each entity's mentions; (b, m, size) to (b, e, 2 size)."""
    count = members.sum(-1, keepdim=True)
    average = members.to(mention.dtype) @ mention / count.clamp(min=1).to(mention.dtype)
    spread = mention.unsqueeze(1).masked_fill(members.unsqueeze(-1) == 0, _BARRED)
    return torch.cat([average, spread.amax(2).masked_fill(count == 0, 0)], -1)


def _mlp(inputs: int, hidden: int, outputs: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(
        nn.Dropout(dropout), nn.Linear(inputs, hidden), nn.GELU(), nn.Linear(hidden, outputs)
    )


def _pair(items: Tensor, quote: Tensor) -> Tensor:
    """Set a quote beside each item, with their product; (b, n, size) and (b, size) to (b, n, 3 size)."""
    quotes = quote.unsqueeze(1).expand_as(items)
    return torch.cat([items, quotes, items * quotes], -1)


def _gather(values: Tensor, index: Tensor) -> Tensor:
    """Take rows: (b, n, h) and (b, k) to (b, k, h)."""
    return values.gather(1, index.unsqueeze(-1).expand(-1, -1, values.shape[-1]))


def _average(values: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(values.dtype)
    return (values * weights).sum(1) / weights.sum(1).clamp(min=1)


AutoConfig.register(LabellerConfig.model_type, LabellerConfig, exist_ok=True)
AutoModel.register(LabellerConfig, QuoteLabeller, exist_ok=True)
