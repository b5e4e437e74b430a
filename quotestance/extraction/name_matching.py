"""When two names are the same name, fuller or shorter."""

from __future__ import annotations

import re

from quotestance.extraction.parties import fold, party_noun, word_class


def name_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a name, folded for comparison."""
    return tuple(fold(token) for token in re.findall(r"[^\W_]+(?:[-'’][^\W_]+)*", name))


def person_tokens(name: str) -> tuple[str, ...]:
    """Return the parts of a person's name without a title that was taken for one of them."""
    tokens = name_tokens(name)
    while len(tokens) > 1 and party_noun(tokens[0].capitalize()):
        tokens = tokens[1:]
    return tokens


def same_person(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether two names, as words, can be one person's: *Lavrov* and *Serghei Lavrov*."""
    short, long = sorted((left, right), key=len)
    if not short:
        return False
    if any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return True
    # George Bush, G. Bush: George W. Bush
    return len(short) > 1 and short[-1] == long[-1] and long[0].startswith(short[0])


def short_for(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether of two names of bodies, as words, one is the other or its short form."""
    short, long = sorted((left, right), key=len)
    if not short or len(short) == len(long):
        return bool(short) and short == long
    if long[: len(short)] == short or (
        len(short) > 1 and long[0] == short[0] and long[-1] == short[-1]
    ):
        return True
    # *Isontina* for *Banca Isontina*, *Cassazione* for *Corte di Cassazione*, but not *Roma* for
    # *Procura di Roma*.
    party = party_noun(short[0])
    body = party is not None and party[1] == "org"
    return long[-len(short) :] == short and (
        body or long[-len(short) - 1] not in word_class("small")
    )
