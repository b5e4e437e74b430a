"""What the quotation marks of a text tell where a format is silent."""

from __future__ import annotations

from collections.abc import Sequence

from quotestance.document import QuoteType, Span

_OPENING, _CLOSING = "«“\"„‘'", "»”\"’'"


def quote_type(text: str, content: Sequence[Span]) -> QuoteType:
    """Return the type of a quote by its quotation marks (guidelines, section 1).

    A content is direct when marks enclose each of its segments, indirect when it has none within.
    That a complementiser ties a quotation in, which makes it mixed, is not seen.

    Args:
        text: The article.
        content: The segments of the content.
    """
    if all(_enclosed(text, segment) for segment in content):
        return "direct"
    words = "".join(text[segment.start : segment.end] for segment in content)
    return "mixed" if any(mark in words for mark in '«»“”"') else "indirect"


def _enclosed(text: str, segment: Span) -> bool:
    """Tell whether marks stand around a segment, or at its own edges."""
    before, after = text[: segment.start].rstrip()[-1:], text[segment.end :].lstrip(" ,.")[:1]
    words = text[segment.start : segment.end]
    if before and after and before in _OPENING and after in _CLOSING:
        return True
    inner = words[1:-1]
    return words[0] in '«“"„' and words[-1] in '»”"' and not any(m in inner for m in "«»“”")
