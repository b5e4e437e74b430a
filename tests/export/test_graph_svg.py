from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.export import graph_svg

SVG = "{http://www.w3.org/2000/svg}"


def read(svg: str) -> tuple[list[str], list[str]]:
    """The titles of the arrows and the names of the parties."""
    root = ElementTree.fromstring(svg)
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    names = [text.text or "" for text in root.findall(f"{SVG}text") if text.get("x")]
    return titles, names


def test_a_party_is_a_point_and_a_dyad_an_arrow(document):
    titles, names = read(graph_svg(document))
    assert titles == [
        "Serghei Lavrov → Marco Rubio: conciliatory, 1 quote",
        "Serghei Lavrov → Kiev: accusatory, 1 quote",
    ]
    assert names[:3] == ["Serghei Lavrov", "Marco Rubio", "Kiev"]


def test_several_quotes_are_one_wider_arrow_with_their_number(document):
    many = replace(document, quotes=(document.quotes[0],) * 4)
    titles, _ = read(graph_svg(many))
    assert titles[0].endswith(": conciliatory, 4 quotes")
    assert graph_svg(many).count('class="qs-count"') == 2
    assert widths(graph_svg(many))[0] > widths(graph_svg(document))[0]


def test_each_stance_has_its_line(document):
    first, second = re.findall(r"<g>.*</g>", graph_svg(document))
    assert 'path class="qs-conciliatory"' in first
    assert "stroke-dasharray" not in first
    assert 'path class="qs-accusatory"' in second
    assert "stroke-dasharray" in second


def test_arrows_in_both_directions_take_different_ways(tangled):
    paths = re.findall(r' d="(M[^h"]*)"', graph_svg(tangled))
    assert len(set(paths)) == len(paths) == 4


def test_a_document_without_dyads_says_so(document):
    for one in (Document("vuoto", ""), replace(document, quotes=document.quotes[1:])):
        svg = graph_svg(one)
        ElementTree.fromstring(svg)
        assert "no quote speaks to anybody" in svg


@pytest.mark.parametrize("name", ['<script>"&', "a\nb", "\x00\ud83d\u202e", "]]>"], ids=ascii)
def test_any_name_is_text(document, name):
    quote = Quote(
        "q",
        "direct",
        (Span(0, 1),),
        (),
        Speaker(Entity("<a", "person", name)),
        (Stance(Entity("b", "org", name), "neutral"),),
    )
    svg = graph_svg(Document(name, "a", (), (quote,)))
    svg.encode("utf-8")
    _, names = read(svg)
    expected = {"a\nb": "a b", "\x00\ud83d\u202e": "\ufffd" * 3}.get(name, name)
    assert names[:2] == [expected] * 2


def test_a_long_name_is_cut(document):
    speaker = Speaker(Entity("e9", "person", "Nome " * 100))
    _, names = read(
        graph_svg(replace(document, quotes=(replace(document.quotes[0], speaker=speaker),)))
    )
    assert names[0].endswith("…")
    assert len(names[0]) < 40


def test_a_notebook_shows_the_drawing(document):
    svg = graph_svg(document)
    assert svg._repr_svg_() == svg
    assert type(svg._repr_svg_()) is str


def widths(svg: str) -> list[float]:
    return [float(width) for width in re.findall(r'stroke-width="([\d.]+)"', svg)]


def test_labels_of_the_user_have_lines_and_stand_in_the_legend(document):
    first, second = document.quotes
    stances = tuple(
        replace(stance, label=label)
        for stance, label in zip(first.stances, ("support", "<b>oppose"), strict=True)
    )
    svg = graph_svg(replace(document, quotes=(replace(first, stances=stances), second)))
    titles, _ = read(svg)
    assert titles[0] == "Serghei Lavrov → Marco Rubio: support, 1 quote"
    legend = [text.text for text in ElementTree.fromstring(svg).findall(f"{SVG}text")][-2:]
    assert legend == ["<b>oppose", "support"]
    assert 'class="qs-other-' in svg
