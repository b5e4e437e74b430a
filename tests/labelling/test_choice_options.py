"""What the expert on quotes sees of "no quote" and of each way to cut a content."""

from __future__ import annotations

import pytest

from quotestance.extraction import Candidate, Extraction, extract
from quotestance.labelling.choice_options import (
    CANDIDATE_WORDS,
    CHOICE_FEATURES,
    CHOICE_WORDS,
    CONTENT_WORDS,
    choice_features,
    choice_words,
    cues_of,
)
from quotestance.labelling.content_shape import CONTENT_SHAPE, Cutting, content_shape
from quotestance.labelling.cue_shape import CUE_SHAPE, cue_shape
from quotestance.labelling.word_rates import NOTHING

# Rossi dice che il piano va e chiede soldi.
JOINED = """
1 Rossi Rossi PROPN 2 nsubj _ B-PER
2 dice dire VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin _
3 che che SCONJ 6 mark _ _
4 il il DET 5 det _ _
5 piano piano NOUN 6 nsubj Number=Sing _
6 va andare VERB 2 ccomp Number=Sing|VerbForm=Fin _
7 e e CCONJ 8 cc _ _
8 chiede chiedere VERB 6 conj Number=Sing|VerbForm=Fin _
9 soldi soldo NOUN 8 obj _ _
10 . . PUNCT 2 punct _ _
"""
BARE = """
1 « « PUNCT 3 punct _ _
2 Il il DET 3 det _ _
3 piano piano NOUN 0 root _ _
4 va andare VERB 3 acl VerbForm=Fin _
5 » » PUNCT 3 punct _ _
6 . . PUNCT 3 punct _ _
"""


@pytest.fixture
def article(parse_of) -> Extraction:
    return extract(parse_of(JOINED))


def cutting(article: Extraction, candidate: Candidate, words: str) -> Cutting:
    contents = (c for c in candidate.contents if article.parse.text[_slice(c)] == words)
    return Cutting.of(article.parse, candidate, next(contents))


def _slice(content) -> slice:
    return slice(content.segments[0].start, content.segments[-1].end)


def test_each_option_has_as_many_numbers_as_declared(article) -> None:
    cues = cues_of(article)
    for candidate in article.candidates:
        count = 1 + len(candidate.contents)
        assert choice_features(article, candidate, cues).shape == (count, CHOICE_FEATURES)
        assert choice_words(article, candidate).shape == (count, CHOICE_WORDS)
        assert len(cue_shape(article, candidate)) == CUE_SHAPE


def test_a_content_that_runs_over_another_cue_differs_from_one_that_ends_before_it(article) -> None:
    says, cues = article.candidates[0], cues_of(article)
    long = cutting(article, says, "il piano va e chiede soldi")
    short = cutting(article, says, "il piano va")
    assert cues.keys() & long.indexes
    assert not cues.keys() & short.indexes
    assert content_shape(long, cues) != content_shape(short, cues)
    assert long.root is not None
    assert long.root.text == "va"
    assert len(long.loose) == 1


def test_a_bare_quotation_has_a_shape_too(parse_of) -> None:
    bare = extract(parse_of(BARE))
    [candidate] = bare.candidates
    assert candidate.cue is None
    shape = content_shape(Cutting.of(bare.parse, candidate, candidate.contents[0]), {})
    assert len(shape) == CONTENT_SHAPE
    assert len(cue_shape(bare, candidate)) == CUE_SHAPE


def test_words_of_the_content_are_looked_up_for_contents_alone(article) -> None:
    words = choice_words(article, article.candidates[0])
    first = len(CANDIDATE_WORDS)
    assert (words[0, first:] == NOTHING).all()
    assert (words[1:, first:] != NOTHING).all()
    assert words.shape[1] == first + len(CONTENT_WORDS)
    assert (words[:, :first] == words[0, :first]).all()
