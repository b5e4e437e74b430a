from __future__ import annotations

import random
from dataclasses import replace

import pytest

from quotestance.document import Document, Entity, Quote, Span, Speaker
from quotestance.export.marking import Close, Note, Open, Paragraph, Text, marks_of, sweep

SOMEBODY = Entity("e", "person", "Qualcuno")


def shown(document: Document) -> str:
    """The events as a line: [ ] around marks with the first letter of their kind, ¶ paragraphs."""
    pieces = []
    for event in sweep(document):
        match event:
            case Text(start, end):
                pieces.append(document.text[start:end])
            case Open(mark, again):
                pieces.append(f"[{'…' if again else ''}{mark.kind[0]}:")
            case Close():
                pieces.append("]")
            case Note(quote):
                pieces.append(f"({quote})")
            case Paragraph(starts):
                pieces.append("<" if starts else ">")
    return "".join(pieces)


def quote(text: str, *content: tuple[int, int], cue=(), mention=None) -> Quote:
    return Quote(
        "q",
        "direct",
        tuple(Span(start, end) for start, end in content),
        tuple(Span(start, end) for start, end in cue),
        Speaker(SOMEBODY, Span(*mention) if mention else None),
    )


def document_of(text: str, *quotes: Quote) -> Document:
    return Document("d", text, (SOMEBODY,), quotes)


def test_a_quote_in_pieces_is_noted_after_the_last(document):
    assert shown(replace(document, quotes=document.quotes[:1])) == (
        "<«[c:Pronti]», [c:dice] [s:Lavrov],>\n<«[c:a trattare]>\n<[…c:con Rubio e Kiev]».(0) "
        "Poi tace. Si dice che piova.>"
    )


def test_quotes_in_one_another_are_nested():
    outer, inner = quote("", (0, 7)), quote("", (2, 5))
    assert shown(document_of("ab cd e", outer, inner)) == "<[c:ab[c: cd](1) e](0)>"


def test_quotes_that_cross_are_cut():
    assert shown(document_of("abcdef", quote("", (0, 4)), quote("", (2, 6)))) == (
        "<[c:ab[c:cd]](0)[…c:ef](1)>"
    )


def test_of_those_that_cover_the_same_the_content_is_outermost():
    one = quote("", (0, 2), cue=[(0, 2)], mention=(0, 2))
    assert shown(document_of("ab", one)) == "<[c:[s:[c:ab]]](0)>"


def test_a_cue_of_two_quotes_is_one_mark():
    first, second = quote("", (3, 4), cue=[(0, 2)]), quote("", (5, 6), cue=[(0, 2)])
    marks = marks_of(document_of("ab c d", first, second))
    assert [(mark.kind, mark.quotes) for mark in marks] == [
        ("cue", (0, 1)),
        ("content", (0,)),
        ("content", (1,)),
    ]


def test_the_same_words_as_two_quotes_are_two_marks():
    assert shown(document_of("ab", quote("", (0, 2)), quote("", (0, 2)))) == ("<[c:[c:ab]](0)(1)>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" \n", " \n"),
        ("a", "<a>"),
        ("a\nb\n", "<a>\n<b>\n"),
        ("\r\n a \r\n\t\r\n\rb", "\r\n< a> \r\n\t\r\n\r<b>"),
    ],
)
def test_paragraphs_are_lines_with_words(text, expected):
    assert shown(document_of(text)) == expected


def test_a_note_stands_in_the_paragraph_of_the_last_words():
    assert shown(document_of("a\nb", quote("", (0, 2)))) == "<[c:a](0)>\n<b>"


def test_a_span_that_ends_after_the_text_is_cut():
    assert shown(document_of("ab", quote("", (1, 9)), quote("", (7, 9)))).startswith("<a[c:b]")


def test_a_note_follows_the_punctuation_that_closes_the_quote():
    assert shown(document_of("«a!», b", quote("", (1, 2)))) == "<«[c:a]!»,(0) b>"


@pytest.mark.parametrize("seed", range(200))
def test_any_marks_are_well_formed_and_lose_nothing(seed):
    chance = random.Random(seed)
    text = "".join(chance.choices("ab \n\r.”", k=chance.randint(1, 25)))

    def some(count: int) -> list[tuple[int, int]]:
        starts = [chance.randrange(len(text)) for _ in range(count)]
        return [(start, chance.randint(start + 1, len(text))) for start in starts]

    quotes = [
        quote(text, *some(chance.randint(1, 3)), cue=some(chance.randint(0, 2)), mention=some(1)[0])
        for _ in range(chance.randint(1, 5))
    ]
    document = document_of(text, *quotes)
    marks = marks_of(document)
    stack, first, notes, place, inside = [], set(), [], 0, False
    for event in sweep(document):
        match event:
            case Text(start, end):
                assert start == place < end
                if inside:
                    for at in range(start, end):
                        assert set(stack) == {mark for mark in marks if mark.start <= at < mark.end}
                else:
                    assert not stack
                    assert text[start:end].isspace()
                place = end
            case Open(mark, again):
                assert inside
                assert again == (mark in first)
                first.add(mark)
                stack.append(mark)
            case Close(mark):
                assert stack.pop() == mark
            case Paragraph(starts):
                assert not stack
                assert starts != inside
                inside = starts
            case Note(index):
                notes.append(index)
    assert (place, stack, inside) == (len(text), [], False)
    assert sorted(notes) == list(range(len(quotes)))
