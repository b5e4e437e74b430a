"""JSON Lines files of documents: one JSON object a line, UTF-8 (schema: ``document.schema``)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotestance.document import Document
from quotestance.document.schema import SchemaError, document_from_dict, document_to_dict
from quotestance.errors import QuotestanceError


class CorpusError(QuotestanceError, ValueError):
    """A file or folder of labelled articles that cannot be used as it is."""


def read_jsonl(path: str | Path, problems: list[str] | None = None) -> Iterator[Document]:
    """Read the documents of a file one by one; blank lines are skipped.

    Args:
        path: The file.
        problems: Where to tell what is wrong, instead of raising, and to go on with the next line.

    Raises:
        CorpusError: at the first line that is no document or repeats the id of another, naming the
            file, the line and everything that is wrong in it; unless ``problems`` are collected.
        OSError: when the file cannot be read.
    """
    seen: dict[str, int] = {}
    # Bytes are split at line feeds alone; characters that Unicode takes for line ends are text.
    with Path(path).open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                yield _document(line, number, seen)
            except CorpusError as error:
                places = [f"{path}, line {number}: {problem}" for problem in error.args]
                if problems is None:
                    raise CorpusError("\n".join(places)) from error
                problems += places


def _document(line: bytes, number: int, seen: dict[str, int]) -> Document:
    """Read a line whose id no line before has; the arguments of the error are what is wrong."""
    try:
        document = _read_line(line)
    except SchemaError as error:
        raise CorpusError(*error.problems) from error
    except ValueError as error:
        raise CorpusError(str(error)) from error
    if seen.setdefault(document.id, number) != number:
        raise CorpusError(
            f"the id {document.id!r} is that of line {seen[document.id]} already; give each "
            "document its own"
        )
    return document


def write_jsonl(documents: Iterable[Document], path: str | Path) -> int:
    """Write documents to a file and return how many they were.

    The file appears, or is replaced, only when all documents are written: ``documents`` may be a
    stream that fails half-way, or one that reads from the same file.

    Raises:
        OSError: when the file cannot be written.
    """
    path = Path(path)
    part = path.with_name(f"{path.name}.part")
    count = 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for document in documents:
                file.write(json_line(document) + "\n")
                count += 1
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def json_line(document: Document) -> str:
    """Return a document as one line of JSON, without the line's end.

    Letters stand as they are, unless the document has a lone surrogate (half a character, as broken
    sources contain them): UTF-8 cannot hold it, so all of that line is escaped to ASCII.
    """
    data = document_to_dict(document)
    line = json.dumps(data, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(data)
    return line


def _read_line(line: bytes) -> Document:
    try:
        data = json.loads(line.rstrip().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 (byte {error.start + 1} of the line); save the file as UTF-8"
        raise ValueError(problem) from error
    except json.JSONDecodeError as error:
        problem = f"not JSON: {error.msg} at column {error.colno}; a line holds one whole document"
        raise ValueError(problem) from error
    except RecursionError as error:
        raise ValueError("not a document: nested too deep") from error
    return document_from_dict(data)
