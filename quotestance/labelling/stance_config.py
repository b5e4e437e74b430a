"""The configuration of the stance labeller."""

from __future__ import annotations

from typing import Any

from huggingface_hub.dataclasses import strict

from quotestance.document import STANCE_LABELS
from quotestance.labelling.upper import UpperConfig

_ROOM = 440  # tokens that a reading may have, within the encoder's 512
_NAME = 9  # most tokens of a party's name with the sign before it


@strict
class StanceConfig(UpperConfig):
    """Configuration of ``StanceLabeller``; see also ``UpperConfig``.

    Attributes:
        left_tokens: Tokens of context before a quote.
        right_tokens: Tokens of context after it.
        body_tokens: Most tokens of cue and content; the middle of a longer quote is left out.
        max_parties: Most parties asked about; the least likely are left out.
        target_threshold: Least probability of a target.
        second_target: A second target is given when it is so likely, as a share of the first.
        target_temperature: Divides the logits of the target; fitted on validation data.
        label_temperature: The same for the stance label.
    """

    model_type = "quotestance-stance"

    trunk_layers: int = 2
    upper_layers: int = 8
    left_tokens: int = 56
    right_tokens: int = 20
    body_tokens: int = 112
    max_parties: int = 18
    target_threshold: float = 0.25
    second_target: float = 0.9
    target_temperature: float = 1.0
    label_temperature: float = 1.0

    @property
    def stance_names(self) -> tuple[str, ...]:
        """The stance labels, in the order of the logits."""
        return tuple(str(name) for _, name in sorted((self.id2label or {}).items()))

    def __post_init__(self, **kwargs: Any) -> None:
        """Check that a reading fits into the encoder, and name the stance labels."""
        around = self.left_tokens + self.right_tokens + self.body_tokens
        if around + _NAME * self.max_parties > _ROOM:
            raise ValueError(
                "a reading of the stance labeller would not fit into the encoder: make left_tokens, "
                "right_tokens, body_tokens or max_parties smaller"
            )
        names: dict[int, str] = {
            int(number): name for number, name in (self.id2label or {}).items()
        }
        self.id2label = names or dict(enumerate(map(str, STANCE_LABELS)))
        self.label2id = {name: number for number, name in self.id2label.items()}
        super().__post_init__(**kwargs)
