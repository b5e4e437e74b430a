"""Finding in the text the entities of which an annotation tells the name alone.

Rows of a spreadsheet say who spoke, not where the article mentions them; a labeller learns from mentions.
"""

from __future__ import annotations

import re
from dataclasses import replace

from quotestance.document import Document, Entity, Span


def with_mentions(document: Document) -> Document:
    """Return the document with the mentions of entities that have none.

    An entity is looked for by its name and its aliases, in any case; where none of them stands in the
    text, a person by the last word of the name. Words of another entity's mention are left to it.
    """
    if all(entity.mentions for entity in document.entities):
        return document
    taken = [span for entity in document.entities for span in entity.mentions]
    found: dict[str, tuple[Span, ...]] = {}
    # the longest name first: that of the president of a party holds that of the party
    for entity in sorted(document.entities, key=lambda entity: -len(entity.name)):
        if not entity.mentions:
            found[entity.id] = _mentions(document.text, entity, taken)
            taken += found[entity.id]
    entities = {
        entity.id: replace(entity, mentions=found.get(entity.id, entity.mentions))
        for entity in document.entities
    }
    quotes = tuple(
        replace(
            quote,
            speaker=replace(quote.speaker, entity=entities[quote.speaker.entity.id]),
            stances=tuple(
                replace(stance, target=entities[stance.target.id]) for stance in quote.stances
            ),
        )
        for quote in document.quotes
    )
    return replace(document, entities=tuple(entities.values()), quotes=quotes)


def _mentions(text: str, entity: Entity, taken: list[Span]) -> tuple[Span, ...]:
    names = dict.fromkeys((entity.name, *entity.aliases))
    spans = _occurrences(text, names, taken)
    last = entity.name.split()[-1:]
    if not spans and entity.kind == "person" and last and last[0][:1].isupper():
        spans = _occurrences(text, dict.fromkeys(last), taken)
    return tuple(sorted(spans))


def _occurrences(text: str, names: dict[str, None], taken: list[Span]) -> list[Span]:
    spans: list[Span] = []
    for name in sorted(names, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, name.split()))
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) if words else ():
            span = Span.of(text, *match.span())
            if not any(span.overlaps(other) for other in (*taken, *spans)):
                spans.append(span)
    return spans
