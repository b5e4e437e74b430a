"""How far a name reaches: the recogniser's span, made whole."""

from __future__ import annotations

import re

from quotestance.parsing.parse import Name, Parse, Word

_PARTICLE = re.compile(r"D[iea]|De[il]|Della|Dalla|Lo|La|Van|Von|D['’]")
_BETWEEN_NAMES = re.compile(r"[A-Z]\.|[a-z]{2}-")  # Harlan P. Whitcombe, Bashar al-Asad


def name_at(parse: Parse, index: int) -> Name | None:
    """Return the named entity in which a word stands, or None."""
    word, names = parse.words[index], parse.names
    low, high = 0, len(names)
    while low < high:
        middle = (low + high) // 2
        if names[middle].span.end <= word.start:
            low = middle + 1
        else:
            high = middle
    if low < len(names) and names[low].span.start < word.end:
        return names[low]
    return None


def name_extent(parse: Parse, head: int) -> tuple[int, int]:
    """Return the first and last word of the name in which a word stands, or the word itself."""
    name = name_at(parse, head)
    if name is None:
        return head, head
    inside = parse.words_in(name.span)
    first, last = inside[0].index, inside[-1].index
    if name.label == "PER":
        # *corto Caruana*: the recogniser took a common word along.
        while first < head and parse.words[first].text.islower():
            first += 1
        last = through_flat_names(parse, whole_words(parse, first, last)[1])
    return whole_words(parse, first, last)


def through_flat_names(parse: Parse, last: int) -> int:
    """Return the last word of a person's name that the recogniser cut, from the last it saw."""
    words, end = parse.words, parse.sentence_of(last).last
    while last + 1 < end:
        word, name = words[last + 1], name_at(parse, last + 1)
        joint = last + 2 < end and _BETWEEN_NAMES.fullmatch(word.text) is not None
        if joint and (second := name_at(parse, last + 2)) is not None and second.label == "PER":
            last += 2
        elif word.upos != "PROPN" or not word.text[:1].isupper() or word.start == words[last].start:
            break
        elif (name is None and word.deprel.startswith("flat")) or (name and name.label == "PER"):
            last += 1
        else:
            break
    return last


def through_list_of_names(parse: Parse, last: int) -> int:
    """Return the last word of the names after a plural title: *i pm Rinaudo e Padalino*."""
    name = name_at(parse, last)
    while name is not None and name.label == "PER" and last + 2 < len(parse.words):
        last = parse.words_in(name.span)[-1].index
        name = None
        if last + 2 < len(parse.words) and parse.words[last + 1].text in (",", "e", "ed"):
            name = name_at(parse, last + 2)
            if name is not None and name.label == "PER":
                last += 2
    return last


def whole_words(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """Widen a run of words to whole written words (*Gashi-Krasniqi*) and names (*Di Pietro*)."""
    words, text = parse.words, parse.text

    def joined(left: Word, right: Word) -> bool:
        edge = text[left.end - 1 : left.end] + text[right.start : right.start + 1]
        return (
            left.end == right.start
            and re.fullmatch(r"[^\W_][^\W_]|-[^\W_]|[^\W_]-", edge) is not None
        )

    while last + 1 < len(words) and joined(words[last], words[last + 1]):
        last += 1
    while first > 0 and joined(words[first - 1], words[first]):
        first -= 1
    if (
        first > 0
        and words[first].upos == "PROPN"
        and _PARTICLE.fullmatch(words[first - 1].text)
        and (
            _within_sentence(parse, first - 1)
            or (words[first].deprel.startswith("nsubj") and words[first - 1].text[0] == "D")
        )
    ):
        first -= 1
    return first, last


def _within_sentence(parse: Parse, index: int) -> bool:
    """Tell whether a capital at a word is not that of the first word of a sentence or quotation."""
    return index > parse.sentence_of(index).first and parse.words[index - 1].upos != "PUNCT"
