from __future__ import annotations

import pytest

from quotestance.document import Span

TABLE = """
1 La il DET 2 det
2 ministra ministro NOUN 7 nsubj
3-5 della
3 di di ADP 5 case
4 la il DET 5 det
5 Difesa Difesa PROPN 2 nmod _ B-ORG
6 ha avere AUX 7 aux
7 parlato parlare VERB 0 root
8 . . PUNCT 7 punct
¶
1 Piove piovere VERB 0 root
"""


@pytest.fixture
def parse(parse_of):
    return parse_of(TABLE)


def test_children_by_relation_take_subtypes(parse) -> None:
    assert [w.text for w in parse.children(6)] == ["ministra", "ha", "."]
    assert [w.text for w in parse.children(6, "nsubj", "aux")] == ["ministra", "ha"]


def test_subtree_leaves_out_what_is_barred(parse) -> None:
    assert parse.subtree(1) == (0, 1, 2, 3, 4)
    assert parse.subtree(1, without=[4]) == (0, 1)


def test_ancestors_climb_to_the_root(parse) -> None:
    assert [w.text for w in parse.ancestors(3)] == ["Difesa", "ministra", "parlato"]


def test_sentence_of_tells_sentence_and_paragraph(parse) -> None:
    assert parse.sentence_of(0).index == 0
    assert (parse.sentence_of(8).index, parse.sentence_of(8).paragraph) == (1, 1)


@pytest.mark.parametrize(
    ("span", "words"),
    [((0, 2), ["La"]), ((3, 11), ["ministra"]), ((1, 4), ["La", "ministra"]), ((2, 3), [])],
)
def test_words_in_takes_words_that_overlap(parse, span, words) -> None:
    assert [w.text for w in parse.words_in(Span(*span))] == words
