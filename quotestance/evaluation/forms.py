"""The form of a mention: a name, a nominal, a pronoun, or none at all.

How hard a speaker is to find hangs on how the article mentions it, so the literature reports
attribution by form (explicit, nominal or anaphoric, pronominal, implicit). The rules read nothing
but the mention and its entity: no parser, so that the same gold mention has the same form whatever
is evaluated.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from quotestance.document import Entity, Span

MentionForm = Literal["name", "nominal", "pronoun", "none"]

MENTION_FORMS: tuple[MentionForm, ...] = get_args(MentionForm)

_WORD = re.compile(r"\w+")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLES = _set("il lo la l i gli le un uno una")
_PREPOSITIONS = _set(
    """
    di del dello della dell dei degli delle a al allo alla all ai agli alle da dal dallo dalla dall
    dai dagli dalle in nel nello nella nell nei negli nelle su sul sullo sulla sull sui sugli sulle
    con per tra fra d
    """
)
# What may open a noun phrase, and so bears the capital of the sentence and not of a name.
_OPENERS = (
    _ARTICLES
    | _PREPOSITIONS
    | _set(
        """
        alcuni alcune altri altre ambedue certi certe diversi diverse due entrambi entrambe ex loro
        mio mia molti molte nostro nostra numerosi numerose parecchi parecchie più pochi poche
        quattro quei quegli quel quell quella quelle quello quest questa queste questi questo suo
        sua suoi sue tanti tante tre tutta tutte tutti tutto vari varie
        """
    )
)

# Titles bear a capital by courtesy, and name nobody.
_TITLES = _set(
    """
    avvocato capo commissario deputato direttore dottore governatore ministra ministro monsignore
    onorevole papa prefetto premier presidente procuratore professore professoressa questore
    segretario senatore senatrice sindaca sindaco sottosegretario vescovo vicepremier
    vicepresidente
    """
)

# Pronouns that stand alone or with "stesso", and whole when a partitive follows ("uno di loro").
_PRONOUN = re.compile(
    r"""
    (?:(?:il|lo|la|i|gli|le|un)\ |l'|un')?
    (?: io | tu | egli | ella | ess[oaie] | lui | lei | loro | noi | voi | me | te | sé | ne | si
      | mi | ti | ci | vi | lo | la | li | le | gli | che | cui | qual[ei]
      | quest[oaie] | quest'ultim[oaie] | quest[ie]\ ultim[ie] | quell[oaie]
      | costui | costei | costoro | stess[oaie] | altr[oaie] | un[oa] | alcun[oaie] | molt[ie]
      | tant[ie] | poch[ie] | parecch[ie] | divers[ie] | tutt[oaie] | entramb[ie] | ambedue
      | qualcun[oa] | qualcun\ altro | ciascun[oa] | ognun[oa] | nessun[oa] | chiunque
      | mi[oae] | miei | su[oa] | suoi | sue | nostr[oaie] )
    (?:\ stess[oaie])?
    (?:\ (?:(?:di|de[il]|degli|delle|tra|fra)\ |dell').*)?
    | (?: chi | colui | colei | coloro | quant[ie] )(?:\ .*)?
    """,
    re.VERBOSE,
)


def mention_form(mention: Span | None, entity: Entity) -> MentionForm:
    """Tell in what form a mention stands for its entity.

    A closed list tells the pronouns. A mention is a name when a capitalised word of the entity's
    proper name is in it, or when it begins, articles and prepositions aside, with a capital (*il
    Cremlino* for Russia); of a person all its words must then have one, since titles often do (*il
    Presidente del Consiglio*). A group that is only described (*Fonti diplomatiche*) has no proper
    name, and its mentions are nominals or pronouns.

    Args:
        mention: The mention with its words; None when the text does not mention the speaker.
        entity: Whom the mention stands for; its kind, name and aliases are read.

    Returns:
        ``name``, ``nominal``, ``pronoun``, or ``none`` for no mention.

    Raises:
        ValueError: if the mention was made without its text.
    """
    if mention is None:
        return "none"
    if not mention.text:
        raise ValueError(f"mention {mention} of {entity.name!r} has no text")
    proper = _proper_words(entity)
    words = _WORD.findall(mention.text)
    if any(_capitalised(word) and word.casefold() in proper for word in words):
        return "name"
    if _PRONOUN.fullmatch(" ".join(mention.text.casefold().replace("’", "'").split())):
        return "pronoun"
    if entity.kind == "person":
        return "name" if _bare_name(words) else "nominal"
    content = [word for word in words if word.casefold() not in _OPENERS]
    begins_as_name = bool(content) and _capitalised(content[0])
    return "name" if begins_as_name and (proper or entity.kind != "group") else "nominal"


def _proper_words(entity: Entity) -> frozenset[str]:
    """Return the capitalised words of the entity's proper name, case-folded."""
    words = _WORD.findall(entity.name)
    # "Fonti diplomatiche", "Miliardario australiano": the capital is the sentence's.
    plural_or_long = entity.kind == "group" or (entity.kind == "person" and len(words) > 1)
    if plural_or_long and not any(map(_capitalised, words[1:])):
        return frozenset()
    proper = _own_words(words)
    if entity.kind != "group":
        for alias in entity.aliases:
            proper += _bare_name(_WORD.findall(alias))
    folded = frozenset(map(str.casefold, proper))
    return folded - _TITLES if entity.kind == "person" else folded


def _own_words(words: list[str]) -> list[str]:
    """Return the capitalised words of a name, without the capital of a sentence's start.

    In a name that begins as a description, those that an article or a preposition ties in name
    somebody else (*il questore di Arezzo*).
    """
    content = [word for word in words if word.casefold() not in _OPENERS]
    described = bool(content) and not _capitalised(content[0])
    own, tied = [], False
    for word in words:
        if word.casefold() in _OPENERS:
            tied = described
        elif not _capitalised(word):
            tied = False
        elif not tied:
            own.append(word)
    return own


def _bare_name(words: list[str]) -> list[str]:
    """Return the words without titles if all have a capital and no article leads, else nothing."""
    if not all(map(_capitalised, words)) or (words and words[0].casefold() in _OPENERS):
        return []
    return [word for word in words if word.casefold() not in _TITLES]


def _capitalised(word: str) -> bool:
    return word[0].isupper()
