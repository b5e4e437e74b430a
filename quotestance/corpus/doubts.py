"""What in an annotated article is likely, not surely, a slip of the annotator."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotestance.document import Document

_LONG_QUOTATION = re.compile(r"[«“][^»”]{25,}[»”]")
_OPENING_MARKS = "«“\"‘'„–—-"
_QUOTATION_MARKS = '«“”»"'


def find_doubts(document: Document) -> list[str]:
    """List what a second look should confirm (guidelines, section 1: types, content span, cue).

    That is a type at odds with the quotation marks, closing punctuation inside a content, a
    reported content without a cue, and a long stretch in quotation marks that belongs to no quote.
    """
    return [*_doubtful_quotes(document), *_unquoted_stretches(document)]


def _doubtful_quotes(document: Document) -> Iterator[str]:
    text = document.text
    for quote in document.quotes:
        start, end = quote.content[0].start, quote.content[-1].end
        marks = any(mark in segment.text for segment in quote.content for mark in _QUOTATION_MARKS)
        words = repr(text[start:end][:60])
        before = text[:start].rstrip()[-1:]
        if quote.type == "direct" and start > 0 and before not in _OPENING_MARKS:
            near = text[max(0, start - 12) : start + 20]
            yield f"{quote.id}: direct, but no quotation mark stands before it: …{near!r}"
        if quote.type == "indirect" and marks:
            yield f"{quote.id}: indirect, but it has quotation marks: {words}"
        if quote.type == "mixed" and not marks:
            yield f"{quote.id}: mixed, but it has no quotation marks: {words}"
        if text[end - 1] in ".,;":
            yield f"{quote.id}: ends in punctuation: …{text[max(0, end - 20) : end]!r}"
        if not quote.cue and quote.type != "direct":
            yield f"{quote.id}: {quote.type} without a cue"


def _unquoted_stretches(document: Document) -> Iterator[str]:
    segments = [segment for quote in document.quotes for segment in quote.content]
    for match in _LONG_QUOTATION.finditer(document.text):
        if not any(s.start < match.end() and match.start() < s.end for s in segments):
            yield f"a long quoted stretch in no quote: {match.group()[:60]!r}"
