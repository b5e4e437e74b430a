from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from quotestance import QuotestanceError
from quotestance.document import Document
from quotestance.export import party_graph
from quotestance.export.optional import optional_module

networkx = pytest.importorskip("networkx")


def test_an_edge_goes_from_the_speaker_to_each_target(document):
    graph = document.to_graph()
    assert isinstance(graph, networkx.MultiDiGraph)
    words = "Pronti … a trattare\ncon Rubio e Kiev"
    assert list(graph.edges(data=True)) == [
        ("e1", "e2", {"quote": "q1", "label": "conciliatory", "score": 0.5, "text": words}),
        ("e1", "e3", {"quote": "q1", "label": "accusatory", "score": 0.25, "text": words}),
    ]


def test_a_quote_to_nobody_has_a_node_but_no_edge(document):
    graph = party_graph(replace(document, quotes=document.quotes[1:]))
    assert dict(graph.nodes(data=True)) == {"e3": {"name": "Kiev", "kind": "gpe"}}
    assert graph.number_of_edges() == 0


def test_the_side_is_told_where_it_is_known(document):
    speaker = document.quotes[1].speaker
    known = replace(speaker, entity=replace(speaker.entity, side="Ucraina"))
    graph = party_graph(replace(document, quotes=(replace(document.quotes[1], speaker=known),)))
    assert graph.nodes["e3"]["side"] == "Ucraina"


def test_each_quote_is_an_edge_of_its_own(document):
    again = replace(document.quotes[0], id="q9")
    graph = party_graph(replace(document, quotes=(*document.quotes, again)))
    assert sorted(data["quote"] for data in graph["e1"]["e2"].values()) == ["q1", "q9"]


def test_a_graph_can_be_written_with_what_is_not_known_left_out(tangled):
    networkx.write_graphml(tangled.to_graph(), io.BytesIO())


def test_a_document_without_quotes_is_an_empty_graph():
    graph = party_graph(Document("vuoto", ""))
    assert (len(graph), graph.graph) == (0, {"id": "vuoto"})


def test_without_networkx_the_error_tells_what_to_install(document, monkeypatch):
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(QuotestanceError, match=r"needs networkx.*'quotestance\[graph\]'"):
        document.to_graph()


def test_a_library_that_is_there_but_broken_tells_its_own_error(monkeypatch, tmp_path):
    (tmp_path / "broken_library.py").write_text("import no_such_module")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        optional_module("broken_library", extra="x")
