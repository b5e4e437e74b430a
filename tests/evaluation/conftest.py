from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance

TEXT = (
    "Serghei Lavrov ha detto: «Siamo pronti al dialogo». "
    "Marco Rubio ha accusato Mosca di voler bluffare. "
    "Lavrov ha replicato che gli americani sbagliano. "
    "Il ministro ha aggiunto che la riunione comincia alle nove."
)


def find(text, words, nth=0):
    """The nth occurrence of the words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span.of(text, start, start + len(words))


def entity(id, name, *mentions, kind="person", aliases=()):
    return Entity(id, kind, name, aliases, mentions=tuple(mentions))


def quote(id, content, cue, speaker, mention, *stances, type="indirect"):
    """A quote of one segment; ``stances`` are (target, label)."""
    return Quote(
        id,
        type,
        (content,),
        (cue,) if cue else (),
        Speaker(speaker, mention),
        tuple(Stance(target, label) for target, label in stances),
    )


def article(id="a", domain="diplomazia"):
    """Four quotes, three dyads: Lavrov to Rubio twice, Rubio to Russia; the last has no target."""

    def at(words, nth=0):
        return find(TEXT, words, nth)

    lavrov = entity(
        "lavrov", "Serghei Lavrov", at("Serghei Lavrov"), at("Lavrov", 1), at("Il ministro")
    )
    rubio = entity("rubio", "Marco Rubio", at("Marco Rubio"))
    russia = entity("russia", "Russia", at("Mosca"), kind="gpe", aliases=("Mosca",))
    return Document(
        id,
        TEXT,
        (lavrov, rubio, russia),
        (
            quote(
                "q1",
                at("Siamo pronti al dialogo"),
                at("ha detto"),
                lavrov,
                at("Serghei Lavrov"),
                (rubio, "conciliatory"),
                type="direct",
            ),
            quote(
                "q2",
                at("voler bluffare"),
                at("ha accusato"),
                rubio,
                at("Marco Rubio"),
                (russia, "accusatory"),
            ),
            quote(
                "q3",
                at("gli americani sbagliano"),
                at("ha replicato"),
                lavrov,
                at("Lavrov", 1),
                (rubio, "accusatory"),
            ),
            quote(
                "q4",
                at("la riunione comincia alle nove"),
                at("ha aggiunto"),
                lavrov,
                at("Il ministro"),
            ),
        ),
        domain,
    )


@pytest.fixture
def with_quote():
    """A function that returns a document with one quote changed."""

    def change(document, index, **changes):
        quotes = list(document.quotes)
        quotes[index] = replace(quotes[index], **changes)
        return replace(document, quotes=tuple(quotes))

    return change


@pytest.fixture
def make():
    """The builders, as attributes: ``find``, ``entity``, ``quote``, ``article``."""
    return SimpleNamespace(find=find, entity=entity, quote=quote, article=article)


@pytest.fixture
def gold(make):
    return make.article()


@pytest.fixture
def renamed():
    """Returns a document with labels of the user's own."""
    names = {"conciliatory": "support", "accusatory": "oppose", "neutral": "neutral"}

    def rename(document):
        return replace(
            document,
            quotes=tuple(
                replace(q, stances=tuple(replace(s, label=names[s.label]) for s in q.stances))
                for q in document.quotes
            ),
        )

    return rename
