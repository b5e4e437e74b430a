"""Streams of documents as the text of one output, piece by piece.

Each function takes documents as they come and yields a piece of text for each, so that an output of
any length needs the memory of one document.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from typing import Any

from quotestance.corpus.jsonl import json_line
from quotestance.document import Document
from quotestance.export.html import PAGE_END, page_document, page_start
from quotestance.export.tables import QuoteRow, quote_rows


def jsonl_stream(documents: Iterable[Document]) -> Iterator[str]:
    """Yield JSON Lines: a document a line (schema: ``document.schema``)."""
    for document in documents:
        yield json_line(document) + "\n"


def json_stream(documents: Iterable[Document]) -> Iterator[str]:
    """Yield one JSON list of the documents, each on a line of its own."""
    before = "[\n"
    for document in documents:
        yield before + json_line(document)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def csv_stream(documents: Iterable[Document]) -> Iterator[str]:
    """Yield CSV with a header: a line for each quote and target (columns: ``QuoteRow``).

    A document without quotes has no line.
    """
    yield _csv([[field.name for field in fields(QuoteRow)]])
    for document in documents:
        yield _csv(map(astuple, quote_rows(document)))


def html_stream(documents: Iterable[Document], title: str = "Quotes") -> Iterator[str]:
    """Yield one HTML page that needs nothing else, with a section for each document.

    Args:
        documents: The documents, taken one by one.
        title: Title and heading of the page.
    """
    yield page_start(title)
    yield from map(page_document, documents)
    yield PAGE_END


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()
