"""Reported speech: the contents that the syntax gives to a cue.

Recall first: each cue gets the ways in which its content may be cut, best guess first, and the labeller
chooses among them or throws the cue out. The constructions are those of section 1 of the annotation
guidelines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotestance.extraction.contents import Content, Quotations, tied_content
from quotestance.extraction.cues import Cue
from quotestance.extraction.parties import word_class
from quotestance.extraction.surface import BREAKS, shorter, surface_contents
from quotestance.parsing import Parse, Word

_PARENTHETICAL_WORDS = 14  # a cue clause between commas is no longer than this
_POINTING_WORDS = 6  # lo ha detto, è quanto ha dichiarato
_PHRASE_WORDS = 12
_ADJUNCTS = ("obl", "advcl", "acl", "nmod", "appos", "conj")
_CLAUSES = ("ccomp", "csubj", "xcomp", "advcl", "acl")


def reported_contents(parse: Parse, quotations: Quotations, cue: Cue) -> Iterator[Content]:
    """Yield the contents that the tree offers for a verb or a noun.

    Args:
        parse: The parse.
        quotations: The quotations of the text.
        cue: A verb or noun as ``find_cues`` gives it.
    """
    entry = cue.entry
    if entry is None:
        return
    constructions = [(_construction(parse, cue, w), w) for w in _dependents(parse, cue)]
    # where a clause tells what is said, the object tells to whom: accusa Roma di mentire
    constructions.sort(key=lambda pair: pair[0] != "clause")
    for construction, child in constructions:
        if construction is None:
            continue
        barred = _cue_words(parse, cue, but=child.index)
        for words in _extents(parse, cue, child, construction):
            content = tied_content(parse, quotations, words, barred, construction)
            if content is not None and (not entry.quoted_only or content.type == "mixed"):
                yield content
    if entry.pos == "verb":
        for content in surface_contents(parse, quotations, cue):
            if not entry.quoted_only or content.type == "mixed":
                yield content
    if entry.clause and entry.pos == "verb" and not entry.quoted_only:
        yield from _around(parse, quotations, cue)
    if entry.clause and not entry.quoted_only and _points_back(parse, cue):
        yield from _sentence_before(parse, quotations, cue)
    if entry.clause:
        yield from _after_colon(parse, quotations, cue)


def _cue_words(parse: Parse, cue: Cue, but: int) -> set[int]:
    """Return the words of a cue and of its source, unless the source is the word ``but``."""
    words = {w.index for w in parse.words_in(cue.span)}
    if cue.source is not None and cue.source not in words and cue.source != but:
        source = parse.words[cue.source]
        if source.head in words or source.head == cue.top:
            words.update(
                i for i in parse.subtree(cue.source) if abs(i - cue.source) < _PHRASE_WORDS
            )
    return words


def _dependents(parse: Parse, cue: Cue) -> tuple[Word, ...]:
    own = parse.children(cue.word)
    if cue.top == cue.word or parse.words[cue.top].start < cue.span.start:
        return own
    return own + tuple(w for w in parse.children(cue.top) if w.index > cue.word)


def _construction(parse: Parse, cue: Cue, child: Word) -> str | None:
    """Tell how a dependent of a cue may be its content; None if it cannot."""
    entry = cue.entry
    if entry is None:
        return None
    relation = child.deprel.split(":")[0]
    if child.deprel == "acl:relcl":
        return None
    if child.index == cue.source and not _tells_what(parse, cue, child):
        return None
    if child.upos == "PRON" and child.feats.get("Clitic") == "Yes":
        return None
    if relation in _CLAUSES or (relation == "parataxis" and child.index > cue.word):
        return "clause" if entry.clause or entry.infinitive else None
    if relation == "obl" and child.upos in ("VERB", "ADJ", "AUX") and entry.infinitive:
        return "clause"
    passive = child.deprel == "nsubj:pass" or (relation == "nsubj" and child.index > cue.word)
    if relation == "obj" or passive:
        if entry.predicate:
            return "predicate"
        return "object" if entry.object or child.upos in ("VERB", "AUX") else None
    if relation in ("obl", "nmod") and entry.oblique and child.deprel != "obl:agent":
        return "oblique"
    if relation in ("obl", "xcomp", "advmod", "amod") and entry.predicate:
        return "predicate"
    return None


def _tells_what(parse: Parse, cue: Cue, child: Word) -> bool:
    """Tell *la richiesta di aiuto* from *la richiesta del sindaco*, which tells who."""
    bare = child.upos == "NOUN" and not parse.children(child.index, "det")
    return bare and parse.words[cue.word].upos == "NOUN"


def _extents(parse: Parse, cue: Cue, child: Word, construction: str) -> Iterator[Sequence[int]]:
    """Yield the ways to end a content that begins with a dependent of the cue."""
    own = list(parse.subtree(child.index))
    rest = [
        i
        for w in _dependents(parse, cue)
        if w.index > child.index
        and w.index != cue.source
        and w.deprel.split(":")[0] not in ("punct", "conj", "cc", "parataxis", "nsubj")
        for i in parse.subtree(w.index)
    ]
    yield own
    longer = own
    if own[0] > cue.word and rest:
        longer = sorted({*own, *rest})
        close = _until_break(parse, longer, own[-1])
        if close != own:
            yield close
        if longer != close:
            yield longer
    if construction == "predicate" and longer is not own:
        yield longer
    clauses = [
        i
        for w in parse.children(child.index, "conj")
        if w.upos in ("VERB", "AUX") and w.index > child.index
        for i in parse.subtree(w.index)
    ]
    if clauses:
        yield [i for i in own if i not in clauses]
    yield from shorter(parse, own)
    yield from _without_the_last(parse, own, child)


def _without_the_last(parse: Parse, own: Sequence[int], child: Word) -> Iterator[Sequence[int]]:
    """Yield a content without its last adjunct, which may belong to the cue: *disse di partire lunedì*."""
    adjuncts = [
        w
        for w in parse.children(child.index)
        if w.index > child.index and w.deprel.split(":")[0] in _ADJUNCTS
    ]
    if adjuncts:
        first = parse.subtree(adjuncts[-1].index)[0]
        yield [i for i in own if i < first]


def _until_break(parse: Parse, words: list[int], after: int) -> list[int]:
    stop = next((i for i in words if i > after and parse.words[i].text in BREAKS), None)
    return words if stop is None else [i for i in words if i < stop]


def _around(parse: Parse, quotations: Quotations, cue: Cue) -> Iterator[Content]:
    """Yield the sentence around a cue that is set off in it: *Il piano, ha detto X, non va*."""
    sentence = parse.sentence_of(cue.word)
    span = [w.index for w in parse.words_in(cue.span)]
    first, last = span[0], span[-1]
    before = _last_break(parse, range(sentence.first, first), BREAKS)
    after = next(
        (i for i in range(last + 1, sentence.last) if parse.words[i].text in BREAKS),
        sentence.last - 1,
    )
    if before is None or first - before > 4 or after - first > _PARENTHETICAL_WORDS:
        return
    barred = set(range(before, after + 1))
    ahead = set(range(sentence.first, before))
    behind = set(range(after + 1, sentence.last))
    governor = parse.words[cue.top].head
    clause = set(parse.subtree(governor)) if governor >= 0 else set()
    colon = _last_break(parse, range(sentence.first, before), {":"})
    nearer = set(range(colon + 1, before)) if colon is not None else set()
    for words in (clause - barred, nearer, nearer and nearer | behind, ahead | behind, ahead):
        content = tied_content(parse, quotations, words, barred, "parenthetical")
        if content is not None:
            yield content


def _last_break(parse: Parse, words: range, breaks: set[str]) -> int | None:
    return next((i for i in reversed(words) if parse.words[i].text in breaks), None)


def _points_back(parse: Parse, cue: Cue) -> bool:
    """Tell whether a cue early in its sentence tells who said the sentence before it.

    *Lo ha detto X*, *è quanto ha dichiarato X*, *l'annuncio è stato dato da X*.
    """
    opening = parse.words[parse.sentence_of(cue.word).first : cue.word]
    if len(opening) > _POINTING_WORDS:
        return False
    if cue.entry is not None and cue.entry.pos == "noun":
        return cue.entry.lemma in word_class("announcement")
    forms = {w.text.lower() for w in opening}
    return bool(opening) and (opening[0].text.lower() == "lo" or bool(forms & {"quanto", "ciò"}))


def _sentence_before(parse: Parse, quotations: Quotations, cue: Cue) -> Iterator[Content]:
    """Yield the sentence to which a cue points back (*Il treno è fermo. Lo ha detto il sindaco*)."""
    sentence = parse.sentence_of(cue.word)
    if sentence.index == 0:
        return
    before = parse.sentences[sentence.index - 1]
    content = tied_content(parse, quotations, range(before.first, before.last), (), "parenthetical")
    if content is not None:
        yield content


def _after_colon(parse: Parse, quotations: Quotations, cue: Cue) -> Iterator[Content]:
    sentence = parse.sentence_of(cue.word)
    colon = next(
        (i for i in range(cue.word + 1, sentence.last) if parse.words[i].text == ":"), None
    )
    if colon is None or colon - cue.word > _PARENTHETICAL_WORDS:
        return
    words = range(colon + 1, sentence.last)
    if not words and sentence.index + 1 < len(parse.sentences):  # the colon ended the sentence
        following = parse.sentences[sentence.index + 1]
        words = range(following.first, following.last)
    content = tied_content(parse, quotations, words, (), "colon")
    if content is not None:
        yield content
