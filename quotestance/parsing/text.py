"""Making any string safe and uniform for tokenizers, without moving an offset."""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans({**dict.fromkeys("’‘‛`´", "'"), "—": "–", "‹": "'", "›": "'"})
_MARK = re.compile('["“”„‟]')
_DIRECTED = {"“": "«", "„": "«", "‟": "«", "”": "»"}
_BEFORE = frozenset("([{«–'/")  # beside blanks, what may stand before a mark that opens
_AFTER = frozenset(".,;:!?…)]}»–'/")  # and after one that closes
_ORDINAL = re.compile(r"(?<=\d)°(?=\s[^\W\d_]{2})")
_BREAK = re.compile(r"(?<=\S)[ \t]*\r?\n(?=\S)")  # between lines of which none is empty
_SHORTEST = 50  # characters of a line that was broken at a width
_LEAST_SOFT = 0.2  # of the line breaks
_ABOUT = 0.7  # of the longest broken line: names and long words leave some lines shorter
_HYPHEN = re.compile(r"(?<!\S)-(?=[ \t])")


def readable(text: str) -> str:
    """Return a text with what is no character of a text as spaces, of the same length.

    Controls, lone surrogates, private and unassigned code points go; line breaks and tabs stay.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\r\t" or not _barred(c) else " " for c in text)


def uniform(text: str) -> str:
    """Return a text in one typography, of the same length: «così», l'altro, – dashes, 1º maggio.

    So no parse depends on the style of a newspaper. Where blanks and stops around a mark do not tell
    whether it opens or closes, its form does; straight ones open and close in turn on a line.
    """
    text = _ORDINAL.sub("º", _HYPHEN.sub("–", text.translate(_SAME)))
    return _MARK.sub(_guillemet, text)


def unwrapped(text: str) -> str:
    """Return a text with the line breaks within its paragraphs as spaces, of the same length.

    Letters and old archives break their lines at a width. A text does when some of its long lines go on in
    lower case on the next one; then every line about as long goes on.
    """
    breaks = list(_BREAK.finditer(text))
    starts = [text.rfind("\n", 0, b.start()) + 1 for b in breaks]
    lengths = [b.start() - start for b, start in zip(breaks, starts, strict=True)]
    soft = [
        length
        for b, length in zip(breaks, lengths, strict=True)
        if length >= _SHORTEST and text[b.end()].islower() and text[b.start() - 1] not in ".!?:;"
    ]
    if len(soft) < _LEAST_SOFT * len(breaks) or not soft:
        return text
    pieces: list[str] = []
    at = 0
    for b, length in zip(breaks, lengths, strict=True):
        if length >= _ABOUT * max(soft):
            pieces += (text[at : b.start()], " " * len(b.group()))
            at = b.end()
    return "".join(pieces) + text[at:]


def _guillemet(mark: re.Match[str]) -> str:
    text, at = mark.string, mark.start()
    before, after = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
    may_open = not before or before.isspace() or before in _BEFORE
    may_close = not after or after.isspace() or after in _AFTER
    if may_open != may_close:
        return "«" if may_open else "»"
    if mark[0] in _DIRECTED:
        return _DIRECTED[mark[0]]
    odd = text.count('"', text.rfind("\n", 0, at) + 1, at) % 2
    return "»" if odd else "«"


def _barred(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
