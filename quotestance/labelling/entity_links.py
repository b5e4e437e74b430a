"""Who is meant by a common noun or pronoun that the rules could not give to anybody: what a judge sees.

*La sindacalista*, *il primo cittadino*, *lo*: entities without a name. Each is set beside the entities
that it may be, described by how the two fit, by their distance and by the words. A mention-ranking
approach (Denis and Baldridge 2008, *Specialized Models and Ranking for Coreference Resolution*) over the
clusters of the rules.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quotestance.document import ENTITY_KINDS
from quotestance.extraction import Extraction
from quotestance.extraction.descriptions import definiteness, gender_of
from quotestance.labelling.speaker_options import SOURCE_FIT, Portrait, SourceWords
from quotestance.labelling.word_rates import NOTHING, bucket
from quotestance.parsing import Word

MOST_OTHERS = 16  # entities that one without a name is compared with
_AFTER = 3  # sentences after it in which a name may follow: Il sindaco … Mario Rossi
_DISTANCES = ((0, 0), (1, 1), (2, 2), (3, 5), (6, 15), (16, 10**9))
_DEMONSTRATIVES = {"questo", "quello", "tale", "stesso"}
_STEM = 5  # letters that words of one family share: sindacato, sindacalista
_CONTENT = {"NOUN", "PROPN", "ADJ"}

LINK_FEATURES = 1 + SOURCE_FIT + len(_DISTANCES) + 2 * len(ENTITY_KINDS) + 40
UNNAMED_WORDS = ("noun", "noun and article")
PAIR_WORDS = ("noun and kind", "nouns", "noun and place")
LINK_WORDS = len(UNNAMED_WORDS) + len(PAIR_WORDS)
LINK_OPTION_FEATURES = LINK_FEATURES + 2 * LINK_WORDS


@dataclass(frozen=True)
class LinkExample:
    """An entity without a name, and those that it may be.

    Attributes:
        cluster: Its cluster.
        others: The clusters that it may be.
        features: Of "none of them" and of each; shape (1 + n, ``LINK_FEATURES``).
        words: Buckets of their words; shape (1 + n, ``LINK_WORDS``).
    """

    cluster: int
    others: tuple[int, ...]
    features: NDArray[np.float32]
    words: NDArray[np.int64]


def link_examples(extraction: Extraction) -> Iterator[LinkExample]:
    """Yield an example for each entity of an article that has no name but may be another one."""
    article = _Article(extraction)
    for cluster in range(len(extraction.clusters)):
        if extraction.clusters[cluster] and not article.named[cluster]:
            example = article.example(cluster)
            if example is not None:
                yield example


class _Article:
    """The entities of an article, with what is asked of each again and again."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        parse, mentions = extraction.parse, extraction.mentions
        sentences = [parse.sentence_of(m.head) for m in mentions]
        self.sentence = [s.index for s in sentences]
        self.paragraph = [s.paragraph for s in sentences]
        self.members = [[mentions[m] for m in members] for members in extraction.clusters]
        self.portraits = [Portrait.of(members) for members in self.members]
        self.named = [portrait.named for portrait in self.portraits]
        self.largest = max(map(len, extraction.clusters), default=1)
        self.descriptor = [
            Counter(m.descriptor for m in members if m.descriptor).most_common(1)
            for members in self.members
        ]
        self.stems = [
            frozenset(stem for m in members for stem in _stems(parse.words_in(m.span)))
            for members in self.members
        ]
        in_sentence = [
            frozenset(_stems(parse.words[sentence.first : sentence.last]))
            for sentence in parse.sentences
        ]
        # the words told where an entity is named: Aldo Bo, presidente degli albergatori, …
        self.told = [
            frozenset().union(
                *(in_sentence[self.sentence[m]] for m in members if mentions[m].form == "name")
            )
            for members in extraction.clusters
        ]
        at, of = extraction.mention_at, extraction.cluster_of
        self.said: list[tuple[int, int, int]] = [
            (content.start, content.end, of[at[source]])
            for candidate in extraction.candidates
            for source in (candidate.source, candidate.implied)
            if source in at
            for content in candidate.contents[0].segments
        ]

    def example(self, cluster: int) -> LinkExample | None:
        """Make the example of an entity without a name; None where there is none that it may be."""
        first = self.extraction.clusters[cluster][0]
        own = self.members[cluster]
        found = []
        for other, members in enumerate(self.extraction.clusters):
            if other == cluster or not members or not self._possible(other, first):
                continue
            if any(a.span.overlaps(b.span) for a in own for b in self.members[other]):
                continue  # *il leader dei Verdi* is not *i Verdi*
            found.append((self._distance(first, self._nearest(first, other)), other))
        if not found:
            return None
        nearest = [other for _, other in sorted(found)]
        # the nearest, and those of which the article speaks most
        frequent = sorted(nearest, key=lambda o: -len(self.members[o]))[: MOST_OTHERS // 2]
        kept = {*frequent, *nearest[: MOST_OTHERS - MOST_OTHERS // 4]}
        others = [other for other in nearest if other in kept][:MOST_OTHERS]
        rows = np.array(self._rows(cluster, others), dtype=np.float32)
        strongest = rows.max(axis=0, keepdims=True)
        flags = np.zeros((1 + len(rows), 1), dtype=np.float32)
        flags[0] = 1
        features = np.concatenate([flags, np.concatenate([strongest, rows])], axis=-1)
        return LinkExample(cluster, tuple(others), features, self._words(cluster, others))

    def _possible(self, other: int, first: int) -> bool:
        """Tell whether an entity may be meant by a mention: told before, or named soon after."""
        start = self.extraction.clusters[other][0]
        if all(m.form == "pronoun" for m in self.members[other]):
            return False
        if start < first:
            return True
        return self.named[other] and self.sentence[start] - self.sentence[first] <= _AFTER

    def _nearest(self, first: int, other: int) -> int:
        """The last mention of an entity before another one, or its first."""
        members = self.extraction.clusters[other]
        return max((m for m in members if m < first), default=members[0])

    def _distance(self, first: int, nearest: int) -> int:
        mentions = self.extraction.mentions
        gap = mentions[first].span.start - mentions[nearest].span.start
        return gap if gap >= 0 else 2 * -gap

    def _rows(self, cluster: int, others: Sequence[int]) -> list[list[float]]:
        extraction = self.extraction
        first = extraction.clusters[cluster][0]
        words = SourceWords.of(extraction, first, self.portraits[cluster])
        alike = [self._alike(cluster, other) for other in others]
        own = self._own(cluster, first)
        mention = extraction.mentions[first]
        gender = gender_of(mention) if mention.form != "pronoun" else mention.gender
        top = next(iter(_stems([extraction.parse.words[mention.head]])), "")
        stems = frozenset(_stems(extraction.parse.words_in(mention.span)))
        told = [top in self.told[other] for other in others]
        return [
            [
                *words.fit(self.portraits[other], same=False),
                *self._apart(first, other),
                *self._other(other),
                *(float(row == rank) for rank in range(3)),
                float(row > 4),
                float(alike[row]),
                float(alike[row] and not any(alike[:row])),
                float(alike[row] and sum(alike[:row]) == 1),
                float(sum(alike) == 1 and alike[row]),
                *self._gender(gender, other),
                float(top in self.stems[other]),
                float(bool(stems & self.stems[other])),
                float(told[row]),
                float(told[row] and sum(told) == 1),
                *own,
            ]
            for row, other in enumerate(others)
        ]

    def _alike(self, cluster: int, other: int) -> bool:
        """Tell whether nothing known of two entities speaks against their being one."""
        one, two = self.portraits[cluster], self.portraits[other]
        return all(
            not mine or not theirs or bool(mine & theirs)
            for mine, theirs in (
                (one.kinds, two.kinds),
                (one.numbers, two.numbers),
                (one.genders, two.genders),
            )
        )

    def _gender(self, gender: str | None, other: int) -> list[float]:
        """How the gender of a word goes with the last letter of a first name."""
        names = (m.name for m in self.members[other] if m.name and m.kind == "person")
        first = max(names, key=lambda name: len(name.split()), default="").split()
        letter = first[0][-1] if len(first) > 1 else ""
        return [
            float(gender == "Fem" and letter == "a"),
            float(gender == "Fem" and letter == "o"),
            float(gender == "Masc" and letter == "a"),
            float(gender == "Masc" and letter == "o"),
        ]

    def _own(self, cluster: int, first: int) -> list[float]:
        """What is the same beside every other entity."""
        extraction, mention = self.extraction, self.extraction.mentions[first]
        parse = extraction.parse
        articles = parse.children(mention.head, "det")
        inner = any(
            m.form == "name" and m.span in mention.span and m.span != mention.span
            for m in extraction.mentions[max(0, first - 4) : first + 6]
        )
        return [
            *(float(mention.kind == kind) for kind in ENTITY_KINDS),
            float(mention.form == "pronoun"),
            float(mention.number == "Plur"),
            math.log(len(self.members[cluster])) / 2,
            len(parse.words_in(mention.span)) / 10,
            float(inner),
            float(any(word.lemma in _DEMONSTRATIVES for word in articles)),
            float(parse.words[mention.head].deprel.startswith("nsubj")),
        ]

    def _apart(self, first: int, other: int) -> list[float]:
        """How far the two are from each other, and how they stand where they meet."""
        extraction, parse = self.extraction, self.extraction.parse
        near = self._nearest(first, other)
        one, two = extraction.mentions[first], extraction.mentions[near]
        sentences = self.sentence[first] - self.sentence[near]
        heads = parse.words[one.head].head, parse.words[two.head].head
        speaking = any(
            start <= one.span.start < end and speaker == other for start, end, speaker in self.said
        )
        before = near < first
        return [
            *(float(before and low <= sentences <= high) for low, high in _DISTANCES),
            float(not before),
            math.log1p(abs(one.span.start - two.span.start)) / 8,
            float(self.paragraph[first] == self.paragraph[near]),
            float(parse.words[two.head].deprel.startswith("nsubj")),
            float(parse.words[two.head].deprel.startswith("nsubj") and sentences == 1),
            float(two.form == "name"),
            float(heads[0] == heads[1] and heads[0] >= 0),
            float(one.head == heads[1] or two.head == heads[0]),
            float(speaking),
        ]

    def _other(self, other: int) -> list[float]:
        portrait, first = self.portraits[other], self.extraction.clusters[other][0]
        return [
            *(float(kind in portrait.kinds) for kind in ENTITY_KINDS),
            float(portrait.named),
            math.log(portrait.size) / 2,
            portrait.size / self.largest,
            float(portrait.size == self.largest),
            float("Plur" in portrait.numbers),
            float(self.sentence[first] == 0),
            float(self.paragraph[first] == 0),
            float(bool(portrait.descriptors)),
        ]

    def _words(self, cluster: int, others: Sequence[int]) -> NDArray[np.int64]:
        extraction = self.extraction
        first = extraction.clusters[cluster][0]
        mention = extraction.mentions[first]
        noun = mention.descriptor or extraction.parse.words[mention.head].lemma.lower()
        article = definiteness(extraction.parse, mention)
        own = [
            bucket("link: noun", noun),
            bucket("link: article", noun, article, mention.number or ""),
        ]
        rows = [[*own, *[NOTHING] * len(PAIR_WORDS)]]
        for other in others:
            portrait = self.portraits[other]
            kind = "/".join(sorted(portrait.kinds))
            title = self.descriptor[other][0][0] if self.descriptor[other] else ""
            near = self._nearest(first, other)
            sentences = min(self.sentence[first] - self.sentence[near], 2)
            rows.append(
                [
                    *own,
                    bucket("link: kind", noun, kind, str("Plur" in portrait.numbers)),
                    bucket("link: nouns", noun, title or "") if title else NOTHING,
                    bucket("link: place", noun, str(sentences), str(portrait.named)),
                ]
            )
        return np.array(rows, dtype=np.int64)


def _stems(words: Iterable[Word]) -> Iterator[str]:
    """The beginnings of the words that mean something."""
    return (
        word.lemma[:_STEM].lower()
        for word in words
        if word.upos in _CONTENT and len(word.lemma) >= _STEM
    )
