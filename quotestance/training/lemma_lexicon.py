"""Lemmas of words that no treebank has: from the lexicon of simplemma, sorted by part of speech.

The treebanks know a tenth of the words of an article not at all, and a network that saw 180,000 words of
them makes up the lemma of one unknown word in seven (*trascorre*, *riforme* are no verbs of its own). The
lexicon knows 350,000 forms, but one lemma of each and no part of speech: *porto* is ``portare``, *ritrovati*
``ritrovato``. What a lemma looks like in Italian UD tells the rest: that of a verb is an infinitive, that of
an adjective a masculine, of a participle used as an adjective the participle.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quotestance.errors import QuotestanceError
from quotestance.training.parser_data import TreebankSentence

Entry = tuple[str, str, str]  # form, part of speech, lemma

_INFINITIVE = re.compile(r"(?:are|ere|ire|rre)$")
_PRONOMINAL = re.compile(r"(?<=[aei]r)si$")  # pentirsi is pentire in UD
_PARTICIPLES = {"ato": "are", "uto": "ere", "ito": "ire"}
# Forms that are adjectives or nouns as well, though the lexicon knows the verb only.
_NOMINAL = re.compile(r"(?:[ts][oaie]|nt[ei])$")
_MASCULINE = (("chi", "co"), ("che", "co"), ("ghi", "go"), ("ghe", "go"))
_SHORTEST = 4  # letters of an irregular participle by which others end, as indetto by detto


def extend_lemmatizer(file: Path, sentences: Iterable[TreebankSentence]) -> None:
    """Add the lexicon to the dictionary of a lemmatizer of Stanza; what it knows of a word stays.

    Args:
        file: The lemmatizer, as Stanza's trainer wrote it; it is rewritten.
        sentences: Those that it learned from.

    Raises:
        QuotestanceError: when simplemma is not installed.
    """
    from stanza.models.lemma.trainer import Trainer

    trainer = Trainer(model_file=str(file), device="cpu")
    words = [row for s in sentences for row in s.rows if "-" not in row[0]]
    entries = lexicon_entries(read_lexicon(), words)
    trainer.train_dict(sorted(entries), update_word_dict=False)
    trainer.save(str(file))


def read_lexicon() -> dict[str, str]:
    """Return simplemma's lemma of each Italian form that is a word in small letters.

    Raises:
        QuotestanceError: when simplemma is not installed.
    """
    try:
        from simplemma.strategies.dictionaries import DefaultDictionaryFactory
    except ImportError as error:
        raise QuotestanceError(
            "lemmas of words that no treebank has come from simplemma; "
            "pip install 'quotestance[train]'"
        ) from error
    lexicon = DefaultDictionaryFactory().get_dictionary("it")
    return {form: lexicon[form] for form, _ in lexicon.items() if form.isalpha() and form.islower()}


def lexicon_entries(
    lexicon: Mapping[str, str], words: Iterable[tuple[str, ...]]
) -> Iterator[Entry]:
    """Yield what the lexicon adds to the words of treebanks.

    Args:
        lexicon: Lemmas by form.
        words: The words that the lemmatizer learned from, as columns of CoNLL-U. No entry is made for
            what they have with the same part of speech. Words whose lemmas they have are entered with
            a capital, too, as at the start of a sentence.
    """
    words = list(words)
    seen = {(row[1], row[3]) for row in words}
    lemmas = {(row[3], row[2]) for row in words}
    readings = _Readings(lexicon, _irregular_participles(words))
    for form in lexicon:
        for upos, lemma in readings.of(form):
            forms = [form, form.capitalize()] if (upos, lemma) in lemmas else [form]
            for written in forms:
                if (written, upos) not in seen:
                    yield written, upos, lemma


class _Readings:
    """The lemmas of a form by part of speech."""

    def __init__(self, lexicon: Mapping[str, str], participles: Mapping[str, str]) -> None:
        self.lexicon = lexicon
        self.lemmas = frozenset(lexicon.values())
        self.participles = participles

    def of(self, form: str) -> Iterator[tuple[str, str]]:
        """Yield parts of speech and lemmas."""
        lemma = self.lexicon[form]
        found = {
            "VERB": self.verb(form, lemma),
            "NOUN": self.noun(form, lemma),
            "ADJ": self.adjective(form, lemma),
        }
        yield from ((upos, told) for upos, told in found.items() if told is not None)

    def verb(self, form: str, lemma: str) -> str | None:
        """Return the infinitive."""
        irregular = self.participles.get(f"{form[:-1]}o") if form[-1] in "oaie" else None
        if irregular is not None:
            return irregular
        lemma = _PRONOMINAL.sub("e", lemma)
        return lemma if _INFINITIVE.search(lemma) else self._infinitive(lemma)

    def _infinitive(self, participle: str) -> str | None:
        if participle in self.participles:
            return self.participles[participle]
        regular = _PARTICIPLES.get(participle[-3:])
        if regular and participle[:-3] + regular in self.lemmas:
            return participle[:-3] + regular
        for start in range(1, len(participle) - _SHORTEST + 1):
            base = self.participles.get(participle[start:])
            if base and participle[:start] + base in self.lemmas:
                return participle[:start] + base
        return None

    def noun(self, form: str, lemma: str) -> str | None:
        """Return the singular; a feminine participle is a noun of its own (*la chiamata*)."""
        if form == lemma or not _INFINITIVE.search(lemma):
            return lemma
        deverbal = form[-1] in "oa" and lemma[:-3] == form[:-1]  # il porto, la posa
        if not deverbal and not _NOMINAL.search(form):
            return None
        if form[-1] in "oa":
            return form
        return self._known(form[:-1] + end for end in ("o" if form[-1] == "i" else "a", "e"))

    def adjective(self, form: str, lemma: str) -> str | None:
        """Return the masculine singular of the positive."""
        if form[:-1].endswith("issim"):
            return self._known(form[:-6] + end for end in "oe")
        if form[-1] in "ae" and lemma in (form, f"{form[:-1]}a"):
            return self._known([f"{form[:-1]}o"]) or lemma
        if not _INFINITIVE.search(lemma):
            return lemma
        for end, masculine in _MASCULINE:
            if form.endswith(end) and form[:-3] + masculine in self.lexicon:
                return form[:-3] + masculine
        if not _NOMINAL.search(form):
            return None
        return f"{form[:-1]}e" if form[-3:-1] == "nt" else self._known([f"{form[:-1]}o"])

    def _known(self, forms: Iterable[str]) -> str | None:
        return next((form for form in forms if form in self.lexicon), None)


def _irregular_participles(words: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Return the infinitives of the participles that the treebanks have, by the masculine singular."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in words:
        form, lemma = row[1].lower(), row[2]
        if row[3] == "VERB" and "VerbForm=Part" in row[5] and form[-1] in "oaie":
            counts[f"{form[:-1]}o", lemma] += bool(_INFINITIVE.search(lemma))
    found: dict[str, str] = {}
    for (participle, lemma), count in counts.most_common():
        if count:
            found.setdefault(participle, lemma)
    return found
