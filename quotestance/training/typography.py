"""What the parser learns from in the one typography that it reads.

Treebanks write ``"così"`` with straight marks almost everywhere; newspapers write “così” or «così»,
l’altro beside l'altro, and dashes of three lengths. Since every text is parsed in one typography
(``quotestance.parsing.text.uniform``), no other has to be learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotestance.parsing.text import uniform
from quotestance.training.parser_data import NameSentence, TreebankSentence, space_after


def uniform_sentence(sentence: TreebankSentence) -> TreebankSentence:
    """Return a sentence in the typography that is parsed; a lemma that is the form goes with it."""
    tokens = sentence.tokens
    forms = _uniform([row[1] for row in tokens], [space_after(row) for row in tokens])
    new = {row[0]: form for row, form in zip(tokens, forms, strict=True)}
    rows = []
    for row in sentence.rows:
        form = new.get(row[0]) or uniform(row[1])
        rows.append((row[0], form, form if row[2] == row[1] else row[2], *row[3:]))
    return replace(sentence, rows=tuple(rows))


def uniform_names(sentence: NameSentence) -> NameSentence:
    """Return a sentence with annotated names in the typography that is parsed.

    Where there are blanks is not known of it: straight marks open and close in turn.
    """
    forms = _uniform([token for token, _ in sentence], [True] * len(sentence))
    return tuple((form, tag) for form, (_, tag) in zip(forms, sentence, strict=True))


def _uniform(forms: Sequence[str], spaces: Sequence[bool]) -> list[str]:
    blanks = [" " if space else "" for space in spaces]
    text = uniform("".join(map(str.__add__, forms, blanks)))
    found, at = [], 0
    for form, blank in zip(forms, blanks, strict=True):
        found.append(text[at : at + len(form)])
        at += len(form) + len(blank)
    return found
