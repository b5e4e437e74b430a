"""All that the rules find in a parse, for the labeller to judge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from quotestance.extraction.candidates import Candidate, find_candidates
from quotestance.extraction.entities import cluster
from quotestance.extraction.mentions import Mention, find_mentions
from quotestance.parsing import Parse


@dataclass(frozen=True)
class Extraction:
    """The possible quotes and parties of a text.

    Attributes:
        parse: The parsed text.
        candidates: The possible quotes, in order.
        mentions: The possible speakers and targets, in order.
        clusters: Indexes of mentions, a cluster for each entity.
    """

    parse: Parse
    candidates: tuple[Candidate, ...]
    mentions: tuple[Mention, ...]
    clusters: tuple[tuple[int, ...], ...]

    @cached_property
    def cluster_of(self) -> dict[int, int]:
        """The number of the cluster in which each mention is."""
        return {m: number for number, members in enumerate(self.clusters) for m in members}

    @cached_property
    def mention_at(self) -> dict[int, int]:
        """The mention that each head word has; the shortest where a coordination shares the head."""
        found: dict[int, int] = {}
        for number, mention in enumerate(self.mentions):
            known = found.get(mention.head)
            if known is None or len(mention.span) < len(self.mentions[known].span):
                found[mention.head] = number
        return found

    def has_name(self, cluster: int) -> bool:
        """Tell whether the text names an entity, in one of its mentions at least."""
        return any(self.mentions[m].form == "name" for m in self.clusters[cluster])

    def best_mention(self, cluster: int) -> int:
        """Return the mention that tells best who an entity is.

        It is the longest of its first four names, or its first mention when it has no name.
        """
        members = self.clusters[cluster]
        names = list(islice((m for m in members if self.mentions[m].form == "name"), 4))
        return max(names or members[:1], key=lambda m: len(self.mentions[m].span))


def extract(parse: Parse) -> Extraction:
    """Find the candidates, mentions and entities of a parsed text."""
    candidates = find_candidates(parse)
    heads = {
        head
        for candidate in candidates
        for head in (
            candidate.source,
            candidate.implied,
            *(candidate.cue.recipients if candidate.cue else ()),
        )
        if head is not None
    }
    mentions = find_mentions(parse, heads)
    return Extraction(parse, candidates, mentions, cluster(parse, mentions))
