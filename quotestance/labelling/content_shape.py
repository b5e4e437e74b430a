"""How a content is cut out of its sentence, as numbers: its edges, its place in the tree, what it holds.

A content that ends before a coordinated verb, leaves a dependent out or holds another cue is cut in
another way than its fellows; a transformer sees that late, a parse tells it at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotestance.document import Span
from quotestance.extraction import Candidate, Content
from quotestance.labelling.quote_features import CONTENT_FEATURES, content_features
from quotestance.parsing import Parse, Word

_BEFORE = ("\n\r", "«“„\"‹'‘", ",", ":", "-–—", "(", ".!?…;")
_AFTER = (".!?…", ",", ";", ":", "»”\"›'’", "-–—", "()", "\n\r")
_MARKS = "«»“”„\"‹›'‘’"
_EDGE_POS = (
    "DET", "NOUN", "PROPN", "VERB", "AUX", "ADP", "PRON", "ADV", "CCONJ", "SCONJ", "ADJ", "NUM", "PUNCT",
)  # fmt: skip
_BOUND = {"ADP", "DET", "CCONJ", "SCONJ", "AUX"}  # no content ends with these
_ROOT_POS = ("VERB", "NOUN", "ADJ", "PROPN", "PRON", "AUX")
_ROOT_RELATIONS = (
    "ccomp", "xcomp", "obj", "nsubj", "obl", "parataxis", "conj", "root", "advcl", "acl", "nmod", "appos",
)  # fmt: skip
_LEFT_OUT = ("conj", "advcl", "acl", "obl", "nmod", "parataxis", "appos", "amod")
_RELATIVE = {"che", "quale", "quali", "cui"}
_TIES = {"che", "di", "a", "come", "se"}

CONTENT_SHAPE = (
    CONTENT_FEATURES
    + len(_BEFORE)
    + len(_AFTER)
    + 4 * len(_EDGE_POS)
    + len(_ROOT_POS)
    + len(_ROOT_RELATIONS)
    + len(_LEFT_OUT)
    + 54
)


@dataclass(frozen=True)
class Cutting:
    """One way to cut a candidate's content, with the words that it takes.

    Attributes:
        parse: The parse.
        candidate: The candidate.
        content: One of its contents.
        words: The words of the content.
        indexes: Their indexes.
    """

    parse: Parse
    candidate: Candidate
    content: Content
    words: tuple[Word, ...]
    indexes: frozenset[int]

    @classmethod
    def of(cls, parse: Parse, candidate: Candidate, content: Content) -> Cutting:
        """Look the words of a content up."""
        words = tuple(w for segment in content.segments for w in parse.words_in(segment))
        return cls(parse, candidate, content, words, frozenset(w.index for w in words))

    @property
    def span(self) -> Span:
        """From its first to its last character."""
        segments = self.content.segments
        return Span(segments[0].start, segments[-1].end)

    @property
    def loose(self) -> list[Word]:
        """The words whose heads are not in it: one where it is a constituent."""
        heads = [w for w in self.words if w.head not in self.indexes]
        return [w for w in heads if w.upos != "PUNCT"] or heads

    @property
    def root(self) -> Word | None:
        """The word on top, that which hangs on the cue if there is one."""
        loose, cue = self.loose, self.candidate.cue
        if cue is not None:
            loose = [w for w in loose if w.head == cue.word] or loose
        return loose[0] if loose else None


def content_shape(cutting: Cutting, cues: Mapping[int, Candidate]) -> list[float]:
    """Describe a way to cut a content.

    Args:
        cutting: The way.
        cues: The candidates of the article by the word of their cue.

    Returns:
        ``CONTENT_SHAPE`` numbers.
    """
    return [
        *content_features(cutting.candidate, cutting.content),
        *_among_its_fellows(cutting),
        *_edges(cutting),
        *_tree(cutting),
        *_inside(cutting, cues),
        *_place(cutting),
    ]


def _among_its_fellows(cutting: Cutting) -> list[float]:
    contents, own = cutting.candidate.contents, cutting.span
    lengths = [sum(map(len, c.segments)) for c in contents]
    length = sum(map(len, cutting.content.segments))
    spans = [Span(c.segments[0].start, c.segments[-1].end) for c in contents]
    others = max(1, len(contents) - 1)
    return [
        length / max(lengths),
        float(length == max(lengths)),
        float(length == min(lengths)),
        sum(own in span and span != own for span in spans) / others,
        sum(span in own and span != own for span in spans) / others,
        len(contents) / 10,
        float(cutting.content is contents[0]),
    ]


def _edges(cutting: Cutting) -> list[float]:
    parse, span, text = cutting.parse, cutting.span, cutting.parse.text
    before, after = text[: span.start][-3:].rstrip(" \t\u00a0"), text[span.end : span.end + 3]
    left, right = before[-1:] or "\n", after.lstrip(" \t\u00a0")[:1] or "\n"
    first, last = (cutting.words[0], cutting.words[-1]) if cutting.words else (None, None)
    ahead = parse.words[first.index - 1] if first is not None and first.index else None
    behind = parse.words[last.index + 1 : last.index + 4] if last is not None else ()
    onward = next((w for w in behind if w.upos != "PUNCT"), None)
    following = behind[0] if behind else None
    return [
        *(float(left in kind) for kind in _BEFORE),
        *(float(right in kind) for kind in _AFTER),
        float(after[:1] == " "),
        *_pos(ahead, _EDGE_POS),
        *_pos(first, _EDGE_POS),
        *_pos(last, _EDGE_POS),
        *_pos(following, _EDGE_POS),
        float(ahead is not None and ahead.text.lower() == "che"),
        float(ahead is not None and ahead.lemma in ("di", "a")),
        float(first is not None and parse.sentence_of(first.index).first == first.index),
        float(last is not None and parse.sentence_of(last.index).last == last.index + 1),
        float(text[span.start].isupper()),
        float(text[span.start] in _MARKS),
        float(text[span.end - 1] in _MARKS),
        float(last is not None and last.upos in _BOUND),
        float(onward is not None and onward.upos == "CCONJ"),
        float(onward is not None and onward.upos == "ADP"),
        float(onward is not None and onward.upos in ("VERB", "AUX")),
        float(onward is not None and onward.text.lower() in _RELATIVE),
    ]


def _tree(cutting: Cutting) -> list[float]:
    parse, indexes, cue = cutting.parse, cutting.indexes, cutting.candidate.cue
    own = {w.index for w in parse.words_in(cue.span)} if cue is not None else set()
    left_out = [
        child
        for word in cutting.words
        for child in parse.children(word.index)
        if child.index not in indexes
        and child.index not in own
        and child.index != cutting.candidate.source
        and child.upos != "PUNCT"
    ]
    end = cutting.words[-1].index if cutting.words else 0
    behind = [w for w in left_out if w.index > end]
    relations = {w.deprel.split(":")[0] for w in behind}
    root = cutting.root
    return [
        min(len(cutting.loose) - 1, 5) / 5,
        min(len(left_out), 6) / 6,
        min(len(behind), 6) / 6,
        float(any(w.upos in ("VERB", "AUX") for w in behind)),
        *(float(name in relations) for name in _LEFT_OUT),
        *(
            float(root is not None and root.deprel.split(":")[0] == name)
            for name in _ROOT_RELATIONS
        ),
        *_pos(root, _ROOT_POS),
        float(root is not None and cue is not None and root.head == cue.word),
        float(root is not None and root.head == -1),
    ]


def _inside(cutting: Cutting, cues: Mapping[int, Candidate]) -> list[float]:
    parse, candidate, words = cutting.parse, cutting.candidate, cutting.words
    text = parse.text[cutting.span.start : cutting.span.end]
    own = candidate.cue.word if candidate.cue is not None else None
    others = [cues[w.index] for w in words if w.index in cues and w.index != own]
    finite = [c for c in others if _finite(parse, c)]
    verbs = sum(w.upos in ("VERB", "AUX") and w.feats.get("VerbForm") == "Fin" for w in words)
    joined = sum(w.upos in ("VERB", "AUX") and w.deprel.startswith("conj") for w in words)
    places = [parse.sentence_of(w.index).index for w in (*words[:1], *words[-1:])]
    balanced = text.count("«") == text.count("»") and text.count("“") == text.count("”")
    return [
        min(verbs, 4) / 4,
        float(verbs > 0),
        min(joined, 3) / 3,
        min(sum(w.deprel.startswith("nsubj") for w in words), 3) / 3,
        min(len(others), 3) / 3,
        min(len(finite), 3) / 3,
        float(any(_is_joined(parse, c) for c in finite)),
        float(any(c.implied is not None and c.implied == candidate.implied for c in finite)),
        float(any(c.source is None for c in finite)),
        min(sum(mark in '«»“”"' for mark in text), 4) / 4,
        float(balanced and text.count('"') % 2 == 0),
        min(max(places, default=0) - min(places, default=0), 3) / 3,
        min(text.count("\n"), 2) / 2,
        min(text.count(","), 4) / 4,
        float(":" in text),
        float(";" in text),
        float(" - " in text or " – " in text),
        len(words) / 50,
    ]


def _place(cutting: Cutting) -> list[float]:
    candidate, span, indexes = cutting.candidate, cutting.span, cutting.indexes
    cue, text = candidate.cue, cutting.parse.text
    place, between = [0.0, 0.0, 0.0], ""
    if cue is not None:
        place = [
            float(span.end <= cue.span.start),
            float(span.start >= cue.span.end),
            float(span.start < cue.span.start and span.end > cue.span.end),
        ]
        between = text[cue.span.end : span.start] or text[span.end : cue.span.start]
    bare = between.strip(' \t,:«"“').lower()
    recipients = cue.recipients if cue is not None else ()
    return [
        *place,
        math.log1p(len(between)) / 5,
        float(bare == ""),
        float(bare in _TIES),
        float(candidate.source in indexes),
        float(candidate.implied in indexes),
        float(any(head in indexes for head in recipients)),
        float(any(head not in indexes for head in recipients)),
    ]


def _finite(parse: Parse, candidate: Candidate) -> bool:
    cue = candidate.cue
    return cue is not None and any(
        w.feats.get("VerbForm") == "Fin" for w in parse.words_in(cue.span)
    )


def _is_joined(parse: Parse, candidate: Candidate) -> bool:
    cue = candidate.cue
    return cue is not None and parse.words[cue.word].deprel.startswith("conj")


def _pos(word: Word | None, known: Sequence[str]) -> list[float]:
    return [float(word is not None and word.upos == name) for name in known]
