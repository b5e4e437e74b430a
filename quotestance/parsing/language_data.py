"""The word lists of the language that the rules about parses need."""

from __future__ import annotations

from importlib.resources import files


def word_classes(name: str) -> dict[str, frozenset[str]]:
    """Return classes of words by their names.

    Args:
        name: File name in ``quotestance/parsing/data/it``: a class, a tab and its words a line; ``#`` starts
            a comment.
    """
    text = (files("quotestance.parsing") / "data" / "it" / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    rows = (line.split("\t") for line in lines)
    return {key: frozenset(words.split()) for key, words in rows}
