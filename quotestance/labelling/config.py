"""The labeller's configuration."""

from __future__ import annotations

import copy
from dataclasses import field
from typing import Any

from huggingface_hub.dataclasses import strict
from transformers import AutoConfig, PreTrainedConfig

from quotestance.document import STANCE_LABELS


@strict
class LabellerConfig(PreTrainedConfig):
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
        target_threshold: Least probability of a target.
        quote_temperature: Divides the logits of content choice; fitted on validation data.
        speaker_temperature: The same for the speaker.
        stance_temperature: The same for the stance.
        speaker_weights: What each kind of syntactic evidence (``evidence.py``) adds to the logit of a
            speaker; fitted with the temperature. Empty for nothing.
        target_weights: The same for the logit of a target.
    """

    model_type = "quotestance"
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
    target_threshold: float = 0.5
    quote_temperature: float = 1.0
    speaker_temperature: float = 1.0
    stance_temperature: float = 1.0
    speaker_weights: list[float] = field(default_factory=list)
    target_weights: list[float] = field(default_factory=list)

    @property
    def encoder(self) -> PreTrainedConfig:
        """The encoder's configuration.

        Raises:
            ValueError: when none was given.
        """
        if not isinstance(self.encoder_config, PreTrainedConfig):
            raise ValueError("the labeller's configuration lacks encoder_config")
        return self.encoder_config

    @property
    def stance_names(self) -> tuple[str, ...]:
        """What the labeller may say of an entity: ``none``, for no target, and the stance labels."""
        return tuple(str(name) for _, name in sorted((self.id2label or {}).items()))

    def __post_init__(self, **kwargs: Any) -> None:
        """Turn a plain dictionary into the encoder's configuration and name the stance labels."""
        if isinstance(self.encoder_config, dict):
            self.encoder_config = AutoConfig.for_model(**self.encoder_config)
        elif self.encoder_config is not None:
            # a configuration hands its attention implementation down to its parts: the live encoder's
            # own must not be touched, or it would read without a mask
            self.encoder_config = copy.deepcopy(self.encoder_config)
        if not kwargs.get("id2label"):
            kwargs["id2label"] = dict(enumerate(("none", *STANCE_LABELS)))
        kwargs["label2id"] = {label: int(i) for i, label in kwargs["id2label"].items()}
        super().__post_init__(**kwargs)
