"""Which mentions name the same entity, by rules that seldom err; the rest is left to the model."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotestance.document import EntityKind
from quotestance.extraction.descriptions import (
    definiteness,
    gender_of,
    keys_of,
    state_of,
    title_of,
)
from quotestance.extraction.mentions import Mention
from quotestance.extraction.name_matching import (
    name_tokens,
    person_tokens,
    same_person,
    short_for,
)
from quotestance.extraction.parties import fold, word_class
from quotestance.parsing.parse import Parse

_COMMA = re.compile(r"\s*,\s*")
_AFTER_APPOSITION = re.compile(r"\s*(?:[,.;:)–—]|$)")
_AFTER_NAME = re.compile(r"(?!\s*(?:e|ed|o|,\s*[A-ZÀ-Ý]\w+\s+[A-ZÀ-Ý]\w+)\b)")
_LOOK_BACK = 25  # how many entities of one surname or title are looked at, the latest first


@dataclass(slots=True)
class _Cluster:
    """An entity so far: its mentions and what they told of it."""

    members: list[int] = field(default_factory=list)
    kind: EntityKind | None = None
    number: str | None = None
    gender: str | None = None
    name: tuple[str, ...] = ()
    titles: dict[str, set[str]] = field(default_factory=dict)


class _Recency:
    """For a key, the clusters that bear it, the latest mentioned first."""

    def __init__(self) -> None:
        self._of: dict[str, dict[int, None]] = defaultdict(dict)

    def touch(self, key: str, cluster: int) -> None:
        bearers = self._of[key]
        bearers.pop(cluster, None)
        bearers[cluster] = None

    def __getitem__(self, key: str) -> Iterator[int]:
        bearers = self._of.get(key, {})
        return (found for _, found in zip(range(_LOOK_BACK), reversed(bearers), strict=False))


def cluster(parse: Parse, mentions: Sequence[Mention]) -> tuple[tuple[int, ...], ...]:
    """Group the mentions of a text by entity (guidelines, sections 2 and 5).

    Names by their parts and acronyms, appositions, titles, definite nominals by the last entity so
    described, states by their names, seats and demonyms, relative pronouns by their antecedent.
    Other pronouns stand alone.

    Args:
        parse: The parsed text.
        mentions: Its mentions in the order of the text.

    Returns:
        Clusters of indexes into ``mentions``, each in order, ordered by their first.
    """
    clustering = _Clustering(parse, mentions)
    for index in range(len(mentions)):
        clustering.add(index)
    return tuple(sorted(tuple(sorted(c.members)) for c in clustering.clusters if c.members))


class _Clustering:
    """The clusters while the mentions are read in order."""

    def __init__(self, parse: Parse, mentions: Sequence[Mention]) -> None:
        self.parse = parse
        self.mentions = mentions
        self.clusters: list[_Cluster] = []
        self.of: dict[int, int] = {}
        self.keys: dict[str, int] = {}
        self.by_token = _Recency()
        self.by_title = _Recency()
        self.last_person: int | None = None
        self.moved: dict[int, int] = {}
        self.at_head: dict[int, int] = {}
        self.ending: dict[int, int] = {}

    def add(self, index: int) -> None:
        """Put a mention into the cluster of its entity, a new one where none is told."""
        mention = self.mentions[index]
        found = self.find(mention)
        other = self.apposed(mention)
        if other is not None:
            found = self.unnamed(mention) if found is None else found
            found = self.with_apposition(other, found, named=mention.name is not None)
        if found is None:
            found = self.opened()
        self.put(index, found)
        self.at_head.setdefault(mention.head, index)
        self.ending.setdefault(mention.span.end, index)
        if mention.form != "pronoun":
            self.learn(mention, found)

    def opened(self) -> int:
        self.clusters.append(_Cluster())
        return len(self.clusters) - 1

    def put(self, index: int, found: int) -> None:
        self.clusters[found].members.append(index)
        self.of[index] = found

    def with_apposition(self, other: int, found: int | None, *, named: bool) -> int:
        """Bring a mention's entity and that of the mention before the comma together."""
        home = self.of[other]
        if home == found:
            return home
        if not named:  # Lavrov, il ministro,
            if found is not None and not self.clusters[found].name:
                self.merge(home, found)
            return home
        if not self.clusters[home].name:  # Il ministro, Lavrov,
            if found is None:
                return home
            self.merge(found, home)
            return found
        # The nominal had been taken for somebody else named before.
        found = self.opened() if found is None else found
        self.clusters[home].members.remove(other)
        self.put(other, found)
        return found

    def merge(self, kept: int, lost: int) -> None:
        into, gone = self.clusters[kept], self.clusters[lost]
        for index in gone.members:
            self.put(index, kept)
        for noun, words in gone.titles.items():
            into.titles.setdefault(noun, set()).update(words)
        into.gender = into.gender or gone.gender
        gone.members = []
        self.moved[lost] = kept

    def current(self, found: int) -> int:
        while found in self.moved:
            found = self.moved[found]
        return found

    def bearers(self, recency: _Recency, key: str) -> Iterator[tuple[int, _Cluster]]:
        """Yield the entities of a surname or title, the latest mentioned first."""
        for found in map(self.current, recency[key]):
            yield found, self.clusters[found]

    def known(self, key: str) -> int | None:
        return self.current(self.keys[key]) if key in self.keys else None

    def learn(self, mention: Mention, found: int) -> None:
        cluster = self.clusters[found]
        cluster.kind = cluster.kind or mention.kind
        cluster.number = cluster.number or mention.number
        cluster.gender = cluster.gender or gender_of(mention)
        for key in keys_of(self.parse, mention):
            self.keys.setdefault(key, found)
        if mention.name:
            tokens = person_tokens if mention.kind == "person" else name_tokens
            cluster.name = max(cluster.name, tokens(mention.name), key=len)
        if mention.descriptor:
            noun, modifiers = title_of(self.parse, mention)
            cluster.titles.setdefault(noun, set()).update(modifiers)
        for token in cluster.name:
            if token not in word_class("small"):
                self.by_token.touch(token, found)
        for noun in cluster.titles:
            self.by_title.touch(noun, found)
        if cluster.kind == "person":
            self.last_person = found

    def find(self, mention: Mention) -> int | None:
        """Return the entity that the mention names again, if one is told."""
        if mention.form == "pronoun":
            return self.antecedent(mention)
        state = state_of(self.parse, mention)
        if state:
            known = self.known(f"state {state}")
            return known if known is not None else self.unnamed(mention)
        found = None
        if mention.name and mention.kind in ("person", None):
            found = self.person(mention)
        if mention.name and mention.kind != "person" and found is None:
            found = self.body(mention)
        elif not mention.name and mention.descriptor:
            found = self.nominal(mention)
        if found is None and mention.name and mention.descriptor:
            found = self.unnamed(mention)
        return found

    def antecedent(self, mention: Mention) -> int | None:
        """Return the entity of a relative pronoun or of *quest'ultimo*."""
        if fold(mention.span.text) in word_class("latest"):
            return self.last_person
        word = self.parse.words[mention.head]
        if word.lemma not in word_class("relative"):
            return None
        clauses = (w for w in self.parse.ancestors(word.index) if w.deprel == "acl:relcl")
        clause = next(clauses, None)
        other = self.at_head.get(clause.head) if clause else None
        return None if other is None else self.of[other]

    def apposed(self, mention: Mention) -> int | None:
        """Return the mention to which this one is an apposition: *Lavrov, ministro russo,*."""
        text, start = self.parse.text, mention.span.start
        comma = next(
            (m for m in _COMMA.finditer(text, max(0, start - 3), start) if m.end() == start), None
        )
        other = self.ending.get(comma.start()) if comma else None
        if other is None or mention.kind not in ("person", "org", "gpe"):
            return None
        before = self.mentions[other]
        one_named = bool(before.name) != bool(mention.name)
        nominal = mention if before.name else before
        fits = before.kind == mention.kind and nominal.descriptor is not None
        # *Il segretario, Mario Rossi ha detto*: the second comma is often forgotten after a name.
        full_name = mention.kind == "person" and len(name_tokens(mention.name or "")) > 1
        closing = _AFTER_NAME if full_name and not mention.descriptor else _AFTER_APPOSITION
        closed = closing.match(text, mention.span.end) is not None
        if not (one_named and fits and closed and before.form != "pronoun"):
            return None
        if "Plur" in (before.number, mention.number) or self.coordinated(nominal):
            return None
        return other

    def coordinated(self, mention: Mention) -> bool:
        """Tell whether a nominal is coordinated, so that a comma lists rather than explains."""
        word = self.parse.words[mention.head]
        return word.deprel == "conj" or bool(self.parse.children(word.index, "conj"))

    def person(self, mention: Mention) -> int | None:
        tokens = person_tokens(mention.name or "")
        found = self.namesake(mention, tokens)
        if len(tokens) > 1:
            # *Federico* and *Brugnami* had been told apart until *Federico Brugnami* came.
            for other, cluster in self.bearers(self.by_token, tokens[0]):
                if cluster.name == tokens[:1] and other != found:
                    if found is not None:
                        self.merge(found, other)
                    return other if found is None else found
        return found

    def namesake(self, mention: Mention, tokens: tuple[str, ...]) -> int | None:
        gender, fallback = gender_of(mention), None
        for found, cluster in self.bearers(self.by_token, tokens[-1] if tokens else ""):
            if cluster.kind not in ("person", None) or not same_person(tokens, cluster.name):
                continue
            if _agree(gender, cluster.gender) or len(tokens) > 1 < len(cluster.name):
                return found
            fallback = found if fallback is None else fallback
        # *il ministro Bindi* may be a woman; *la signora Rossi* is not *il signor Rossi*.
        if (
            fallback is not None
            and gender == "Masc"
            and mention.descriptor not in word_class("couple")
        ):
            return fallback
        return None

    def body(self, mention: Mention) -> int | None:
        for key in keys_of(self.parse, mention):
            if (found := self.known(key)) is not None:
                return found
        tokens = name_tokens(mention.name or "")
        for token in tokens[-1:] + tokens[:1]:
            for found, cluster in self.bearers(self.by_token, token):
                same_kind = mention.kind != "gpe" and cluster.kind in (mention.kind, None)
                if same_kind and short_for(tokens, cluster.name):
                    return found
        return self.nominal(mention) if mention.descriptor else None

    def nominal(self, mention: Mention) -> int | None:
        noun, modifiers = title_of(self.parse, mention)
        article = definiteness(self.parse, mention)
        # *eletto presidente*: a bare noun without more is nobody in particular.
        bare = article == "bare" and not modifiers and mention.number != "Plur"
        if article == "indefinite" or bare:
            return None
        for found, cluster in self.bearers(self.by_title, noun):
            known = cluster.titles[noun]
            same = modifiers == known or (article == "definite" and modifiers <= known)
            if (
                same
                and _agree(mention.number, cluster.number)
                and _agree(gender_of(mention), cluster.gender)
            ):
                return found
        return None

    def unnamed(self, mention: Mention) -> int | None:
        """Return the entity that was called by the mention's title before its name was told."""
        if mention.descriptor is None:
            return None
        noun, modifiers = title_of(self.parse, mention)
        for found, cluster in self.bearers(self.by_title, noun):
            first = self.mentions[cluster.members[0]]
            if (
                not cluster.name
                and cluster.titles[noun] <= modifiers
                and definiteness(self.parse, first) == "definite"
                and _agree(mention.number, cluster.number)
                and _agree(gender_of(mention), cluster.gender)
            ):
                return found
        return None


def _agree(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right
