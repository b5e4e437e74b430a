"""Mentions: the words that name somebody who may speak or be spoken to."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from quotestance.document import EntityKind, Span
from quotestance.extraction.name_spans import name_at, name_extent
from quotestance.extraction.noun_phrases import extent, noun_phrase, phrase_span
from quotestance.extraction.parties import (
    fold,
    party_of_word,
    person_noun,
    state_named,
    state_of_demonym,
    state_seated,
    word_class,
)
from quotestance.parsing.parse import Name, NameLabel, Parse, Word

__all__ = ["Mention", "MentionForm", "find_mentions", "noun_phrase"]

MentionForm = Literal["name", "nominal", "pronoun"]

_KIND_OF_LABEL: dict[NameLabel, EntityKind] = {"PER": "person", "ORG": "org", "LOC": "gpe"}
_CENTRAL = {"nsubj", "obj", "iobj", "obl", "root", "appos"}
_ARGUMENTS = _CENTRAL | {
    *("nmod", "conj", "parataxis", "vocative", "dislocated", "orphan", "xcomp", "ccomp"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a party.

    Attributes:
        span: The noun phrase, without relative clauses and appositions set off by commas.
        head: Index of its head word.
        form: Whether it is a name (alone or with a title), a common noun or a pronoun.
        kind: The kind of entity, where name or noun tell it.
        number: ``Sing`` or ``Plur``, where told.
        gender: ``Masc`` or ``Fem``, where told.
        name: The proper name in it (*Serghei Lavrov*), if it has one.
        descriptor: The noun that heads it (*ministro*; of persons the masculine), if one does.
    """

    span: Span
    head: int
    form: MentionForm
    kind: EntityKind | None = None
    number: str | None = None
    gender: str | None = None
    name: str | None = None
    descriptor: str | None = None


def find_mentions(parse: Parse, extra_heads: Collection[int] = ()) -> tuple[Mention, ...]:
    """Find the candidate speakers and targets of a text (guidelines, sections 2, 3 and 7).

    They are the names, the noun phrases headed by a noun of the party list or by a demonym, the
    pronouns of the third person that are arguments, and the phrases of the heads asked for. Members
    of a coordination are mentions of their own; a coordination under a head asked for is one more
    mention, a group (7.9).

    Args:
        parse: The parsed text.
        extra_heads: Indexes of words whose phrases are mentions whatever their noun, such as the
            subjects of verbs of saying.

    Returns:
        The mentions in the order of the text, the longer first where two start together; no two
        have the same span.

    Raises:
        IndexError: if a head is no word of the text.
    """
    conjuncts = {head: _conjuncts(parse, head) for head in extra_heads}
    wanted = {head for head, others in conjuncts.items() for head in (head, *others)}
    labels, surnames = _labels(parse)
    heads = wanted | {w.index for w in parse.words if _is_candidate(parse, w)}
    heads |= {_name_head(parse, name.span) for name in parse.names}
    found: dict[Span, Mention] = {}
    told: set[int] = set()
    # Titles before names, so that the name in a title phrase is seen to belong to it.
    for head in sorted(heads, key=lambda i: (name_at(parse, i) is not None, i)):
        if head in told and head not in wanted:
            continue
        name = _own_name(parse, head)
        if name is not None:
            told.update(range(name[0], name[1] + 1))
        if name is not None and _is_title_alone(parse, name, surnames):
            name = None
        mention = _mention(parse, head, name, labels)
        found.setdefault(mention.span, mention)
    for head, others in conjuncts.items():
        if others:
            group = _coordination(parse, head, others)
            found.setdefault(group.span, group)
    return tuple(sorted(found.values(), key=lambda m: (m.span.start, -m.span.end)))


def _is_candidate(parse: Parse, word: Word) -> bool:
    if word.deprel.split(":")[0] not in _ARGUMENTS:
        return False
    if word.upos in ("PRON", "DET", "NUM"):
        return _is_party_pronoun(parse, word)
    determined = bool(parse.children(word.index, "det"))
    if word.upos == "PROPN":
        unseen = word.text[:1].isupper() and word.deprel.split(":")[0] in _CENTRAL
        return unseen or party_of_word(word) is not None
    if word.upos == "NOUN":
        # *di Stato*, *in questura*: a bare noun after a preposition tells a sort, not a party.
        bare = not determined and word.feats.get("Number") == "Sing"
        if bare and parse.children(word.index, "case"):
            return False
        demonym = determined and word.text.islower() and state_of_demonym(word.lemma)
        return bool(demonym) or party_of_word(word) is not None
    if word.upos == "ADJ" and determined:
        return person_noun(word) or word.lemma in word_class("ordinal")
    return False


def _is_party_pronoun(parse: Parse, word: Word) -> bool:
    lemma = word.lemma.casefold()
    if word.feats.get("Clitic") == "Yes" or word.feats.get("Person") in ("1", "2"):
        return False
    if lemma == "che":
        return word.deprel.startswith("nsubj") and word.feats.get("PronType") != "Int"
    if lemma in word_class("relative"):
        return word.deprel != "det:poss"
    if word.upos == "NUM" or lemma in word_class("ordinal"):
        return bool(parse.children(word.index, "det")) and not re.search(r"\d", word.text)
    return lemma in word_class("pronoun")


def _name_head(parse: Parse, name: Span) -> int:
    inside = parse.words_in(name)
    indexes = {word.index for word in inside}
    tops = (w.index for w in inside if w.head not in indexes and w.upos not in ("ADP", "DET"))
    return next(tops, inside[-1].index)


def _own_name(parse: Parse, head: int) -> tuple[int, int] | None:
    """Return the first and last word of the name that a phrase carries: its head's or a title's."""
    words = parse.words
    word, (first, last) = words[head], extent(parse, head)
    own = name_at(parse, head)
    closing = next((n for i in range(last, head, -1) if (n := name_at(parse, i))), None)
    if closing is not None and last not in range(*_reach(parse, closing)):
        closing = None
    if own is None and word.upos == "PROPN" and (first, last) != (head, head):
        proper = [i for i in range(first, last + 1) if words[i].upos == "PROPN" and i >= head]
        if proper == list(range(head, last + 1)):
            return head, last
    if own is None and word.upos == "PROPN":
        return head, head
    if closing is not None and closing is not own and words[head].feats.get("Number") != "Plur":
        opening, _ = name_extent(parse, parse.words_in(closing.span)[-1].index)
        before = words[opening - 1] if opening else word
        person = person_noun(word)
        fits = person if closing.label == "PER" else bool(party_of_word(word)) and not person
        apart = before.upos in ("ADP", "CCONJ", "DET") or before.start == words[opening].start
        apart |= before.upos == "PUNCT" and before.text != "."
        if fits and not apart and opening > head:
            return opening, last
    return name_extent(parse, head) if own is not None else None


def _is_title_alone(parse: Parse, name: tuple[int, int], surnames: Collection[str]) -> bool:
    """Tell whether what was taken for a name is a common noun: *il Papa*, *il Garante*."""
    word = parse.words[name[0]]
    return (
        name[0] == name[1]
        and person_noun(word)
        and word.text.casefold() not in surnames
        and bool(parse.children(word.index, "det"))
    )


def _reach(parse: Parse, name: Name) -> tuple[int, int]:
    first, last = name_extent(parse, parse.words_in(name.span)[-1].index)
    return first, last + 1


def _labels(parse: Parse) -> tuple[dict[str, NameLabel], set[str]]:
    """Return the usual label of each name, and the surnames of the persons named in full.

    So one slip of the recogniser does not make another party of a name; a surname is a person's.
    """
    counts: dict[str, Counter[NameLabel]] = defaultdict(Counter)
    for name in parse.names:
        counts[fold(name.span.text)][name.label] += 1
    labels = {text: count.most_common(1)[0][0] for text, count in counts.items()}
    persons = [text.split() for text, label in labels.items() if label == "PER"]
    surnames = {tokens[-1] for tokens in persons if len(tokens) > 1}
    single = {tokens[0] for tokens in persons if len(tokens) == 1}
    bodies = [text.split() for text, label in labels.items() if label == "ORG"]
    begin_bodies = {tokens[0] for tokens in bodies if len(tokens) > 1}
    for text in labels:
        first, *rest = text.split() or [""]
        if (not rest and text in surnames) or (
            labels[text] == "LOC" and rest and (first in single or rest[-1] in single)
        ):
            labels[text] = "PER"
        elif not rest and text in begin_bodies:
            labels[text] = "ORG"
    for surname in surnames:
        labels.setdefault(surname, "PER")
    return labels, surnames


def _mention(
    parse: Parse, head: int, name: tuple[int, int] | None, labels: Mapping[str, NameLabel]
) -> Mention:
    word = parse.words[head]
    party = party_of_word(word) if word.upos in ("NOUN", "ADJ", "PROPN") else None
    descriptor, kind = party or (None, None)
    number, gender = _number(parse, word), _gender(parse, word)
    named = phrase_span(parse, *name).text if name else None
    form: MentionForm = "nominal"
    if named and re.search(r"[A-ZÀ-Ý]", named):
        form = "name"
        own = name_at(parse, head)
        label = labels.get(fold(named)) or (own.label if own else None)
        kind = _named_kind(named, label, kind, titled=name is not None and head < name[0])
        if kind is None and state_of_demonym(word.lemma):
            kind = "person"
    else:
        named = None
        if word.upos in ("PRON", "DET", "NUM") or (
            word.upos == "ADJ" and word.lemma in word_class("ordinal")
        ):
            form = "pronoun"
        elif kind is None and state_of_demonym(word.lemma):
            kind = "gpe" if number == "Plur" else "person"
        elif number == "Plur" and kind in ("person", "org"):
            kind = "group"
    span = phrase_span(parse, *extent(parse, head))
    return Mention(span, head, form, kind, number, gender, named, descriptor)


def _named_kind(
    name: str, label: NameLabel | None, of_noun: EntityKind | None, *, titled: bool
) -> EntityKind | None:
    """Return the kind of a named party from the label of the name and the kind of its noun."""
    if state_named(name) or state_seated(name):
        return "gpe"
    if label == "PER":
        # *il pm Rossi*, *Papa Francesco*, but *Maison Rochebrune*, mistaken for a person.
        body = of_noun in ("org", "gpe") and (titled or " " in name)
        return of_noun if body else "person"
    if label is None:
        return of_noun
    return of_noun if of_noun in ("org", "gpe") else _KIND_OF_LABEL[label]


def _number(parse: Parse, word: Word) -> str | None:
    sources = (word, *parse.children(word.index, "det"))
    return next((w.feats["Number"] for w in sources if "Number" in w.feats), None)


def _gender(parse: Parse, word: Word) -> str | None:
    # The tagger guesses the gender of nouns such as *portavoce*; the article knows it.
    articles = parse.children(word.index, "det")
    for article in articles:
        if "Gender" in article.feats and not article.text.endswith(("'", "’")):
            return article.feats["Gender"]
    party, form = party_of_word(word), word.text.casefold()
    if party and form.endswith(("a", "trice", "essa")) and party[0].endswith(("o", "e")):
        return "Fem"
    return "Masc" if party and form.endswith("o") and party[1] == "person" else None


def _conjuncts(parse: Parse, head: int) -> list[int]:
    """Return the words coordinated with a head, those that hang on one another too."""
    found: list[int] = []
    pending = [head]
    while pending:
        more = [
            w.index for w in parse.children(pending.pop(), "conj") if w.upos not in ("VERB", "AUX")
        ]
        found += more
        pending += more
    return sorted(found)


def _coordination(parse: Parse, head: int, others: list[int]) -> Mention:
    first = min(head, *others)
    last = max(head, *others)
    span = phrase_span(parse, extent(parse, first)[0], extent(parse, last)[1])
    return Mention(span, head, "nominal", "group", "Plur")
