from __future__ import annotations

import itertools

import pytest

from quotestance.extraction.marks import find_quotations


def told(text):
    return [("|".join(map(str, q.segments)), q.depth, q.closed) for q in find_quotations(text)]


@pytest.mark.parametrize(
    "text",
    ["«pace»", "“pace”", '"pace"', "‘pace’", "„pace“", "„pace”", "‹pace›", "''pace''", "”pace”"],
)
def test_each_style_of_marks(text):
    (quotation,) = find_quotations(f"Ha detto {text}, poi basta.")
    assert quotation.inner.start == quotation.segments[0].start
    assert str(quotation.segments[0]) == "pace"
    assert str(quotation.outer) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nessun segno.", []),
        ("", []),
        ("«»", []),
        ("« … »", []),
        ("« pace »", [("pace", 0, True)]),
        ("«A», disse, «b».", [("A", 0, True), ("b", 0, True)]),
        ("«uno «due» tre»", [("uno «due» tre", 0, True), ("due", 1, True)]),
        ("«uno “due” tre»", [("uno “due” tre", 0, True), ("due", 1, True)]),
        ('“parla di "crisi" oggi”', [('parla di "crisi" oggi', 0, True), ("crisi", 1, True)]),
        ("“uno “due” tre”", [("uno “due” tre", 0, True), ("due", 1, True)]),
        ("«A “B "
         "‘c’»", [("A “B ‘c’", 0, True), ("c", 2, True)]),
        ("“mista\"", [("mista", 0, True)]),
        ("\"mista”", [("mista", 0, True)]),
        ("“sbagliata“ e basta", [("sbagliata", 0, True)]),
        ('(«una.»)', [("una.", 0, True)]),
        ('("una.")', [("una.", 0, True)]),
        ('"Che fai?"disse', [("Che fai?", 0, True)]),
        ('"Uno." "Due."', [("Uno.", 0, True), ("Due.", 0, True)]),
    ],
)  # fmt: skip
def test_pairs(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    ["l’altro e l’uno", "gli anni ’80", "la ‘80", "un po’", "dell'altro", "l‘altro", 'un 5" secco'],
)
def test_apostrophes_and_inches_are_no_marks(text):
    assert find_quotations(text) == ()


def test_an_apostrophe_inside_single_marks_does_not_close_them():
    assert told("Ha detto ‘l’altro giorno’ e basta") == [("l’altro giorno", 0, True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«mai chiusa. Fine", [("mai chiusa. Fine", 0, False)]),
        ("«mai chiusa\n\nPoi «Pace», disse.", [("mai chiusa", 0, False), ("Pace", 0, True)]),
        ("chiusa e basta», disse. «Pace»", [("Pace", 0, True)]),
        ("«rotta e poi «Pace», disse.", [("rotta e poi «Pace», disse.", 0, False),
                                         ("Pace", 0, True)]),
        ("«rotta, “A «b» c”", [("rotta, “A «b» c”", 0, False), ("A «b» c", 0, True),
                               ("b", 1, True)]),
    ],
)  # fmt: skip
def test_a_bad_mark_costs_its_paragraph_at_most(text, expected):
    assert [t for t in told(text) if t in expected] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Uno.\n«Due», disse.", [("Uno.|Due", 0, True)]),
        ("«Uno.\n\n«Due.\n\n«Tre»", [("Uno.|Due.|Tre", 0, True)]),
        ("«Uno “x”.\n«Due», disse.", [("Uno “x”.|Due", 0, True), ("x", 0, True)]),
        ("«Uno.\nDue», disse.", [("Uno.|Due", 0, True)]),
        ("«Uno.\nPoi «due», disse.", [("Uno.", 0, False), ("due", 0, True)]),
        ("«Uno.\n\nNiente.\n\n«Due»", [("Uno.", 0, False), ("Due", 0, True)]),
    ],
)
def test_quotes_of_several_paragraphs(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize("dash", ["–", "—", "-"])
def test_dialogue_dashes(dash):
    assert told(f"Titolo\n{dash} Non ci credo {dash} disse Anna.") == [
        (f"Non ci credo {dash} disse Anna.", 0, True)
    ]
    assert told(f"Milano {dash} Non ci credo.") == []


def test_quotations_never_cross():
    pieces = ["«", "»", "“", "”", '"', "– ", "a", "\n"]
    for letters in itertools.product(pieces, repeat=4):
        found = find_quotations("".join(letters))
        for one, other in itertools.combinations(found, 2):
            assert one.outer.start <= other.outer.start
            crossing = one.outer.overlaps(other.outer)
            assert not crossing or other.outer in one.outer, "".join(letters)


@pytest.mark.parametrize("piece", ["«", "»", '"', "«a\n", "«a» ", '"a ', "‘a ", "« “ „ "])
def test_thousands_of_marks(piece):
    find_quotations(piece * 2_000)
