"""Cues in a parse: which words tell that something is said, how far the cue goes, who its source is.

The cue span follows section 1 of the annotation guidelines: the verb with its auxiliaries and clitics,
a noun, or the preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from quotestance.document import Span
from quotestance.extraction.lexicon import ENCLITIC_GERUND, CueEntry, cue_entry, cue_lexicon
from quotestance.extraction.name_spans import name_at
from quotestance.extraction.parties import party_of_word, word_class
from quotestance.parsing import Parse, Word

_BETWEEN = {"ADV", "AUX"}  # may stand between auxiliary and verb: ha inoltre precisato
# what makes a cue with a verb before it: fa sapere, rende noto, lascia intendere
_SUPPORTED = {"sapere", "notare", "presente", "capire", "intendere", "noto", "osservare", "credere"}
_SUPPORTING = {"fare", "lasciare", "rendere", "tenere"}
_NEAR = 4  # words between a cue and the verb before it that belongs to it
_FARTHEST = 6  # verbs to climb for a subject
_SETTING_OFF = {",", "–", "—", "-", "»", "”", '"', "''", "’"}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that may tell that something is said.

    Attributes:
        word: Index of the verb, noun or preposition in the parse.
        span: The cue as the guidelines cut it.
        entry: Its line of the lexicon; None for a verb outside it that stands by a quotation.
        top: Index of the word that governs the cue: the auxiliary verb (*ha fatto sapere*) or the
            word itself.
        source: Index of the head of the words that name the speaker here, if any.
        implied: The same, or else the source that the syntax implies for an unnamed subject (the
            subject of the coordinated or governing verb).
        recipients: Indexes of the heads of objects and complements, to whom the words may go.
    """

    word: int
    span: Span
    entry: CueEntry | None
    top: int
    source: int | None
    implied: int | None
    recipients: tuple[int, ...]


def find_cues(parse: Parse) -> Iterator[Cue]:
    """Yield the verbs and nouns of a parse that stand in the cue lexicon, in order."""
    says = cue_lexicon()["dire", "verb"]
    for word in parse.words:
        if word.lemma in _SUPPORTED and _supported(parse, word):
            yield verb_cue(parse, word.index, says)
        elif _verbal(parse, word):
            entry = cue_entry(word.lemma, _form(parse, word), "verb")
            if entry is not None and not _is_auxiliary(word):
                yield verb_cue(parse, word.index, entry)
        elif word.upos == "NOUN":
            entry = cue_entry(word.lemma, word.text, "noun")
            if entry is not None:
                yield noun_cue(parse, word.index, entry)


def verb_cue(parse: Parse, index: int, entry: CueEntry | None = None) -> Cue:
    """Return the cue around a verb."""
    top = _top(parse, index)
    first = index
    chain = {top, index}
    while first > 0 and _belongs(parse, first - 1, chain):
        first -= 1
        if parse.words[first].upos in ("VERB", "AUX"):
            chain.add(first)
    words = parse.words
    while words[first].upos == "ADV" and words[first].lemma != "non" and first < index:
        first += 1
    last = index
    while last + 1 < len(words) and words[last + 1].start == words[last].start:
        last += 1  # enclitic pronouns share the token: dicendosi
    source = _subject(parse, top)
    if _set_off(parse, first, entry) and not _passive(parse, top):
        # «…», ha detto il sindaco: parsers take it for an object, or find another subject before the dash
        enclosed = parse.words[first - 1].text != ","
        if source is None or (enclosed and source < first):
            behind = party_behind(parse, last)
            source = behind if behind is not None else source
    return Cue(
        word=index,
        span=parse.span(first, last),
        entry=entry,
        top=top,
        source=source,
        implied=source if source is not None else _implied_subject(parse, top),
        recipients=_recipients(parse, index, top),
    )


def party_behind(parse: Parse, index: int) -> int | None:
    """Return the head of the party named right behind a word (*ha detto il sindaco Rossi*), if any.

    Args:
        parse: The parse.
        index: The last word of a cue.
    """
    end = min(index + 1 + _NEAR, parse.sentence_of(index).last)
    for word in parse.words[index + 1 : end]:
        if word.upos in ("NOUN", "PROPN"):
            name = name_at(parse, word.index)
            party = party_of_word(word) is not None or (name is not None and name.label != "LOC")
            return word.index if party else None
        if word.upos not in ("DET", "ADJ", "NUM"):
            return None
    return None


def _set_off(parse: Parse, first: int, entry: CueEntry | None) -> bool:
    """Tell whether a verb whose object is no person stands right behind a comma, a dash or a quotation."""
    before = parse.words[first - 1].text if first > parse.sentence_of(first).first else ""
    return (
        before in _SETTING_OFF
        and entry is not None
        and entry.lemma not in word_class("person as object")
    )


def noun_cue(parse: Parse, index: int, entry: CueEntry | None = None) -> Cue:
    """Return the cue of a noun with its article (*l'accusa*, *le parole*)."""
    words = parse.words
    first = index
    while (
        first > 0 and words[first - 1].head == index and words[first - 1].deprel.startswith("det")
    ):
        if first > 1 and words[first - 1].start == words[first - 2].start:
            break  # the article is fused with a preposition: dell'accusa
        first -= 1
    complements = parse.children(index, "nmod")
    source = next((w.index for w in complements if parse.case(w.index) in ("di", "da")), None)
    implied = source
    governor = words[index].head
    if implied is None and governor >= 0 and words[governor].upos in ("VERB", "AUX"):
        subject = _subject(parse, governor)
        implied = subject if subject != index else None
    return Cue(index, parse.span(first, index), entry, index, source, implied, ())


def _verbal(parse: Parse, word: Word) -> bool:
    """Tell whether a word is a verb, also where the parser calls it otherwise.

    Those are participles taken for adjectives, verbs that keep their auxiliary (*ha commentato*),
    gerunds taken for a pronoun (*invitandolo*), and forms taken for a fused preposition (*parla*: *par*
    and *la*).
    """
    if word.upos in ("VERB", "AUX"):
        return True
    if word.upos == "ADJ" and word.feats.get("VerbForm") == "Part":
        return True
    if any(w.lemma in ("avere", "essere") for w in parse.children(word.index, "aux")):
        return True
    if ENCLITIC_GERUND.match(word.text):
        return True
    return word.upos == "ADP" and len(_form(parse, word)) > len(word.text)


def _form(parse: Parse, word: Word) -> str:
    """Return the form by which to look a verb up: of a supposed preposition the whole token."""
    return parse.text[word.start : word.end] if word.upos == "ADP" else word.text


def _is_auxiliary(word: Word) -> bool:
    return word.deprel.startswith(("aux", "cop"))


def _supported(parse: Parse, word: Word) -> bool:
    """Tell whether a verb makes a cue of *sapere*, *noto*…: *fa sapere*, *rende noto*."""
    for other in (*parse.children(word.index, "aux"), *parse.ancestors(word.index)):
        if other.lemma in _SUPPORTING and 0 < word.index - other.index <= _NEAR:
            return True
    return False


def _top(parse: Parse, index: int) -> int:
    """Climb from a verb to the auxiliary verb before it (*tiene a precisare* → *tiene*)."""
    lexicon = cue_lexicon()
    word = parse.words[index]
    head = word.head
    if (
        head >= 0
        and word.deprel in ("xcomp", "ccomp", "advcl", "obj")
        and 0 < index - head <= _NEAR
        and (
            (parse.words[head].lemma, "auxiliary") in lexicon
            or (word.lemma in _SUPPORTED and parse.words[head].lemma == "rendere")
        )
    ):
        return head
    return index


def _belongs(parse: Parse, index: int, chain: set[int]) -> bool:
    """Tell whether the word before a cue belongs to it: auxiliary, clitic, adverb between."""
    word = parse.words[index]
    if index in chain:
        return True
    if word.head not in chain:
        return False
    if word.deprel.startswith(("aux", "cop", "expl")):
        return True
    if word.upos == "PRON" and word.feats.get("Clitic") == "Yes":
        return True
    if word.deprel == "mark" and word.lemma in ("a", "di") and min(chain) < index:
        return True
    return word.upos in _BETWEEN


def _subject(parse: Parse, verb: int) -> int | None:
    passive = _passive(parse, verb)
    agents = [
        w
        for w in parse.children(verb)
        if w.deprel == "obl:agent" or (w.deprel.startswith("obl") and parse.case(w.index) == "da")
    ]
    participle = parse.words[verb].deprel.startswith(("acl", "amod")) and (
        parse.words[verb].feats.get("VerbForm") == "Part"
    )
    if (passive or participle) and agents:
        return agents[0].index
    if passive:
        return None
    subjects = parse.children(verb, "nsubj")
    return subjects[0].index if subjects else None


def _passive(parse: Parse, verb: int) -> bool:
    return any(w.deprel == "aux:pass" for w in parse.children(verb))


def _implied_subject(parse: Parse, verb: int) -> int | None:
    """Return the subject that an unnamed one repeats by syntax, climbing coordination and control."""
    word = parse.words[verb]
    for head in islice(parse.ancestors(verb), _FARTHEST):
        if word.deprel.startswith("acl") and word.deprel != "acl:relcl":
            return head.index if head.upos in ("NOUN", "PROPN", "PRON") else None
        if word.deprel.split(":")[0] not in ("conj", "xcomp", "advcl", "parataxis", "ccomp", "obl"):
            return None
        subject = _subject(parse, head.index)
        if subject is not None:
            return subject
        word = head
    return None


def _recipients(parse: Parse, index: int, top: int) -> tuple[int, ...]:
    found = [
        w.index
        for verb in dict.fromkeys((index, top))
        for w in parse.children(verb, "obj", "iobj", "obl")
        if w.deprel not in ("obl:agent", "obl:tmod") and w.upos in ("NOUN", "PROPN", "PRON")
    ]
    return tuple(sorted(found))
