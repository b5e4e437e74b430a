from __future__ import annotations

import pytest

from quotestance.document import STANCE_LABELS
from quotestance.extraction.lexicon import cue_entry, cue_lexicon, read_table


def test_the_table_is_well_formed():
    rows = list(read_table("cues.tsv"))
    assert len({tuple(row[:2]) for row in rows}) == len(rows)
    for lemma, pos, patterns, stance in rows:
        assert lemma == lemma.strip()
        assert pos in ("verb", "noun", "preposition", "auxiliary")
        assert patterns
        assert set(patterns) <= set("ciodpq"), lemma
        assert stance in STANCE_LABELS


@pytest.mark.parametrize(
    ("lemma", "flags", "stance"),
    [
        ("dire", {"clause", "infinitive", "object", "oblique"}, "neutral"),
        ("accusare", {"clause", "infinitive", "object", "oblique"}, "accusatory"),
        ("definire", {"clause", "infinitive", "predicate"}, "neutral"),
        ("ringraziare", {"clause", "infinitive", "object", "oblique"}, "conciliatory"),
        ("allargare", {"clause", "infinitive", "quoted_only"}, "neutral"),
    ],
)
def test_what_an_entry_tells(lemma, flags, stance):
    entry = cue_lexicon()[lemma, "verb"]
    names = ("clause", "infinitive", "object", "oblique", "predicate", "quoted_only")
    assert {name for name in names if getattr(entry, name)} == flags
    assert entry.stance == stance


@pytest.mark.parametrize(
    ("lemma", "form", "pos", "expected"),
    [
        ("dire", "disse", "verb", "dire"),
        ("Dire", "Disse", "verb", "dire"),
        ("promedere", "promesso", "verb", "promettere"),
        ("promedere", "promesse", "verb", "promettere"),
        ("definendere", "definendo", "verb", "definire"),
        ("accusandare", "accusandolo", "verb", "accusare"),
        ("definendolo", "Definendola", "verb", "definire"),
        ("frendere", "frena", "verb", "frenare"),
        ("chieso", "chiesto", "verb", "chiedere"),
        ("accusa", "accusa", "noun", "accusa"),
        ("parola", "parole", "noun", "parola"),
        ("mangiare", "mangia", "verb", None),
        ("tavolo", "tavolo", "noun", None),
        ("frendere", "frena", "noun", None),
    ],
)
def test_looking_a_word_up(lemma, form, pos, expected):
    entry = cue_entry(lemma, form, pos)
    assert (entry and entry.lemma) == expected


def test_thoughts_and_feelings_are_cues_only_with_marks():
    for lemma in ("pensare", "credere", "sperare", "temere", "supporre", "presumere"):
        assert cue_lexicon()[lemma, "verb"].quoted_only, lemma
    for lemma in ("dedurre", "volere", "parere", "risultare", "emergere"):
        assert (lemma, "verb") not in cue_lexicon()
