from __future__ import annotations

import pytest

from quotestance.parsing.text import readable, uniform


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
