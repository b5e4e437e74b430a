"""Direct speech: quotations with the cue that stands by them.

A quotation finds its cue by its place, not by the tree, which long quotes confuse: before a colon,
after the closing mark, or between two dashes within. One without a cue is a bare quote.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quotestance.document import Span
from quotestance.extraction.contents import Content, Quotations, free_content, tied_content
from quotestance.extraction.cues import Cue, noun_cue, verb_cue
from quotestance.extraction.lexicon import CueEntry, CuePos, cue_entry
from quotestance.extraction.marks import Quotation
from quotestance.parsing import Parse, Word

_STOPS = {".", "!", "?", ";", "…"}
_DASHES = {"–", "—", "-"}
_OPENING = {"«", "“", '"', "„"}
_REACH_BEFORE = 40  # words between a cue and the colon that opens its quote
_REACH_TIED = 9  # words between a cue and a quotation that is part of its sentence
_REACH_AFTER = 7  # words between the closing mark and a cue
_MISREAD = {"NOUN", "PROPN", "ADJ", "ADV", "X"}
_LABEL_WORDS = 9  # words before a colon that only name the speaker
_BARE_WORDS = 3  # a shorter quotation without a cue is a term, a title or a nickname


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation read as speech.

    Attributes:
        cue: Its cue; None for a bare quote.
        content: The words inside the marks.
        source: Index of the head of the words that name the speaker of a bare quote (*X: «…»*).
        implied: The same, or else who the sentence before the colon tells of (*X allarga le
            braccia: «…»*).
    """

    cue: Cue | None
    content: Content
    source: int | None = None
    implied: int | None = None


def quoted_speech(parse: Parse, quotations: Quotations) -> Iterator[Quoted]:
    """Yield the readings of each quotation as direct speech."""
    outer = [q for q in quotations.all if q.depth == 0]
    for number, quotation in enumerate(outer):
        following = outer[number + 1] if number + 1 < len(outer) else None
        yield from _readings(parse, quotations, quotation, following)


def _readings(
    parse: Parse, quotations: Quotations, quotation: Quotation, following: Quotation | None
) -> Iterator[Quoted]:
    inside = parse.words_in(quotation.outer)
    if not inside:
        return
    first, last = inside[0].index, inside[-1].index
    whole = free_content(parse.text, quotation.segments, "marks")
    if whole is None:
        return
    split = _split_by_dashes(parse, quotation)
    if split is not None:
        yield split
    cues = list(_cues_before(parse, first)) + list(_cues_after(parse, last))
    for cue in cues:
        for shorter in _until_full_stop(parse, quotation):
            yield Quoted(cue, shorter)
        tied = cue.word < first and parse.words[first - 1].text != ":"
        if tied:
            yield Quoted(cue, Content((quotation.outer,), "mixed", "marks"))
        if not tied or first - cue.word <= 2:
            yield Quoted(cue, whole)
        if following is not None:
            joined = _joined(parse, quotation, following, cue)
            if joined is not None:
                yield Quoted(cue, joined)
    words = [w for w in inside if w.upos != "PUNCT"]
    colon = first > 0 and parse.words[first - 1].text == ":"
    free = [c for c in cues if (c.word > last or colon) and c.entry and not c.entry.quoted_only]
    if not free and split is None and len(words) >= _BARE_WORDS:
        label = _label(parse, first - 1) if colon else None
        implied = _teller(parse, first - 1) if colon and label is None else label
        yield Quoted(None, whole, label, implied)


def labelled_speech(parse: Parse, quotations: Quotations) -> Iterator[Quoted]:
    """Yield clauses without marks after a name and a colon: *Landini: basta tagli*."""
    for sentence in parse.sentences:
        for word in parse.sentence_words(sentence)[1:-1]:
            if word.text != ":" or parse.words[word.index + 1].text in _OPENING:
                continue
            label = _label(parse, word.index)
            if label is not None:
                words = range(word.index + 1, sentence.last)
                content = tied_content(parse, quotations, words, (), "label")
                if content is not None:
                    yield Quoted(None, content, label, label)
            break


def _label(parse: Parse, colon: int) -> int | None:
    """Return the head of the few words before a colon when they only name somebody."""
    words: list[Word] = []
    for word in reversed(parse.words[max(0, colon - _LABEL_WORDS - 1) : colon]):
        if word.text in _STOPS or parse.sentence_of(word.index) != parse.sentence_of(colon):
            break
        words.append(word)
    if not 0 < len(words) <= _LABEL_WORDS or any(w.upos in ("VERB", "AUX") for w in words):
        return None
    inside = {w.index for w in words}
    tops = [w for w in reversed(words) if w.head not in inside and w.upos in ("PROPN", "NOUN")]
    return tops[0].index if tops else None


def _teller(parse: Parse, colon: int) -> int | None:
    """Return the subject of the last verb before a colon."""
    for word in reversed(parse.words[max(0, colon - _REACH_BEFORE) : colon]):
        if word.text in _STOPS:
            return None
        if word.upos == "VERB":
            return verb_cue(parse, word.index).implied
    return None


def _cues_before(parse: Parse, first: int) -> Iterator[Cue]:
    """Yield the cue before ``: «`` or, nearer, one whose sentence the quotation is part of."""
    index = first - 1
    if index < 0:
        return
    colon = parse.words[index].text == ":"
    reach = _REACH_BEFORE if colon else _REACH_TIED
    nouns = depth = 0
    paragraph = parse.sentence_of(first).paragraph
    for word in reversed(parse.words[max(0, index - reach) : index + 1]):
        if not colon and parse.sentence_of(word.index).paragraph != paragraph:
            return
        if (word.text in _STOPS or (word.text == ":" and word.index < index)) and depth == 0:
            return
        if word.text in ("»", "”"):
            depth += 1
        if word.text in ("«", "“"):
            depth = max(0, depth - 1)
        if depth:
            continue
        pos, entry = _reading(word)
        if entry is not None and (pos == "verb" or not nouns):
            nouns += pos == "noun"
            yield _cue(parse, word)
            if pos == "verb" and not entry.quoted_only:
                return


def _cues_after(parse: Parse, last: int) -> Iterator[Cue]:
    """Yield the cue after the closing mark: *», ha detto X*, *» – è la replica di X*."""
    stop = min(len(parse.words), last + 2 + _REACH_AFTER)
    paragraph = parse.sentence_of(last).paragraph
    if last + 1 < len(parse.words) and parse.words[last + 1].text in _STOPS:
        return
    for word in parse.words[last + 1 : stop]:
        if word.text in _STOPS or word.text in _OPENING or word.text == ":":
            return
        if parse.sentence_of(word.index).paragraph != paragraph:
            return
        pos, entry = _reading(word)
        if pos == "verb" or entry is not None:
            yield _cue(parse, word)
            return
        if word.text.lower() == "così":
            source = _after(parse, word)
            span = parse.span(word.index, word.index)
            yield Cue(word.index, span, None, word.index, source, source, ())
            return


def _split_by_dashes(parse: Parse, quotation: Quotation) -> Quoted | None:
    """Read *«Il dialogo è fondamentale – ha spiegato una fonte – ma servono gesti»* as one quote."""
    inside = parse.words_in(quotation.inner)
    dashes = [w.index for w in inside if w.text in _DASHES]
    for place, opened in enumerate(dashes):
        verb = next(
            (
                w
                for w in parse.words[opened + 1 : opened + 2 + _REACH_AFTER]
                if w.upos == "VERB" and _reading(w)[1] is not None
            ),
            None,
        )
        closed = dashes[place + 1] if place + 1 < len(dashes) else None
        if verb is None or (closed is not None and verb.index > closed):
            continue
        if parse.words[opened].start <= quotation.inner.start:
            continue
        if any(w.upos not in ("AUX", "ADV", "PRON") for w in parse.words[opened + 1 : verb.index]):
            continue
        end = parse.words[closed].end if closed is not None else quotation.inner.end
        pieces = [Span.of(parse.text, quotation.inner.start, parse.words[opened].start)]
        if end < quotation.inner.end:
            pieces.append(Span.of(parse.text, end, quotation.inner.end))
        content = free_content(parse.text, pieces, "marks")
        if content is not None:
            return Quoted(_cue(parse, verb), content)
    return None


def _until_full_stop(parse: Parse, quotation: Quotation) -> Iterator[Content]:
    """Yield a quotation that lost its closing mark up to the end of its first sentences."""
    if quotation.closed:
        return
    words = parse.words_in(quotation.segments[-1])
    ends = [w for w in words if w.text in _STOPS][:3]
    for end in ends:
        piece = Span.of(parse.text, quotation.segments[-1].start, end.end)
        content = free_content(parse.text, (*quotation.segments[:-1], piece), "marks")
        if content is not None:
            yield content


def _joined(parse: Parse, quotation: Quotation, following: Quotation, cue: Cue) -> Content | None:
    """Join two quotations around or under one cue: *«A», ha detto, «b»*; *ha detto: «A» e «B»*."""
    if following.outer.start <= quotation.outer.end:
        return None
    between = parse.words_in(Span(quotation.outer.end, following.outer.start))
    if len(between) > _REACH_AFTER * 2 or any(w.text in _STOPS or w.text == ":" for w in between):
        return None
    return free_content(parse.text, (*quotation.segments, *following.segments), "marks")


def _reading(word: Word) -> tuple[CuePos | None, CueEntry | None]:
    """Read a word near a quotation as a verb or a noun of saying.

    Parsers take short cues for nouns and names (*», borbotta.*): there the form decides.
    """
    if word.upos == "VERB":
        return "verb", cue_entry(word.lemma, word.text, "verb")
    if word.upos == "NOUN" and (entry := cue_entry(word.lemma, word.text, "noun")):
        return "noun", entry
    if word.upos in _MISREAD and (entry := cue_entry(word.lemma, word.text, "verb")):
        return (None, None) if entry.quoted_only else ("verb", entry)
    return None, None


def _cue(parse: Parse, word: Word) -> Cue:
    pos, entry = _reading(word)
    return (
        noun_cue(parse, word.index, entry) if pos == "noun" else verb_cue(parse, word.index, entry)
    )


def _after(parse: Parse, word: Word) -> int | None:
    for other in parse.words[word.index + 1 : word.index + 6]:
        if other.upos in ("PROPN", "NOUN", "PRON"):
            return other.index
        if other.upos not in ("DET", "ADJ", "ADP"):
            return None
    return None
