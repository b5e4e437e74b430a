"""The configuration of the quote labeller."""

from __future__ import annotations

from huggingface_hub.dataclasses import strict

from quotestance.labelling.upper import UpperConfig


@strict
class QuoteConfig(UpperConfig):
    """Configuration of ``QuoteLabeller``; see also ``UpperConfig``.

    It owns not all of the layers above the trunk: the last ones of a sentence encoder make all tokens of
    a text alike.

    Attributes:
        left_tokens: Tokens of context before a candidate.
        right_tokens: Tokens of context after it.
        max_tokens: Most tokens of one reading; the middle of a longer quote is left out.
        max_mentions: Most mentions considered for one candidate; the farthest are left out.
        quote_threshold: Least probability of a quote.
        quote_temperature: Divides the logits of content choice; fitted on validation data.
        speaker_temperature: The same for the speaker.
        choice_expert_weight: What the expert's log-probability adds to the logit of "no quote" or of a
            content; fitted on validation data.
        link_threshold: Least probability with which an entity without a name becomes one with another.
        none_bias: What is added to the logit of "no quote"; fitted, because candidates that are none are
            thinned in training.
    """

    model_type = "quotestance-quote"

    left_tokens: int = 110
    right_tokens: int = 30
    max_tokens: int = 288
    max_mentions: int = 48
    quote_threshold: float = 0.5
    quote_temperature: float = 1.0
    speaker_temperature: float = 1.0
    choice_expert_weight: float = 0.0
    link_threshold: float = 1.0
    none_bias: float = 0.0
