"""Whom annotated articles tell to be meant by an entity without a name."""

from __future__ import annotations

import pytest

from quotestance.document import Document, Entity, Span
from quotestance.extraction import extract
from quotestance.labelling.entity_links import link_examples
from quotestance.training.link_targets import links_told

TEXT = """
1 Giulia Giulia PROPN 3 nsubj Gender=Fem|Number=Sing B-PER
2 Bo Bo PROPN 1 flat:name _ I-PER
3 accusa accusare VERB 0 root Number=Sing|VerbForm=Fin _
4 Ugo Ugo PROPN 3 obj Gender=Masc|Number=Sing B-PER
5 Re Re PROPN 4 flat:name _ I-PER
6 . . PUNCT 3 punct _ _

1 La il DET 2 det Definite=Def|Gender=Fem|Number=Sing _
2 ministra ministra NOUN 4 nsubj Gender=Fem|Number=Sing _
3 ha avere AUX 4 aux Number=Sing|VerbForm=Fin _
4 detto dire VERB 0 root VerbForm=Part _
5 che che SCONJ 6 mark _ _
6 piove piovere VERB 4 ccomp Number=Sing|VerbForm=Fin _
7 . . PUNCT 4 punct _ _
"""


@pytest.fixture
def extraction(parse_of):
    return extract(parse_of(TEXT))


def annotated(text: str, *entities: tuple[str, ...]) -> Document:
    """A document whose entities have these words as mentions."""
    found = []
    for number, mentions in enumerate(entities):
        spans = tuple(Span.of(text, text.index(m), text.index(m) + len(m)) for m in mentions)
        found.append(Entity(f"e{number}", "person", mentions[0], mentions=spans))
    return Document("a", text, tuple(found))


@pytest.fixture
def told(extraction):
    """The options right for *la ministra*, and those that take part, by the words of their entities."""

    def run(*entities: tuple[str, ...]) -> tuple[set[str], set[str]]:
        document = annotated(extraction.parse.text, *entities)
        [example] = link_examples(extraction)
        [one] = links_told(document, extraction)
        names = ["nobody"] + [
            extraction.mentions[extraction.clusters[o][0]].span.text for o in example.others
        ]
        return (
            {n for n, right in zip(names, one.choice.right, strict=True) if right},
            {n for n, known in zip(names, one.choice.known, strict=True) if known},
        )

    return run


def test_it_is_the_entity_of_which_it_is_a_mention(told) -> None:
    right, known = told(("Giulia Bo", "La ministra"), ("Ugo Re",))
    assert right == {"Giulia Bo"}
    assert known == {"nobody", "Giulia Bo", "Ugo Re"}


def test_who_is_annotated_apart_is_none_of_the_others(told) -> None:
    right, _ = told(("Giulia Bo",), ("La ministra",))
    assert right == {"nobody"}


def test_of_those_that_nobody_annotated_nothing_is_learned(extraction) -> None:
    document = annotated(extraction.parse.text, ("Giulia Bo",), ("Ugo Re",))
    assert links_told(document, extraction) == []


def test_a_phrase_that_only_ends_with_a_mention_is_not_that_entity(parse_of) -> None:
    table = TEXT.replace(
        "2 ministra ministra NOUN 4 nsubj Gender=Fem|Number=Sing _\n3 ha",
        "2 ministra ministra NOUN 5 nsubj Gender=Fem|Number=Sing _\n3 Bo Bo PROPN 2 nmod _ B-PER\n4 ha",
    )
    assert "3 Bo Bo" in table
    table = table.replace("avere AUX 4 aux", "avere AUX 5 aux").replace(
        "4 detto dire VERB", "5 detto dire VERB"
    )
    table = table.replace("5 che che SCONJ 6", "6 che che SCONJ 7").replace(
        "6 piove piovere VERB 4", "7 piove piovere VERB 5"
    )
    table = table.replace("7 . . PUNCT 4", "8 . . PUNCT 5")
    extraction = extract(parse_of(table))
    document = annotated(extraction.parse.text, ("Giulia Bo", "Bo"), ("Ugo Re",))
    assert links_told(document, extraction) == []
