from __future__ import annotations

import pytest

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance

TEXT = "«Pronti», dice Lavrov,\n«a trattare\ncon Rubio e Kiev». Poi tace. Si dice che piova."
LAVROV = Entity("e1", "person", "Serghei Lavrov")
RUBIO = Entity("e2", "person", "Marco Rubio")
KIEV = Entity("e3", "gpe", "Kiev")


def find(words: str) -> Span:
    start = TEXT.index(words)
    return Span.of(TEXT, start, start + len(words))


@pytest.fixture
def document() -> Document:
    """Two quotes: one of two segments toward two parties, one of an unnamed speaker to nobody."""
    first = Quote(
        "q1",
        "direct",
        (find("Pronti"), find("a trattare\ncon Rubio e Kiev")),
        (find("dice"),),
        Speaker(LAVROV, find("Lavrov"), 0.75),
        (Stance(RUBIO, "conciliatory", 0.5), Stance(KIEV, "accusatory", 0.25)),
        0.987,
    )
    second = Quote("q2", "indirect", (find("piova"),), (), Speaker(KIEV))
    return Document("doc", TEXT, (LAVROV, RUBIO, KIEV), (first, second))
