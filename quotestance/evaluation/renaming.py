"""Articles with other names: masked, or with the names of two parties swapped.

A labeller that knows who is hostile from the names, and not from the words, is found out so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from string import ascii_uppercase

from quotestance.document import Document, Entity, Span
from quotestance.evaluation.forms import mention_form

# Neutral names by kind: one that takes the articles of a feminine word, one of a masculine, and one that
# begins with a vowel as l'… needs it.
_NEUTRAL = {
    "person": ("Persona", "Persona", "Individuo"),
    "gpe": ("Nazione", "Paese", "Area"),
    "org": ("Società", "Gruppo", "Ente"),
    "group": ("Parte", "Gruppo", "Insieme"),
}
_VOWELS = tuple("aeiouAEIOUÀÈÉÌÒÙàèéìòù")


@dataclass(frozen=True, slots=True)
class _Renamed:
    """A stretch of the old text and what stands in its place."""

    start: int
    end: int
    words: str


def masked(document: Document) -> Document:
    """Return an article in which each party with a name has a neutral one, such as *Persona A*, *Paese B*.

    All its names become the same; common nouns (*il ministro*) stay.
    """
    letters = _letters()
    names = {
        entity.id: (entity, next(letters))
        for entity in document.entities
        if names_in(document, entity)
    }

    def neutral(key: str, name: str) -> str:
        entity, letter = names[key]
        feminine, masculine, vowel = _NEUTRAL[entity.kind]
        noun = vowel if name.startswith(_VOWELS) else feminine if name.endswith("a") else masculine
        return f"{noun} {letter}"

    return _rename(
        document,
        {key: {n: neutral(key, n) for n in names_in(document, names[key][0])} for key in names},
    )


def swapped(document: Document, first: str, second: str) -> Document:
    """Return an article in which two parties have each other's names; all else stays.

    Args:
        document: The article.
        first: Id of a party.
        second: Id of another.

    Raises:
        ValueError: when one of them is not named in the text.
    """
    entities = {entity.id: entity for entity in document.entities}
    a, b = (names_in(document, entities[key]) for key in (first, second))
    if not a or not b:
        raise ValueError("only parties that the text names can be swapped")
    return _rename(document, {first: _matched(a, b), second: _matched(b, a)})


def renamed(document: Document, names: Mapping[str, tuple[str, ...]]) -> Document:
    """Return an article in which some parties have other names; all else stays.

    Args:
        document: The article.
        names: By the id of a party its new names, the longest first.
    """
    entities = {entity.id: entity for entity in document.entities}
    return _rename(
        document,
        {key: _matched(names_in(document, entities[key]), new) for key, new in names.items()},
    )


def _matched(names: tuple[str, ...], others: tuple[str, ...]) -> dict[str, str]:
    """Give each name of one party one of the other: the longest the longest, all others the shortest."""
    return {name: others[0] if name == names[0] else others[-1] for name in names}


def names_in(document: Document, entity: Entity) -> tuple[str, ...]:
    """Return the names of a party that stand in the text of an article, the longest first.

    Common nouns are none.
    """
    spelt = {Span.of(document.text, m.start, m.end).text for m in entity.mentions}
    forms = {entity.name, *entity.aliases} | spelt
    found = {
        form
        for form in forms
        if form[:1].isupper()
        and mention_form(Span(0, len(form), form), entity) == "name"
        and re.search(_pattern(form), document.text)
    }
    # of "La signorina Marta" only the name is renamed
    longer = {f for f in found for name in found if f != entity.name and f.endswith(f" {name}")}
    return tuple(sorted(found - longer, key=lambda form: (-len(form), form)))


def _pattern(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _rename(document: Document, names: Mapping[str, Mapping[str, str]]) -> Document:
    changes = _changes(document, names)
    text, at = "", 0
    for change in changes:
        text += document.text[at : change.start] + change.words
        at = change.end
    text += document.text[at:]

    def moved(span: Span) -> Span:
        return Span.of(
            text, _moved(span.start, changes, end=False), _moved(span.end, changes, end=True)
        )

    entities = {
        entity.id: replace(
            entity,
            name=names.get(entity.id, {}).get(entity.name, entity.name),
            aliases=tuple(names.get(entity.id, {}).get(alias, alias) for alias in entity.aliases),
            mentions=tuple(map(moved, entity.mentions)),
        )
        for entity in document.entities
    }
    quotes = tuple(
        replace(
            quote,
            content=tuple(map(moved, quote.content)),
            cue=tuple(map(moved, quote.cue)),
            speaker=replace(
                quote.speaker,
                entity=entities[quote.speaker.entity.id],
                mention=moved(quote.speaker.mention) if quote.speaker.mention else None,
            ),
            stances=tuple(replace(s, target=entities[s.target.id]) for s in quote.stances),
        )
        for quote in document.quotes
    )
    return replace(document, text=text, entities=tuple(entities.values()), quotes=quotes)


def _changes(document: Document, names: Mapping[str, Mapping[str, str]]) -> list[_Renamed]:
    """Find where names stand, the longest first; one that two parties share is that of the mention there."""
    mentions = {entity.id: entity.mentions for entity in document.entities}
    wanted = sorted(
        ((name, key, words) for key, told in names.items() for name, words in told.items()),
        key=lambda item: -len(item[0]),
    )
    found: dict[tuple[int, int], tuple[bool, str]] = {}
    for name, key, words in wanted:
        for match in re.finditer(_pattern(name), document.text):
            start, end = match.span()
            own = any(m.start < end and start < m.end for m in mentions[key])
            over = [place for place in found if place[0] < end and start < place[1]]
            if not over or (over == [(start, end)] and own and not found[start, end][0]):
                found[start, end] = (own, words)
    return [_Renamed(start, end, words) for (start, end), (_, words) in sorted(found.items())]


def _moved(offset: int, changes: list[_Renamed], end: bool) -> int:
    """Return where an offset of the old text is in the new; within a name its start, or its end."""
    shift = 0
    for change in changes:
        if change.end <= offset:
            shift += len(change.words) - (change.end - change.start)
        elif change.start < offset:
            return change.start + shift + (len(change.words) if end else 0)
        else:
            break
    return offset + shift


def _letters() -> Iterator[str]:
    yield from ascii_uppercase
    yield from (a + b for a in ascii_uppercase for b in ascii_uppercase)
