from __future__ import annotations

import pytest

from quotestance.parsing.text import readable, uniform, unwrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Perché no? «Sì»", "Perché no? «Sì»"),
        ("a\x00b\x07c", "a b c"),
        ("a\ud800b", "a b"),
        ("riga\nriga\r\n\tfine", "riga\nriga\r\n\tfine"),
        ("a\u00a0b\u200bc", "a\u00a0b\u200bc"),
        ("😀", "😀"),
        ("", ""),
    ],
)
def test_readable_replaces_what_is_no_text_and_keeps_the_length(text, expected) -> None:
    assert readable(text) == expected
    assert len(readable(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Basta!" Così.', "«Basta!» Così."),
        ("Dice: “Parto”, e „resto“.", "Dice: «Parto», e «resto»."),
        ("”Così” parla", "«Così» parla"),
        ("l’altro ‘caso’", "l'altro 'caso'"),
        ("- Chi è? - Io — dice.", "– Chi è? – Io – dice."),
        ("il porta-voce, -3 gradi", "il porta-voce, -3 gradi"),
        ('("vero")', "(«vero»)"),
        ("il 1° maggio, 30° C", "il 1º maggio, 30° C"),
        ('"...e poi" dice', "«...e poi» dice"),
        ('" largo " dice', "« largo » dice"),
        ("“ largo ” dice", "« largo » dice"),
        ('"«Sì», ha detto".', "««Sì», ha detto»."),
        ('L\'"altro" caso', "L'«altro» caso"),
        ('"', "«"),
        ('a\n" b "\n" c', "a\n« b »\n« c"),  # what opens on a line does not reach the next
    ],
)
def test_uniform_is_of_one_typography_and_keeps_the_length(text, expected) -> None:
    assert uniform(text) == expected
    assert len(expected) == len(text)
    assert uniform(expected) == expected


WRAPPED = """Il sindaco di Vallombra ha accusato la società Marina Blu di aver
nascosto i danni alle banchine, e ha chiesto a tutti i consiglieri di
Forza Vallombra di votare la chiusura del porto già domani sera.

«Non ci saranno rinvii», ha detto il sindaco ai giornalisti. «Chi ha
sbagliato paga». La società non risponde.
Fine"""


def test_lines_broken_at_a_width_are_whole() -> None:
    found = unwrapped(WRAPPED)
    assert len(found) == len(WRAPPED)
    assert "di aver nascosto" in found
    assert "consiglieri di Forza Vallombra" in found
    assert "«Chi ha sbagliato paga»" in found
    assert "sera.\n\n«Non" in found
    assert found.endswith("risponde.\nFine")
    assert unwrapped(WRAPPED.replace("\n", "\r\n")).count("\r\n") == 3


@pytest.mark.parametrize(
    "text",
    [
        "Un titolo di giornale abbastanza lungo da riempire una riga intera\nIl porto riapre.\nFine",
        "Ingredienti:\nfarina\nuova\nlatte",
        "Nella prima riga il paragrafo finisce con un punto e poi si va a capo.\nla seconda\nUna",
        "Una riga sola",
        "",
        "\n\n",
    ],
)
def test_other_line_breaks_stay(text) -> None:
    assert unwrapped(text) == text
