"""Boundaries of tokens and sentences that rules know better than the tokenizer, which learned little of news.

That *Dmitrij* and an address are one token, that no sentence ends at the point of *on.* or *dott.* and none
behind a given name, is no matter of likelihood. Half of the treebanks end a sentence at a colon; in an
article the words behind it are often quoted: *Venturi: «Il ponte chiude»*.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from quotestance.parsing.language_data import word_classes

_WORDS = word_classes("boundaries.tsv")
_TITLES, _LETTERED, _BEGINNERS = (_WORDS[name] for name in ("titles", "lettered", "beginners"))
_INITIALS = re.compile(r"(?:[A-Z]\.){1,2}")
_WHOLE = re.compile(
    r"""
    (?:https?://|www\.)[^\s«»]*[^\s«».,;:!?)\]'"]   # an address, without the marks that follow it
    | (?<![\w@\#]) [@\#]\w+
    | (?<!\w) '(?i:ndr[a-z]+)
    """,
    re.VERBOSE,
)
Row = dict[str, Any]  # a token or word, as Stanza's documents give it
Token = list[Row]  # the row of a token; rows of its words behind it where they are several


def mend_boundaries(document: Any) -> Any:
    """Return a Stanza document, tokens and words alone, with tokens and sentences cut as rules tell.

    Args:
        document: What the tokenizer made of a text in the typography of ``uniform``.
    """
    from stanza.models.common.doc import Document

    text: str = document.text
    cut = [list(_tokens(rows)) for rows in document.to_dict()]
    wholes = [match.span() for match in _WHOLE.finditer(text)]
    mended = [_mend_tokens(text, sentence, wholes) for sentence in _join(text, cut, wholes)]
    return document if mended == cut else Document([_rows(s) for s in mended], text=text)


def _tokens(rows: Iterable[Row]) -> Iterator[Token]:
    token: Token = []
    left = 0
    for row in rows:
        token.append(row)
        left = (
            row["id"][-1] - row["id"][0] + 1 if isinstance(row["id"], tuple) else max(left - 1, 0)
        )
        if not left:
            yield token
            token = []


def _rows(sentence: Iterable[Token]) -> list[Row]:
    """Return the rows of a sentence, numbered from one."""
    rows: list[Row] = []
    number = 1
    for token in sentence:
        words = max(len(token) - 1, 1)
        numbers: list[Any] = list(range(number, number + words))
        if len(token) > 1:
            numbers.insert(0, (number, number + words - 1))
        rows += ({**row, "id": of_row} for row, of_row in zip(token, numbers, strict=True))
        number += words
    return rows


def _start(token: Token) -> int:
    start: int = token[0]["start_char"]
    return start


def _end(token: Token) -> int:
    end: int = token[0]["end_char"]
    return end


def _join(
    text: str, sentences: Iterable[list[Token]], wholes: list[tuple[int, int]]
) -> list[list[Token]]:
    joined: list[list[Token]] = []
    for sentence in sentences:
        if joined and _goes_on(text, joined[-1], sentence, wholes):
            joined[-1] = [*joined[-1], *sentence]
        else:
            joined.append(sentence)
    return joined


def _goes_on(
    text: str, before: list[Token], after: list[Token], wholes: list[tuple[int, int]]
) -> bool:
    """Tell whether two sentences are one."""
    end, start = _end(before[-1]), _start(after[0])
    if any(first < end < last for first, last in wholes):
        return True
    if text[start] in "»),;":
        return True
    if text[end - 1] in "-/":  # Emilia-Romagna
        return start == end
    if text[end - 1] == ":":
        return text[start] == "«"
    if text[start].islower() and (text[end - 1].isalnum() or text[end - 1] == ")"):
        return True
    if text[end - 1].isalnum():
        return text[start : _end(after[0])].casefold() not in _BEGINNERS
    return text[start].isupper() and _abbreviates(text, before)


def _abbreviates(text: str, sentence: list[Token]) -> bool:
    """Tell whether the last point of a sentence is that of a title or an initial."""
    start, end = _start(sentence[-1]), _end(sentence[-1])
    if text[start:end] == "." and len(sentence) > 1 and _end(sentence[-2]) == start:
        start, sentence = _start(sentence[-2]), sentence[:-1]
    last = text[start:end]
    if _INITIALS.fullmatch(last):
        before = text[_start(sentence[-2]) : _end(sentence[-2])] if len(sentence) > 1 else ""
        return before.casefold() not in _LETTERED
    return last.casefold() in _TITLES


def _mend_tokens(text: str, sentence: list[Token], wholes: list[tuple[int, int]]) -> list[Token]:
    mended: list[Token] = []
    for number, token in enumerate(sentence):
        last = number == len(sentence) - 1
        if mended and _is_one(text, mended[-1], token, wholes, last):
            token = _token(text, _start(mended.pop()), _end(token))
        within = [end for start, end in wholes if start == _start(token) and end < _end(token)]
        if within:  # the marks behind an address are tokens of their own
            mended.append(_token(text, _start(token), within[0]))
            token = _token(text, within[0], _end(token))
        mended.append(token)
    return mended


def _is_one(
    text: str, token: Token, following: Token, wholes: list[tuple[int, int]], last: bool
) -> bool:
    """Tell whether two tokens are one; ``last``: whether the second ends a sentence."""
    middle = _start(following)
    if _end(token) != middle:
        return False
    if any(start <= _start(token) and middle < end for start, end in wholes):
        return True
    if len(token) > 1 or len(following) > 1:
        return False
    before, after = text[middle - 1], text[middle]
    if before.isalpha() and after.isalpha():  # but not in provinceIl, which lacks a blank
        return not (before.islower() and after.isupper())
    if before.isdigit() and after.isdigit():
        return True
    whole = text[_start(token) : _end(following)]
    return not last and (
        whole.casefold() in _TITLES or (len(whole) == 2 and bool(_INITIALS.fullmatch(whole)))
    )


def _token(text: str, start: int, end: int) -> Token:
    return [{"id": 1, "text": text[start:end], "start_char": start, "end_char": end}]
