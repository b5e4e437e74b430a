"""The labelling configuration of a Label Studio project that takes what ``label_studio`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from quotestance.document import QUOTE_TYPES, STANCE_LABELS
from quotestance.exchange.graph import CONTENT, LABELS, link_labels, tells_stance
from quotestance.exchange.losses import ExchangeError

_COLOURS = ("#f4c542", "#5b8def", "#9b59b6", "#2e9e5b", "#d9822b", "#c0392b", "#7f8c8d")
_MENTIONS = ",".join(LABELS[2:])


def label_studio_config(stances: Sequence[str] = STANCE_LABELS) -> str:
    """Return the XML for Settings → Labeling Interface → Code.

    White space is shown as it is: Label Studio trims it in results otherwise, which moves offsets.

    Args:
        stances: The stance labels to choose from, such as ``("support", "oppose", "neutral")``.

    Raises:
        ExchangeError: when there is none, or one that cannot be the name of a link, such as ``cue``.
    """
    wrong = [label for label in stances if not tells_stance(label)]
    if wrong or not stances:
        raise ExchangeError(
            f"a link cannot tell the stance {wrong[0]!r}; give it another name of letters, digits, _ and -"
            if wrong
            else "there is no stance label to choose from; give at least one"
        )
    labels = "\n".join(
        f"    <Label value={quoteattr(label)} background={quoteattr(colour)}/>"
        for label, colour in zip(LABELS, _COLOURS, strict=True)
    )
    types = "\n".join(f"    <Choice value={quoteattr(kind)}/>" for kind in QUOTE_TYPES)
    relations = "\n".join(
        f"    <Relation value={quoteattr(label)}/>" for label in link_labels(stances)
    )
    return f"""\
<View>
  <Style>.htx-text{{ white-space: pre-wrap; }}</Style>
  <Relations>
{relations}
  </Relations>
  <Labels name="label" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$text" granularity="word"/>
  <Choices name="type" toName="text" perRegion="true" whenTagName="label"
           whenLabelValue="{CONTENT}" choice="single" showInline="true">
{types}
  </Choices>
  <TextArea name="entity" toName="text" perRegion="true" whenTagName="label"
            whenLabelValue="{_MENTIONS}" maxSubmissions="1" placeholder="entity: its id or name"/>
  <TextArea name="speaker" toName="text" perRegion="true" whenTagName="label"
            whenLabelValue="{CONTENT}" maxSubmissions="1"
            placeholder="speaker, where the text names it nowhere"/>
  <TextArea name="target" toName="text" perRegion="true" whenTagName="label"
            whenLabelValue="{CONTENT}"
            placeholder="target, where the text names it nowhere, as NAME: {min(stances)}"/>
</View>
"""
