"""Short parses for the rules that find quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from quotestance.extraction.candidates import find_candidates
from quotestance.parsing.parse import Parse

Found = tuple[str | None, str, str, str]


def _rows(line: str) -> Iterator[str]:
    tokens = line.split()
    words = [t for t in tokens if "=" not in t.split("/")[0]]
    root = next((n for n, t in enumerate(words, 1) if "/0/" in t), 1)
    number = 0
    for token in tokens:
        if "=" in token.split("/")[0]:
            form, size = token.split("=")
            yield f"{number + 1}-{number + int(size)} {form}"
            continue
        number += 1
        form, *rest = token.split("/")
        if not rest:
            yield f"{number} {form} {form} PUNCT {root} punct"
            continue
        upos, head, relation, lemma, features = (*rest, "", "_")[:5]
        yield f"{number} {form} {lemma or form.lower()} {upos} {head} {relation} {features or '_'}"


@pytest.fixture
def read(parse_of: Callable[[str], Parse]) -> Callable[[str], Parse]:
    """Make a parse of lines, a sentence each; an empty line ends a paragraph.

    A word is ``form/POS/head/relation/lemma/features`` (the lemma may be left out where it is the
    form), a bare form is punctuation, and ``della=2`` writes the next two words as one token.
    """

    def made(lines: str) -> Parse:
        blocks = ("\n".join(_rows(x)) if x.strip() else "¶" for x in lines.strip().splitlines())
        return parse_of("\n\n".join(blocks))

    return made


@pytest.fixture
def found(read: Callable[[str], Parse]) -> Callable[[str], set[Found]]:
    """Return the readings of a text: cue, type, construction and the segments joined by ``|``."""

    def readings(lines: str) -> set[Found]:
        return {
            (
                candidate.cue and candidate.cue.span.text,
                content.type,
                content.construction,
                "|".join(str(segment) for segment in content.segments),
            )
            for candidate in find_candidates(read(lines))
            for content in candidate.contents
        }

    return readings
