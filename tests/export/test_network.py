"""Many articles as one network, drawn and over time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from quotestance import QuotestanceError
from quotestance.document import Entity
from quotestance.export import dyads, network_svg, plain_name, stance_network, timeline_svg

LAVROV, RUBIO = "Serghei Lavrov", "Marco Rubio"


@pytest.fixture
def documents(document):
    """Two articles in which the same two speak; in the second Rubio's stance is another."""
    first, *others = document.quotes
    stance, kiev = first.stances
    named = replace(stance.target, id="x", name="  Marco  Rubio ")
    changed = replace(first, stances=(replace(stance, target=named, label="accusatory"), kiev))
    entities = (*document.entities, named)
    return [document, replace(document, id="late", entities=entities, quotes=(changed, *others))]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("la Procura", "Procura"),
        ("L'opposizione", "Opposizione"),
        ("gli  Stati Uniti", "Stati Uniti"),
        ("Lavrov", "Lavrov"),
        ("I", "I"),
        ("Iliad", "Iliad"),
        ("le", "Le"),
    ],
)
def test_parties_are_named_without_their_article(name, expected):
    assert plain_name(Entity("e", "org", name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("La Russa", "La Russa"),
        ("L'Abbate", "L'Abbate"),
        ("Il sindaco", "Sindaco"),
        ("il Papa", "Papa"),
        ("Lo Voi", "Lo Voi"),
    ],
)
def test_surnames_keep_what_looks_like_an_article(name, expected):
    assert plain_name(Entity("e", "person", name)) == expected


def test_parties_of_one_name_are_one(documents):
    graph = stance_network(documents)
    assert set(graph.nodes) == {LAVROV, RUBIO, "Kiev"}
    told = [(d["document"], d["label"]) for d in graph.get_edge_data(LAVROV, RUBIO).values()]
    assert told == [("doc", "conciliatory"), ("late", "accusatory")]
    assert graph.nodes["Kiev"] == {"kind": "gpe"}


def test_the_caller_may_name_parties(documents):
    found = list(dyads(documents, lambda entity: "Russia" if "Lavrov" in entity.name else "others"))
    assert {(d.speaker, d.target) for d in found} == {("Russia", "others")}


def test_nobody_stands_toward_himself(documents):
    assert list(dyads(documents, lambda entity: "all")) == []


def test_the_drawing_counts_over_articles_and_keeps_the_busiest(documents):
    titles = re.findall(r"<title>(.*?)</title>", network_svg(documents))
    assert "Serghei Lavrov → Kiev: accusatory, 2 quotes" in titles
    assert len(titles) == 3
    assert "Kiev" not in network_svg(documents[:1], most=2)
    ElementTree.fromstring(network_svg([]))


def test_the_drawing_keeps_pairs_and_not_parties_that_have_nothing_to_say_to_each_other(document):
    first = document.quotes[0]
    speaker, target = first.speaker.entity, first.stances[0].target

    def article(key, said_by, said_to):
        by, to = (replace(e, name=name) for e, name in ((speaker, said_by), (target, said_to)))
        quote = replace(
            first,
            speaker=replace(first.speaker, entity=by),
            stances=(replace(first.stances[0], target=to),),
        )
        return replace(document, id=key, entities=(by, to), quotes=(quote,))

    said = [("Comune", "A"), ("Comune", "B"), ("Comune", "C"), ("Regione", "D"), ("Regione", "E")]
    said += [("Regione", "F"), ("X", "Y"), ("X", "Y")]
    documents = [article(f"d{n}", *pair) for n, pair in enumerate(said)]
    assert re.findall(r"<title>(.*?)</title>", network_svg(documents, most=2)) == [
        "X → Y: conciliatory, 2 quotes"
    ]


def test_a_timeline_has_a_point_for_each_quote(documents):
    days = {"doc": date(2025, 3, 1), "late": date(2025, 4, 2)}
    svg = timeline_svg(documents, days, LAVROV, RUBIO)
    circles = list(ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}circle"))
    assert len(circles) == 2
    assert float(circles[0].get("cx")) < float(circles[1].get("cx"))
    assert float(circles[0].get("cy")) < float(circles[1].get("cy"))  # conciliatory above
    assert circles[0][0].text.startswith("01.03.2025, doc: Pronti")
    assert "02.04.2025" in svg


def test_quotes_of_one_day_do_not_hide_each_other(documents):
    days = dict.fromkeys(("doc", "late"), date(2025, 3, 1))
    svg = timeline_svg(documents, days, LAVROV, "Kiev")
    places = [(c.get("cx"), c.get("cy")) for c in ElementTree.fromstring(svg).iter() if c.get("cx")]
    assert len(set(places)) == 2


def test_many_quotes_of_one_day_stay_in_their_lane(document):
    documents = [replace(document, id=str(number)) for number in range(30)]
    svg = timeline_svg(documents, {d.id: date(2025, 3, 1) for d in documents}, LAVROV, RUBIO)
    heights = [float(y) for y in re.findall(r'<circle cx="[^"]*" cy="([^"]*)"', svg)]
    assert len(set(heights)) == 30
    assert all(30 + 5 < y < 30 + 44 - 5 for y in heights)  # the lane of the first label


def test_a_timeline_of_nothing_or_without_dates_is_refused(documents):
    with pytest.raises(QuotestanceError, match="no quote of 'Kiev' toward 'Serghei Lavrov'"):
        timeline_svg(documents, {}, "Kiev", LAVROV)
    with pytest.raises(QuotestanceError, match="no date for the articles late"):
        timeline_svg(documents, {"doc": date(2025, 3, 1)}, LAVROV, RUBIO)
