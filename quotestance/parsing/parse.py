"""What a parser finds in a text: words with their syntax, sentences and names.

Independent of any parser. Word indexes run over the whole document; offsets are characters of the
text, end exclusive. Parts of speech, features and relations are those of Universal Dependencies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from quotestance.document.spans import Span

NameLabel = Literal["PER", "LOC", "ORG"]


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word. Words of a multi-word token (*della*: *di*, *la*) share its offsets.

    Attributes:
        index: Position in ``Parse.words``.
        start: Offset of the first character of its token.
        end: Offset after the last character of its token.
        text: The form; for a part of a multi-word token the expanded form.
        lemma: The lemma.
        upos: The UD part of speech.
        head: Index of the governing word; -1 for the root of a sentence.
        deprel: The UD relation to the head.
        feats: The UD features.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    head: int
    deprel: str
    feats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of words.

    Attributes:
        index: Position in ``Parse.sentences``.
        first: Index of its first word.
        last: Index after its last word.
        paragraph: Number of the paragraph in which it stands; a line break ends a paragraph.
    """

    index: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Name:
    """A named entity: its span and label (``PER``, ``LOC`` or ``ORG``)."""

    span: Span
    label: NameLabel


@dataclass(frozen=True)
class Parse:
    """A parsed text.

    Attributes:
        text: The text, unchanged.
        words: All syntactic words, in order.
        sentences: The sentences, in order.
        names: The named entities, in order.
    """

    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[Name, ...]

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head >= 0:
                found[word.head].append(word.index)
        return tuple(map(tuple, found))

    @cached_property
    def _sentence_of(self) -> tuple[int, ...]:
        return tuple(s.index for s in self.sentences for _ in range(s.first, s.last))

    def children(self, index: int, *deprels: str) -> tuple[Word, ...]:
        """Return the dependents of a word, in order; with ``deprels`` only those relations.

        A relation given without a subtype (``obl``) also takes its subtypes (``obl:agent``).
        """
        words = (self.words[i] for i in self._children[index])
        if not deprels:
            return tuple(words)
        return tuple(w for w in words if w.deprel in deprels or w.deprel.split(":")[0] in deprels)

    def case(self, index: int) -> str:
        """Return the lemma of a word's first case marker (*di*, *contro*); empty without one."""
        return next((word.lemma for word in self.children(index, "case")), "")

    def subtree(self, index: int, without: Iterable[int] = ()) -> tuple[int, ...]:
        """Return the indexes of a word and all that hangs on it, in order.

        Args:
            index: The word on top.
            without: Words whose whole subtrees are left out.
        """
        barred, found, stack = set(without), [], [index]
        while stack:
            current = stack.pop()
            if current in barred:
                continue
            found.append(current)
            stack.extend(self._children[current])
        return tuple(sorted(found))

    def ancestors(self, index: int) -> Iterator[Word]:
        """Yield the head of a word, the head's head, and so on up to the root."""
        head = self.words[index].head
        while head >= 0:
            yield self.words[head]
            head = self.words[head].head

    def sentence_of(self, index: int) -> Sentence:
        """Return the sentence in which a word stands."""
        return self.sentences[self._sentence_of[index]]

    def sentence_words(self, sentence: Sentence) -> tuple[Word, ...]:
        """Return the words of a sentence."""
        return self.words[sentence.first : sentence.last]

    def span(self, first: int, last: int) -> Span:
        """Return the span from the start of word ``first`` to the end of word ``last`` (included)."""
        return Span.of(self.text, self.words[first].start, self.words[last].end)

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """Return the words whose tokens overlap a span."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].end <= span.start:
                low = middle + 1
            else:
                high = middle
        high = low
        while high < len(self.words) and self.words[high].start < span.end:
            high += 1
        return self.words[low:high]
