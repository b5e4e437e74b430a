"""Sentences that the tokenizer cut in two: at the point of a title, or between a cue and its quote.

That a point after *on.* or *dott.* ends no sentence is no matter of likelihood, and half of the treebanks end
one at a colon. In an article the words behind it are often quoted: *Venturi: «Il ponte chiude»*.
"""

from __future__ import annotations

import re
from typing import Any

_TITLES = frozenset(
    """
    arch. avv. card. cav. col. comm. cons. cpt. dott. dott.ssa dr. dr.ssa geom. gen. ing. maj. mar. mons.
    on. onn. pres. prof. prof.ssa proff. rag. rev. sen. sig. sig.na sig.ra sigg. ten.
    """.split()
)

_INITIALS = re.compile(r"(?:[A-Z]\.){1,2}")
_LETTERED = frozenset(  # words that a letter follows at the end of a sentence: in Serie A.
    """
    articolo blocco categoria classe codice comma epatite fascia girone gruppo ipotesi lega lettera linea
    livello modello palazzina piano punto scala serie settore tipo tribuna variante vitamina zona gli l'
    """.split()
)
Row = dict[str, Any]  # a token or word, as Stanza's documents give it


def join_sentences(document: Any) -> Any:
    """Return a Stanza document, tokens and words alone, in which sentences that were cut in two are whole.

    Args:
        document: What the tokenizer made of a text in the typography of ``uniform``.
    """
    from stanza.models.common.doc import Document

    if len(document.sentences) < 2:
        return document
    sentences: list[list[Row]] = document.to_dict()
    joined: list[list[Row]] = []
    for sentence in sentences:
        before = joined[-1] if joined else []
        if _ends_with_title(before) and sentence[0]["text"][:1].isupper():
            before = _with_title_whole(before)
        elif not before or before[-1]["text"] != ":" or sentence[0]["text"] != "«":
            joined.append(sentence)
            continue
        joined[-1] = [*before, *(_renumbered(row, _last_number(before)) for row in sentence)]
    return document if len(joined) == len(sentences) else Document(joined, text=document.text)


def _ends_with_title(sentence: list[Row]) -> bool:
    if not sentence:
        return False
    last = sentence[-1]["text"]
    if _is_split(sentence):
        last = sentence[-2]["text"] + last
    elif _INITIALS.fullmatch(last):
        return len(sentence) == 1 or sentence[-2]["text"].casefold() not in _LETTERED
    return last.casefold() in _TITLES


def _is_split(sentence: list[Row]) -> bool:
    """Tell whether the last token is a point of its own, right behind a word."""
    if len(sentence) < 2 or sentence[-1]["text"] != ".":
        return False
    return sentence[-2].get("end_char") == sentence[-1]["start_char"]


def _with_title_whole(sentence: list[Row]) -> list[Row]:
    if not _is_split(sentence):
        return sentence
    *rest, title, point = sentence
    whole = {**title, "text": title["text"] + ".", "end_char": point["end_char"]}
    whole.pop("misc", None)  # that no blank follows the title
    return [*rest, whole]


def _renumbered(row: Row, shift: int) -> Row:
    number = row["id"]
    if isinstance(number, int):
        return {**row, "id": number + shift}
    return {**row, "id": tuple(part + shift for part in number)}


def _last_number(sentence: list[Row]) -> int:
    number: int | tuple[int, ...] = sentence[-1]["id"]
    return number if isinstance(number, int) else number[-1]
