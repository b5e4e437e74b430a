"""Copies of sentences in other typography, so that the parse does not depend on it.

Treebanks write ``"così"`` with straight marks almost everywhere; newspapers write “così” or «così»,
l’altro beside l'altro, and dashes of three lengths.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from quotestance.training.parser_data import NameSentence, TreebankSentence, space_after

_QUOTES = (('"', '"'), ("“", "”"), ("«", "»"))
_SINGLE_QUOTES = {"'": ("'", "'"), "’": ("‘", "’")}  # they go with the apostrophe
_APOSTROPHES = ("'", "’")
_DASHES = ("-", "–", "—")

_OPENING, _CLOSING = frozenset("“„«‘‚‹"), frozenset("”»’›")
_DOUBLE_MARKS = frozenset('"“”„‟«»') | {"''", "``", "<<", ">>"}
_SINGLE_MARKS = frozenset("'‘’‚‛‹›")
_DASH_MARKS = frozenset(_DASHES) | {"--"}


@dataclass(frozen=True, slots=True)
class Typography:
    """A way to write what means the same.

    Attributes:
        quotes: The opening and the closing quotation mark.
        apostrophe: The apostrophe.
        dash: The dash that stands between blanks.
    """

    quotes: tuple[str, str]
    apostrophe: str
    dash: str


def augment(
    sentences: Sequence[TreebankSentence], seed: int, share: float = 0.25
) -> list[TreebankSentence]:
    """Return copies of sentences in other typography; the sentences themselves are not among them.

    Args:
        sentences: Sentences of treebanks.
        seed: Of what is chosen at random: apostrophe and dash of each copy, and which sentences
            without quotation marks are copied.
        share: Share of the sentences without quotation marks that are looked at; one with
            quotation marks has a copy with each other kind of them.
    """
    chance = random.Random(seed)
    copies: list[TreebankSentence] = []
    for sentence in sentences:
        forms = [row[1] for row in sentence.tokens]
        for typography in _drawn(forms, chance, share):
            copy = rewritten(sentence, typography)
            if copy.rows != sentence.rows:
                copies.append(replace(copy, new_paragraph=not copies))
    return copies


def augment_names(
    sentences: Sequence[NameSentence], seed: int, share: float = 0.25
) -> list[NameSentence]:
    """Return copies of sentences with annotated names, as ``augment`` does.

    Where there are blanks is not known here: marks open and close in turn, dashes stay.
    """
    chance = random.Random(seed)
    copies: list[NameSentence] = []
    for sentence in sentences:
        forms = [token for token, _ in sentence]
        for typography in _drawn(forms, chance, share):
            written = rewritten_forms(forms, typography)
            if written != forms:
                tags = (tag for _, tag in sentence)
                copies.append(tuple(zip(written, tags, strict=True)))
    return copies


def rewritten(sentence: TreebankSentence, typography: Typography) -> TreebankSentence:
    """Return a sentence in a typography; a lemma that is the form itself goes with it."""
    tokens = sentence.tokens
    spaces = [space_after(row) for row in tokens]
    forms = rewritten_forms([row[1] for row in tokens], typography, spaces)
    new = {row[0]: form for row, form in zip(tokens, forms, strict=True)}
    rows = []
    for row in sentence.rows:
        form = new.get(row[0]) or _with_apostrophe(row[1], typography.apostrophe)
        rows.append((row[0], form, form if row[2] == row[1] else row[2], *row[3:]))
    return replace(sentence, rows=tuple(rows))


def rewritten_forms(
    forms: Sequence[str], typography: Typography, spaces: Sequence[bool] | None = None
) -> list[str]:
    """Return the forms of tokens in a typography.

    Args:
        forms: The tokens of a sentence.
        typography: How to write them.
        spaces: Whether a blank follows each token. It tells opening from closing marks, and dashes
            from hyphens, which stay; None where it is not known.
    """
    written = [_with_apostrophe(form, typography.apostrophe) for form in forms]
    single = _SINGLE_QUOTES[typography.apostrophe]
    for marks, pair in ((_DOUBLE_MARKS, typography.quotes), (_SINGLE_MARKS, single)):
        inside = False
        for i in (i for i, form in enumerate(forms) if form in marks):
            inside = _opens(i, forms, spaces, inside)
            written[i] = pair[0 if inside else 1]
    if spaces is not None:
        for i, form in enumerate(forms):
            if form in _DASH_MARKS and spaces[i] and (i == 0 or spaces[i - 1]):
                written[i] = typography.dash
    return written


def _drawn(forms: Sequence[str], chance: random.Random, share: float) -> Iterable[Typography]:
    """Draw the typographies of the copies of a sentence."""
    if any(form in _DOUBLE_MARKS for form in forms):
        pairs = [pair for pair in _QUOTES if not any(mark in forms for mark in pair)]
    else:
        pairs = [chance.choice(_QUOTES)] if chance.random() < share else []
    return [Typography(p, chance.choice(_APOSTROPHES), chance.choice(_DASHES)) for p in pairs]


def _opens(mark: int, forms: Sequence[str], spaces: Sequence[bool] | None, inside: bool) -> bool:
    """Tell whether a quotation mark opens: by the blanks around it, itself, or what is beside it."""
    before = after = True
    if spaces is not None:
        before, after = mark == 0 or spaces[mark - 1], mark == len(forms) - 1 or spaces[mark]
    if before != after:
        return before
    if forms[mark] in _OPENING | _CLOSING:
        return forms[mark] in _OPENING
    if before:
        return not inside
    return any(c.isalnum() for c in forms[mark + 1])  # l'"altro" against (altro").


def _with_apostrophe(form: str, apostrophe: str) -> str:
    """Return a word with its apostrophes written in one way; a form without letters stays."""
    if not any(c.isalnum() for c in form):
        return form
    return form.replace("'", apostrophe).replace("’", apostrophe)
