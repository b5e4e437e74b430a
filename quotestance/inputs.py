"""Reading the articles of a user: text files, JSON Lines and standard input.

What is wrong with one article never loses another: it comes out as a ``Failure`` in its place.
"""

from __future__ import annotations

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from quotestance.document import Document
from quotestance.document.schema import SchemaError, document_from_dict

STDIN = "-"

_Read = Callable[[], Document]  # reads one article, or raises ValueError


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read or analysed.

    Attributes:
        place: Its file, and the line where the file holds several.
        reason: What is wrong, and what to do where that can be told.
    """

    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def read_inputs(sources: Iterable[str]) -> Iterator[Document | Failure]:
    """Read articles one by one, in order.

    A ``.txt`` file is one article, with the file's stem as its id. A ``.jsonl`` file has one on each
    line, an object with at least ``id`` and ``text`` (schema: ``document.schema``); a whole number as
    id is taken as its digits, other fields are kept in ``Document.extra``, blank lines are skipped.
    Files are UTF-8; a byte order mark is dropped, and nothing else of a text is changed.

    Args:
        sources: Paths of files; ``-`` is one text from standard input, with the id ``stdin``.

    Yields:
        An article, or why there is none: a file that cannot be read, bytes that are no UTF-8, a line
        that breaks the schema, an id that another article has already.
    """
    first: dict[str, str] = {}
    for source in sources:
        try:
            for place, read in _articles(source):
                yield _attempt(place, read, first)
        except OSError as error:
            yield Failure(source, error.strerror or str(error))


def count_articles(sources: Iterable[str]) -> int:
    """Count what ``read_inputs`` will yield, without reading it as articles."""
    return sum(map(_count, sources))


def _count(source: str) -> int:
    path = Path(source)
    if path.suffix.lower() != ".jsonl" or not path.is_file():
        return 1
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 1  # the failure to read it


def _articles(source: str) -> Iterator[tuple[str, _Read]]:
    """Yield the place of each article of a source and what reads it."""
    path = Path(source)
    if source == STDIN:
        yield "standard input", partial(_from_text, sys.stdin.buffer.read(), "stdin", source)
    elif path.is_dir():
        yield source, partial(_refuse, f"is a folder; give its files, as in {path}/*.txt")
    elif path.suffix.lower() == ".txt":
        yield source, partial(_from_text, path.read_bytes(), path.stem, source)
    elif path.suffix.lower() == ".jsonl":
        offset = 0
        # Bytes are split at line feeds alone; characters that Unicode takes for line ends are text.
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{source}, line {number}", partial(_from_line, line, source, offset)
                offset += len(line)
    else:
        path.stat()  # a missing file is told as such, whatever its name
        yield (
            source,
            partial(_refuse, "is neither .txt nor .jsonl; rename it, or give its text to -"),
        )


def _attempt(place: str, read: _Read, first: dict[str, str]) -> Document | Failure:
    """Read an article and note its id under its place."""
    try:
        document = read()
    except SchemaError as error:
        return Failure(place, "; ".join(error.problems))
    except ValueError as error:
        return Failure(place, str(error))
    if document.id in first:
        other = first[document.id]
        return Failure(place, f"the id {document.id!r} is that of {other} already; rename one")
    first[document.id] = place
    return document


def _from_text(data: bytes, name: str, source: str) -> Document:
    return Document(id=name, text=_decode(data, source))


def _from_line(line: bytes, source: str, offset: int) -> Document:
    text = _decode(line.rstrip(), source, offset)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        problem = f"not JSON: {error.msg} at column {error.colno}; a line holds one whole article"
        raise ValueError(problem) from error
    except RecursionError as error:
        raise ValueError("not an article: nested too deep") from error
    if isinstance(data, dict) and type(data.get("id")) is int:
        data["id"] = str(data["id"])
    return document_from_dict(data)


def _refuse(reason: str) -> Document:
    raise ValueError(reason)


def _decode(data: bytes, source: str, offset: int = 0) -> str:
    """Decode UTF-8; ``offset`` is that of the data in its file."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        # Windows-1252 has the letters of Latin-1 and the typographic quotation marks besides.
        encoding = "utf-16" if utf16 else "windows-1252"
        name = "article.txt" if source == STDIN else source
        raise ValueError(
            f"not UTF-8 (byte {offset + error.start}); convert it, most likely with: "
            f"iconv -f {encoding} -t utf-8 {name}"
        ) from error
