from __future__ import annotations

from dataclasses import asdict, fields

import pytest

from quotestance.document import Document
from quotestance.export import QuoteRow, quote_rows


def test_a_quote_has_a_row_for_each_target(document):
    rows = quote_rows(document)
    assert [(r.quote, r.target, r.stance, r.stance_score) for r in rows] == [
        ("q1", "Marco Rubio", "conciliatory", 0.5),
        ("q1", "Kiev", "accusatory", 0.25),
        ("q2", None, None, None),
    ]


def test_a_row_tells_all_of_a_quote(document):
    row = quote_rows(document)[0]
    assert asdict(row) == {
        "document": "doc",
        "quote": "q1",
        "type": "direct",
        "start": 1,
        "end": 51,
        "text": "Pronti … a trattare\ncon Rubio e Kiev",
        "cue": "dice",
        "speaker": "Serghei Lavrov",
        "speaker_mention": "Lavrov",
        "target": "Marco Rubio",
        "stance": "conciliatory",
        "score": 0.987,
        "speaker_score": 0.75,
        "stance_score": 0.5,
    }
    assert document.text[row.start :].startswith("Pronti")
    assert document.text[: row.end].endswith("Kiev")


def test_what_is_not_known_is_none(document):
    row = quote_rows(document)[-1]
    assert (row.speaker, row.speaker_mention, row.cue) == ("Kiev", None, "")
    assert (row.score, row.speaker_score) == (None, None)


def test_a_document_without_quotes_has_no_row():
    assert quote_rows(Document("vuoto", "")) == []


def test_rows_make_a_data_frame(document):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(quote_rows(document))
    assert list(frame.columns) == [field.name for field in fields(QuoteRow)]
    assert frame["target"].notna().sum() == 2
