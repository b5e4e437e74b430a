"""Quotes whose speaker is known, in their article: what the search for the other party starts from."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from quotestance.document import Span
from quotestance.extraction import Candidate, Content, Extraction, Mention


@dataclass(frozen=True)
class Attribution:
    """A quote with its speaker.

    Attributes:
        candidate: The candidate that it was found as.
        content: How its content is cut.
        speaker: Cluster of the extraction that speaks; None when it is not among them.
    """

    candidate: Candidate
    content: Content
    speaker: int | None

    @property
    def anchor(self) -> Span:
        """Where it is told that something is said: the cue, or the first words said."""
        cue = self.candidate.cue
        return cue.span if cue is not None else self.content.segments[0]

    @property
    def span(self) -> Span:
        """From the first to the last character of cue and content."""
        spans = [*self.content.segments, self.anchor]
        return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True)
class Discourse:
    """The quotes of an article in order, and the parties that they may be about.

    Attributes:
        extraction: What was found in the article.
        attributions: Its quotes, in the order of the text.
    """

    extraction: Extraction
    attributions: tuple[Attribution, ...]

    @cached_property
    def sentence_of(self) -> tuple[int, ...]:
        """The sentence in which each mention stands."""
        parse = self.extraction.parse
        return tuple(parse.sentence_of(m.head).index for m in self.extraction.mentions)

    @cached_property
    def sentences_of(self) -> tuple[frozenset[int], ...]:
        """The sentences that mention each cluster."""
        return tuple(
            frozenset(self.sentence_of[m] for m in members) for members in self.extraction.clusters
        )

    @cached_property
    def turns(self) -> tuple[tuple[int, int], ...]:
        """Where each quote is told and which cluster speaks, in order."""
        return tuple(
            sorted((a.anchor.start, a.speaker) for a in self.attributions if a.speaker is not None)
        )

    @cached_property
    def spoken(self) -> Counter[int]:
        """How many quotes each cluster speaks."""
        return Counter(speaker for _, speaker in self.turns)

    @cached_property
    def addressed(self) -> Counter[int]:
        """How often each cluster is an object or complement of a cue."""
        at, of = self.extraction.mention_at, self.extraction.cluster_of
        return Counter(
            of[at[head]]
            for candidate in self.extraction.candidates
            if candidate.cue is not None
            for head in candidate.cue.recipients
            if head in at and at[head] in of
        )

    def spoke_before(self, attribution: Attribution) -> int | None:
        """Return who else spoke last before a quote."""
        end = bisect_left(self.turns, (attribution.anchor.start, -1))
        others = (s for _, s in reversed(self.turns[:end]) if s != attribution.speaker)
        return next(others, None)

    def speaks_next(self, attribution: Attribution) -> int | None:
        """Return who else speaks first after a quote."""
        start = bisect_left(self.turns, (attribution.anchor.start + 1, -1))
        others = (s for _, s in self.turns[start:] if s != attribution.speaker)
        return next(others, None)

    def parties(self, attribution: Attribution, wanted: Collection[int] = ()) -> list[int]:
        """Return the clusters that may be the target of a quote, likely ones first.

        They are those that have a name, come more than once, or stand in the quote's sentence or
        content; a pronoun alone only within the quote or as an object of its cue.

        Args:
            attribution: A quote.
            wanted: Clusters that are asked about in any case; they come first.
        """
        cue = attribution.candidate.cue
        heads = set(cue.recipients) if cue is not None else set()
        here = self.sentence(attribution)
        scored = []
        for cluster, members in enumerate(self.extraction.clusters):
            if not members or cluster == attribution.speaker:
                continue
            mentions = [self.extraction.mentions[m] for m in members]
            close = any(m.head in heads or inside(m, attribution.content) for m in mentions)
            if all(m.form == "pronoun" for m in mentions):
                likely = close
            else:
                likely = (
                    close
                    or len(members) > 1
                    or self.extraction.has_name(cluster)
                    or any(self.sentence_of[m] == here for m in members)
                )
            if not likely and cluster not in wanted:
                continue
            distance = min(abs(self.sentence_of[m] - here) for m in members)
            key = (cluster not in wanted, not close, distance - 2 * min(len(members), 4))
            scored.append((key, cluster))
        return [cluster for _, cluster in sorted(scored)]

    def sentence(self, attribution: Attribution) -> int:
        """Return the sentence in which a quote is told."""
        parse = self.extraction.parse
        word = next(iter(parse.words_in(attribution.anchor)), None)
        return parse.sentence_of(word.index).index if word is not None else 0


def inside(mention: Mention, content: Content) -> bool:
    """Tell whether a mention stands in a content."""
    return any(segment.overlaps(mention.span) for segment in content.segments)


def settle(extraction: Extraction, attributions: Iterable[Attribution]) -> Discourse:
    """Give the common nouns and pronouns that name a speaker to the entity that speaks.

    Args:
        extraction: What the rules found in an article.
        attributions: Its quotes.

    Returns:
        The quotes in the order of the text, over an extraction in which a cluster that lost its last
        mention is empty.
    """
    clusters = [list(members) for members in extraction.clusters]
    attributions = sorted(attributions, key=lambda a: a.content.segments)
    speaking = {a.speaker for a in attributions}
    for attribution in attributions:
        mention, chosen = source_mention(extraction, attribution.candidate), attribution.speaker
        if mention is None or chosen is None or extraction.mentions[mention].form == "name":
            continue
        own = extraction.cluster_of[mention]
        last = clusters[own] == [mention] and own in speaking
        if own != chosen and mention in clusters[own] and not last:
            clusters[own].remove(mention)
            clusters[chosen] = sorted((*clusters[chosen], mention))
    settled = replace(extraction, clusters=tuple(map(tuple, clusters)))
    return Discourse(settled, tuple(attributions))


def source_mention(extraction: Extraction, candidate: Candidate) -> int | None:
    """Return the mention that names the speaker of a candidate, if one does."""
    return extraction.mention_at.get(candidate.source) if candidate.source is not None else None
