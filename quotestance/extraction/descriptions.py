"""What a mention tells of its entity besides the name: title, definiteness, gender, state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from quotestance.extraction.mentions import Mention
from quotestance.extraction.name_matching import name_tokens, person_tokens
from quotestance.extraction.parties import (
    body_named,
    common_title,
    fold,
    state_named,
    state_of_demonym,
    state_seated,
    word_class,
)
from quotestance.parsing.parse import Parse

_ACRONYM_AFTER = re.compile(r"\s*\(\s*([A-Z][\w.]{1,9})\s*\)")


def title_of(parse: Parse, mention: Mention) -> tuple[str, frozenset[str]]:
    """Return the noun of a title and the words that go with it, in common wording."""
    named = set(name_tokens(mention.name)) if mention.name and mention.kind == "person" else set()
    modifiers = frozenset(
        fold(word.lemma)
        for word in parse.words_in(mention.span)
        if word.index != mention.head
        and word.upos in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")
        and word.lemma not in word_class("no modifier")
        and not named.intersection(name_tokens(word.text))
    )
    return common_title(mention.descriptor or "", modifiers)


def definiteness(parse: Parse, mention: Mention) -> Literal["definite", "indefinite", "bare"]:
    """Tell which article a mention has, if any."""
    articles = parse.children(mention.head, "det")
    if any(word.lemma == "uno" or word.feats.get("Definite") == "Ind" for word in articles):
        return "indefinite"
    return "definite" if articles else "bare"


def gender_of(mention: Mention) -> str | None:
    """Return the gender of the person mentioned, where article, noun or first name tell it."""
    if (
        mention.kind != "person"
        or mention.number == "Plur"
        or mention.descriptor in word_class("epicene")
    ):
        return None
    tokens = person_tokens(mention.name or "")
    if len(tokens) > 1 and tokens[0].endswith("o"):
        return "Masc"  # Leonello Guarducci
    return mention.gender


def state_of(parse: Parse, mention: Mention) -> str | None:
    """Return the state for which a name, a demonym or a government stands."""
    if mention.name and (state := state_named(mention.name) or state_seated(mention.name)):
        return state if mention.kind == "gpe" else None
    if mention.descriptor is None:
        lemma = parse.words[mention.head].lemma
        plural = mention.number == "Plur" and mention.form == "nominal"
        return state_of_demonym(lemma) if plural else None
    if mention.descriptor not in word_class("government"):
        return None
    for word in parse.words_in(mention.span):
        if word.head == mention.head and word.upos == "ADJ":
            state = state_of_demonym(word.lemma)
        elif word.head == mention.head and word.upos == "PROPN":
            state = state_named(word.text) or state_seated(word.text)
        else:
            continue
        if state:
            return state
    return None


def keys_of(parse: Parse, mention: Mention) -> Iterator[str]:
    """Yield what identifies a state or body throughout a text: its state, names and acronyms."""
    if state := state_of(parse, mention):
        yield f"state {state}"
    name = mention.name
    if name is None or mention.kind == "person":
        return
    yield f"name {fold(name)}"
    if body := body_named(name):
        yield f"body {body}"
    words = re.findall(r"[^\W_]+", name)
    if len(words) == 1 and len(name) <= 8:
        yield f"acronym {fold(name)}"
    initials = [word[0] for word in words if word.casefold() not in word_class("small")]
    if len(initials) > 1:
        yield f"acronym {''.join(initials).casefold()}"
    if after := _ACRONYM_AFTER.match(parse.text, mention.span.end):
        yield f"acronym {fold(after[1])}"
