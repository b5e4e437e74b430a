"""Documents as tables for people: coloured and fitted on a terminal, plain and whole elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotestance.document import Document, Quote
from quotestance.export.palette import OTHER_TONES, tones_of

_STYLES = {
    "conciliatory": "green",
    "accusatory": "red",
    "neutral": "dim",
    **dict(zip(OTHER_TONES, ("magenta", "cyan", "bright_magenta", "yellow", "blue"), strict=True)),
}
_NOTHING = "–"
_NARROW = 100  # columns; below, a coloured arrow stands for the stance without its name
_UNBOUNDED = 10**9  # columns; nothing is cut where no terminal has an edge


def table_console(file: TextIO) -> Console:
    """Return a console for ``table_stream``: what is no terminal has no edge."""
    console = Console(file=file, highlight=False)
    return console if console.is_terminal else Console(file=file, highlight=False, width=_UNBOUNDED)


def table_stream(documents: Iterable[Document], console: Console) -> Iterator[str]:
    """Yield the table of each document, with an empty line between two.

    A quote is a line: speaker, stances, type, probability that it is a quote, words. On a terminal
    the line is cut to its width; elsewhere it is whole.
    """
    between = ""
    for document in documents:
        yield between + format_document(document, console)
        between = "\n"


def format_document(document: Document, console: Console) -> str:
    """Return the heading of a document and its quotes as the console shows them."""
    count = len(document.quotes)
    number = "no quotes found" if not count else "1 quote" if count == 1 else f"{count} quotes"
    with console.capture() as capture:
        console.print(Text.assemble((_line(document.id), "bold"), f" · {number}"), overflow="fold")
        if count:
            console.print(_table(document, console))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _table(document: Document, console: Console) -> Table:
    width = console.width
    coloured = console.color_system is not None and not console.no_color
    named = width >= _NARROW or not coloured
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("speaker", no_wrap=True, max_width=max(8, width // 5))
    table.add_column("stance", no_wrap=True, max_width=max(8, width // (3 if named else 4)))
    table.add_column("type", no_wrap=True)
    table.add_column("p", no_wrap=True)
    table.add_column("words", no_wrap=True, ratio=1 if console.is_terminal else None)
    table.expand = console.is_terminal
    tones = tones_of(document)
    for quote in document.quotes:
        table.add_row(
            Text(_line(quote.speaker.entity.name)),
            _stances(quote, tones, named),
            quote.type,
            _NOTHING if quote.score is None else f"{quote.score:.2f}",
            Text(_line(quote.text)),
        )
    return table


def _stances(quote: Quote, tones: Mapping[str, str], named: bool) -> Text:
    shown = [
        Text.assemble(
            (f"{_line(stance.label)} →" if named else "→", _STYLES[tones[stance.label]]),
            f" {_line(stance.target.name)}",
        )
        for stance in quote.stances
    ]
    return Text(", ").join(shown) if shown else Text(_NOTHING, "dim")


def _line(text: str) -> str:
    """Return a text on one line, without what could steer the terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))
