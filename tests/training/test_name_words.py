from __future__ import annotations

from quotestance.training.name_words import expansions, over_words
from quotestance.training.parser_data import Names, TreebankSentence


def row(number: str, form: str) -> tuple[str, ...]:
    return (number, form, *"________")


def sentence(*rows: tuple[str, str]) -> TreebankSentence:
    return TreebankSentence(tuple(row(*r) for r in rows))


def test_names_are_told_over_the_words_of_treebanks() -> None:
    della = sentence(("1-2", "della"), ("1", "di"), ("2", "la"), ("3", "Corte"))
    odd = sentence(("1-2", "della"), ("1", "de"), ("2", "lla"))
    words = expansions([odd, della, della])
    assert words == {"della": ("di", "la")}
    names = Names(
        train=((("Corte", "B-ORG"), ("della", "I-ORG"), ("Valle", "I-ORG"), ("della", "O")),),
        dev=((("della", "B-PER"), ("Rossi", "I-PER")),),
    )
    found = over_words(names, words)
    assert found.train == (
        (
            ("Corte", "B-ORG"),
            ("di", "I-ORG"),
            ("la", "I-ORG"),
            ("Valle", "I-ORG"),
            ("di", "O"),
            ("la", "O"),
        ),
    )
    assert found.dev == ((("di", "B-PER"), ("la", "I-PER"), ("Rossi", "I-PER")),)
