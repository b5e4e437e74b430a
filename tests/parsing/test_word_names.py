from __future__ import annotations

from types import SimpleNamespace

import pytest
import stanza

from quotestance.parsing.word_names import tag_names, token_tags


@pytest.mark.parametrize(
    ("tags", "sizes", "expected"),
    [
        ("O S-PER O", [1, 1, 1], "O S-PER O"),
        ("B-PER E-PER O S-LOC", [1, 1, 1, 1], "B-PER E-PER O S-LOC"),
        ("B-ORG I-ORG I-ORG E-ORG O", [1, 2, 1, 1], "B-ORG I-ORG E-ORG O"),  # Corte della Valle
        ("O B-LOC E-LOC", [2, 1], "O S-LOC"),  # a name begins within della
        ("O S-LOC", [2], "O"),
        ("B-PER E-PER", [2], "S-PER"),
        ("S-PER S-PER", [1, 1], "S-PER S-PER"),
        ("B-PER B-LOC E-LOC", [1, 1, 1], "S-PER B-LOC E-LOC"),
        ("I-PER E-PER", [1, 1], "B-PER E-PER"),  # no tagger should say so
    ],
)
def test_tags_of_words_become_tags_of_tokens(tags, sizes, expected) -> None:
    assert token_tags(tags.split(), sizes) == expected.split()


class Tagger:
    """Takes capitalised words for persons."""

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def process(self, document):
        for sentence in document.sentences:
            self.read.append([token.text for token in sentence.tokens])
            for token in sentence.tokens:
                token.ner = "S-PER" if token.text.istitle() else "O"
        return document


def test_the_tagger_reads_words_and_the_document_has_names() -> None:
    rows = [
        {"id": (1,), "text": "Anna", "start_char": 0, "end_char": 4},
        {"id": (2, 3), "text": "della", "start_char": 5, "end_char": 10},
        {"id": (2,), "text": "di"},
        {"id": (3,), "text": "la"},
        {"id": (4,), "text": "Rossi", "start_char": 11, "end_char": 16},
    ]
    document, empty = stanza.Document([rows], text="Anna della Rossi"), stanza.Document([])
    tagger = Tagger()
    tag_names(tagger, [document, empty])
    assert tagger.read == [["Anna", "di", "la", "Rossi"]]
    assert [token.ner for token in document.sentences[0].tokens] == ["S-PER", "O", "S-PER"]
    assert [(e.text, e.start_char, e.end_char) for e in document.ents] == [
        ("Anna", 0, 4),
        ("Rossi", 11, 16),
    ]
    tag_names(SimpleNamespace(), [empty])  # nothing to read
