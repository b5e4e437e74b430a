"""The word lists of parties: nouns for who can speak, and states with their governments."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import get_args

from quotestance.document import EntityKind
from quotestance.parsing.parse import Word

_DATA = files("quotestance.extraction") / "data" / "it"
# Endings of the singular by that of the plural.
_SINGULAR = {"i": ("o", "e", "", "a"), "e": ("a",)}
_ARTICLE = re.compile(r"^(?:(?:il|lo|la|i|gli|le|un|uno|una)\s+|(?:l|un)['’]\s*)", re.IGNORECASE)


def fold(text: str) -> str:
    """Return a text for comparison: without case, accents, article and curly apostrophes."""
    bare = _ARTICLE.sub("", text.strip()).replace("’", "'").casefold()
    decomposed = unicodedata.normalize("NFD", bare)
    return "".join(c for c in decomposed if not unicodedata.combining(c)) or text.casefold()


def _rows(name: str) -> Iterator[list[str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    next(rows)  # the column names
    yield from rows


@cache
def word_class(name: str) -> frozenset[str]:
    """Return the words of a small closed class, such as ``pronoun`` (see ``word_classes.tsv``).

    Raises:
        KeyError: if there is no such class.
    """
    return {key: frozenset(words.split(", ")) for key, words in _rows("word_classes.tsv")}[name]


@cache
def _party_nouns() -> dict[str, EntityKind | None]:
    kinds: dict[str, EntityKind] = {kind: kind for kind in get_args(EntityKind)}
    return {lemma: kinds.get(kind) for lemma, kind in _rows("party_nouns.tsv")}


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lemma for lemma in _party_nouns() if lemma.startswith("-"))


def _masculine(lemma: str) -> Iterator[str]:
    for feminine, masculine in (
        ("trice", "tore"),
        ("essa", "e"),
        ("essa", "o"),
        ("a", "o"),
        ("a", "e"),
    ):
        if lemma.endswith(feminine):
            yield lemma.removesuffix(feminine) + masculine


@cache
def party_noun(lemma: str) -> tuple[str, EntityKind] | None:
    """Return the entry of the party list under which a noun falls, with its kind, or None.

    Args:
        lemma: The noun. A person's feminine is found under its masculine (*ministra*: *ministro*),
            a noun with *ex-* or *neo-* before it under itself, one with a capital by no ending.
    """
    nouns = _party_nouns()
    noun = re.sub(r"^(?:ex|neo)-", "", lemma.casefold())
    if noun in nouns:
        kind = nouns[noun]
        return (noun, kind) if kind else None
    for form in _masculine(noun):
        if nouns.get(form) == "person":
            return form, "person"
    if lemma[:1].isupper():  # Beatrice
        return None
    for ending in _endings():
        kind = nouns[ending]
        if kind and noun.endswith(ending[1:]) and len(noun) > len(ending) + 1:
            return noun, kind
    return None


def party_of_word(word: Word) -> tuple[str, EntityKind] | None:
    """Return the party list's entry for a word, by its lemma or, where that is wrong, its form."""
    found = party_noun(word.lemma)
    if found or word.upos == "PROPN" or word.lemma.casefold() in _party_nouns():
        return found
    form = word.text.casefold()
    singulars = [form, *(form[:-1] + ending for ending in _SINGULAR.get(form[-1:], ()))]
    return next((entry for entry in map(party_noun, singulars) if entry), None)


def person_noun(word: Word) -> bool:
    """Tell whether a word says what a person is: a role, a trade, a nationality."""
    found = party_of_word(word)
    return found[1] == "person" if found else state_of_demonym(word.lemma) is not None


@cache
def _states() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    names: dict[str, str] = {}
    seats: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    for state, others, capitals, adjectives in _rows("governments.tsv"):
        for name in (state, *filter(None, others.split(", "))):
            names[fold(name)] = state
        for name in filter(None, capitals.split(", ")):
            seats[fold(name)] = state
        for adjective in filter(None, adjectives.split(", ")):
            demonyms[fold(adjective)] = state
    return names, seats, demonyms


def state_named(name: str) -> str | None:
    """Return the state that a name names (*Russia*, *la Federazione russa*), or None."""
    return _states()[0].get(fold(name))


def state_seated(name: str) -> str | None:
    """Return the state that has its government there (*Mosca*, *il Cremlino*), or None."""
    return _states()[1].get(fold(name))


@cache
def state_of_demonym(lemma: str) -> str | None:
    """Return the state that an adjective of nationality tells (*russo*, *americana*), or None."""
    demonyms = _states()[2]
    word = fold(lemma)
    # An unlemmatised form: russa, russi, russe, inglesi, tedeschi, belghe.
    stem = re.sub(r"(?:h?[ei]|[aoei])$", "", word)
    return next(
        (demonyms[f] for f in (word, stem + "o", stem + "e", stem + "a") if f in demonyms), None
    )


@cache
def _bodies() -> dict[str, str]:
    return {
        fold(name): body
        for body, others in _rows("bodies.tsv")
        for name in (body, *others.split(", "))
    }


def body_named(name: str) -> str | None:
    """Return the body that goes by a name, an acronym or its seat (*Viminale*, *Pd*), or None."""
    return _bodies().get(fold(name))


@cache
def _titles() -> dict[str, tuple[tuple[frozenset[str], str, frozenset[str]], ...]]:
    found: dict[str, list[tuple[frozenset[str], str, frozenset[str]]]] = defaultdict(list)
    for title, same in _rows("titles.tsv"):
        (noun, *words), (other, *others) = title.split(), same.split()
        found[noun].append((frozenset(words), other, frozenset(others)))
    # The longest title that fits is the one meant.
    return {noun: tuple(sorted(rows, key=lambda row: -len(row[0]))) for noun, rows in found.items()}


def common_title(noun: str, modifiers: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Return a title in its most common wording: *premier* is *presidente* with *consiglio*.

    Args:
        noun: The lemma that heads the title.
        modifiers: The lemmas that go with it.
    """
    for words, other, others in _titles().get(noun, ()):
        if words <= modifiers:
            return other, (modifiers - words) | others
    return noun, modifiers
