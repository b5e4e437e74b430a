"""Other names, the same article."""

from __future__ import annotations

import re

import pytest

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.evaluation.renaming import masked, swapped
from quotestance.evaluation.shortcuts import shortcuts

TEXT = (
    "Il premier Mario Rossi accusa l'Ucraina e Anna Neri. La signora Neri tace. «Rossi mente», "
    "dice il portavoce di Neri all'Ucraina; il premier Rossi ride."
)


def spans(*words: str) -> tuple[Span, ...]:
    found = [
        Span.of(TEXT, *match.span())
        for word in words
        for match in re.finditer(re.escape(word), TEXT)
    ]
    return tuple(sorted(found))


@pytest.fixture
def article() -> Document:
    rossi = Entity("r", "person", "Mario Rossi", ("Mario Rossi", "Rossi"), mentions=spans("Rossi"))
    neri = Entity(
        "n", "person", "Anna Neri", ("Anna Neri", "Neri"), mentions=spans("La signora Neri")
    )
    kiev = Entity("k", "gpe", "Ucraina", ("Ucraina",), mentions=spans("Ucraina"))
    nobody = Entity("p", "person", "il portavoce", mentions=spans("il portavoce"))
    first = Quote(
        "q1", "direct", spans("Rossi mente"), spans("dice"), Speaker(nobody, spans("il portavoce")[0]),
        (Stance(rossi, "accusatory"), Stance(kiev, "neutral")),
    )  # fmt: skip
    second = Quote(
        "q2", "indirect", spans("accusa"), (), Speaker(rossi), (Stance(neri, "accusatory"),)
    )  # fmt: skip
    return Document("a", TEXT, (rossi, neri, kiev, nobody), (second, first))


def check(document: Document) -> None:
    for span in (
        *(m for e in document.entities for m in e.mentions),
        *(s for q in document.quotes for s in (*q.content, *q.cue)),
    ):
        assert document.text[span.start : span.end] == span.text
    assert all(quote.speaker.entity in document.entities for quote in document.quotes)
    assert all(s.target in document.entities for q in document.quotes for s in q.stances)


def test_masked_names_are_neutral_and_one_for_each_party(article) -> None:
    found = masked(article)
    assert found.text == (
        "Il premier Persona A accusa l'Area C e Individuo B. La signora Persona B tace. "
        "«Persona A mente», dice il portavoce di Persona B all'Area C; il premier Persona A ride."
    )
    check(found)
    assert found.quotes[1].text == "Persona A mente"
    assert found.entities[3].name == "il portavoce"


def test_swapped_parties_have_each_others_names(article) -> None:
    found = swapped(article, "r", "n")
    assert found.text == (
        "Il premier Anna Neri accusa l'Ucraina e Mario Rossi. La signora Rossi tace. «Neri mente», "
        "dice il portavoce di Rossi all'Ucraina; il premier Neri ride."
    )
    check(found)
    assert swapped(found, "r", "n").text == article.text


def test_a_party_without_a_name_cannot_be_swapped(article) -> None:
    with pytest.raises(ValueError, match="only parties that the text names"):
        swapped(article, "r", "p")


def test_who_knows_the_names_is_found_out(article) -> None:
    def by_name(document, quote, target):
        entity = document.entity(target)
        label = "accusatory" if entity.name in ("Mario Rossi", "Anna Neri") else "neutral"
        return {"accusatory": 0.0, "neutral": 0.1, label: 0.9}

    found = shortcuts([article], by_name)
    assert found.original.accuracy.value == 1.0
    assert found.masked.accuracy.correct == 1  # neutral toward Ucraina
    assert found.swapped.total == 1
    table = {row[0]: row[1] for row in found.table().rows}
    assert table["macro-F1"] == "1.000"
    assert float(table["macro-F1 lost by masking"]) > 0.5


def test_a_target_that_cannot_be_asked_about_is_left_out(article) -> None:
    def refuses(document, quote, target):
        if target == "k":
            raise ValueError("not mentioned")
        return {"accusatory": 1.0, "neutral": 0.0}

    found = shortcuts([article], refuses)
    assert found.original.accuracy.total == 2
    assert found.swapped.value == 1.0
