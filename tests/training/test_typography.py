from __future__ import annotations

import pytest

from quotestance.training.parser_data import TreebankSentence
from quotestance.training.typography import uniform_names, uniform_sentence


def sentence(text: str) -> TreebankSentence:
    """A sentence from tokens parted by blanks; one that ends in ~ has no blank after it."""
    return TreebankSentence(
        tuple(
            (str(n), word.rstrip("~"), word.rstrip("~"), "X", "_", "_", "0", "dep", "_", misc)
            for n, word in enumerate(text.split(), start=1)
            for misc in ["SpaceAfter=No" if word.endswith("~") else "_"]
        )
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"~ Sì~ "~ , dice~ .', "«Sì», dice."),
        ("“~ Sì~ ”~ , dice~ .", "«Sì», dice."),
        ('l\'~ "~ altro~ "~ .', "l'«altro»."),
        ('Non torna~ "~ .', "Non torna»."),  # opened in a sentence before
        ('"~ Non torna', "«Non torna"),  # closed in one after
        ('(~ "~ Sì~ "~ )', "(«Sì»)"),
        ("L’~ anno c’~ era", "L'anno c'era"),
        ("Roma — ha detto - brucia", "Roma – ha detto – brucia"),
        ("Roma~ -~ Lazio italo-russo", "Roma-Lazio italo-russo"),
    ],
)
def test_a_sentence_is_learned_as_it_will_be_read(text, expected) -> None:
    found = uniform_sentence(sentence(text))
    assert found.text == expected
    assert [row[1] for row in found.rows] == [row[2] for row in found.rows]
    assert uniform_sentence(found) == found


def test_words_of_a_token_go_with_it() -> None:
    rows = (
        ("1-2", "dell’", *"________"),
        ("1", "di", "di", *"_______"),
        ("2", "l’", "il", *"_______"),
        ("3", "D’Asti", "D’Asti", *"_______"),
    )
    found = uniform_sentence(TreebankSentence(rows)).rows
    assert [row[1:3] for row in found] == [
        ("dell'", "_"),
        ("di", "di"),
        ("l'", "il"),
        ("D'Asti", "D'Asti"),
    ]
    assert [row[3:] for row in found] == [row[3:] for row in rows]


def test_names_keep_their_tags_and_marks_take_turns() -> None:
    names = tuple(zip('" Anna Rossi " tace'.split(), "O B-PER I-PER O O".split(), strict=True))
    found = uniform_names(names)
    assert [token for token, _ in found] == "« Anna Rossi » tace".split()
    assert [tag for _, tag in found] == "O B-PER I-PER O O".split()
