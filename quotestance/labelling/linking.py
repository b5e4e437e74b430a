"""Giving entities without a name to those that they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch

from quotestance.extraction import Extraction
from quotestance.labelling.decoding import Labelled
from quotestance.labelling.discourse import Discourse
from quotestance.labelling.entity_links import link_examples
from quotestance.labelling.quote_model import QuoteLabeller


@torch.inference_mode()
def find_links(extraction: Extraction, model: QuoteLabeller) -> dict[int, int]:
    """Return which clusters without a name are which others.

    Args:
        extraction: What the rules found in an article.
        model: Has the judge of such clusters; its configuration tells how sure it must be.

    Returns:
        The cluster that each stands for; none of these stands for another one itself.
    """
    links: dict[int, int] = {}
    device = model.device
    for example in link_examples(extraction):
        options = torch.from_numpy(example.features).to(device)
        rates = model.link_rates(torch.from_numpy(example.words).to(device))
        told = torch.cat([options, rates], -1).unsqueeze(0)
        judged = model.link_expert(told, torch.ones(told.shape[:2], device=device))[0].exp()
        best = int(judged[1:].argmax())
        end = _end(links, example.others[best])
        if float(judged[1 + best]) >= model.config.link_threshold and end != example.cluster:
            links[example.cluster] = end
    return {cluster: _end(links, cluster) for cluster in links}


def follow_links(
    kept: Sequence[Labelled], discourse: Discourse, links: Mapping[int, int]
) -> tuple[list[Labelled], Discourse]:
    """Return quotes and discourse with linked clusters as one.

    Args:
        kept: Quotes with their probabilities.
        discourse: The same quotes over the clusters.
        links: As ``find_links`` gives them.

    Returns:
        The same, in which a cluster that stands for another one is empty.
    """
    extraction = discourse.extraction
    clusters = [list(members) for members in extraction.clusters]
    for cluster, other in links.items():
        clusters[other] += clusters[cluster]
        clusters[cluster] = []
    merged = tuple(tuple(sorted(members)) for members in clusters)
    attributions = tuple(
        a if a.speaker is None else replace(a, speaker=links.get(a.speaker, a.speaker))
        for a in discourse.attributions
    )
    told = [replace(one, speakers=_summed(one.speakers, links)) for one in kept]
    return told, Discourse(replace(extraction, clusters=merged), attributions)


def _end(links: Mapping[int, int], cluster: int) -> int:
    while cluster in links:
        cluster = links[cluster]
    return cluster


def _summed(
    speakers: Sequence[tuple[int, float]], links: Mapping[int, int]
) -> tuple[tuple[int, float], ...]:
    """The best speaker stays the best; what was told of its other clusters is added."""
    best = links.get(speakers[0][0], speakers[0][0])
    total: dict[int, float] = {best: 0.0}
    for cluster, probability in speakers:
        end = links.get(cluster, cluster)
        total[end] = total.get(end, 0.0) + probability
    first, *others = total.items()
    return (first, *sorted(others, key=lambda pair: -pair[1]))
