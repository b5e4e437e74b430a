from __future__ import annotations

from html.parser import HTMLParser

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


TANGLED_TEXT = (
    "Bianchi ha riferito: «Rossi ha detto che “siete ladri” e che tornerà».\r\n \r\n"
    "«Lo so», risponde Verdi,\n«ma noi saremo pronti».\tE poi?\n"
)


@pytest.fixture
def tangled() -> Document:
    """Quotes in quotes, in pieces, over paragraphs, and across other quotes' cues and speakers."""

    def span(words: str) -> Span:
        start = TANGLED_TEXT.index(words)
        return Span.of(TANGLED_TEXT, start, start + len(words))

    outer = Quote(
        "q1",
        "direct",
        (span("Rossi ha detto che “siete ladri” e che tornerà"),),
        (span("ha riferito"),),
        Speaker(RUBIO, span("Bianchi")),
        (Stance(LAVROV, "accusatory"),),
    )
    inner = Quote(
        "q2",
        "mixed",
        (span("“siete ladri”"), span("che tornerà")),
        (span("ha detto"),),
        Speaker(LAVROV, span("Rossi")),
        (Stance(RUBIO, "accusatory", 0.75), Stance(KIEV, "conciliatory", 0.5)),
    )
    across = Quote(
        "q3",
        "direct",
        (span("tornerà».\r\n \r\n«Lo so"), span("noi saremo pronti")),
        (span("risponde Verdi,\n«ma noi"),),
        Speaker(KIEV, span("Verdi")),
        (Stance(RUBIO, "neutral"),),
    )
    same_cue = Quote("q4", "indirect", (span("E poi"),), (span("ha detto"),), Speaker(KIEV))
    return Document(
        "tangled", TANGLED_TEXT, (LAVROV, RUBIO, KIEV), (outer, inner, across, same_cue)
    )


class Reader(HTMLParser):
    """Reads HTML strictly: what is opened must be closed, in order.

    Attributes:
        elements: Names and attributes of the elements, as they open.
        texts: The text directly or deeper within elements of each name.
    """

    VOID = frozenset({"meta", "br"})

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        for tag in set(self._open):
            self.texts[tag] = self.texts.get(tag, "") + data

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data!r}")

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def read_html() -> type[Reader]:
    return Reader
