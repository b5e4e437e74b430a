from __future__ import annotations

import pytest

from quotestance.document import Entity, Span
from quotestance.evaluation import mention_form

LAVROV = Entity("lavrov", "person", "Serghei Lavrov", ("Lavrov", "il ministro degli Esteri russo"))
RUSSIA = Entity("russia", "gpe", "Russia")


def form(words, entity=LAVROV):
    return mention_form(Span.of(words, 0, len(words)), entity)


def test_no_mention_is_none():
    assert mention_form(None, LAVROV) == "none"


def test_mention_without_text_is_refused():
    with pytest.raises(ValueError, match="no text"):
        mention_form(Span(0, 6), LAVROV)


@pytest.mark.parametrize(
    "words", ["Lavrov", "Serghei Lavrov", "Il ministro degli Esteri russo Serghei Lavrov"]
)
def test_a_word_of_the_name_makes_a_name(words):
    assert form(words) == "name"


@pytest.mark.parametrize(
    "words",
    [
        "Il ministro",
        "il ministro degli Esteri",
        "Il Ministro degli Esteri della Federazione Russa",
        "il Ministro",
        "l’ex ambasciatore a New York",
        "Suo fratello",
        "questi signori",
        "entrambe le associazioni",
    ],
)
def test_descriptions_are_nominals(words):
    assert form(words) == "nominal"


@pytest.mark.parametrize(
    "words",
    [
        *("Lui", "lei", "egli", "ella", "costui", "che", "chi", "cui", "il quale", "la quale"),
        *("quest'ultimo", "quest’ultima", "Questi", "quelli", "loro stessi", "qualcuno", "alcuni"),
        *("molti", "tutti", "entrambi", "nessuno", "uno", "l'altro", "l’altra", "gli altri", "noi"),
        *("uno di loro", "una delle vittime", "alcuni dell'opposizione", "chi era nella stanza"),
    ],
)
def test_pronouns(words):
    assert form(words) == "pronoun"


@pytest.mark.parametrize("words", ["Mosca", "Il Cremlino", "il Cremlino", "la Federazione russa"])
def test_of_a_country_a_leading_capital_makes_a_name(words):
    assert form(words, RUSSIA) == "name"


def test_of_a_country_its_government_is_a_nominal():
    assert form("Il governo di Mosca", RUSSIA) == "nominal"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("Fonti diplomatiche", "group", "Fonti diplomatiche"),
        ("gli osservatori delle Nazioni Unite", "group", "Gli osservatori delle Nazioni Unite"),
        ("Il questore di Arezzo", "person", "Il questore di Arezzo"),
        ("Miliardario australiano", "person", "Miliardario australiano"),
        ("Papa Benedetto XVI", "person", "il Papa"),
    ],
)
def test_an_entity_that_is_only_described_has_no_name(name, kind, words):
    assert form(words, Entity("e", kind, name)) == "nominal"


@pytest.mark.parametrize(
    ("name", "kind", "aliases", "words"),
    [
        ("i Verdi", "group", (), "I Verdi"),
        ("i pm Antonio Rinaudo e Andrea Padalino", "group", (), "Rinaudo e Padalino"),
        ("Luigi Di Maio", "person", (), "il vicepremier Di Maio"),
        ("Joseph Ratzinger", "person", ("Benedetto XVI",), "il papa Benedetto XVI"),
        ("il ministro Carlo Nordio", "person", (), "Nordio"),
    ],
)
def test_names_are_found_among_titles_and_aliases(name, kind, aliases, words):
    assert form(words, Entity("e", kind, name, aliases)) == "name"
