"""Documents as networkx graphs: who speaks toward whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotestance.document import Document, Entity
from quotestance.export.optional import optional_module

if TYPE_CHECKING:
    import networkx


def party_graph(document: Document) -> networkx.MultiDiGraph:
    """Return the parties of a document as nodes and its stances as edges, from speaker to target.

    A node is the id of an entity that speaks or is spoken to, with ``name``, ``kind`` and ``side``. An
    edge is a quote toward a target, with the id of the quote as ``quote``, the ``label`` and ``score``
    of the stance and the words as ``text``; a quote that speaks to nobody has a node but no edge. What is
    not known (a side, a score) is left out, as networkx has it: no file format for graphs holds None.
    The graph itself has the ``id`` of the document.

    Raises:
        QuotestanceError: when networkx is not installed.
    """
    networkx = optional_module("networkx", extra="graph")
    graph = networkx.MultiDiGraph(id=document.id)
    for quote in document.quotes:
        speaker = quote.speaker.entity
        _add_node(graph, speaker)
        for stance in quote.stances:
            _add_node(graph, stance.target)
            score = {} if stance.score is None else {"score": stance.score}
            graph.add_edge(
                speaker.id,
                stance.target.id,
                quote=quote.id,
                label=stance.label,
                text=quote.text,
                **score,
            )
    return graph


def _add_node(graph: networkx.MultiDiGraph, entity: Entity) -> None:
    side = {} if entity.side is None else {"side": entity.side}
    graph.add_node(entity.id, name=entity.name, kind=entity.kind, **side)
