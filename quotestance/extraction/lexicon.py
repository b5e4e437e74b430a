"""The cue lexicon: which words may tell that something is said, and what they take as content.

The table itself is data (``data/it/cues.tsv``); its header explains the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from quotestance.document import StanceLabel

CuePos = Literal["verb", "noun", "preposition", "auxiliary"]

# the endings in which news tell speech: third persons, participles, gerunds
_ENDINGS = {
    "are": "a ano ava avano ato ata ati ate ando ò arono erà eranno".split(),
    "ere": "e ono eva evano uto uta uti ute endo é ette erono ettero erà eranno".split(),
    "ire": "e ono isce iscono iva ivano ito ita iti ite endo ì irono irà iranno".split(),
}


@dataclass(frozen=True, slots=True)
class CueEntry:
    """One line of the lexicon.

    Attributes:
        lemma: The lemma of the word; of a multi-word preposition all its words.
        pos: What kind of word it is.
        clause: Takes a clause or free speech as content (*ha detto che …*, *ha detto: …*).
        infinitive: Takes an infinitive with *di* or *a* (*ha promesso di …*).
        object: Takes a noun phrase (*ha annunciato lo sciopero*).
        oblique: Takes a complement with a preposition (*ha parlato di «…»*).
        predicate: Says something of its object (*ha definito X «…»*).
        quoted_only: A word that mostly means something else: a cue only with quotation marks or a
            colon.
        stance: What the word alone tells of the speaker's stance.
    """

    lemma: str
    pos: CuePos
    clause: bool
    infinitive: bool
    object: bool
    oblique: bool
    predicate: bool
    quoted_only: bool
    stance: StanceLabel


def read_table(name: str) -> Iterator[list[str]]:
    """Yield the rows of a table of the Italian language data, without comments.

    Args:
        name: File name in ``quotestance/extraction/data/it``; tab-separated, ``#`` starts a comment.
    """
    folder = files("quotestance.extraction") / "data" / "it"
    for line in (folder / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


# accusandolo, definendola: parsers often leave these in one piece
ENCLITIC_GERUND = re.compile(r"^(\w+[ae]ndo)(?:lo|la|li|le|gli|ne|mi|ti|ci|vi|si)$", re.IGNORECASE)


@cache
def cue_lexicon() -> dict[tuple[str, CuePos], CueEntry]:
    """Return the lexicon by lemma and kind of word."""
    lexicon: dict[tuple[str, CuePos], CueEntry] = {}
    for lemma, pos, patterns, stance in read_table("cues.tsv"):
        entry = CueEntry(
            lemma=lemma,
            pos=pos,  # type: ignore[arg-type]
            clause="c" in patterns,
            infinitive="i" in patterns,
            object="o" in patterns,
            oblique="d" in patterns,
            predicate="p" in patterns,
            quoted_only="q" in patterns,
            stance=stance,  # type: ignore[arg-type]
        )
        lexicon[entry.lemma, entry.pos] = entry
    return lexicon


def cue_entry(lemma: str, form: str, pos: CuePos) -> CueEntry | None:
    """Look a word up by its lemma, or, for a verb with a wrong lemma, by its form.

    Args:
        lemma: The lemma that the parser gives.
        form: The word as it stands in the text; lemmatisers invent infinitives (*promesso*:
            *promedere*).
        pos: The kind of word.
    """
    entry = cue_lexicon().get((lemma.lower(), pos))
    if entry is None and pos == "verb":
        bare = ENCLITIC_GERUND.sub(r"\1", form.lower())
        return cue_lexicon().get((_verb_forms().get(bare, ""), "verb"))
    return entry


@cache
def _verb_forms() -> dict[str, str]:
    """Return the lemma of each form of a verb of the lexicon that ``_ENDINGS`` makes."""
    forms: dict[str, str] = {}
    for lemma, pos in cue_lexicon():
        if pos == "verb":
            for ending in _ENDINGS.get(lemma[-3:], ()):
                forms.setdefault(lemma[:-3] + ending, lemma)
    for form, lemma in read_table("participles.tsv"):
        if (lemma, "verb") in cue_lexicon():
            stem = form[:-1]
            forms.update({stem + vowel: lemma for vowel in "oaie"})
    return forms
