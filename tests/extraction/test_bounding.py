from __future__ import annotations

from quotestance.extraction.bounding import LONGEST, bounded
from quotestance.parsing.parse import Parse, Sentence, Word


def sentence_of(count):
    words = tuple(Word(i, 2 * i, 2 * i + 1, "a", "a", "X", i - 1, "x") for i in range(count))
    return Parse("a " * count, words, (Sentence(0, 0, count, 3),), ())


def test_sentences_of_usual_length_stay():
    parse = sentence_of(LONGEST)
    assert bounded(parse) is parse


def test_a_longer_sentence_is_cut():
    parse = sentence_of(2 * LONGEST + 1)
    cut = bounded(parse)
    assert [(s.index, s.first, s.last, s.paragraph) for s in cut.sentences] == [
        (0, 0, LONGEST, 3),
        (1, LONGEST, 2 * LONGEST, 3),
        (2, 2 * LONGEST, 2 * LONGEST + 1, 3),
    ]
    assert [w.index for w in cut.words if w.head < 0] == [0, LONGEST, 2 * LONGEST]
    assert [w.start for w in cut.words] == [w.start for w in parse.words]
    assert bounded(cut) is cut
