from __future__ import annotations

import pytest

from quotestance.document import Span
from quotestance.extraction.candidates import MAX_CONTENTS, find_candidates
from quotestance.labelling.quote_features import CONSTRUCTIONS
from quotestance.parsing.parse import Parse, Sentence, Word

ARTICLE = """\
Anna/PROPN/0/root : basta/VERB/1/x/bastare tagli/NOUN/3/x

Secondo/ADP/2/case Anna/PROPN/3/obl piove/VERB/0/root/piovere , dice/VERB/3/x/dire Eva/PROPN/4/nsubj .
« Siamo/AUX/3/aux/essere pronti/ADJ/0/root adesso/ADV/3/x » , ha/AUX/8/aux/avere detto/VERB/3/x/dire .
Eva/PROPN/2/nsubj nega/VERB/0/root/negare la/DET/4/det resa/NOUN/2/obj e/CCONJ/6/cc \
accusa/VERB/2/conj/accusare Oslo/PROPN/6/obj di/ADP/9/mark mentire/VERB/6/advcl .
"""


def test_candidates_hold_what_the_labeller_needs(read):
    parse = read(ARTICLE)
    candidates = find_candidates(parse)
    assert [c.span.start for c in candidates] == sorted(c.span.start for c in candidates)
    cues = [c.cue.word for c in candidates if c.cue]
    assert len(cues) == len(set(cues)), "one candidate a cue, where no free quotation stands apart"
    for candidate in candidates:
        assert 0 < len(candidate.contents) <= MAX_CONTENTS
        assert len({c.segments for c in candidate.contents}) == len(candidate.contents)
        for content in candidate.contents:
            assert content.construction in CONSTRUCTIONS
            for segment in content.segments:
                assert segment.text == parse.text[segment.start : segment.end]
                assert segment in candidate.span
                assert not (candidate.cue and segment.overlaps(candidate.cue.span))


def test_no_text_no_candidates(read):
    assert find_candidates(Parse("", (), (), ())) == ()
    assert find_candidates(read("Piove/VERB/0/root/piovere .")) == ()


def endless(forms, count):
    """A text of one sentence, each word the head of the next."""
    words, text = [], ""
    for index in range(count):
        form, lemma, upos, relation = forms[index % len(forms)]
        start = len(text)
        text += form + " "
        words.append(Word(index, start, start + len(form), form, lemma, upos, index - 1, relation))
    return Parse(text, tuple(words), (Sentence(0, 0, count, 0),), ())


SAYS = ("detto", "dire", "VERB", "ccomp")
THAT = ("che", "che", "SCONJ", "mark")
NAME = ("Anna", "Anna", "PROPN", "nsubj")


@pytest.mark.parametrize(
    "forms",
    [
        [SAYS, THAT, NAME, ("secondo", "secondo", "ADP", "case"), NAME],
        [("«", "«", "PUNCT", "punct"), ("»", "»", "PUNCT", "punct")],
        [("«", "«", "PUNCT", "punct"), SAYS, NAME],
        [('"', '"', "PUNCT", "punct"), SAYS],
        [SAYS, (":", ":", "PUNCT", "punct"), NAME],
    ],
)
def test_text_that_nobody_wrote(forms):
    parse = endless(forms, 2_000)
    longest = max((len(c.span) for c in find_candidates(parse)), default=0)
    assert longest <= len(parse.text)


def test_the_span_of_a_candidate(read):
    parse = read("Anna/PROPN/2/nsubj nega/VERB/0/root/negare la/DET/4/det resa/NOUN/2/obj .")
    (candidate,) = find_candidates(parse)
    assert candidate.span == Span.of(parse.text, 5, 17)


def test_a_free_quotation_and_a_clause_under_one_cue_are_two_candidates(read):
    parse = read(
        "Eva/PROPN/3/nsubj ha/AUX/3/aux/avere detto/VERB/0/root/dire che/SCONJ/5/mark "
        "nevica/VERB/3/ccomp/nevicare : « Prendete/VERB/3/parataxis l'/DET/9/det ombrello/NOUN/7/obj » ."
    )
    told, quoted = find_candidates(parse)
    assert told.cue == quoted.cue
    assert {(c.type, c.segments[0].text) for c in told.contents} == {("indirect", "nevica")}
    assert quoted.contents[0].type == "direct"
