"""The configuration of the stance labeller."""

from __future__ import annotations

import copy
from typing import Any

from huggingface_hub.dataclasses import strict
from transformers import AutoConfig, PreTrainedConfig

from quotestance.document import STANCE_LABELS

_ROOM = 440  # tokens that a reading may have, within the encoder's 512
_NAME = 9  # most tokens of a party's name with the sign before it


@strict
class StanceConfig(PreTrainedConfig):
    """Configuration of ``StanceLabeller``.

    Attributes:
        encoder_config: Configuration of the encoder whose layers the labeller fine-tunes.
        trunk_layers: How many of the encoder's lower layers stay frozen.
        upper_layers: How many layers above them the labeller owns.
        head_size: Width of the heads' hidden layers.
        dropout: Dropout of the heads.
        left_tokens: Tokens of context before a quote.
        right_tokens: Tokens of context after it.
        body_tokens: Most tokens of cue and content; the middle of a longer quote is left out.
        max_parties: Most parties asked about; the least likely are left out.
        target_threshold: Least probability that there is any target.
        second_target: A second target is given when it is so likely, as a share of the first.
        target_temperature: Divides the logits of the target; fitted on validation data.
        expert_weight: What the expert's log-probability adds to the logit of a target; fitted too.
        label_temperature: The same for the stance label.
    """

    model_type = "quotestance-stance"
    sub_configs = {"encoder_config": AutoConfig}  # noqa: RUF012 - transformers' own form

    encoder_config: PreTrainedConfig | dict | None = None
    trunk_layers: int = 2
    upper_layers: int = 8
    head_size: int = 256
    dropout: float = 0.1
    left_tokens: int = 56
    right_tokens: int = 20
    body_tokens: int = 112
    max_parties: int = 18
    target_threshold: float = 0.5
    second_target: float = 0.9
    target_temperature: float = 1.0
    expert_weight: float = 0.0
    label_temperature: float = 1.0

    @property
    def encoder(self) -> PreTrainedConfig:
        """The encoder's configuration.

        Raises:
            ValueError: when none was given.
        """
        if not isinstance(self.encoder_config, PreTrainedConfig):
            raise ValueError("the stance labeller's configuration lacks encoder_config")
        return self.encoder_config

    @property
    def stance_names(self) -> tuple[str, ...]:
        """The stance labels, in the order of the logits."""
        return tuple(str(name) for _, name in sorted((self.id2label or {}).items()))

    def __post_init__(self, **kwargs: Any) -> None:
        """Turn a plain dictionary into the encoder's configuration and name the stance labels."""
        if isinstance(self.encoder_config, dict):
            self.encoder_config = AutoConfig.for_model(**self.encoder_config)
        elif self.encoder_config is not None:
            # as in QuoteConfig: the live encoder's own configuration must not be touched
            self.encoder_config = copy.deepcopy(self.encoder_config)
            self.encoder_config.name_or_path = ""  # where it lay is of no use elsewhere
        around = self.left_tokens + self.right_tokens + self.body_tokens
        if around + _NAME * self.max_parties > _ROOM:
            raise ValueError(
                "a reading of the stance labeller would not fit into the encoder: make left_tokens, "
                "right_tokens, body_tokens or max_parties smaller"
            )
        if not kwargs.get("id2label"):
            kwargs["id2label"] = dict(enumerate(STANCE_LABELS))
        kwargs["label2id"] = {label: int(i) for i, label in kwargs["id2label"].items()}
        super().__post_init__(**kwargs)
