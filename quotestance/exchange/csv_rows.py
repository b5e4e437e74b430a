"""CSV of rows with a text, a quote in it, who said it, and the stance toward a target.

One row is a quote with one of its targets; a quote with two targets has two rows, one after the other.
Which header holds what is the user's to say. Rows of one text (and one document, where there is such a
column) make one document. A text without quotes has a row without a quote.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from quotestance.document import QUOTE_TYPES, Document, Span, is_label
from quotestance.document.schema import document_from_dict
from quotestance.exchange.files import is_utf8, read_text
from quotestance.exchange.finding import find_nearest, find_quote
from quotestance.exchange.losses import ExchangeError, Exported, Imported, Loss, left_out
from quotestance.exchange.parties import Parties
from quotestance.exchange.quotation import quote_type

COLUMNS = ("document", "text", "quote", "type", "cue", "speaker", "target", "stance")
_NEEDED = ("text", "quote", "speaker")
_BETWEEN = " … "  # as Quote.text joins segments


def read_csv(path: Path, columns: Mapping[str, str] | None = None) -> Imported:
    """Read rows; the quote is looked for in its text.

    Line ends, white space and the form of quotation marks need not agree. A quote that is not there is
    lost; of one that is there several times the first is taken that no row before it took.

    Args:
        path: The file; commas, semicolons or tabs separate its fields.
        columns: Header of each column of ``COLUMNS``; those left out are called as they are.

    Raises:
        ExchangeError: when a header or a field that is needed is missing, naming file and line.
        OSError: when the file cannot be read.
    """
    try:
        return parse_csv(read_text(path), path.stem, columns)
    except ExchangeError as error:
        prefix = "" if str(error).startswith(str(path)) else f"{path}, "
        raise ExchangeError(f"{prefix}{error}") from error


def parse_csv(text: str, name: str, columns: Mapping[str, str] | None = None) -> Imported:
    """Read rows from the text of a file; see ``read_csv``.

    Args:
        text: The file's.
        name: What documents are called after, with a number, where no column names them.
        columns: As for ``read_csv``.
    """
    documents: dict[tuple[str, str], _Rows] = {}
    for place, row in _rows(text, {**dict(zip(COLUMNS, COLUMNS, strict=True)), **(columns or {})}):
        if not row["text"]:
            raise ExchangeError(
                f"{place}: has no text; each row needs the text that its quote is in"
            )
        key = (row.get("document", ""), row["text"])
        if key not in documents:
            given = row.get("document") or f"{name}-{len(documents) + 1}"
            used = {rows.id for rows in documents.values()}
            if given in used:
                raise ExchangeError(
                    f"{place}: the document {given!r} has another text in a row before"
                )
            documents[key] = _Rows(given, row["text"])
        documents[key].add(place, row)
    losses = [loss for rows in documents.values() for loss in rows.losses]
    return Imported(tuple(rows.document() for rows in documents.values()), tuple(losses))


def write_csv(documents: Sequence[Document], columns: Mapping[str, str] | None = None) -> Exported:
    """Write the quotes of documents as rows in one file, each with the whole text.

    Args:
        documents: The documents.
        columns: Header of each column of ``COLUMNS``; those left out are called as they are.
    """
    headers = [(columns or {}).get(column, column) for column in COLUMNS]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headers)
    for document in documents:
        rows = [[row[column] for column in COLUMNS] for row in _written(document)]
        # Half a character UTF-8 cannot hold, and a row without a text is none.
        if document.text and all(is_utf8(cell) for row in rows for cell in row):
            writer.writerows(rows)
    text = buffer.getvalue()
    return Exported({"": text}, left_out(documents, parse_csv(text, "", columns).documents))


def _written(document: Document) -> Iterator[dict[str, str]]:
    common = {**dict.fromkeys(COLUMNS, ""), "document": document.id, "text": document.text}
    if not document.quotes:
        yield common
    for quote in document.quotes:
        for stance in quote.stances or (None,):
            yield common | {
                "quote": _BETWEEN.join(document.text[s.start : s.end] for s in quote.content),
                "type": quote.type,
                "cue": _BETWEEN.join(document.text[s.start : s.end] for s in quote.cue),
                "speaker": quote.speaker.entity.name,
                "target": stance.target.name if stance else "",
                "stance": stance.label if stance else "",
            }


def _rows(text: str, headers: Mapping[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the place and the fields of each row, by the columns that the file has."""
    unknown = sorted(set(headers) - set(COLUMNS))
    if unknown:
        raise ExchangeError(f"no column {', '.join(unknown)}; there are {', '.join(COLUMNS)}")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        found = next(reader, [])
        missing = [headers[column] for column in _NEEDED if headers[column] not in found]
        if missing:
            raise ExchangeError(
                f"line 1: no column {', '.join(map(repr, missing))} among {', '.join(found) or 'none'}; "
                "tell which header holds what, such as text=BODY,speaker=WHO"
            )
        where = {column: found.index(name) for column, name in headers.items() if name in found}
        start = reader.line_num + 1
        for row in reader:
            place, start = f"line {start}", reader.line_num + 1
            if not any(row):
                continue
            if len(row) != len(found):
                raise ExchangeError(
                    f"{place}: has {len(row)} fields, the header {len(found)}; put quotation marks "
                    "around fields that hold the separator"
                )
            yield place, {column: row[index] for column, index in where.items()}
    except csv.Error as error:
        raise ExchangeError(f"line {reader.line_num}: {error}") from error


class _Rows:
    """The rows of one document while they are read."""

    def __init__(self, name: str, text: str) -> None:
        self.id, self.losses = name, list[Loss]()
        self._text = text
        self._parties = Parties()
        self._quotes: list[dict[str, Any]] = []
        self._last: tuple[str, str, str] | None = None  # quote, cue and speaker of the row before

    def document(self) -> Document:
        entities = self._parties.to_dicts()
        return document_from_dict(
            {"id": self.id, "text": self._text, "entities": entities, "quotes": self._quotes}
        )

    def add(self, place: str, row: Mapping[str, str]) -> None:
        """Take a row: another quote, or another target of the quote before it."""
        words, speaker = row["quote"], row["speaker"].strip()
        if not words.strip():
            return
        if not speaker:
            self._lose(place, f"the quote {words[:40]!r} has no speaker")
            return
        same = (words, row.get("cue", ""), speaker)
        target = row.get("target", "").strip()
        if self._last != same or not target or self._has_target(target):
            if not self._add_quote(place, row):
                self._last = None
                return
            self._last = same
        if target:
            self._add_stance(place, target, row.get("stance", ""))
        elif row.get("stance", "").strip().casefold() not in ("", "neutral"):
            self._lose(place, f"the stance {row['stance']!r} without a target")

    def _add_quote(self, place: str, row: Mapping[str, str]) -> bool:
        taken = [tuple(Span(*offsets) for offsets in quote["content"]) for quote in self._quotes]
        content = find_quote(self._text, row["quote"], _BETWEEN, taken)
        if not content:
            self._lose(place, f"the quote {row['quote'][:40]!r} is not in the text")
            return False
        kind = row.get("type", "").strip().lower()
        if kind and kind not in QUOTE_TYPES:
            self._lose(place, f"the type {row['type']!r}; known: {', '.join(QUOTE_TYPES)}")
            kind = ""
        cue: tuple[Span, ...] = ()
        if row.get("cue", "").strip():
            cue = find_nearest(self._text, row["cue"], _BETWEEN, content)
            if not cue:
                self._lose(place, f"the cue {row['cue'][:40]!r} is not in the text")
        self._quotes.append(
            {
                "id": f"q{len(self._quotes) + 1}",
                "type": kind or quote_type(self._text, content),
                "content": [[span.start, span.end] for span in content],
                "cue": [[span.start, span.end] for span in cue],
                "speaker": {"entity": self._party(row["speaker"].strip())},
                "stances": [],
            }
        )
        return True

    def _add_stance(self, place: str, target: str, stance: str) -> None:
        label = stance.strip().casefold() or "neutral"
        entity, quote = self._party(target), self._quotes[-1]
        if not is_label(label):
            self._lose(place, f"the stance {stance!r}; a label has letters, digits, _ and -")
        elif entity == quote["speaker"]["entity"]:
            self._lose(place, f"the target {target!r} is the speaker")
        else:
            quote["stances"].append({"target": entity, "label": label})

    def _has_target(self, target: str) -> bool:
        stances = self._quotes[-1]["stances"] if self._quotes else []
        return not stances or self._party(target) in [stance["target"] for stance in stances]

    def _party(self, name: str) -> str:
        return self._parties.find(None, name, None)

    def _lose(self, place: str, what: str) -> None:
        self.losses.append(Loss(self.id, place, what))
