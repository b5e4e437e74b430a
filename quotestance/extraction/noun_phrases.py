"""How far a noun phrase reaches, told from the tree, the names and the contiguity of its words."""

from __future__ import annotations

from quotestance.document import Span
from quotestance.extraction.name_spans import (
    name_at,
    name_extent,
    through_flat_names,
    through_list_of_names,
    whole_words,
)
from quotestance.extraction.parties import person_noun, word_class
from quotestance.parsing.parse import Parse, Word

# Dependents that are no part of a mention: clauses, coordination, what governs the phrase and what
# makes a noun a predicate.
_CLAUSES = {"acl:relcl", "advcl", "aux", "ccomp", "csubj", "nsubj", "nsubj:pass", "parataxis"}
_OUTSIDE = _CLAUSES | {
    *("aux:pass", "case", "cc", "conj", "cop", "discourse", "dislocated", "expl", "iobj", "mark"),
    *("obj", "vocative"),
}
_OF_A_PRONOUN = ("det", "amod", "nmod", "nummod", "fixed")
_MARKS = {"«": "»", "“": "”", "„": "”", '"': '"', "‘": "’"}


def noun_phrase(parse: Parse, head: int) -> Span:
    """Return the span of the noun phrase of a head word (guidelines, section 2).

    An article is part of it when it is a token of its own, and not when a preposition has swallowed
    it (*dalla Russia*: *Russia*; guidelines, 7.13).

    Args:
        parse: The parsed text.
        head: Index of the head word.

    Raises:
        IndexError: if the head is no word of the text.
    """
    return phrase_span(parse, *extent(parse, head))


def extent(parse: Parse, head: int) -> tuple[int, int]:
    """Return the first and the last word (included) of the noun phrase of a head.

    The phrase is the run of dependents around the head without relative clauses, appositions set
    off by commas and conjuncts. Parsers err on names, so a name that the phrase touches is taken
    whole, and a name that follows a title belongs to it wherever the tree hangs it.

    Args:
        parse: The parsed text.
        head: Index of the head word.
    """
    first, last = name_extent(parse, head)
    kept = set(parse.subtree(head, without=_barred(parse, head)))
    last = _rightward(parse, head, last, kept)
    first = _leftward(parse, head, first, kept)
    first, last = _trimmed(parse, head, first, last)
    first, last = whole_words(parse, first, _with_name(parse, head, last))
    return first, through_flat_names(parse, last) if _ends_in_person(parse, last) else last


def phrase_span(parse: Parse, first: int, last: int) -> Span:
    """Return the characters of a run of words, without what is no part of a phrase at its edges.

    That is a preposition fused with the first article, a quotation mark whose partner is missing, a
    pair of marks around the whole, and the full stop of the sentence.

    Args:
        parse: The parsed text.
        first: Index of the first word.
        last: Index of the last word, included.
    """
    words, text = parse.words, parse.text
    # The parts of a multi-word token share its offsets: the article of *della* goes with *di*.
    while first < last and first > 0 and words[first].start == words[first - 1].start:
        first += 1
    start, end = words[first].start, words[last].end
    if end - start > 4 and text[end - 1] == "." and "." not in words[last].text[:-1]:
        end -= 1 if last + 1 == parse.sentence_of(last).last else 0
    for opening, closing in _MARKS.items():
        inside = text[start:end]
        if len(inside) < 3 or (closing == "’" and opening not in inside):
            continue
        opened, closed = inside.count(opening), inside.count(closing)
        odd = opened % 2 if opening == closing else opened - closed
        around = inside[0] == opening and inside[-1] == closing
        start += inside[0] == opening and bool(odd or around)
        end -= inside[-1] == closing and bool(odd or around)
    while text[end - 1].isspace():
        end -= 1
    while text[start].isspace():
        start += 1
    return Span.of(text, start, end)


def _barred(parse: Parse, head: int) -> set[int]:
    top = parse.words[head]
    predicate = bool(parse.children(head, "cop"))
    barred = set()
    for child in parse.children(head):
        outside = child.deprel in _OUTSIDE or (predicate and child.deprel.startswith("obl"))
        if top.upos in ("PRON", "DET") and not child.deprel.startswith(_OF_A_PRONOUN):
            outside = True
        if child.feats.get("VerbForm") == "Fin" and child.deprel != "acl:relcl":
            outside = True  # la multinazionale parla…
        if child.deprel == "acl" and parse.children(child.index, "mark"):
            outside = True  # la procura a non fare…
        if child.deprel == "acl:relcl" and top.lemma.casefold() in word_class("with relative"):
            outside = False
        if child.index > head and any(
            word.lemma in word_class("preposition of verbs")
            for word in parse.children(child.index, "case")
        ):
            outside = True
        if outside:
            barred.add(child.index)
    for index in parse.subtree(head, without=barred):
        word = parse.words[index]
        verbal = word.deprel == "conj" and word.upos in ("VERB", "AUX")
        if index != head and word.head != head and (word.deprel in _CLAUSES or verbal):
            barred.add(index)
    return barred


def _leftward(parse: Parse, head: int, first: int, kept: set[int]) -> int:
    words = parse.words
    while first - 1 in kept and words[first - 1].upos != "PUNCT":
        # Nothing but *tutti* precedes an article: *(il) suo, l'Enac*.
        opened = words[first].upos == "DET" and words[first].feats.get("PronType") == "Art"
        if opened and words[first - 1].deprel != "det:predet":
            break
        first -= 1
    # gli "ermellini"
    if first >= 2 and words[first - 1].text in _MARKS and first - 2 in kept:
        first -= 2 if words[first - 2].upos == "DET" else 0
    return first


def _rightward(parse: Parse, head: int, last: int, kept: set[int]) -> int:
    words, end = parse.words, parse.sentence_of(head).last
    own = name_at(parse, head)
    # Nothing but its own parts and adjectives follows a name of a person or place.
    bare = own is not None and own.label != "ORG" and words[last].text[:1].isupper()
    titled = _in_title(parse, head)
    while last + 1 < end:
        word = words[last + 1]
        if word.upos == "PUNCT":
            # A mark inside the phrase counts only when the phrase goes on after it.
            if not _inner_mark(parse, head, word) or last + 2 >= end or last + 2 not in kept:
                closing = word.text in _MARKS.values() and _opened(parse, head, word)
                return last + 1 if closing else last
            last += 1
            continue
        if word.index not in kept or (bare and not word.deprel.startswith(("flat", "amod"))):
            break
        if own is not None and own.label == "ORG" and _introduced(parse, head, word):
            break
        name = name_at(parse, word.index)
        if name is not None and name is not own and name.label == "PER" and word.upos == "PROPN":
            if titled:
                break
            if _stands_bare(parse, word) and person_noun(words[head]):
                return parse.words_in(name.span)[-1].index
        last += 1
    return last


def _introduced(parse: Parse, head: int, word: Word) -> bool:
    """Tell whether a word opens a complement of a body's name without *di* or *per*."""
    return (
        word.upos == "ADP"
        and word.lemma not in ("di", "per")
        and (word.head >= 0 and parse.words[word.head].head == head)
    )


def _stands_bare(parse: Parse, word: Word) -> bool:
    before = parse.words[word.index - 1]
    return before.upos not in ("ADP", "CCONJ", "PUNCT") and before.start != word.start


def _in_title(parse: Parse, head: int) -> bool:
    """Tell whether a word is the complement of a title: what follows it then names the person."""
    word = parse.words[head]
    if word.head < 0 or word.deprel.split(":")[0] not in ("nmod", "flat", "amod", "compound"):
        return False
    governor = parse.words[word.head]
    return person_noun(governor) and governor.feats.get("Number") != "Plur"


def _inner_mark(parse: Parse, head: int, mark: Word) -> bool:
    if mark.text in _MARKS:
        # A title or nickname, not the beginning of what is said.
        inside = [word.text for word in parse.words[mark.index + 1 : mark.index + 6]]
        closing = _MARKS[mark.text]
        return closing in inside and (inside[0][:1].isupper() or closing in inside[:2])
    if mark.text in _MARKS.values():
        return True
    governor = parse.words[mark.head] if mark.head >= 0 else mark
    nominal = governor.upos in ("NOUN", "PROPN", "ADJ")
    return mark.text == "," and governor.deprel == "conj" and nominal and governor.head != head


def _opened(parse: Parse, head: int, mark: Word) -> bool:
    opening = next(o for o, c in _MARKS.items() if c == mark.text)
    first = max(parse.sentence_of(head).first, head - 2)
    return any(word.text == opening for word in parse.words[first : mark.index])


def _trimmed(parse: Parse, head: int, first: int, last: int) -> tuple[int, int]:
    words = parse.words
    while first < head and (
        words[first].upos in ("ADP", "CCONJ", "SCONJ")
        or (words[first].upos == "PUNCT" and words[first].text not in _MARKS)
        or (words[first].upos == "ADV" and words[first].lemma not in word_class("quantifier"))
    ):
        first += 1
    while last > head and words[last].upos in ("ADP", "CCONJ", "SCONJ", "DET", "AUX"):
        last -= 1
    return first, last


def _with_name(parse: Parse, head: int, last: int) -> int:
    words, end = parse.words, parse.sentence_of(head).last
    touched = name_at(parse, last)
    if touched is not None and touched.span.start >= words[head].start:
        last = max(last, parse.words_in(touched.span)[-1].index)
    if words[head].upos not in ("NOUN", "ADJ") or not person_noun(words[head]):
        return last
    plural = is_plural(parse, words[head])
    following = last + 1
    if (
        following + 1 < end
        and words[following].text == "."
        and words[last].end == words[following].start
    ):
        following += 1  # il prof. Rossi
    name = name_at(parse, following) if following < end else None
    if name is not None and name.label == "PER" and name.span.text[:1].isupper():
        already = touched is not None and touched.label == "PER" and not plural
        if not already and name.span.start >= words[following].start:
            last = parse.words_in(name.span)[-1].index
    return through_list_of_names(parse, last) if plural else last


def is_plural(parse: Parse, word: Word) -> bool:
    """Tell whether a noun is plural, by its article where its form does not tell: *i pm*."""
    told = [w.feats["Number"] for w in parse.children(word.index, "det") if "Number" in w.feats]
    return (told[0] if told else word.feats.get("Number")) == "Plur"


def _ends_in_person(parse: Parse, last: int) -> bool:
    name = name_at(parse, last)
    return name is not None and name.label == "PER"
