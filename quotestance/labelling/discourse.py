"""Quotes whose speaker is known, in their article: what the search for the other party starts from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from quotestance.document import Span
from quotestance.extraction import Candidate, Content, Extraction, Mention

# Sentences before and after a quote in which its parties are looked for. Hardly an article has as many:
# it keeps the work on a very long text in proportion to its length.
_REACH = 100


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
    def first_sentence(self) -> tuple[int, ...]:
        """The sentence that mentions each cluster first; -1 for a cluster without mentions."""
        return tuple(min(sentences, default=-1) for sentences in self.sentences_of)

    @cached_property
    def clusters_in(self) -> dict[int, tuple[int, ...]]:
        """The clusters that each sentence mentions."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for cluster, sentences in enumerate(self.sentences_of):
            for sentence in sentences:
                found[sentence].append(cluster)
        return {sentence: tuple(clusters) for sentence, clusters in found.items()}

    @cached_property
    def _in_order(self) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
        """Of each cluster the sentences of its mentions, in order, and the mentions."""
        ordered = (
            sorted((self.sentence_of[m], m) for m in members)
            for members in self.extraction.clusters
        )
        return tuple(
            (tuple(sentence for sentence, _ in pairs), tuple(m for _, m in pairs))
            for pairs in ordered
        )

    def mentions_near(self, cluster: int, sentence: int) -> tuple[int, ...]:
        """Return the mentions of a cluster within reach of a sentence; all, when none is."""
        sentences, members = self._in_order[cluster]
        low = bisect_left(sentences, sentence - _REACH)
        high = bisect_right(sentences, sentence + _REACH)
        return members[low:high] or members

    @cached_property
    def turns(self) -> tuple[tuple[int, int], ...]:
        """Where each quote is told and which cluster speaks, in order."""
        return tuple(
            sorted((a.anchor.start, a.speaker) for a in self.attributions if a.speaker is not None)
        )

    @cached_property
    def first_turn(self) -> dict[int, int]:
        """Where each cluster that speaks does so for the first time."""
        first: dict[int, int] = {}
        for at, speaker in self.turns:
            first.setdefault(speaker, at)
        return first

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
            for cue in dict.fromkeys(candidate.cue for candidate in self.extraction.candidates)
            if cue is not None  # two candidates may share one
            for head in cue.recipients
            if head in at and at[head] in of
        )

    def turn_before(self, attribution: Attribution) -> int | None:
        """Return who spoke last before a quote, be it the same speaker."""
        end = bisect_left(self.turns, (attribution.anchor.start, -1))
        return self.turns[end - 1][1] if end else None

    def spoke_before(self, attribution: Attribution) -> int | None:
        """Return who else spoke last before a quote."""
        row = bisect_left(self.turns, (attribution.anchor.start, -1)) - 1
        if row >= 0 and self.turns[row][1] == attribution.speaker:
            row = self._others[0][row]
        return self.turns[row][1] if row >= 0 else None

    def speaks_next(self, attribution: Attribution) -> int | None:
        """Return who else speaks first after a quote."""
        row = bisect_left(self.turns, (attribution.anchor.start + 1, -1))
        if row < len(self.turns) and self.turns[row][1] == attribution.speaker:
            row = self._others[1][row]
        return self.turns[row][1] if row < len(self.turns) else None

    @cached_property
    def _others(self) -> tuple[list[int], list[int]]:
        """For each turn the nearest of another speaker, before it (-1: none) and after it (their number)."""
        speakers = [speaker for _, speaker in self.turns]
        count = len(speakers)
        before, after = list(range(-1, count - 1)), list(range(1, count + 1))
        for row in range(1, count):
            if speakers[row] == speakers[row - 1]:
                before[row] = before[row - 1]
        for row in range(count - 2, -1, -1):
            if speakers[row] == speakers[row + 1]:
                after[row] = after[row + 1]
        return before, after

    def parties(self, attribution: Attribution, wanted: Collection[int] = ()) -> list[int]:
        """Return the clusters that may be the target of a quote, likely ones first.

        They are those near the quote that have a name, come more than once, or stand in its sentence
        or content; a pronoun alone only within the quote or as an object of its cue.

        Args:
            attribution: A quote.
            wanted: Clusters that are asked about in any case; they come first.
        """
        cue = attribution.candidate.cue
        heads = set(cue.recipients) if cue is not None else set()
        here = self.sentence(attribution)
        around = {
            cluster
            for sentence in range(here - _REACH, here + _REACH + 1)
            for cluster in self.clusters_in.get(sentence, ())
        }
        scored = []
        for cluster in around.union(wanted) - {attribution.speaker}:
            near = self.mentions_near(cluster, here)
            if not near:
                continue
            mentions = [self.extraction.mentions[m] for m in near]
            close = any(m.head in heads or inside(m, attribution.content) for m in mentions)
            if all(m.form == "pronoun" for m in mentions):
                likely = close
            else:
                likely = (
                    close
                    or len(near) > 1
                    or self.extraction.has_name(cluster)
                    or any(self.sentence_of[m] == here for m in near)
                )
            if not likely and cluster not in wanted:
                continue
            distance = min(abs(self.sentence_of[m] - here) for m in near)
            key = (cluster not in wanted, not close, distance - 2 * min(len(near), 4))
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
