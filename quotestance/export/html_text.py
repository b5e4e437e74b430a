"""Text of articles as text of HTML and SVG: whatever it says, it stays text."""

from __future__ import annotations

import re
from html import escape

# Neither HTML nor XML can hold most control characters and lone surrogates (half characters, as broken
# sources contain them), and overrides of the direction would turn around what stands beside them.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_REPLACEMENT = "\ufffd"


def printable(text: str) -> str:
    """Return the text with a replacement character (U+FFFD) for each one that cannot be shown.

    These are the control characters but tab, line feed and carriage return, lone surrogates, the
    controls of text direction that embed, override or isolate, and U+FFFE and U+FFFF. The length
    stays, and with it all offsets; the result can be written as UTF-8.
    """
    return _UNPRINTABLE.sub(_REPLACEMENT, text)


def escape_text(text: str) -> str:
    """Return a text for the inside of an element: what parses to ``printable(text)``."""
    # A parser reads a bare carriage return as a line feed.
    return escape(printable(text)).replace("\r", "&#13;")


def escape_line(text: str) -> str:
    """Return a text on one line, for an attribute in double quotes or a label."""
    return escape(printable(" ".join(text.split())))
