from __future__ import annotations

import csv
import io
import json
from dataclasses import astuple, fields, replace

import pytest

import quotestance
from quotestance.cli import main
from quotestance.document import Document
from quotestance.export import (
    QuoteRow,
    csv_stream,
    html_stream,
    json_stream,
    jsonl_stream,
    quote_rows,
)


@pytest.fixture
def documents(document):
    return [document, Document("vuoto", "né «citazioni»"), replace(document, id="altro")]


def test_jsonl_is_a_document_a_line(documents):
    lines = "".join(jsonl_stream(documents)).splitlines()
    assert [Document.from_dict(json.loads(line)) for line in lines] == documents


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_list(documents, count):
    data = json.loads("".join(json_stream(documents[:count])))
    assert [Document.from_dict(item) for item in data] == documents[:count]


def test_csv_is_a_line_for_each_quote_and_target(documents):
    header, *lines = csv.reader(io.StringIO("".join(csv_stream(documents)), newline=""))
    assert header == [field.name for field in fields(QuoteRow)]
    rows = [row for document in documents for row in quote_rows(document)]
    expected = [["" if v is None else str(v) for v in astuple(row)] for row in rows]
    assert lines == expected


@pytest.mark.parametrize("words", ['"', ",", "a\r\nb", "\x00", "=1+1", "\ud83d"])
def test_csv_keeps_odd_characters(document, words):
    [row] = csv.reader([*csv_stream([replace(document, id=words, quotes=document.quotes[1:])])][1:])
    assert row[0] == words


@pytest.mark.parametrize("count", [0, 1, 3])
def test_html_is_one_page_with_a_section_for_each_document(documents, read_html, count):
    page = read_html("".join(html_stream(documents[:count], title="Notizie")))
    assert page.texts["h1"] == page.texts["title"] == "Notizie"
    assert page.texts.get("h2", "") == "".join(document.id for document in documents[:count])
    assert page.texts.get("article", "") == "".join(d.text for d in documents[:count])
    assert len(page.of("style")) == len(page.of("html")) == 1


def test_analyze_writes_a_page(document, read_html, monkeypatch, tmp_path):
    class Pipeline:
        def pipe(self, documents, batch_size):
            return [replace(document, id=one.id) for one in documents]

    monkeypatch.setattr(quotestance, "load", lambda folder, *, device: Pipeline())
    monkeypatch.chdir(tmp_path)
    for name in ("uno.txt", "due.txt"):
        (tmp_path / name).write_text("testo", encoding="utf-8")
    assert main(["analyze", "uno.txt", "due.txt", "--format", "html", "--output", "x.html"]) == 0
    page = read_html((tmp_path / "x.html").read_text(encoding="utf-8"))
    assert page.texts["h2"] == "unodue"
    assert page.texts["article"] == document.text * 2


@pytest.mark.parametrize("stream", [jsonl_stream, json_stream, csv_stream, html_stream])
def test_documents_are_taken_one_by_one(documents, stream):
    taken = []
    pieces = stream(taken.append(d.id) or d for d in documents)
    while not taken:
        next(pieces)
    assert taken == ["doc"]
