from __future__ import annotations

import pytest

from quotestance.parsing import readable


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
