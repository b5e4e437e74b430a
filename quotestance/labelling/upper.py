"""What both labellers have in common: their own layers on top of the encoder's frozen lower ones.

Letters of shapes: b batch, t tokens, h width.
"""

from __future__ import annotations

import copy
from typing import Any

import torch
from huggingface_hub.dataclasses import strict
from torch import Tensor, nn
from transformers import AutoConfig, PreTrainedConfig, PreTrainedModel
from transformers.masking_utils import create_bidirectional_mask
from transformers.models.bert.modeling_bert import BertEncoder

# Share of the tokens that are hidden while it learns: few articles are soon known by heart. After Iyyer et
# al. (2015), *Deep Unordered Composition Rivals Syntactic Methods for Text Classification*.
_HIDDEN_TOKENS = 0.1


@strict
class UpperConfig(PreTrainedConfig):
    """Configuration of a model that owns some of an encoder's upper layers.

    Attributes:
        encoder_config: Configuration of the encoder.
        trunk_layers: How many of its lower layers stay frozen.
        upper_layers: How many layers above them the model owns.
        head_size: Width of the heads' hidden layers.
        dropout: Dropout of the heads.
        expert_weight: What the expert's log-probability adds to the logit of an option; fitted on
            validation data.
    """

    sub_configs = {"encoder_config": AutoConfig}  # noqa: RUF012 - transformers' own form

    encoder_config: PreTrainedConfig | dict | None = None
    trunk_layers: int = 6
    upper_layers: int = 4
    head_size: int = 256
    dropout: float = 0.1
    expert_weight: float = 0.0

    @property
    def encoder(self) -> PreTrainedConfig:
        """The encoder's configuration.

        Raises:
            ValueError: when none was given.
        """
        if not isinstance(self.encoder_config, PreTrainedConfig):
            raise ValueError("the labeller's configuration lacks encoder_config")
        return self.encoder_config

    def __post_init__(self, **kwargs: Any) -> None:
        """Turn a plain dictionary into the encoder's configuration."""
        if isinstance(self.encoder_config, dict):
            self.encoder_config = AutoConfig.for_model(**self.encoder_config)
        elif self.encoder_config is not None:
            # a configuration hands its attention implementation down to its parts: the live encoder's
            # own must not be touched, or it would read without a mask
            self.encoder_config = copy.deepcopy(self.encoder_config)
            self.encoder_config.name_or_path = ""  # where it lay is of no use elsewhere
        super().__post_init__(**kwargs)


class UpperModel(PreTrainedModel):
    """A model that reads tokens on with layers of its own, starting from the trunk's states."""

    config: UpperConfig
    base_model_prefix = "reader"
    main_input_name = "states"

    def __init__(self, config: UpperConfig) -> None:
        super().__init__(config)
        upper = AutoConfig.for_model(**config.encoder.to_dict())
        upper.num_hidden_layers = config.upper_layers
        upper.attention_probs_dropout_prob = 0.0  # slow on a CPU, and worth nothing here
        upper._attn_implementation = "sdpa"
        self.upper_config = upper
        self.reader = BertEncoder(upper)
        self.norm = nn.LayerNorm(upper.hidden_size)

    def partly_hidden(self, states: Tensor) -> Tensor:
        """Return the trunk's states, in training without those of some tokens; (b, t, h)."""
        if not self.training:
            return states
        shown = torch.rand(states.shape[:2], device=states.device) >= _HIDDEN_TOKENS
        return states * shown.unsqueeze(-1).to(states.dtype)

    def read(self, told: Tensor, attention_mask: Tensor) -> Tensor:
        """Read tokens on.

        Args:
            told: The trunk's states, with what else the model is told of each token; (b, t, h).
            attention_mask: 1 for tokens; (b, t).

        Returns:
            The states above the model's own layers; (b, t, h).
        """
        mask = create_bidirectional_mask(
            config=self.upper_config, inputs_embeds=told, attention_mask=attention_mask.long()
        )
        read: Tensor = self.reader(told, attention_mask=mask).last_hidden_state
        hidden: Tensor = self.norm(told + read)
        return hidden
