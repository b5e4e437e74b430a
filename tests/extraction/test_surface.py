from __future__ import annotations

import pytest

from quotestance.extraction.contents import Quotations
from quotestance.extraction.cues import find_cues
from quotestance.extraction.marks import find_quotations
from quotestance.extraction.surface import shorter, surface_contents


def contents(parse):
    quotations = Quotations(find_quotations(parse.text))
    return [
        (content.construction, str(content.segments[0]))
        for content in surface_contents(parse, quotations, next(find_cues(parse)))
    ]


# the trees are flat: only the order of the words tells anything
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("dice/VERB/0/root/dire che/SCONJ/1/x piove/VERB/1/x .", ("clause", "piove")),
        ("dice/VERB/0/root/dire ad/ADP/1/x/a Anna/PROPN/1/x che/SCONJ/1/x piove/VERB/1/x .",
         ("clause", "piove")),
        ("chiede/VERB/0/root/chiedere quando/ADV/1/x piove/VERB/1/x .",
         ("clause", "quando piove")),
        ("promette/VERB/0/root/promettere di/ADP/1/x trattare/VERB/1/x/trattare/VerbForm=Inf .",
         ("clause", "trattare")),
        ("chiede/VERB/0/root/chiedere a/ADP/1/x Oslo/PROPN/1/x di/ADP/1/x non/ADV/1/x "
         "mentire/VERB/1/x/mentire/VerbForm=Inf .", ("clause", "non mentire")),
        ("annuncia/VERB/0/root/annunciare lo/DET/1/x sciopero/NOUN/1/x .",
         ("object", "lo sciopero")),
        ("annuncia/VERB/0/root/annunciare sciopero/NOUN/1/x .", ("object", "sciopero")),
        ("parla/VERB/0/root/parlare di/ADP/1/x resa/NOUN/1/x .", ("oblique", "resa")),
        # up to a comma, and up to another cue
        ("dice/VERB/0/root/dire che/SCONJ/1/x piove/VERB/1/x , Anna/PROPN/1/x .",
         ("clause", "piove")),
        ("dice/VERB/0/root/dire che/SCONJ/1/x piove/VERB/1/x e/CCONJ/1/x nega/VERB/1/x/negare "
         "tutto/PRON/1/x .", ("clause", "piove")),
    ],
)  # fmt: skip
def test_contents_by_the_order_of_the_words(read, line, expected):
    assert expected in contents(read(line))


@pytest.mark.parametrize(
    "line",
    [
        "dice/VERB/0/root/dire .",
        "gorgheggia/VERB/0/root/pontificare lo/DET/1/x inno/NOUN/1/x .",
        "dice/VERB/0/root/dire Anna/PROPN/1/x esce/VERB/1/x/uscire/VerbForm=Fin che/SCONJ/1/x "
        "piove/VERB/1/x .",
    ],
)
def test_no_content(read, line):
    assert contents(read(line)) == []


def test_commas_within_quotation_marks_end_nothing(read):
    parse = read(
        "dice/VERB/0/root/dire che/SCONJ/1/x « piove/VERB/1/x , tuona/VERB/1/x » , Anna/PROPN/1/x ."
    )
    assert {text for _, text in contents(parse)} == {"«piove, tuona»", "«piove, tuona», Anna"}


def test_shorter(read):
    parse = read("a/X/0/root , b/X/1/x , c/X/1/x – d/X/1/x .")
    cuts = [parse.span(words[0], words[-1]).text for words in shorter(parse, range(7))]
    assert cuts == ["a, b, c", "a", "a, b"]
    assert list(shorter(parse, [0])) == []
