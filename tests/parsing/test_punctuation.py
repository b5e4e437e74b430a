from __future__ import annotations

import pytest

from quotestance.parsing.punctuation import attach_marks

# word, part of speech, head (1-based, 0 the root), relation; the heads of marks are random
SENTENCES = {
    "set off on the right": (
        "Minetto PROPN 4 nsubj;, PUNCT 4 punct;innocente ADJ 1 acl;parla VERB 0 root;. PUNCT 1 punct",
        {",": "Minetto", ".": "parla"},
    ),
    "a conjunct": (
        "mele NOUN 0 root;, PUNCT 1 punct;pere NOUN 1 conj;e CCONJ 5 cc;fichi NOUN 1 conj",
        {",": "pere"},
    ),
    "set off on the left": (
        "Ieri ADV 4 advmod;, PUNCT 1 punct;Rossi PROPN 4 nsubj;parla VERB 0 root;! PUNCT 1 punct",
        {",": "Ieri", "!": "parla"},
    ),
    "between a conjunction and an aside": (
        "cede VERB 0 root;e CCONJ 6 cc;, PUNCT 1 punct;salutato VERB 6 advcl;: PUNCT 1 punct;"
        "parte VERB 1 conj",
        {",": "parte", ":": "salutato"},
    ),
    "a colon before a clause": (
        "Dice VERB 0 root;: PUNCT 1 punct;parto VERB 1 ccomp;. PUNCT 3 punct",
        {":": "parto", ".": "Dice"},
    ),
    "a mark below a mark": (
        "Parte VERB 0 root;, PUNCT 1 punct;dice VERB 2 parataxis;. PUNCT 2 punct",
        {",": "Parte", ".": "Parte", "dice": "Parte"},
    ),
}


def attached(rows: str) -> list[tuple[str, str]]:
    forms, upos, heads, deprels = zip(*(row.split() for row in rows.split(";")), strict=True)
    found = attach_marks(forms, upos, [int(head) - 1 for head in heads], deprels)
    return [
        (form, forms[head] if head >= 0 else "") for form, head in zip(forms, found, strict=True)
    ]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_mark_hangs_on_the_top_of_what_it_sets_off(name) -> None:
    rows, expected = SENTENCES[name]
    found = dict(attached(rows))
    assert {form: found[form] for form in expected} == expected


@pytest.mark.parametrize("marks", ["«»", "“”", '""', "()", "[]", "‘’", "„“", "''"])
def test_a_pair_hangs_on_the_top_of_what_is_inside(marks) -> None:
    opening, closing = marks
    rows = (
        f"{opening} PUNCT 4 punct;È AUX 3 cop;finita ADJ 6 ccomp;{closing} PUNCT 6 punct;"
        ", PUNCT 3 punct;dice VERB 0 root;Rossi PROPN 6 nsubj;. PUNCT 7 punct"
    )
    heads = [head for _, head in attached(rows)]
    assert heads == ["finita", "finita", "dice", "finita", "finita", "", "dice", "dice"]


def test_a_pair_around_two_units_hangs_on_the_nearest_of_each() -> None:
    rows = "« PUNCT 3 punct;Sì INTJ 5 discourse;qui ADV 5 advmod;» PUNCT 1 punct;dice VERB 0 root"
    assert [head for _, head in attached(rows)] == ["Sì", "dice", "dice", "qui", ""]


def test_an_apostrophe_that_closes_nothing_is_a_mark_like_any_other() -> None:
    rows = "città NOUN 0 root;” PUNCT 3 punct;bella ADJ 1 amod"
    assert [head for _, head in attached(rows)] == ["", "bella", "città"]


@pytest.mark.parametrize(
    "rows",
    [
        "! PUNCT 0 root;? PUNCT 1 punct",  # marks alone
        "… PUNCT 0 root;Roma PROPN 1 dep",  # a mark is the root
        "Piove VERB 0 root",
    ],
)
def test_a_sentence_that_gives_no_place_stays(rows) -> None:
    forms, _, heads, _ = zip(*(row.split() for row in rows.split(";")), strict=True)
    expected = [forms[int(head) - 1] if int(head) else "" for head in heads]
    assert [head for _, head in attached(rows)] == expected


def test_arcs_between_words_stay_and_the_tree_stays_a_tree() -> None:
    rows, _ = SENTENCES["between a conjunction and an aside"]
    heads = dict(attached(rows))
    assert (heads["e"], heads["salutato"], heads["parte"], heads["cede"]) == (
        "parte",
        "parte",
        "cede",
        "",
    )


def test_no_mark_becomes_the_root_of_an_odd_tree() -> None:
    rows = "e CCONJ 0 cc;, PUNCT 1 punct;poi ADV 0 advmod;. PUNCT 1 punct"
    assert [head for _, head in attached(rows)] == ["", "e", "", "poi"]
