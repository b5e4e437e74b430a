"""A discourse from a document whose quotes and entities are given, by the pipeline or by an annotator."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quotestance.document import Document, Entity, Quote, Span, overlap_f1
from quotestance.extraction import Candidate, Content, Extraction
from quotestance.extraction.cues import verb_cue
from quotestance.labelling.discourse import Attribution, Discourse
from quotestance.labelling.windows import Stretches

_SAME = 0.5  # overlap F1 from which two spans are one mention


@dataclass(frozen=True)
class GivenDiscourse:
    """The quotes of a document as the labeller reads them.

    Attributes:
        discourse: The quotes, in the order of the text.
        attributions: The same by the id of the quote.
        clusters: The cluster that holds the mentions of each entity, by the id of the entity.
    """

    discourse: Discourse
    attributions: dict[str, Attribution]
    clusters: dict[str, int]


def given_discourse(
    extraction: Extraction, document: Document, quotes: Iterable[Quote] = ()
) -> GivenDiscourse:
    """Read a document's quotes over its own entities.

    Args:
        extraction: What the rules find in the document's text.
        document: The document.
        quotes: Quotes of its text beside its own.
    """
    settled, clusters = _over_entities(extraction, document.entities)
    known = {quote.id: quote for quote in (*document.quotes, *quotes)}
    cut: dict[tuple[Span, ...], Candidate] = {}
    for candidate in extraction.candidates:
        for content in candidate.contents:
            cut.setdefault(content.segments, replace(candidate, contents=(content,)))
    attributions = {}
    for key, quote in known.items():
        candidate = cut.get(quote.content) or _candidate(extraction, quote)
        speaker = clusters.get(quote.speaker.entity.id)
        attributions[key] = Attribution(candidate, candidate.contents[0], speaker)
    in_order = sorted(attributions.values(), key=lambda a: a.content.segments)
    return GivenDiscourse(Discourse(settled, tuple(in_order)), attributions, clusters)


def _over_entities(
    extraction: Extraction, entities: tuple[Entity, ...]
) -> tuple[Extraction, dict[str, int]]:
    """Cluster the mentions as the entities do; those that belong to none stay in the rules' clusters."""
    owner: dict[int, str] = {}
    told = [(span, entity.id) for entity in entities for span in entity.mentions]
    places = Stretches([(span.start, span.end - 1) for span, _ in told])
    for number, mention in enumerate(extraction.mentions):
        here = mention.span
        near = (told[row] for row in places.overlapping(here.start, here.end - 1))
        best = max(
            ((overlap_f1([here], [span]), key) for span, key in near),
            key=lambda pair: pair[0],
            default=(0.0, ""),
        )
        if best[0] >= _SAME:
            owner[number] = best[1]
    rest = [tuple(m for m in members if m not in owner) for members in extraction.clusters]
    members: dict[str, list[int]] = {entity.id: [] for entity in entities}
    for number, key in owner.items():
        members[key].append(number)
    own = [tuple(members[entity.id]) for entity in entities]
    clusters = {entity.id: len(rest) + row for row, entity in enumerate(entities) if own[row]}
    return replace(extraction, clusters=(*rest, *own)), clusters


def _candidate(extraction: Extraction, quote: Quote) -> Candidate:
    """Make the candidate of a quote that the rules do not find, or not so."""
    content = Content(quote.content, quote.type, "marks")
    words = extraction.parse.words_in(quote.cue[0]) if quote.cue else ()
    verb = next((w for w in reversed(words) if w.upos in ("VERB", "NOUN")), None)
    if verb is None:
        return Candidate(None, (content,))
    cue = verb_cue(extraction.parse, verb.index)
    return Candidate(cue, (content,), cue.source, cue.implied)
