"""Contents by the order of the words, for the sentences whose tree is wrong.

The same constructions as in ``reported``, read from left to right: after the cue comes, perhaps behind
the words that name the recipient, a complementiser, a noun phrase or a preposition; the content runs to
the end of the sentence or to a comma, a dash or another cue before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotestance.document import Span
from quotestance.extraction.contents import Content, Quotations, tied_content
from quotestance.extraction.cues import Cue
from quotestance.extraction.lexicon import cue_entry
from quotestance.parsing import Parse, Word

BREAKS = {",", ";", ":", "–", "—", "-", "(", ")"}
_REACH = 12  # words from the cue to where its content begins
_QUESTIONS = {
    "se",
    "quando",
    "perché",
    "dove",
    "quanto",
    "quanti",
    "quante",
    "cosa",
    "chi",
    "quale",
}
_RECIPIENT = {"a", "ad", "con", "verso", "da", "in", "per"}


def shorter(parse: Parse, words: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the words of a content up to its last, its first and its second inner comma or dash.

    Args:
        parse: The parse.
        words: Indexes of the words, in order.
    """
    breaks = [
        n for n, i in enumerate(words) if parse.words[i].text in BREAKS and 0 < n < len(words) - 1
    ]
    for place in dict.fromkeys((*breaks[-1:], *breaks[:2])):
        yield words[:place]


def surface_contents(parse: Parse, quotations: Quotations, cue: Cue) -> Iterator[Content]:
    """Yield contents that follow a verb, by the order of the words alone."""
    sentence = parse.sentence_of(cue.word)
    last = max(w.index for w in parse.words_in(cue.span))
    for first, construction in _starts(parse, cue, last, sentence.last):
        for end in _ends(parse, quotations, first, sentence.last):
            content = tied_content(parse, quotations, range(first, end), (), construction)
            if content is not None:
                yield content


def _starts(parse: Parse, cue: Cue, last: int, stop: int) -> Iterator[tuple[int, str]]:
    entry, words = cue.entry, parse.words
    if entry is None:
        return
    noun_phrase = entry.object or entry.predicate
    complement = entry.oblique
    recipient = False
    for index in range(last + 1, min(stop, last + 1 + _REACH)):
        word, lower = words[index], words[index].text.lower()
        if word.upos == "VERB" and word.feats.get("VerbForm") in ("Fin", None) and index > last + 1:
            return
        if lower == "che" and entry.clause:
            yield index, "clause"
            return
        if lower in _QUESTIONS and entry.clause and word.upos in ("SCONJ", "PRON", "ADV", "DET"):
            yield index, "clause"
            return
        if (
            lower in ("di", "a", "ad", "d'", "d’")
            and (entry.infinitive or entry.clause)
            and _infinitive(parse, index, stop)
        ):
            yield index, "clause"
            return
        if word.upos == "ADP":
            if complement and lower not in ("a", "ad", "da"):
                complement = False
                yield index, "oblique"
            recipient = lower in _RECIPIENT
        elif word.upos in ("DET", "NUM", "ADJ") or lower in ("«", "“", '"'):
            fused = index > 0 and words[index - 1].start == word.start
            if noun_phrase and not recipient and not fused:
                noun_phrase = False
                yield index, "object"
        elif word.upos in ("NOUN", "PROPN", "PRON"):
            if noun_phrase and not recipient and word.upos == "NOUN":
                noun_phrase = False
                yield index, "object"
            recipient = False


def _infinitive(parse: Parse, index: int, stop: int) -> bool:
    for word in parse.words[index + 1 : min(stop, index + 4)]:
        if word.feats.get("VerbForm") == "Inf":
            return True
        if word.upos not in ("ADV", "PRON", "AUX", "PUNCT"):
            return False
    return False


def _ends(parse: Parse, quotations: Quotations, first: int, stop: int) -> Iterator[int]:
    breaks = [
        i
        for i in range(first + 1, stop)
        if _breaks(parse, parse.words[i]) and not _quoted(parse, quotations, i)
    ]
    yield from dict.fromkeys((*breaks[:2], stop, *breaks[-1:]))


def _breaks(parse: Parse, word: Word) -> bool:
    if word.text in BREAKS:
        return True
    if word.upos != "CCONJ":
        return False
    for other in parse.words[word.index + 1 : word.index + 4]:
        if other.upos == "VERB":
            return cue_entry(other.lemma, other.text, "verb") is not None
        if other.upos not in ("AUX", "ADV", "PRON"):
            return False
    return False


def _quoted(parse: Parse, quotations: Quotations, index: int) -> bool:
    word = parse.words[index]
    near = quotations.near(Span(word.start, word.end))
    return any(q.inner.start <= word.start < q.inner.end for q in near)
