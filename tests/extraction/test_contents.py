from __future__ import annotations

import pytest

from quotestance.document import Span
from quotestance.extraction.contents import Quotations, free_content, tied_content
from quotestance.extraction.marks import find_quotations


def content(parse, words, construction="clause", barred=()):
    quotations = Quotations(find_quotations(parse.text))
    made = tied_content(parse, quotations, words, barred, construction)
    return made and (made.type, "|".join(map(str, made.segments)))


PLAIN = (
    "Dice/VERB/0/root/dire che/SCONJ/4/mark il/DET/4/det dialogo/NOUN/1/ccomp , "
    "pare/VERB/1/parataxis/parere , serve/VERB/1/ccomp/servire ."
)


@pytest.mark.parametrize(
    ("words", "barred", "construction", "expected"),
    [
        (range(1, 9), (), "clause", ("indirect", "il dialogo, pare, serve")),
        (range(1, 9), (4, 5, 6), "clause", ("indirect", "il dialogo|serve")),
        (range(1, 5), (), "clause", ("indirect", "il dialogo")),
        ({2, 3, 7}, (), "clause", ("indirect", "il dialogo, pare, serve")),
        ({1, 4}, (), "clause", ("indirect", "il dialogo")),
        ({8}, (), "clause", None),
        ({1}, (), "clause", None),
        ((), (), "clause", None),
        ({2, 3}, {2, 3}, "clause", None),
    ],
)
def test_a_content_without_marks(read, words, barred, construction, expected):
    assert content(read(PLAIN), words, construction, barred) == expected


@pytest.mark.parametrize(
    ("line", "construction", "expected"),
    [
        ("di/ADP/2/mark trattare/VERB/0/root", "clause", "trattare"),
        ("a/ADP/2/mark trattare/VERB/0/root", "clause", "trattare"),
        ("per/ADP/2/mark aiutare/VERB/0/root", "clause", "aiutare"),
        ("della=2 di/ADP/3/case la/DET/3/det crisi/NOUN/0/root", "oblique", "crisi"),
        ("che/PRON/2/mark tratta/VERB/0/root", "clause", "tratta"),
        # one complementiser, not the preposition behind it
        ("che/SCONJ/4/mark a/ADP/3/case Roma/PROPN/4/obl piove/VERB/0/root", "clause",
         "a Roma piove"),
        # where the sentence stands free, the preposition is part of it
        ("Al=2 A/ADP/3/case il/DET/3/det momento/NOUN/0/root no/INTJ/3/x", "parenthetical",
         "Al momento no"),
        ("A/ADP/2/case Roma/PROPN/3/obl piove/VERB/0/root", "source", "A Roma piove"),
        ("se/SCONJ/2/mark tratta/VERB/0/root", "clause", "se tratta"),
        ("come/SCONJ/2/mark tratta/VERB/0/root", "clause", "come tratta"),
        ("quando/ADV/2/mark tratta/VERB/0/root ?", "clause", "quando tratta?"),
        ("basta/VERB/0/root ,", "colon", "basta"),
        ("basta/VERB/0/root !", "colon", "basta!"),
    ],
)  # fmt: skip
def test_what_stays_out_at_the_edges(read, line, construction, expected):
    parse = read(line)
    assert content(parse, range(len(parse.words)), construction)[1] == expected


@pytest.mark.parametrize(
    ("line", "words", "construction", "expected"),
    [
        # wholly in marks and free
        ("disse/VERB/0/root : « Pace/NOUN/1/obj » .", range(2, 6), "colon", ("direct", "Pace")),
        # wholly in marks, tied in by a complementiser
        ("disse/VERB/0/root che/SCONJ/4/mark « piove/VERB/1/ccomp » .", range(1, 6), "clause",
         ("mixed", "«piove»")),
        # wholly in marks, tied in by the grammar
        ("parla/VERB/0/root di/ADP/4/case « resa/NOUN/1/obl » .", range(1, 5), "oblique",
         ("mixed", "«resa»")),
        # partly in marks
        ("nega/VERB/0/root la/DET/4/det « resa/NOUN/1/obj » .", range(1, 5), "object",
         ("mixed", "la «resa»")),
        # within marks
        ("« nega/VERB/0/root la/DET/4/det resa/NOUN/2/obj »", range(2, 4), "object",
         ("indirect", "la resa")),
        # a content never cuts a quotation in two
        ("nega/VERB/0/root la/DET/4/det « triste/ADJ/5/amod resa/NOUN/1/obj »", range(1, 4),
         "object", ("mixed", "la «triste resa»")),
    ],
)  # fmt: skip
def test_marks_decide_the_type(read, line, words, construction, expected):
    assert content(read(line), words, construction) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pace.", "Pace"),
        ("Pace,", "Pace"),
        (" – Pace –", "Pace"),
        ("Pace!", "Pace!"),
        ("Pace?", "Pace?"),
        ("…", "…"),
        (" , .", None),
    ],
)
def test_direct_contents_lose_closing_punctuation(text, expected):
    made = free_content(text, [Span.of(text, 0, len(text))], "marks")
    assert (made and str(made.segments[0])) == expected


class TestQuotations:
    text = "«Uno “due” tre» e «quattro»"
    quotations = Quotations(find_quotations(text))

    def of(self, words):
        at = self.text.index(words)
        return Span.of(self.text, at, at + len(words))

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("due", ["«Uno “due” tre»", "“due”"]),
            ("tre", ["«Uno “due” tre»"]),
            ("tre» e «qu", ["«Uno “due” tre»", "«quattro»"]),
            (" e ", []),
        ],
    )
    def test_near(self, words, expected):
        assert [str(q.outer) for q in self.quotations.near(self.of(words))] == expected

    def test_exactly_and_starting(self):
        assert self.quotations.exactly(self.of("“due”")).depth == 1
        assert self.quotations.exactly(self.of("due")) is None
        assert str(self.quotations.starting(self.text.index("«q")).outer) == "«quattro»"
        assert self.quotations.starting(1) is None
        assert self.quotations.starting(len(self.text)) is None

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("due", "due"),
            (" e «quat", " e «quattro»"),
            (" e «", " e "),
            ("» e ", " e "),
            ("tre» e ", "«Uno “due” tre» e "),
        ],
    )
    def test_whole(self, words, expected):
        span = self.quotations.whole(self.of(words))
        assert self.text[span.start : span.end] == expected
