"""Many articles as one network: who stands how toward whom, from speaker to target.

The library has no identity across articles: parties of one name are taken for one. Whoever knows better gives
the name under which a party is to be counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotestance.document import Document, Entity, Quote, Stance
from quotestance.export.optional import optional_module

if TYPE_CHECKING:
    import networkx

_ARTICLE = re.compile(r"(?:il|lo|la|i|gli|le|l['’])\s*(?<=[\s'’])", re.IGNORECASE)

Naming = Callable[[Entity], str]


def plain_name(entity: Entity) -> str:
    """Return the name of an entity without the article before it: *la Procura* is *Procura*.

    A person whose surname begins like an article keeps it: *La Russa*, but *il sindaco* is *Sindaco*.
    """
    name = " ".join(entity.name.split())
    shorter = _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name
    if entity.kind == "person" and name[:1].isupper() and shorter[:1].isupper():
        shorter = name
    return shorter[:1].upper() + shorter[1:]


@dataclass(frozen=True, slots=True)
class Dyad:
    """One quote toward one target.

    Attributes:
        document: The id of the article.
        speaker: The name of who speaks.
        target: The name of the other party.
        quote: The quote.
        stance: How it stands toward the target.
    """

    document: str
    speaker: str
    target: str
    quote: Quote
    stance: Stance


def dyads(documents: Iterable[Document], naming: Naming = plain_name) -> Iterator[Dyad]:
    """Yield each quote with each of its targets, but for those of one name with their speaker.

    Args:
        documents: The articles.
        naming: Under which name a party is counted.
    """
    for document in documents:
        for quote in document.quotes:
            speaker = naming(quote.speaker.entity)
            for stance in quote.stances:
                target = naming(stance.target)
                if target != speaker:
                    yield Dyad(document.id, speaker, target, quote, stance)


def stance_network(
    documents: Iterable[Document], naming: Naming = plain_name
) -> networkx.MultiDiGraph:
    """Return who stands how toward whom over articles.

    A node is the name of a party, with its ``kind``; an edge is a quote toward a target, with the ids of
    ``document`` and ``quote``, the ``label`` and, where there is one, the ``score`` of the stance and the
    words as ``text``.

    Args:
        documents: The articles.
        naming: Under which name a party is counted.

    Raises:
        QuotestanceError: when networkx is not installed.
    """
    networkx = optional_module("networkx", extra="graph")
    graph = networkx.MultiDiGraph()
    for dyad in dyads(documents, naming):
        score = {} if dyad.stance.score is None else {"score": dyad.stance.score}
        graph.add_node(dyad.speaker, kind=dyad.quote.speaker.entity.kind)
        graph.add_node(dyad.target, kind=dyad.stance.target.kind)
        graph.add_edge(
            dyad.speaker,
            dyad.target,
            document=dyad.document,
            quote=dyad.quote.id,
            label=dyad.stance.label,
            text=dyad.quote.text,
            **score,
        )
    return graph
