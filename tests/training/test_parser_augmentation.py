from __future__ import annotations

import pytest

from quotestance.training.parser_augmentation import (
    Typography,
    augment,
    augment_names,
    rewritten,
    rewritten_forms,
)
from quotestance.training.parser_data import TreebankSentence

STRAIGHT = Typography(('"', '"'), "'", "-")
CURLY = Typography(("“", "”"), "’", "–")
GUILLEMETS = Typography(("«", "»"), "'", "—")


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
    ("text", "typography", "expected"),
    [
        ('"~ Sì~ "~ , dice~ .', CURLY, "“Sì”, dice."),
        ('"~ Sì~ "~ , dice~ .', GUILLEMETS, "«Sì», dice."),
        ("“~ Sì~ ”~ , dice~ .", STRAIGHT, '"Sì", dice.'),
        ("«~ Sì~ »~ , dice~ .", CURLY, "“Sì”, dice."),
        ("`` Sì '' dice", GUILLEMETS, "« Sì » dice"),  # a treebank that has blanks everywhere
        ('l\'~ "~ altro~ "~ .', CURLY, "l’“altro”."),
        ('Non torna~ "~ .', CURLY, "Non torna”."),  # opened in a sentence before
        ('"~ Non torna', CURLY, "“Non torna"),  # closed in one after
        ('(~ "~ Sì~ "~ )', GUILLEMETS, "(«Sì»)"),
        ("“~ Sì~ “ dice", GUILLEMETS, "«Sì» dice"),  # as some write
        ("\"~ L'~ '~ amico~ ' tace~ \"~ .", CURLY, "“L’‘amico’ tace”."),
        ("L'~ anno c'~ era", CURLY, "L’anno c’era"),
        ("L’~ anno c’~ era", GUILLEMETS, "L'anno c'era"),
        ("Roma - ha detto - brucia", CURLY, "Roma – ha detto – brucia"),
        ("Roma~ -~ Lazio italo-russo 1~ -~ 2", CURLY, "Roma-Lazio italo-russo 1-2"),
        ("- Sì", GUILLEMETS, "— Sì"),
        (":-) :') Sì", CURLY, ":-) :') Sì"),
        ("Niente da cambiare", GUILLEMETS, "Niente da cambiare"),
    ],
)
def test_what_means_the_same_is_written_in_one_way(text, typography, expected) -> None:
    assert rewritten(sentence(text), typography).text == expected


def test_what_is_written_in_a_way_already_stays() -> None:
    for text in ('"~ L\'~ ora~ "', "“~ L’~ ora~ ” – sì", "«~ L'~ ora~ » — sì"):
        typography = {'"': STRAIGHT, "“": CURLY, "«": GUILLEMETS}[text[0]]
        assert rewritten(sentence(text), typography) == sentence(text)


def test_words_of_a_token_and_lemmas_go_with_it() -> None:
    rows = (
        ("1-2", "dell'", *"________"),
        ("1", "di", "di", *"_______"),
        ("2", "l'", "il", *"_______"),
        ("3", "D'Asti", "D'Asti", *"_______"),
    )
    found = rewritten(TreebankSentence(rows), CURLY).rows
    assert [row[1:3] for row in found] == [
        ("dell’", "_"),
        ("di", "di"),
        ("l’", "il"),
        ("D’Asti", "D’Asti"),
    ]
    assert [row[3:] for row in found] == [row[3:] for row in rows]


def test_without_known_blanks_marks_take_turns_and_dashes_stay() -> None:
    forms = '" Sì " , - " no "'.split()
    assert rewritten_forms(forms, CURLY) == "“ Sì ” , - “ no ”".split()


def test_a_quotation_has_a_copy_with_each_other_kind_of_marks() -> None:
    copies = augment([sentence('"~ Sì~ " dice')], seed=1)
    assert [copy.text for copy in copies] == ["“Sì” dice", "«Sì» dice"]
    assert [copy.new_paragraph for copy in copies] == [True, False]
    mixed = augment([sentence('"~ Sì~ " e «~ no~ »')], seed=1)
    assert [copy.text for copy in mixed] == ["“Sì” e “no”"]


def test_copies_differ_from_what_is_copied_and_are_repeatable() -> None:
    sentences = [sentence("L'~ ora è qui"), sentence("Niente qui"), sentence("Sì - no")] * 40
    copies = augment(sentences, seed=1, share=0.5)
    assert copies == augment(sentences, seed=1, share=0.5)
    assert copies != augment(sentences, seed=2, share=0.5)
    assert {copy.text for copy in copies} == {"L’ora è qui", "Sì – no", "Sì — no"}
    assert augment(sentences, seed=1, share=0) == []


def test_copies_of_names_keep_their_tags() -> None:
    names = tuple(zip('" Anna Rossi " tace'.split(), "O B-PER I-PER O O".split(), strict=True))
    copies = augment_names([names], seed=1)
    assert [" ".join(token for token, _ in copy) for copy in copies] == [
        "“ Anna Rossi ” tace",
        "« Anna Rossi » tace",
    ]
    assert [tag for _, tag in copies[0]] == "O B-PER I-PER O O".split()
