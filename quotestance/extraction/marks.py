"""Stretches between quotation marks, whatever marks an article uses.

Works on the text alone. Marks may be nested, of several styles in one article, unbalanced, or opened
again at each paragraph of a long quote; a bad mark never costs more than its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotestance.document import Span
from quotestance.parsing.text import unwrapped

# Opening mark -> the marks that may close it. Where a mark stands on both sides, the characters
# around it tell which it is.
_CLOSERS = {"«": "»", "“": '”“"', "„": "“”", "‹": "›", "”": "”", "‘": "’", '"': '"”', "''": "''"}
_ONLY_OPENING = "«„‹"
_MARK = re.compile(r"''|[«»“”„‹›‘’\"]")
_PARAGRAPH = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_DIALOGUE = re.compile(r"\s*[–—-]\s+(?=\S)")
_BEHIND = ".,;:!?…)]»”’"  # with no word after it, a mark behind these closes
_EDGE = " \t\u00a0\u202f"
_DEEPEST = 6  # marks open at a time; more are a fault of the text


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks.

    Attributes:
        segments: The words inside, one segment, or one a paragraph when it runs over several.
        outer: From the first opening mark to the last closing mark, both included.
        depth: 0 when it stands in no other closed quotation, 1 within one, and so on.
        closed: Whether a closing mark was found; otherwise it ends with its paragraph.
    """

    segments: tuple[Span, ...]
    outer: Span
    depth: int = 0
    closed: bool = True

    @property
    def inner(self) -> Span:
        """From the first to the last character inside the marks."""
        return Span(self.segments[0].start, self.segments[-1].end)


@dataclass(frozen=True, slots=True)
class _Open:
    mark: str
    start: int
    after: int


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the stretches in quotation marks or after a dialogue dash, in the order of the text.

    No two of them cross: they stand side by side or one within the other.

    Args:
        text: An article; a line break ends a paragraph, unless lines were broken at a width.
    """
    found: list[list[Quotation]] = []  # each quotation in its parts, one a paragraph
    left_open: list[Quotation] | None = None  # what the last paragraph left open
    for paragraph in _PARAGRAPH.finditer(unwrapped(text)):
        start, end = paragraph.span()
        if not paragraph.group().strip():
            continue
        carried = text[left_open[0].outer.start] if left_open else ""
        here = [[q] for q in sorted(_in_paragraph(text, start, end, carried), key=_place)]
        if left_open and here and _continues(text, carried, here[0][0], start):
            left_open.extend(here[0])
            here[0] = left_open
            found.extend(here[1:])
        else:
            found.extend(here)
        left_open = next((parts for parts in here if not parts[-1].closed), None)
    return tuple(_joined(text, parts) for parts in found)


def _place(quotation: Quotation) -> tuple[int, int]:
    return quotation.outer.start, -quotation.outer.end


def _continues(text: str, carried: str, quotation: Quotation, start: int) -> bool:
    """Tell whether a quotation at the head of a paragraph goes on with the one left open before."""
    ahead = text[start : quotation.outer.start]
    reopened = text[quotation.outer.start] == carried
    return not ahead.strip() and (reopened or quotation.inner.start == quotation.outer.start)


def _joined(text: str, parts: list[Quotation]) -> Quotation:
    if len(parts) == 1:
        return parts[0]
    return Quotation(
        segments=tuple(segment for part in parts for segment in part.segments),
        outer=Span.of(text, parts[0].outer.start, parts[-1].outer.end),
        closed=parts[-1].closed,
    )


def _in_paragraph(text: str, start: int, end: int, carried: str) -> Iterator[Quotation]:
    """Yield the quotations of a paragraph, in no order.

    ``carried`` is the mark that the paragraph before left open: a closing mark with no opening one
    then ends a quotation that begins with the paragraph.
    """
    if carried and text[start:end].lstrip().startswith(carried):
        carried = ""  # opened again, so that nothing ends here without an opening mark
    stack: list[_Open] = []
    closed: list[Quotation] = []
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match.group(), match.start(), match.end()
        if _is_apostrophe(text, mark, after, stack):
            continue
        level = _closes(text, mark, at, after, stack)
        if level is not None:
            opened = stack[level]
            del stack[level:]
            closed.extend(_quotation(text, opened, at, after, level))
        elif mark in _CLOSERS and _may_open(text, at, after, end):
            if len(stack) < _DEEPEST:
                stack.append(_Open(mark, at, after))
        elif carried and mark in _CLOSERS.get(carried, "") and not stack:
            closed = [replace(inner, depth=inner.depth + 1) for inner in closed]
            closed.extend(_quotation(text, _Open("", start, start), at, after, 0))
            carried = ""
    for quotation in closed:
        # what was never closed holds nothing: the quotations behind a stray mark are whole
        strays = sum(opened.start < quotation.outer.start for opened in stack)
        yield replace(quotation, depth=max(0, quotation.depth - strays))
    if stack:
        yield from _quotation(text, stack[0], end, end, 0, closed=False)
    elif dialogue := _DIALOGUE.match(text, start, end):
        yield from _quotation(text, _Open("–", start, dialogue.end()), end, end, 0)


def _closes(text: str, mark: str, at: int, after: int, stack: list[_Open]) -> int | None:
    """Return the place on the stack of the opening mark that a mark closes."""
    if mark in _ONLY_OPENING:
        return None
    if mark in ("“", '"') and _may_open(text, at, after, len(text)):
        # a straight mark may do both, and then closes its own kind alone
        same = (i for i, opened in enumerate(stack) if opened.mark == mark == '"')
        return max(same, default=None)
    return next((i for i in reversed(range(len(stack))) if mark in _CLOSERS[stack[i].mark]), None)


def _may_open(text: str, at: int, after: int, end: int) -> bool:
    """Tell whether a mark stands where one opens: before a word, not behind one."""
    if text[at] in _ONLY_OPENING:
        return True
    before, following = text[at - 1 : at] or " ", text[after : min(after + 1, end)]
    if text[at] == "“":  # it closes only in the German „…“ and in slips
        return following.isalnum() or not (before.isalnum() or before in ".!?…")
    if not following or following.isspace() or before.isalnum():
        return False
    return following.isalnum() or before not in _BEHIND


def _is_apostrophe(text: str, mark: str, after: int, stack: list[_Open]) -> bool:
    if mark not in ("‘", "’"):
        return False
    following = text[after : after + 1]
    if mark == "‘":
        return following.isdigit()
    return following.isalnum() or all(opened.mark != "‘" for opened in stack)


def _quotation(
    text: str, opened: _Open, stop: int, outer_end: int, depth: int, *, closed: bool = True
) -> Iterator[Quotation]:
    """Yield the quotation between two marks, unless there is no word in it."""
    start = opened.after
    while start < stop and text[start] in _EDGE:
        start += 1
    while stop > start and text[stop - 1] in _EDGE:
        stop -= 1
    if any(c.isalnum() for c in text[start:stop]):
        segment = Span.of(text, start, stop)
        yield Quotation((segment,), Span.of(text, opened.start, outer_end), depth, closed)
