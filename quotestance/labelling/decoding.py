"""From the labellers' logits to quotes with their speakers, and to documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotestance.document import Document, Entity, Quote, Speaker, Stance, overlap_f1
from quotestance.extraction import Candidate, Content, Extraction, build_entities
from quotestance.labelling.discourse import Attribution, Discourse, settle, source_mention
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.quote_encoding import QuoteExample
from quotestance.labelling.stance_config import StanceConfig

_SAME = 0.5  # contents that share more are one quote


@dataclass(frozen=True)
class QuoteLogits:
    """What the quote labeller says of one candidate, without padding.

    Attributes:
        choice: "No quote" and each content; shape (1 + c,).
        speaker: Each mention; shape (m,).
        expert: Log-probability of each mention by its features alone; shape (m,).
        choice_expert: The same of "no quote" and of each content; shape (1 + c,).
    """

    choice: NDArray[np.float32]
    speaker: NDArray[np.float32]
    expert: NDArray[np.float32]
    choice_expert: NDArray[np.float32]


@dataclass(frozen=True)
class StanceLogits:
    """What the stance labeller says of one quote, without padding.

    Attributes:
        target: "Nobody" and each party; shape (1 + p,).
        label: Each stance label toward each party; shape (p, l).
        expert: Log-probabilities of "nobody" and of each party by features alone; shape (1 + p,).
    """

    target: NDArray[np.float32]
    label: NDArray[np.float32]
    expert: NDArray[np.float32]


@dataclass(frozen=True)
class Labelled:
    """A candidate with its probabilities.

    Attributes:
        candidate: The candidate.
        content: The most probable way to cut it.
        quote: Probability that it is a quote.
        speakers: Probability of each cluster of the extraction that may speak, the best first.
    """

    candidate: Candidate
    content: Content
    quote: float
    speakers: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Position:
    """How a quote stands toward one party.

    Attributes:
        party: Cluster of the extraction.
        target: Probability that the quote takes a position on it; with those of the other parties and
            of "nobody" it sums to 1.
        labels: Probability of each stance label, given that it does; shape (l,).
    """

    party: int
    target: float
    labels: NDArray[np.float32]


def label(
    candidate: Candidate, example: QuoteExample, logits: QuoteLogits, config: QuoteConfig
) -> Labelled:
    """Turn the logits of a candidate into calibrated probabilities."""
    scaled = (
        logits.choice / config.quote_temperature
        + config.choice_expert_weight * logits.choice_expert
    )
    scaled[0] += config.none_bias
    choice = _softmax(scaled)
    speaker = _softmax(
        logits.speaker / config.speaker_temperature + config.expert_weight * logits.expert
    )
    clusters: dict[int, float] = {}
    for row, probability in enumerate(speaker[: len(example.mention_ids)]):
        cluster = example.entity_ids[example.entity_of[row]]
        clusters[cluster] = clusters.get(cluster, 0.0) + float(probability)
    return Labelled(
        candidate=candidate,
        content=candidate.contents[int(choice[1:].argmax())],
        quote=float(1 - choice[0]),
        speakers=tuple(sorted(clusters.items(), key=lambda pair: -pair[1])),
    )


def positions(
    parties: Sequence[int], logits: StanceLogits, config: StanceConfig
) -> tuple[Position, ...]:
    """Turn the logits of a quote into calibrated probabilities, the likeliest target first."""
    target = _softmax(
        logits.target / config.target_temperature + config.expert_weight * logits.expert
    )
    found = [
        Position(
            party, float(target[1 + row]), _softmax(logits.label[row] / config.label_temperature)
        )
        for row, party in enumerate(parties)
    ]
    return tuple(sorted(found, key=lambda position: -position.target))


def attribute(
    extraction: Extraction, labelled: Iterable[Labelled], config: QuoteConfig
) -> tuple[list[Labelled], Discourse]:
    """Keep the quotes, and settle who speaks in each.

    A mention that names the speaker by a common noun or a pronoun joins the entity that the labeller
    chose.

    Args:
        extraction: What the rules found in an article.
        labelled: Its candidates with their probabilities.
        config: Tells the threshold.

    Returns:
        The quotes in the order of the text, and the same as a discourse over the settled entities.
    """
    kept = _without_doubles(
        one for one in labelled if one.quote >= config.quote_threshold and one.speakers
    )
    told = [Attribution(k.candidate, k.content, k.speakers[0][0]) for k in kept]
    return kept, settle(extraction, told)


def decode(
    document: Document,
    discourse: Discourse,
    kept: Sequence[Labelled],
    stances: Sequence[Sequence[Position]],
    config: StanceConfig,
) -> Document:
    """Return the document with the quotes and entities that the probabilities tell.

    Entities are those that speak, are spoken to, or have a name.

    Args:
        document: The article; its text, id, domain and extra fields are kept.
        discourse: Its quotes with their speakers, as ``attribute`` gives them.
        kept: The same with their probabilities.
        stances: For each quote its positions toward the parties, the likeliest target first.
        config: Tells the threshold.
    """
    extraction = discourse.extraction
    targets = [_targets(found, config) for found in stances]
    used = {one.speakers[0][0] for one in kept} | {t.party for found in targets for t in found}
    shown = [
        number
        for number, members in enumerate(extraction.clusters)
        if members and (number in used or extraction.has_name(number))
    ]
    entities = build_entities(
        extraction.parse, extraction.mentions, [extraction.clusters[number] for number in shown]
    )
    entity_of = dict(zip(shown, entities, strict=True))
    quotes = tuple(
        _quote(f"q{number}", one, extraction, entity_of, found, config.stance_names)
        for number, (one, found) in enumerate(zip(kept, targets, strict=True), start=1)
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
    for run in _runs(labelled):
        best: list[Labelled] = []
        for one in sorted(run, key=lambda one: -one.quote):
            segments = one.content.segments
            if all(overlap_f1(segments, other.content.segments) < _SAME for other in best):
                best.append(one)
        kept.extend(best)
    return sorted(kept, key=lambda one: one.content.segments)


def _runs(labelled: Iterable[Labelled]) -> Iterator[list[Labelled]]:
    """Yield the candidates in runs whose contents do not reach into each other."""
    run: list[Labelled] = []
    end = 0
    for one in sorted(labelled, key=lambda one: one.content.segments):
        if run and one.content.segments[0].start >= end:
            yield run
            run = []
        run.append(one)
        end = max(end, one.content.segments[-1].end)
    if run:
        yield run


def _targets(found: Sequence[Position], config: StanceConfig) -> list[Position]:
    """The parties on which a quote takes a position.

    The likeliest, when it is likely enough; the second as well when it is nearly as likely (two are the
    most that the guidelines allow, section 3).
    """
    if not found or found[0].target < config.target_threshold:
        return []
    first, *others = found
    return [first, *(p for p in others[:1] if p.target >= config.second_target * first.target)]


def _quote(
    key: str,
    one: Labelled,
    extraction: Extraction,
    entity_of: Mapping[int, Entity],
    targets: Sequence[Position],
    stance_names: Sequence[str],
) -> Quote:
    speaker, probability = one.speakers[0]
    mention = source_mention(extraction, one.candidate)
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
        stances=tuple(_stance(entity_of, position, stance_names) for position in targets),
        score=round(one.quote, 4),
    )


def _stance(
    entity_of: Mapping[int, Entity], position: Position, stance_names: Sequence[str]
) -> Stance:
    best = int(position.labels.argmax())
    score = position.target * float(position.labels[best])
    return Stance(entity_of[position.party], stance_names[best], round(min(score, 1.0), 4))


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    if not logits.size:
        return logits
    powers = np.exp(logits - logits.max())
    total: NDArray[np.float32] = powers / powers.sum()
    return total
