"""Entities: the parties of an article, from clusters of mentions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from quotestance.document import Entity, EntityKind
from quotestance.extraction.clustering import cluster
from quotestance.extraction.mentions import Mention
from quotestance.extraction.name_spans import name_at
from quotestance.extraction.parties import (
    state_named,
    state_of_demonym,
    state_seated,
    word_class,
)
from quotestance.parsing.parse import Parse

__all__ = ["build_entities", "cluster"]

_PARTY_AFTER = re.compile(r"\s*\(\s*([A-Z][\w .’'-]{1,30}?)\s*\)")


def build_entities(
    parse: Parse, mentions: Sequence[Mention], clusters: Sequence[Sequence[int]]
) -> tuple[Entity, ...]:
    """Make the entities of an article (guidelines, section 5).

    Args:
        parse: The parsed text.
        mentions: Its mentions.
        clusters: Indexes of mentions, a cluster for each entity.

    Returns:
        An entity for each cluster, in their order, with the ids ``e1``, ``e2`` and so on.
    """
    return tuple(
        _entity(parse, f"e{number}", [mentions[i] for i in members])
        for number, members in enumerate(clusters, start=1)
    )


def _entity(parse: Parse, key: str, members: Sequence[Mention]) -> Entity:
    names = [m.name for m in members if m.name]
    nominals = [m.span.text for m in members if m.form == "nominal"]
    states = [
        name for name in names if state_named(name)
    ]  # the state before its seats: the Kremlin
    called = states or names or nominals or [m.span.text for m in members]
    name = max(called, key=len)
    forms = [m.span.text for m in members if m.form != "pronoun"]
    aliases = tuple(dict.fromkeys(alias for alias in (*names, *forms) if alias != name))
    kind = _kind(members)
    return Entity(
        id=key,
        kind=kind,
        name=name,
        aliases=aliases,
        side=_side(parse, kind, members),
        mentions=tuple(m.span for m in members),
    )


def _kind(members: Sequence[Mention]) -> EntityKind:
    kinds: Counter[EntityKind] = Counter(m.kind for m in members if m.kind)
    if kinds:
        return kinds.most_common(1)[0][0]
    if any(m.number == "Plur" for m in members):
        return "group"
    # What speaks without being a person or a body is a document: it speaks for its issuer.
    return "person" if all(m.form == "pronoun" for m in members) else "org"


def _side(parse: Parse, kind: EntityKind, members: Sequence[Mention]) -> str | None:
    if kind == "gpe":
        names = [m.name for m in members if m.name]
        told = [name for name in names if state_named(name)]
        seats = (state_seated(name) for name in names)
        return max(told, key=len) if told else next(filter(None, seats), None)
    sides = (_side_told(parse, m) for m in members if m.form != "pronoun")
    return next(filter(None, sides), None)


def _side_told(parse: Parse, mention: Mention) -> str | None:
    """Return the side that a party in brackets, an adjective or a complement tells."""
    if mention.kind == "person" and mention.name:
        bracket = _PARTY_AFTER.match(parse.text, mention.span.end)
        if bracket:
            return bracket[1]
    if mention.descriptor is None:
        return None
    for word in parse.words_in(mention.span):
        if word.index > mention.head and word.upos in ("ADJ", "PROPN"):
            state = state_of_demonym(word.lemma) or state_named(word.text)
            if state:
                return state
    # *Il ministro della Giustizia*, *il presidente del Consiglio*: the name belongs to the title.
    if mention.kind != "person" or mention.descriptor in word_class("portfolio"):
        return None
    for word in parse.words_in(mention.span):
        name = name_at(parse, word.index) if word.index > mention.head else None
        if name is not None and name.label == "ORG" and name.span in mention.span:
            body = name.span.text
            if (
                body[:1].isupper()
                and body != mention.name
                and body.casefold() not in word_class("part of a title")
            ):
                return body
    return None
