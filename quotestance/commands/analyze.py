"""``quotestance analyze``: articles in, quotes with speakers, targets and stances out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from quotestance.commands.model import add_model_options, load_model
from quotestance.document import Document
from quotestance.export import csv_stream, html_stream, json_stream, jsonl_stream
from quotestance.inputs import STDIN, Failure, count_articles, read_inputs

if TYPE_CHECKING:
    from quotestance import QuoteStance

_Stream = Callable[[Iterable[Document]], Iterator[str]]

_STREAMS: dict[str, _Stream] = {
    "json": json_stream,
    "jsonl": jsonl_stream,
    "csv": csv_stream,
    "html": html_stream,
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "analyze",
        help="find the quotes of articles",
        description="Find the quotes of articles: who says what, toward whom, and how. Articles that "
        "fail are told on standard error and do not stop the others; the exit code is then 1.",
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help=".txt (an article; its id is the file's stem) or .jsonl (an article a line, with id and "
        "text; other fields are carried along), UTF-8; - is one text from standard input",
    )
    parser.add_argument(
        "--format",
        choices=("table", *_STREAMS),
        default="table",
        help="table for people; json (one list) and jsonl (a line an article) in the document schema; "
        "csv, a line a quote and target; html, one page with the quotes marked in the articles "
        "(default: %(default)s)",
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="file to write, replaced when all is done (default: standard output)",
    )
    add_model_options(parser)
    parser.set_defaults(run=run, parser=parser)


def run(args: argparse.Namespace) -> int:
    """Analyse the files and return the exit code."""
    sources: list[str] = args.files
    if not sources:
        if sys.stdin.isatty():
            args.parser.print_help(sys.stderr)
            return 2
        sources = [STDIN]
    with _open_output(args.output) as output:
        nlp = load_model(args)
        results = analyze(nlp, read_inputs(sources), args.batch_size)
        shown = sys.stderr.isatty() and not output.isatty() and (sources != [STDIN])
        tally = _Tally(_with_progress(results, sources) if shown else results)
        for piece in _stream(args.format, output)(tally):
            output.write(piece)
            output.flush()
    if tally.failed or args.output:
        print(f"{_documents(tally.done)}, {tally.failed} failed", file=sys.stderr)
    return 1 if tally.failed else 0


def analyze(
    nlp: QuoteStance, articles: Iterable[Document | Failure], batch_size: int
) -> Iterator[Document | Failure]:
    """Analyse articles in batches; yield documents and failures in order.

    A batch that fails is tried again article by article, so that one cannot lose the others.
    """
    stream = iter(articles)
    while batch := list(islice(stream, batch_size)):
        results = iter(_label(nlp, [item for item in batch if isinstance(item, Document)]))
        for item in batch:
            yield item if isinstance(item, Failure) else next(results)


def _label(nlp: QuoteStance, documents: list[Document]) -> list[Document | Failure]:
    try:
        return [*nlp.pipe(documents, batch_size=max(1, len(documents)))]
    except Exception as error:  # whatever it is, the other articles go on
        if len(documents) == 1:
            reason = f"the analysis failed ({type(error).__name__}: {error})"
            return [Failure(documents[0].id, reason)]
        return [result for document in documents for result in _label(nlp, [document])]


class _Tally:
    """The documents among results, counted as they pass; failures go to standard error."""

    def __init__(self, results: Iterable[Document | Failure]) -> None:
        self.results = results
        self.done = self.failed = 0

    def __iter__(self) -> Iterator[Document]:
        for result in self.results:
            if isinstance(result, Failure):
                self.failed += 1
                print(f"quotestance: {result}", file=sys.stderr)
            else:
                self.done += 1
                yield result


def _stream(name: str, output: TextIO) -> _Stream:
    if name in _STREAMS:
        return _STREAMS[name]
    from quotestance.export.terminal import table_console, table_stream

    console = table_console(output)
    return lambda documents: table_stream(documents, console)


def _with_progress(
    results: Iterable[Document | Failure], sources: list[str]
) -> Iterator[Document | Failure]:
    """Show a progress bar on standard error; what is said there meanwhile goes above it."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    total = count_articles(sources)
    columns = (*Progress.get_default_columns()[:-1], MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(
        *columns, console=console, transient=True, redirect_stdout=False, disable=total < 2
    ) as progress:
        yield from progress.track(results, total=total, description="analyze")


@contextmanager
def _open_output(path: Path | None) -> Iterator[TextIO]:
    """Open the output; a regular file appears, or is replaced, only when all is written."""
    if path is None:
        yield sys.stdout
        return
    path = path.resolve()  # a link stays a link
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder; name a file to write")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {path.parent} to write {path.name} to")
    in_place = path.exists() and not path.is_file()  # a pipe or a device
    part = path if in_place else path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            yield file
        if not in_place:
            part.replace(path)
    finally:
        if not in_place:
            part.unlink(missing_ok=True)


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
