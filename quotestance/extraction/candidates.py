"""Everything that may be a quote, each with the ways to cut it: what the labeller chooses from."""

from __future__ import annotations

from dataclasses import dataclass, field

from quotestance.document import Span
from quotestance.extraction.bounding import bounded
from quotestance.extraction.contents import Content, Quotations
from quotestance.extraction.cues import Cue, find_cues
from quotestance.extraction.marks import find_quotations
from quotestance.extraction.quoted import Quoted, labelled_speech, quoted_speech
from quotestance.extraction.reported import reported_contents
from quotestance.extraction.sources import source_contents, source_phrases
from quotestance.parsing import Parse

MAX_CONTENTS = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible quote.

    Attributes:
        cue: Its cue; None for a bare quotation.
        contents: The ways in which the content may be cut, best guess first; at least one, and none of
            them overlaps the cue.
        source: Index of the head of the words that name the speaker here; None when nobody is named.
        implied: The same, or else the speaker that syntax or place suggests.
    """

    cue: Cue | None
    contents: tuple[Content, ...]
    source: int | None = None
    implied: int | None = None

    @property
    def span(self) -> Span:
        """From the first to the last character of cue and contents."""
        spans = [s for c in self.contents for s in c.segments]
        if self.cue is not None:
            spans.append(self.cue.span)
        return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(slots=True)
class _Gathering:
    cue: Cue
    contents: list[Content] = field(default_factory=list)

    def add(self, content: Content) -> None:
        if any(segment.overlaps(self.cue.span) for segment in content.segments):
            return
        if all(content.segments != known.segments for known in self.contents):
            self.contents.append(content)


def find_candidates(parse: Parse) -> tuple[Candidate, ...]:
    """Return the possible quotes of a parsed text, in the order of the text.

    A cue gives one candidate, however many contents it may have, but two when it tells a free quotation
    and, apart from it, something in the writer's words: *ha detto che la legge va cambiata: «Così non
    funziona»* are two quotes (guidelines, section 7, 5 and 17). A quotation without a cue gives one.
    """
    parse = bounded(parse)
    quotations = Quotations(find_quotations(parse.text))
    by_cue: dict[int, _Gathering] = {}
    bare: list[Candidate] = []

    def gather(cue: Cue) -> _Gathering:
        return by_cue.setdefault(cue.word, _Gathering(cue))

    for quoted in quoted_speech(parse, quotations):
        if quoted.cue is None:
            bare.append(_bare(quoted))
        else:
            gather(quoted.cue).add(quoted.content)
    bare.extend(map(_bare, labelled_speech(parse, quotations)))
    for phrase in source_phrases(parse):
        for content in source_contents(parse, quotations, phrase):
            gather(phrase).add(content)
    for cue in find_cues(parse):
        for content in reported_contents(parse, quotations, cue):
            gather(cue).add(content)
    found = [
        Candidate(g.cue, tuple(contents[:MAX_CONTENTS]), g.cue.source, g.cue.implied)
        for g in by_cue.values()
        for contents in _apart(g.contents)
        if contents
    ]
    return tuple(sorted((*found, *bare), key=lambda c: (c.span, c.cue is None)))


def _apart(contents: list[Content]) -> tuple[list[Content], list[Content]]:
    """Part the contents that share no words with the free quotations of their cue from the others."""
    free = [s for c in contents if c.type == "direct" for s in c.segments]
    apart = [
        c for c in contents if free and not any(s.overlaps(f) for s in c.segments for f in free)
    ]
    return [c for c in contents if c not in apart], apart


def _bare(quoted: Quoted) -> Candidate:
    return Candidate(None, (quoted.content,), quoted.source, quoted.implied)
