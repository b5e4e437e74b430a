from __future__ import annotations

import builtins

import pytest

from quotestance.errors import QuotestanceError
from quotestance.training.lemma_lexicon import lexicon_entries, read_lexicon

LEXICON = {
    "trascorre": "trascorrere",
    "trascorrere": "trascorrere",
    "pente": "pentirsi",
    "porto": "portare",
    "porti": "portare",
    "portare": "portare",
    "portato": "portare",
    "ritrovati": "ritrovato",
    "ritrovato": "ritrovato",
    "ritrovare": "ritrovare",
    "indetto": "indetto",
    "indire": "indire",
    "platee": "platea",
    "chiarissimo": "chiarire",
    "chiaro": "chiaro",
    "studiosa": "studiosa",
    "studioso": "studioso",
    "vedute": "vedere",
    "veduta": "veduta",
    "veduto": "vedere",
    "credenti": "credere",
    "userebbe": "usare",
    "bianchi": "bianchire",
    "bianco": "bianco",
}
WORDS = [
    ("1", "detto", "dire", "VERB", "_", "VerbForm=Part", "0", "root", "_", "_"),
    ("2", "portato", "portare", "VERB", "_", "VerbForm=Part", "0", "root", "_", "_"),
    ("3", "platee", "plateo", "NOUN", "_", "_", "0", "root", "_", "_"),
]


@pytest.fixture(scope="module")
def entries() -> dict[tuple[str, str], str]:
    found = list(lexicon_entries(LEXICON, WORDS))
    assert len({entry[:2] for entry in found}) == len(found)
    return {(form, upos): lemma for form, upos, lemma in found}


@pytest.mark.parametrize(
    ("form", "upos", "lemma"),
    [
        ("trascorre", "VERB", "trascorrere"),
        ("trascorre", "NOUN", None),
        ("pente", "VERB", "pentire"),
        ("porto", "VERB", "portare"),
        ("porto", "NOUN", "porto"),
        ("ritrovati", "VERB", "ritrovare"),
        ("ritrovati", "ADJ", "ritrovato"),
        ("indetto", "VERB", "indire"),  # by detto
        ("chiarissimo", "ADJ", "chiaro"),
        ("studiosa", "ADJ", "studioso"),
        ("vedute", "NOUN", "veduta"),
        ("vedute", "ADJ", "veduto"),
        ("credenti", "ADJ", "credente"),
        ("userebbe", "NOUN", None),
        ("userebbe", "ADJ", None),
        ("bianchi", "ADJ", "bianco"),
        ("platee", "NOUN", None),  # the treebanks know it, rightly or not
        ("Porto", "VERB", "portare"),  # whose lemma they know
        ("Trascorre", "VERB", None),
    ],
)
def test_a_part_of_speech_tells_the_lemma(entries, form, upos, lemma) -> None:
    assert entries.get((form, upos)) == lemma


def test_the_lexicon_has_words_in_small_letters() -> None:
    lexicon = read_lexicon()
    assert len(lexicon) > 300_000
    assert lexicon["riforme"] == "riforma"
    assert all(form == form.lower() for form in list(lexicon)[:2000])


def test_without_simplemma_the_remedy_is_told(monkeypatch) -> None:
    original = builtins.__import__

    def refuse(name: str, *args: object, **options: object) -> object:
        if name.startswith("simplemma"):
            raise ImportError(name)
        return original(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(QuotestanceError, match=r"quotestance\[train\]"):
        read_lexicon()
