"""From annotated articles to what the stance labeller trains on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from quotestance.document import Document, Quote
from quotestance.extraction import Extraction
from quotestance.labelling.discourse import Attribution, Discourse, settle
from quotestance.labelling.stance_model import NO_TARGET, OTHER_LABEL, UNKNOWN
from quotestance.training.quote_targets import match_quotes, owners


def annotated_discourse(
    document: Document, extraction: Extraction
) -> tuple[Discourse, list[Quote], dict[int, str]]:
    """Return the annotated quotes that the rules find, with their annotated speakers.

    Returns:
        The discourse; the annotated quote of each of its attributions; the annotated entity to which
        each cluster belongs.
    """
    owner = owners(document, extraction)
    found: dict[Attribution, Quote] = {}
    for number, (quote, content) in match_quotes(document.quotes, extraction.candidates).items():
        candidate = extraction.candidates[number]
        speaker = _main_cluster(extraction, owner, quote.speaker.entity.id)
        found[Attribution(candidate, candidate.contents[content], speaker)] = quote
    discourse = settle(extraction, found)
    quotes = [found[one] for one in discourse.attributions]
    return discourse, quotes, owners(document, discourse.extraction)


def stance_labels(
    quote: Quote,
    parties: Sequence[int],
    extraction: Extraction,
    owner: Mapping[int, str],
    stance_names: Sequence[str],
) -> NDArray[np.int64]:
    """Tell for each party whether it is a target and of which stance.

    Where the target's names are at hand, only they are right: so the model learns to answer *il premier*
    with the one who has a name, though the rules did not join the two.

    Args:
        quote: The annotated quote.
        parties: Clusters.
        extraction: That of the clusters.
        owner: The annotated entity to which each cluster belongs.
        stance_names: The stance labels as the labeller numbers them.

    Returns:
        ``NO_TARGET``, 1 + a label, ``OTHER_LABEL`` or ``UNKNOWN`` for each party; all unknown when the
        quote has a target that is not among them. Shape (p,).
    """
    numbers = {name: 1 + number for number, name in enumerate(stance_names)}
    toward = {stance.target.id: numbers.get(stance.label, OTHER_LABEL) for stance in quote.stances}
    at_hand = {owner.get(party) for party in parties if extraction.has_name(party)}
    labels = np.full(len(parties), NO_TARGET, dtype=np.int64)
    for row, party in enumerate(parties):
        entity = owner.get(party)
        if entity is None:
            continue
        if entity == quote.speaker.entity.id:
            labels[row] = UNKNOWN  # the speaker under another name
        elif entity not in at_hand or extraction.has_name(party):
            labels[row] = toward.get(entity, NO_TARGET)
    if toward and not (labels > NO_TARGET).any():
        labels[:] = UNKNOWN
    return labels


def _main_cluster(
    extraction: Extraction, owner: Mapping[int, str], entity: str | None
) -> int | None:
    """The cluster that stands for an annotated entity: one with a name before one without, the largest."""
    own = [cluster for cluster, key in owner.items() if key == entity]
    if not own:
        return None
    return max(own, key=lambda c: (extraction.has_name(c), len(extraction.clusters[c])))
