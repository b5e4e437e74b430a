"""From the labeller's logits to quotes, speakers and targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from quotestance.document import Document, Entity, Quote, Speaker, Stance, StanceLabel, overlap_f1
from quotestance.extraction import Candidate, Content, Extraction, build_entities
from quotestance.labelling.config import LabellerConfig
from quotestance.labelling.encoding import Example
from quotestance.labelling.evidence import speaker_evidence, target_evidence, weighed

_SAME = 0.5  # contents that share more are one quote
_MOST_TARGETS = 2  # guidelines, section 3


@dataclass(frozen=True)
class Logits:
    """What the labeller says of one example, without padding.

    Attributes:
        choice: "No quote" and each content; shape (1 + c,).
        speaker: Each mention; shape (m,).
        stance: "No target" and each label for each entity; shape (e, s).
    """

    choice: NDArray[np.float32]
    speaker: NDArray[np.float32]
    stance: NDArray[np.float32]


@dataclass(frozen=True)
class Labelled:
    """A candidate with its probabilities.

    Attributes:
        candidate: The candidate.
        content: The most probable way to cut it.
        quote: Probability that it is a quote.
        speakers: Probability of each cluster of the extraction that may speak, the best first.
        stances: For each cluster the probabilities of "no target" and of each stance label.
    """

    candidate: Candidate
    content: Content
    quote: float
    speakers: tuple[tuple[int, float], ...]
    stances: dict[int, NDArray[np.float32]]


def label(
    candidate: Candidate, example: Example, logits: Logits, config: LabellerConfig
) -> Labelled:
    """Turn the logits of an example into calibrated probabilities."""
    choice = _softmax(logits.choice / config.quote_temperature)
    speaker = _softmax(
        weighed(
            logits.speaker / config.speaker_temperature,
            speaker_evidence(example),
            config.speaker_weights,
        )
    )
    clusters: dict[int, float] = {}
    for row, probability in enumerate(speaker[: len(example.mention_ids)]):
        cluster = example.entity_ids[example.entity_of[row]]
        clusters[cluster] = clusters.get(cluster, 0.0) + float(probability)
    evidence = target_evidence(example)
    stances = {}
    for row, cluster in enumerate(example.entity_ids):
        scaled = logits.stance[row] / config.stance_temperature
        scaled[1:] = weighed(scaled[1:], evidence[[row]], config.target_weights)
        stances[cluster] = _softmax(scaled)
    return Labelled(
        candidate=candidate,
        content=candidate.contents[int(choice[1:].argmax())],
        quote=float(1 - choice[0]),
        speakers=tuple(sorted(clusters.items(), key=lambda pair: -pair[1])),
        stances=stances,
    )


def decode(
    document: Document,
    extraction: Extraction,
    labelled: Sequence[Labelled],
    config: LabellerConfig,
) -> Document:
    """Return the document with the quotes and entities that the probabilities tell.

    A mention that names the speaker by a common noun or a pronoun joins the entity that the labeller
    chose. Entities are those that speak, are spoken to, or have a name.

    Args:
        document: The article; its text, id, domain and extra fields are kept.
        extraction: What the rules found in it.
        labelled: Its candidates with their probabilities.
        config: Thresholds.
    """
    kept = _without_doubles(
        one for one in labelled if one.quote >= config.quote_threshold and one.speakers
    )
    clusters = _resolve(extraction, kept)
    used = {one.speakers[0][0] for one in kept}
    targets = {id(one): _targets(one, clusters, config) for one in kept}
    used.update(cluster for found in targets.values() for cluster, _, _ in found)
    shown = [
        number
        for number, members in enumerate(clusters)
        if members and (number in used or extraction.has_name(number))
    ]
    entities = build_entities(
        extraction.parse, extraction.mentions, [clusters[number] for number in shown]
    )
    entity_of = dict(zip(shown, entities, strict=True))
    quotes = tuple(
        _quote(f"q{number}", one, extraction, entity_of, targets[id(one)])
        for number, one in enumerate(kept, start=1)
    )
    return Document(
        id=document.id,
        text=document.text,
        entities=entities,
        quotes=quotes,
        domain=document.domain,
        extra=document.extra,
    )


def _without_doubles(labelled: Iterable[Labelled]) -> list[Labelled]:
    """Keep the most probable of candidates that claim the same words, in the order of the text."""
    kept: list[Labelled] = []
    for one in sorted(labelled, key=lambda one: -one.quote):
        segments = one.content.segments
        near = (k for k in kept if k.content.segments[0].start < segments[-1].end)
        if all(overlap_f1(segments, k.content.segments) < _SAME for k in near):
            kept.append(one)
    return sorted(kept, key=lambda one: one.content.segments)


def _resolve(extraction: Extraction, kept: Iterable[Labelled]) -> list[list[int]]:
    """Move the common nouns and pronouns that name a speaker to the entity that was chosen.

    Returns:
        The clusters; one that lost its last mention is empty.
    """
    clusters = [list(members) for members in extraction.clusters]
    speaking = {one.speakers[0][0] for one in kept}
    for one in kept:
        mention = _source(extraction, one.candidate)
        if mention is None or extraction.mentions[mention].form == "name":
            continue
        own, chosen = extraction.cluster_of[mention], one.speakers[0][0]
        last = clusters[own] == [mention] and own in speaking
        if own != chosen and mention in clusters[own] and not last:
            clusters[own].remove(mention)
            clusters[chosen] = sorted((*clusters[chosen], mention))
    return clusters


def _source(extraction: Extraction, candidate: Candidate) -> int | None:
    return extraction.mention_at.get(candidate.source) if candidate.source is not None else None


def _targets(
    one: Labelled, clusters: Sequence[Sequence[int]], config: LabellerConfig
) -> list[tuple[int, StanceLabel, float]]:
    """The entities toward which a quote takes a position, with label and probability, best first."""
    found = []
    for cluster, probabilities in one.stances.items():
        if (
            not clusters[cluster]
            or cluster == one.speakers[0][0]
            or 1 - probabilities[0] < config.target_threshold
        ):
            continue
        best = 1 + int(probabilities[1:].argmax())
        name = cast(StanceLabel, config.stance_names[best])
        found.append((cluster, name, float(probabilities[best]), float(probabilities[0])))
    found.sort(key=lambda item: item[3])
    return [(cluster, name, score) for cluster, name, score, _ in found[:_MOST_TARGETS]]


def _quote(
    key: str,
    one: Labelled,
    extraction: Extraction,
    entity_of: dict[int, Entity],
    targets: Sequence[tuple[int, StanceLabel, float]],
) -> Quote:
    speaker, probability = one.speakers[0]
    mention = _source(extraction, one.candidate)
    cue = one.candidate.cue
    return Quote(
        id=key,
        type=one.content.type,
        content=one.content.segments,
        cue=(cue.span,) if cue is not None else (),
        speaker=Speaker(
            entity=entity_of[speaker],
            mention=extraction.mentions[mention].span if mention is not None else None,
            score=round(min(probability, 1.0), 4),
        ),
        stances=tuple(
            Stance(entity_of[cluster], name, round(score, 4)) for cluster, name, score in targets
        ),
        score=round(one.quote, 4),
    )


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    if not logits.size:
        return logits
    powers = np.exp(logits - logits.max())
    total: NDArray[np.float32] = powers / powers.sum()
    return total
