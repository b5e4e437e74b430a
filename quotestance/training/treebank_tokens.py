"""Sentences of treebanks as tokens that can be put together anew, for the tokenizer.

What is put together has no syntax: heads are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotestance.training.parser_data import TreebankSentence

Row = tuple[str, ...]
Unit = tuple[Row, ...]  # the rows of a token: one, or those of a multi-word token
_OPEN_ENDS = (":", ";")


def joined(sentences: Iterable[TreebankSentence]) -> list[TreebankSentence]:
    """Return sentences as articles part them: none ends at a colon or semicolon within a paragraph.

    Treebanks differ in that, and where half of the colons end a sentence no tokenizer can know which.
    """
    found: list[TreebankSentence] = []
    for sentence in sentences:
        goes_on = found and found[-1].rows[-1][1] in _OPEN_ENDS and not sentence.new_paragraph
        if goes_on:
            units = [*units_of(found[-1]), *units_of(sentence)]
            found[-1] = replace(found[-1], rows=numbered(units))
        else:
            found.append(sentence)
    return found


def units_of(sentence: TreebankSentence) -> list[Unit]:
    """Return the tokens of a sentence."""
    units: list[Unit] = []
    last = 0
    for row in sentence.rows:
        first = int(row[0].split("-")[0])
        if "-" in row[0]:
            last = int(row[0].split("-")[1])
            units.append((row,))
        elif first <= last:
            units[-1] = (*units[-1], row)
        else:
            units.append((row,))
    return units


def numbered(units: Sequence[Unit]) -> tuple[Row, ...]:
    """Return the rows of tokens with ids in order; the heads are left as they are, wrong."""
    rows: list[Row] = []
    number = 1
    for unit in units:
        words = unit if len(unit) == 1 else unit[1:]
        if len(unit) > 1:
            rows.append((f"{number}-{number + len(words) - 1}", *unit[0][1:]))
        for word in words:
            rows.append((str(number), *word[1:6], "0", *word[7:]))
            number += 1
    return tuple(rows)


def token(form: str, *, space: bool = True) -> Unit:
    """Return a token that is one word, with or without a blank after it."""
    note = "_" if space else "SpaceAfter=No"
    return (("0", form, form, "X", "_", "_", "0", "dep", "_", note),)


def spaced(unit: Unit, space: bool) -> Unit:
    """Return a token with or without a blank after it."""
    return ((*unit[0][:9], "_" if space else "SpaceAfter=No"), *unit[1:])
