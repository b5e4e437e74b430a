from __future__ import annotations

from dataclasses import replace

import pytest

from quotestance.document import Document, Span
from quotestance.evaluation import Comparison, align_entities, match_quotes, pair_documents


def ids(pairs):
    return [(pair.gold.id, pair.predicted.id) for pair in pairs]


def with_contents(document, *contents):
    """The document with its first quotes alone, given other contents."""
    quotes = zip(document.quotes, contents, strict=False)
    return replace(document, quotes=tuple(replace(q, content=spans) for q, spans in quotes))


def test_match_quotes_with_themselves(gold):
    pairs = match_quotes(gold, gold)
    assert ids(pairs) == [("q1", "q1"), ("q2", "q2"), ("q3", "q3"), ("q4", "q4")]
    assert {pair.overlap for pair in pairs} == {1.0}


@pytest.mark.parametrize(("length", "matched"), [(4, True), (3, False)])
def test_match_quotes_at_the_threshold(gold, length, matched):
    # 4 of 12 characters: F1 = 8 / 16 = 0.5; 3 of 12: 6 / 15 = 0.4
    annotated = with_contents(gold, (Span(0, 12),))
    predicted = with_contents(gold, (Span(0, length),))
    assert bool(match_quotes(annotated, predicted)) is matched


def test_match_quotes_counts_all_segments(gold):
    # 10 of 20 characters shared, 20 on each side: F1 = 20 / 40
    annotated = with_contents(gold, (Span(0, 10), Span(20, 30)))
    predicted = with_contents(gold, (Span(5, 25),))
    assert match_quotes(annotated, predicted)[0].overlap == 0.5


def test_match_quotes_is_optimal_over_all(gold):
    # The closest pair, q1-q1 (20/21), would leave q2 with q2 (6/14, under the threshold);
    # q1-q2 (14/17) and q2-q1 (14/18) together weigh more.
    annotated = with_contents(gold, (Span(0, 10),), (Span(4, 11),))
    predicted = with_contents(gold, (Span(0, 11),), (Span(0, 7),))
    pairs = match_quotes(annotated, predicted)
    assert ids(pairs) == [("q1", "q2"), ("q2", "q1")]
    assert [pair.overlap for pair in pairs] == [14 / 17, 14 / 18]


def test_match_quotes_is_one_to_one(gold):
    halves = with_contents(gold, (Span(0, 10),), (Span(0, 8),))
    assert ids(match_quotes(with_contents(gold, (Span(0, 10),)), halves)) == [("q1", "q1")]


@pytest.mark.parametrize("match", [match_quotes, align_entities, Comparison.of])
def test_different_texts_are_refused(gold, match):
    with pytest.raises(ValueError, match="differ"):
        match(gold, replace(gold, text=gold.text + " "))


def test_align_entities_with_themselves(gold):
    assert align_entities(gold, gold) == {e.id: e.id for e in gold.entities}


def test_align_entities_with_nothing(gold):
    assert align_entities(gold, replace(gold, entities=())) == {}


@pytest.mark.parametrize(
    ("text", "long", "short", "shared"),
    [
        ("Parla il ministro degli Esteri Lavrov.", "il ministro degli Esteri Lavrov", "Lavrov", 1),
        ("Parla la Commissione per l'ambiente.", "la Commissione per l'ambiente", "Commissione", 1),
        ("Parla il ministro degli Esteri Lavrov.", "il ministro degli Esteri Lavrov", "Esteri", 0),
        ("Parla il capo della Procura di Genova.", "il capo della Procura di Genova", "Genova", 0),
        ("Parla il ministro degli Esteri.", "il ministro degli Esteri", "il ministro", 1),
        ("Parla il giudice per le indagini.", "il giudice per le indagini", "indagini", 0),
        ("Lavrov parla, Rubio tace.", "Lavrov", "Rubio", 0),
    ],
)
def test_align_entities_by_shared_mentions(make, text, long, short, shared):
    one = make.entity("one", "x", make.find(text, long))
    other = make.entity("other", "y", make.find(text, short))
    left, right = Document("a", text, (one,)), Document("a", text, (other,))
    assert len(align_entities(left, right)) == len(align_entities(right, left)) == shared


def test_align_entities_by_name_where_no_mention_is_shared(make):
    gold = Document("a", "…", (make.entity("g", "Le fonti"), make.entity("h", "Roma")))
    predicted = Document("a", "…", (make.entity("p", "fonti", aliases=("le Fonti",)),))
    assert align_entities(gold, predicted) == {"p": "g"}


def test_align_entities_gives_a_split_entity_its_larger_part(make, gold):
    lavrov, *others = gold.entities
    named = replace(lavrov, id="named", name="x", mentions=lavrov.mentions[:2])
    minister = replace(lavrov, id="minister", name="y", mentions=lavrov.mentions[2:])
    predicted = replace(gold, entities=(minister, named, *others))
    assert align_entities(gold, predicted) == {
        "named": "lavrov",
        "rubio": "rubio",
        "russia": "russia",
    }


def test_align_entities_breaks_ties_by_name(make, gold):
    lavrov = replace(gold.entities[0], mentions=gold.entities[0].mentions[:2])
    parts = [
        replace(lavrov, id="first", name="x", mentions=lavrov.mentions[:1]),
        replace(lavrov, id="second", mentions=lavrov.mentions[1:]),
    ]
    annotated = replace(gold, entities=(lavrov,))
    assert align_entities(annotated, replace(gold, entities=tuple(parts))) == {"second": "lavrov"}


def test_align_entities_puts_mentions_before_names(make, gold):
    lavrov, rubio, _ = gold.entities
    swapped = (replace(lavrov, name="Marco Rubio"), replace(rubio, name="Serghei Lavrov"))
    aligned = align_entities(gold, replace(gold, entities=swapped))
    assert aligned == {"lavrov": "lavrov", "rubio": "rubio"}


def test_pair_documents_by_id(make):
    one, two = make.article("a"), make.article("b")
    assert pair_documents([one, two], [two, one]) == [(one, one), (two, two)]


@pytest.mark.parametrize(
    ("gold", "predicted", "message"),
    [
        ("ab", "a", "no prediction for 1 document.*b"),
        ("a", "ab", "no gold document for 1 document.*b"),
        ("aa", "a", "gold document ids come twice: a"),
        ("a", "aa", "predicted document ids come twice: a"),
    ],
)
def test_pair_documents_refuses_what_has_no_pair(make, gold, predicted, message):
    with pytest.raises(ValueError, match=message):
        pair_documents([make.article(id) for id in gold], [make.article(id) for id in predicted])
