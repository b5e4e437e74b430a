"""Cutting the content of a quote out of the text.

The rules are those of section 1 of the annotation guidelines: no enclosing quotation marks around
direct speech, no complementiser, no closing punctuation; the marks of a mixed content stay.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quotestance.document import QuoteType, Span
from quotestance.extraction.marks import Quotation
from quotestance.parsing import Parse, Word

_THAT = {"che", "ch'", "ch’"}
_COMPLEMENTISERS = _THAT | {"di", "a", "ad", "d'", "d’", "per"}
_FUSED = 4  # words that one token may hold
_OPENING = '«“„‹"”'
_CLOSING = '»”“›"'
_START_PUNCTUATION = set(" \t\u00a0,;:.–—-)")
_END_PUNCTUATION = set(" \t\u00a0,;:.–—-(")
_STRONG = {"!", "?", "…", "...", ")", "]"}  # closing punctuation that belongs to a content
# constructions in which a content that is wholly in quotation marks stands free
_FREE = {"clause", "parenthetical", "colon", "source"}
# constructions in which a preposition at the head belongs to the content: Al momento no, ha detto X
_LOOSE = {"parenthetical", "colon", "source", "label"}


@dataclass(frozen=True, slots=True)
class Content:
    """One way to cut the content of a quote.

    Attributes:
        segments: The words reported.
        type: What kind of quote it would be.
        construction: How it was found: ``marks``, ``clause``, ``object``, ``source``…
    """

    segments: tuple[Span, ...]
    type: QuoteType
    construction: str


class Quotations:
    """The quotations of a text, looked up by place.

    Args:
        quotations: As ``find_quotations`` gives them.
    """

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.all = tuple(quotations)
        self._starts = [q.outer.start for q in self.all]
        self._around: list[int | None] = []  # for each quotation, the one in which it stands
        around: int | None = None
        for number, quotation in enumerate(self.all):
            while around is not None and self.all[around].outer.end <= quotation.outer.start:
                around = self._around[around]
            self._around.append(around)
            around = number

    def near(self, span: Span) -> tuple[Quotation, ...]:
        """Return the quotations that share a character with a span."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end)
        found = list(self.all[low:high])
        number = low - 1 if low else None
        while number is not None:
            if self.all[number].outer.end > span.start:
                found.insert(0, self.all[number])
            number = self._around[number]
        return tuple(found)

    def exactly(self, span: Span) -> Quotation | None:
        """Return the quotation that a span covers from mark to mark, if there is one."""
        return next((q for q in self.near(span) if q.outer == span), None)

    def starting(self, offset: int) -> Quotation | None:
        """Return the quotation whose opening mark stands at an offset."""
        place = bisect_left(self._starts, offset)
        found = place < len(self.all) and self._starts[place] == offset
        return self.all[place] if found else None

    def whole(self, span: Span) -> Span:
        """Widen a span so that it cuts through no quotation."""
        for quotation in self.near(span):
            outer = quotation.outer
            inside = quotation.inner.start <= span.start and span.end <= quotation.inner.end
            if inside or outer in span:
                continue
            share = min(span.end, outer.end) - max(span.start, outer.start)
            if outer.start < span.start and share <= 2:
                span = Span(outer.end, span.end) if outer.end < span.end else span
            elif span.end < outer.end and share <= 2:
                span = Span(span.start, outer.start) if span.start < outer.start else span
            else:
                span = Span(min(span.start, outer.start), max(span.end, outer.end))
        return span

    def type_of(self, segments: Iterable[Span]) -> QuoteType:
        """Tell the type of a quote that has these segments and is tied into its sentence."""
        if any(
            q.outer.overlaps(segment) and segment not in q.inner
            for segment in segments
            for q in self.near(segment)
        ):
            return "mixed"
        return "indirect"


def tied_content(
    parse: Parse,
    quotations: Quotations,
    words: Collection[int],
    barred: Collection[int],
    construction: str,
) -> Content | None:
    """Make a content of words of a sentence.

    Args:
        parse: The parse.
        quotations: The quotations of the text.
        words: Indexes of the words of the content.
        barred: Words that must not be in it, those of the cue and its source: they break it in segments.
        construction: See ``Content``.

    Returns:
        The content, or None when no word is left.
    """
    wanted = sorted(set(words).difference(barred))
    if not wanted:
        return None
    segments = []
    for run in _runs(wanted, barred):
        span = _trim(parse, run, construction if run.start == wanted[0] else None)
        if span is not None:
            segments.append(_trim_span(parse.text, quotations.whole(span)))
    kept = tuple(s for s in segments if s is not None)
    if not kept or any(a.end > b.start for a, b in pairwise(kept)):
        return None
    if construction in _FREE and not _complementised(parse, wanted[0]):
        free = [quotations.exactly(s) for s in kept]
        if all(free):
            inner = [s for q in free if q is not None for s in q.segments]
            return free_content(parse.text, inner, construction)
    return Content(kept, quotations.type_of(kept), construction)


def _runs(wanted: Sequence[int], barred: Collection[int]) -> Iterator[range]:
    """Yield the stretches from the first to the last wanted word that the barred words part."""
    first, last = wanted[0], wanted[-1]
    stops = sorted(i for i in barred if first < i < last)
    for before, stop in pairwise((first - 1, *stops, last + 1)):
        start = wanted[bisect_left(wanted, before)]
        if start < stop:
            yield range(start, stop)


def _complementised(parse: Parse, first: int) -> bool:
    """Tell whether a complementiser ties a content in, at its first word or right before it."""
    around = parse.words[max(0, first - 1) : first + 1]
    return any(w.text.lower() in _COMPLEMENTISERS and w.upos in ("SCONJ", "ADP") for w in around)


def _trim(parse: Parse, run: range, construction: str | None) -> Span | None:
    """Return the span of a run without the punctuation and the complementiser at its edges."""
    words, first, last = parse.words, run.start, run.stop - 1
    while first <= last and words[first].upos == "PUNCT" and words[first].text not in _OPENING:
        first += 1
    if construction is not None:
        first += _complementiser(words[first : min(first + _FUSED, last + 1)], construction)
    while first <= last and words[last].upos == "PUNCT" and words[last].text[-1] not in _CLOSING:
        if words[last].text in _STRONG and last > first:
            break
        last -= 1
    if all(words[i].upos == "PUNCT" for i in range(first, last + 1)):
        return None
    return Span.of(parse.text, words[first].start, words[last].end)


def _complementiser(words: Sequence[Word], construction: str) -> int:
    """Return how many words at the head of a content only tie it to its cue."""
    if not words or words[0].text.lower() not in _COMPLEMENTISERS:
        return 0
    if words[0].text.lower() in _THAT:
        return 1
    if words[0].upos not in ("SCONJ", "ADP") or construction in _LOOSE:
        return 0
    # an article fused with the preposition stays out with it: parla della «crisi»
    return next((n for n, w in enumerate(words) if w.start != words[0].start), len(words))


def _trim_span(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start] in _START_PUNCTUATION:
        start += 1
    while end > start and text[end - 1] in _END_PUNCTUATION:
        if text[end - 1] == "." and text[max(start, end - 3) : end].count(".") > 1:
            break  # an abbreviation or an ellipsis
        end -= 1
    return Span.of(text, start, end) if start < end else None


def free_content(text: str, segments: Sequence[Span], construction: str) -> Content | None:
    """Make a direct content of what stands inside quotation marks, without closing punctuation."""
    kept = []
    for segment in segments:
        start, end = segment.start, segment.end
        while start < end and text[start] in " \t\u00a0,;.–—-":
            start += 1
        while end > start and text[end - 1] in " \t\u00a0,;.–—-":
            end -= 1
        if start < end:
            kept.append(Span.of(text, start, end))
    return Content(tuple(kept), "direct", construction) if kept else None
