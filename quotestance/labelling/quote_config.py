"""The configuration of the quote labeller."""

from __future__ import annotations

import copy
from typing import Any

from huggingface_hub.dataclasses import strict
from transformers import AutoConfig, PreTrainedConfig


@strict
class QuoteConfig(PreTrainedConfig):
    """Configuration of ``QuoteLabeller``.

    Attributes:
        encoder_config: Configuration of the encoder whose upper layers the labeller fine-tunes.
        trunk_layers: How many of the encoder's lower layers stay frozen and shared with the parser.
        upper_layers: How many layers above them the labeller owns. Not all: the last ones of a sentence
            encoder make all tokens of a text alike.
        head_size: Width of the heads' hidden layers.
        dropout: Dropout of the heads.
        left_tokens: Tokens of context before a candidate.
        right_tokens: Tokens of context after it.
        max_tokens: Most tokens of one reading; the middle of a longer quote is left out.
        max_mentions: Most mentions considered for one candidate; the farthest are left out.
        quote_threshold: Least probability of a quote.
        quote_temperature: Divides the logits of content choice; fitted on validation data.
        speaker_temperature: The same for the speaker.
        none_bias: What is added to the logit of "no quote"; fitted, because candidates that are none are
            thinned in training.
        expert_weight: What the expert's log-probability adds to the logit of a speaker; fitted too.
    """

    model_type = "quotestance-quote"
    sub_configs = {"encoder_config": AutoConfig}  # noqa: RUF012 - transformers' own form

    encoder_config: PreTrainedConfig | dict | None = None
    trunk_layers: int = 6
    upper_layers: int = 4
    head_size: int = 256
    dropout: float = 0.1
    left_tokens: int = 110
    right_tokens: int = 30
    max_tokens: int = 288
    max_mentions: int = 48
    quote_threshold: float = 0.5
    quote_temperature: float = 1.0
    speaker_temperature: float = 1.0
    none_bias: float = 0.0
    expert_weight: float = 0.0

    @property
    def encoder(self) -> PreTrainedConfig:
        """The encoder's configuration.

        Raises:
            ValueError: when none was given.
        """
        if not isinstance(self.encoder_config, PreTrainedConfig):
            raise ValueError("the quote labeller's configuration lacks encoder_config")
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
