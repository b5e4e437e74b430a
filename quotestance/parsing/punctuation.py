"""Where punctuation marks hang in a tree: by rule, so that no parse depends on the style of a text.

Treebanks attach marks in different ways, and what is learned from them is wrong for a fourth of the
marks. The words alone say where a mark belongs: after the guidelines of Universal Dependencies
(https://universaldependencies.org/u/dep/punct.html), at the highest word of the unit that it sets off,
without crossing an arc. ``ud.FixPunct`` of Udapi (Popel, Žabokrtský and Vojtek 2017, *Udapi: Universal
API for Universal Dependencies*) does so for whole treebanks; here it is written anew for the Italian
ISDT, where a comma before anything but a conjunct hangs on the governor of what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

PUNCT = "PUNCT"
_CLOSING = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "“": "”", "„": "“", "‘": "’"}
_SAME = frozenset({'"', "'", "''", "``", "”", "’"})  # marks that may open as well as close
_FINAL = frozenset({".", "?", "!", "…", "..."})  # belong to what is before them
_SEPARATING = frozenset({",", ";"})


def attach_marks(
    forms: Sequence[str], upos: Sequence[str], heads: Sequence[int], deprels: Sequence[str]
) -> list[int]:
    """Return the heads of a sentence with each punctuation mark where the words say.

    Arcs between words stay. What hangs on a mark hangs on its governor then. A sentence whose root is
    a mark, or that has no words, stays as it is.

    Args:
        forms: The words.
        upos: Their parts of speech.
        heads: Their heads, as positions in the sentence; -1 for the root.
        deprels: Their relations.
    """
    marks = [i for i, tag in enumerate(upos) if tag == PUNCT]
    if not marks or len(marks) == len(heads) or any(heads[i] < 0 for i in marks):
        return list(heads)
    tree = _Tree(upos, heads, deprels)
    found = list(tree.heads)
    opening: set[int] = set()
    closing: set[int] = set()
    for left, right in _pairs(forms, marks):
        tops = tree.tops(left, right)
        if tops:
            found[left], found[right] = tops[0], tops[-1]
            opening.add(left)
            closing.add(right)
    for mark in set(marks) - opening - closing:
        found[mark] = tree.place(mark, forms[mark], opening, closing)
    return found


class _Tree:
    """The words of a sentence without its marks, and how far each with its dependents reaches."""

    def __init__(self, upos: Sequence[str], heads: Sequence[int], deprels: Sequence[str]) -> None:
        self.size = len(heads)
        self.is_mark = [tag == PUNCT for tag in upos]
        self.deprels = deprels
        self.heads = [self._governor(heads, i) for i in range(self.size)]
        self.first, self.last = list(range(self.size)), list(range(self.size))
        for word in range(self.size):
            if self.is_mark[word]:
                continue
            for above in self.path(word):
                self.first[above] = min(self.first[above], word)
                self.last[above] = max(self.last[above], word)

    def _governor(self, heads: Sequence[int], word: int) -> int:
        head = heads[word]
        while head >= 0 and self.is_mark[head]:
            head = heads[head]
        return head

    def path(self, word: int) -> Iterator[int]:
        """Yield the governor of a word, that one's governor, and so on up to the root."""
        word = self.heads[word]
        while word >= 0:
            yield word
            word = self.heads[word]

    def tops(self, opening: int, closing: int) -> list[int]:
        """Return the words between two marks that hang outside or govern what stands outside."""
        within = range(opening + 1, closing)
        tops = {i for i in within if not self.is_mark[i] and self.heads[i] not in within}
        tops |= {
            head
            for i, head in enumerate(self.heads)
            if i not in within and head in within and not self.is_mark[i]
        }
        return sorted(tops)

    def place(self, mark: int, form: str, opening: set[int], closing: set[int]) -> int:
        """Return the word on which a mark that is no half of a pair hangs."""
        left = self._climb(mark, self._neighbour(mark, -1, opening), -1)
        right = None
        if form not in _FINAL:
            right = self._climb(mark, self._neighbour(mark, 1, closing), 1)
        if right is None:
            return self.heads[mark] if left is None else left
        if left is not None and left not in self.path(right):
            joins = self.deprels[left] == "cc" and self.heads[left] >= 0
            return self.heads[left] if joins else left
        if form in _SEPARATING and self.heads[right] >= 0 and self.deprels[right] != "conj":
            return self.heads[right] if left is not None else right
        return right

    def _neighbour(self, mark: int, step: int, barriers: set[int]) -> int | None:
        at = mark + step
        while 0 <= at < self.size and self.is_mark[at]:
            if at in barriers:
                return None
            at += step
        return at if 0 <= at < self.size else None

    def _climb(self, mark: int, word: int | None, side: int) -> int | None:
        """Go up from a word as long as governor and dependents stay on its side of the mark."""
        if word is None:
            return None
        for above in self.path(word):
            crosses = self.last[word] > mark if side < 0 else self.first[word] < mark
            if crosses or (above > mark if side < 0 else above < mark):
                break
            word = above
        return word


def _pairs(forms: Sequence[str], marks: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the marks that open and close, innermost first."""
    stack: list[int] = []
    for mark in marks:
        form = forms[mark]
        match = next((i for i in reversed(stack) if _matches(forms[i], form)), None)
        if match is not None:
            del stack[stack.index(match) :]
            yield match, mark
        elif form in _CLOSING or form in _SAME:
            stack.append(mark)


def _matches(opening: str, closing: str) -> bool:
    return _CLOSING.get(opening) == closing or (opening == closing and opening in _SAME)
