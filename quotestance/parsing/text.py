"""Making any string safe for tokenizers, without moving an offset."""

from __future__ import annotations

import unicodedata


def readable(text: str) -> str:
    """Return a text with what is no character of a text as spaces, of the same length.

    Controls, lone surrogates, private and unassigned code points go; line breaks and tabs stay.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\r\t" or not _barred(c) else " " for c in text)


def _barred(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
