"""A bound on the length of sentences.

Tables, lists and machine-made text give sentences of thousands of words. The rules look at whole
sentences for each cue, so they get them in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quotestance.parsing import Parse, Sentence

LONGEST = 200  # words; the longest sentences of newspapers have about 170


def bounded(parse: Parse) -> Parse:
    """Return a parse in which no sentence is longer than ``LONGEST`` words.

    Words keep their places. One whose head falls into another piece becomes a root.

    Args:
        parse: Any parse; it is returned itself when nothing is to be cut.
    """
    if all(s.last - s.first <= LONGEST for s in parse.sentences):
        return parse
    sentences = tuple(_pieces(parse))
    words = tuple(
        word if sentence.first <= word.head < sentence.last else replace(word, head=-1)
        for sentence in sentences
        for word in parse.words[sentence.first : sentence.last]
    )
    return Parse(parse.text, words, sentences, parse.names)


def _pieces(parse: Parse) -> Iterator[Sentence]:
    number = 0
    for sentence in parse.sentences:
        for first in range(sentence.first, sentence.last, LONGEST):
            last = min(first + LONGEST, sentence.last)
            yield replace(sentence, index=number, first=first, last=last)
            number += 1
