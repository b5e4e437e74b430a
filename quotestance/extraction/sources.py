"""Phrases that name a source: *secondo X*, *per X*, *a detta di X*, and the clauses that they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from quotestance.extraction.contents import Content, Quotations, free_content, tied_content
from quotestance.extraction.cues import Cue, party_behind
from quotestance.extraction.lexicon import CueEntry, cue_entry, cue_lexicon
from quotestance.extraction.surface import BREAKS, shorter
from quotestance.parsing import Parse, Sentence, Word

_RELATIVE = ("quanto", "ciò")  # secondo quanto riferisce X
_OPENING = {"«", "“", '"', "„"}
_ENDS = BREAKS | _OPENING
_APPOSITION = 8  # words between a source and its quotation: secondo la portavoce, Anna Neri, «…»
_REACH = 5  # words from that to its verb
_OWN = {"suo", "loro"}  # the phrase itself names its source: a suo dire


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], CueEntry]]]:
    """Return the phrases of the lexicon, in words, by their first word."""
    phrases = defaultdict(list)
    for (lemma, pos), entry in cue_lexicon().items():
        if pos == "preposition":
            words = tuple(lemma.split())
            phrases[words[0]].append((words, entry))
    return phrases


def source_phrases(parse: Parse) -> Iterator[Cue]:
    """Yield the prepositions that name a source, in order.

    Args:
        parse: The parse.
    """
    for word in parse.words:
        for words, entry in _phrases().get(word.text.lower(), ()):
            following = parse.words[word.index : word.index + len(words)]
            if tuple(w.text.lower() for w in following) == words:
                cue = _source_cue(parse, word.index, words, entry)
                if cue is not None:
                    yield cue


def _source_cue(parse: Parse, first: int, words: tuple[str, ...], entry: CueEntry) -> Cue | None:
    if words == ("per",) and not _opens_clause(parse, first):
        return None
    last = first + len(words) - 1
    source = last if words[-1] in _RELATIVE else _complement(parse, first, len(words))
    if source is None and not _OWN & set(words):
        return None
    if source is not None and parse.words[source].lemma in _RELATIVE:
        verb = _relative_verb(parse, source)
        if verb is not None:
            last = verb.index
            subjects = parse.children(verb.index, "obl", "nsubj")
            source = next((w.index for w in subjects if w.lemma not in _RELATIVE), None)
            if source is None:
                source = party_behind(parse, verb.index)
        elif words[-1] in _RELATIVE:
            return None
    return Cue(last, parse.span(first, last), entry, first, source, source, ())


def _relative_verb(parse: Parse, relative: int) -> Word | None:
    """Return the verb of *secondo quanto riferisce X*, *a quanto si apprende*."""
    for word in parse.words[relative + 1 : relative + _REACH]:
        if word.upos == "VERB":
            return word if cue_entry(word.lemma, word.text, "verb") is not None else None
    return None


def source_contents(parse: Parse, quotations: Quotations, cue: Cue) -> Iterator[Content]:
    """Yield the contents of a source phrase: the clause in which it stands, without the phrase."""
    sentence = parse.sentence_of(cue.word)
    whole, *cut = _phrase_ends(parse, cue, sentence)
    phrase = set(range(cue.top, whole + 1))
    around = _clause_around(parse, cue, phrase)
    choices = [
        around,
        range(whole + 1, sentence.last),
        set(range(sentence.first, sentence.last)) - phrase,
        *shorter(parse, sorted(around)),
        *(range(last + 1, sentence.last) for last in cut),
    ]
    for words in choices:
        content = tied_content(parse, quotations, words, phrase - set(words), "source")
        if content is not None:
            yield content
    for last in (whole, *cut):
        quoted = _quotation_after(parse, quotations, last)
        if quoted is not None:
            yield quoted


def _phrase_ends(parse: Parse, cue: Cue, sentence: Sentence) -> tuple[int, ...]:
    """Return the last word of a source phrase: of all that hangs on the source, or up to a comma."""
    if cue.source is None:
        return (cue.word,)
    head = max(cue.word, cue.source)
    last = max((i for i in parse.subtree(cue.source) if cue.top <= i), default=head)
    ends = (i - 1 for i in range(head + 1, last + 1) if parse.words[i].text in _ENDS)
    return tuple(dict.fromkeys((max(last, cue.word), next(ends, max(last, cue.word)))))


def _clause_around(parse: Parse, cue: Cue, phrase: set[int]) -> set[int]:
    """Return the words of the clause in which a source phrase stands, without the phrase."""
    for word in parse.ancestors(cue.top):
        if word.index not in phrase and (
            word.upos in ("VERB", "AUX", "ADJ")
            or word.head < 0
            or parse.children(word.index, "cop")
        ):
            return set(parse.subtree(word.index)) - phrase
    return set()


def _quotation_after(parse: Parse, quotations: Quotations, last: int) -> Content | None:
    """Return the whole quotation right behind a phrase: *secondo il ministro, «…»*."""
    for word in parse.words[last + 1 : last + _APPOSITION]:
        if word.text in _OPENING:
            found = quotations.starting(word.start)
            return free_content(parse.text, found.segments, "source") if found else None
        if word.upos in ("VERB", "AUX"):
            return None
    return None


def _opens_clause(parse: Parse, index: int) -> bool:
    """Tell whether *per* stands first in its sentence or after a comma, before a name or an article."""
    sentence = parse.sentence_of(index)
    before = parse.words[index - 1] if index > sentence.first else None
    head = parse.words[parse.words[index].head] if parse.words[index].head >= 0 else None
    return (before is None or before.upos in ("PUNCT", "CCONJ")) and (
        head is not None and head.upos in ("PROPN", "NOUN", "PRON") and head.index > index
    )


def _complement(parse: Parse, first: int, size: int) -> int | None:
    """Return the head of the words that a source phrase names."""
    last = first + size - 1
    head = parse.words[first].head
    if size == 1 and head > first:
        return head if parse.words[head].upos not in ("VERB", "AUX") else None
    for word in parse.words[last + 1 : last + 6]:
        if word.upos in ("PROPN", "NOUN", "PRON"):
            return word.index
        if word.upos not in ("DET", "ADJ", "ADP", "NUM"):
            return None
    return None
