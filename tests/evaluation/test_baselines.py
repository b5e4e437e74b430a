from __future__ import annotations

import pytest

from quotestance.document import Document, Stance
from quotestance.evaluation import PRF, baselines, evaluate, majority_label
from quotestance.evaluation.baselines import (
    cue_stance,
    quoted_by_nearest_name,
    quoted_by_rules,
)
from quotestance.extraction import extract
from quotestance.parsing.parse import Parse

ACCUSED = """
1 Anna Anna PROPN 3 nsubj _ B-PER
2 ha avere AUX 3 aux
3 accusato accusare VERB 0 root
4 Oslo Oslo PROPN 3 obj _ B-LOC
5 di di ADP 6 mark
6 mentire mentire VERB 3 advcl
7 . . PUNCT 3 punct
"""

SAID = """
1 « « PUNCT 4 punct
2 Oslo Oslo PROPN 4 nsubj _ B-LOC
3 ci ci PRON 4 obj Clitic=Yes
4 aiuta aiutare VERB 0 root
5 » » PUNCT 4 punct
6 , , PUNCT 4 punct
7 ha avere AUX 8 aux
8 detto dire VERB 4 parataxis
9 Anna Anna PROPN 8 nsubj _ B-PER
10 . . PUNCT 4 punct

1 Ugo Ugo PROPN 2 nsubj _ B-PER
2 esce uscire VERB 0 root
3 . . PUNCT 2 punct
"""

TERM = """
1 Anna Anna PROPN 2 nsubj _ B-PER
2 canta cantare VERB 0 root
3 la il DET 5 det
4 « « PUNCT 5 punct
5 Norma norma NOUN 2 obj
6 » » PUNCT 5 punct
7 . . PUNCT 2 punct
"""

NAMELESS = """
1 « « PUNCT 3 punct
2 Non non ADV 3 advmod
3 funziona funzionare VERB 0 root
4 così così ADV 3 advmod
5 » » PUNCT 3 punct
6 . . PUNCT 3 punct
"""


@pytest.fixture
def run(parse_of):
    """A function that returns the document of each baseline for the parse that a table tells."""

    def made(table, majority="accusatory"):
        parse = parse_of(table)
        found = baselines([Document("a", parse.text)], {"a": parse}, majority)
        return [document for (document,) in found.values()]

    return made


def told(document):
    return [(str(q), q.type, q.cue_text, [str(s) for s in q.stances]) for q in document.quotes]


def test_quotation_marks_are_said_by_the_nearest_name(run):
    marks, *_ = run(SAID)
    assert told(marks) == [("Anna: Oslo ci aiuta", "direct", "", [])]
    assert marks.quotes[0].speaker.mention is None


def test_a_name_within_the_marks_does_not_speak(parse_of):
    extraction = extract(parse_of(SAID))
    (quote,) = quoted_by_nearest_name(extraction)
    assert str(extraction.mentions[quote.mention].span) == "Anna"


def test_a_word_in_quotation_marks_is_no_quote(parse_of):
    assert list(quoted_by_nearest_name(extract(parse_of(TERM)))) == []


def test_without_a_name_nobody_speaks(parse_of):
    extraction = extract(parse_of(NAMELESS))
    assert list(quoted_by_nearest_name(extraction)) == []
    assert quoted_by_rules(extraction) == []


def test_rules_find_direct_and_indirect_speech(run):
    assert told(run(SAID)[1]) == [("Anna: Oslo ci aiuta", "direct", "ha detto", [])]
    _, rules, *_ = run(ACCUSED)
    assert told(rules) == [("Anna: mentire", "indirect", "ha accusato", [])]
    assert str(rules.quotes[0].speaker.mention) == "Anna"


def test_candidates_that_claim_the_same_words_are_one_quote(parse_of):
    quotes = quoted_by_rules(extract(parse_of(SAID)))
    segments = [quote.content.segments for quote in quotes]
    assert len(segments) == len(set(segments)) == 1


def test_the_cue_tells_the_stance_toward_its_object(run):
    *_, cue, _ = run(ACCUSED)
    assert told(cue)[0][-1] == ["accusatory → Oslo"]


def test_a_cue_that_tells_nothing_is_neutral_toward_who_is_named(run):
    *_, cue, _ = run(SAID)
    assert told(cue)[0][-1] == ["neutral → Oslo"]


def test_without_a_cue_the_stance_is_neutral(parse_of):
    (quote,) = quoted_by_nearest_name(extract(parse_of(SAID)))
    assert cue_stance(quote) == "neutral"


def test_the_majority_label_is_given_to_all(run):
    *_, always = run(SAID, "conciliatory")
    assert told(always)[0][-1] == ["conciliatory → Oslo"]


def test_the_majority_is_that_of_the_annotations(gold):
    assert majority_label([gold]) == "accusatory"
    assert majority_label([]) == "conciliatory"


def test_entities_are_those_with_a_name_or_a_part(run):
    marks, rules, *_ = run(SAID)
    assert [e.name for e in marks.entities] == [e.name for e in rules.entities]
    assert {e.name for e in rules.entities} == {"Oslo", "Anna", "Ugo"}


def test_an_empty_text():
    found = baselines([Document("a", "")], {"a": Parse("", (), (), ())}, "neutral")
    assert [document.quotes for (document,) in found.values()] == [()] * 4


def test_the_annotations_of_the_articles_are_not_read(gold):
    parse = Parse(gold.text, (), (), ())
    found = baselines([gold], {gold.id: parse}, "neutral")
    assert all(d.quotes == d.entities == () for (d,) in found.values())
    assert {d.domain for (d,) in found.values()} == {gold.domain}


def test_an_article_without_a_parse_is_an_error(gold):
    with pytest.raises(KeyError):
        baselines([gold], {}, "neutral")


def test_their_documents_are_scored_as_any(run):
    *_, cue, always = run(ACCUSED, "conciliatory")
    (stance,) = cue.quotes[0].stances
    assert stance == Stance(cue.entity("Oslo"), "accusatory")
    assert evaluate([cue], [cue]).overall.dyads == PRF(tp=1)
    assert evaluate([cue], [always]).overall.dyads == PRF(fp=1, fn=1)
