from __future__ import annotations

import sys
from dataclasses import fields, replace

import pytest

from quotestance import QuotestanceError
from quotestance.document import Document
from quotestance.export import QuoteRow, quote_frame, quote_rows

pandas = pytest.importorskip("pandas")


def test_a_frame_has_the_rows_and_columns_of_the_table(document):
    frame = document.to_dataframe()
    assert list(frame.columns) == [field.name for field in fields(QuoteRow)]
    assert len(frame) == len(quote_rows(document))
    assert frame["stance"].tolist()[:2] == ["conciliatory", "accusatory"]
    assert frame["text"][1] == "Pronti … a trattare\ncon Rubio e Kiev"
    assert frame["speaker_score"][0] == 0.75


def test_what_is_not_known_is_missing(document):
    last = document.to_dataframe().iloc[-1]
    assert last[["speaker_mention", "target", "stance", "score", "stance_score"]].isna().all()
    assert last["cue"] == ""


def test_the_types_are_the_same_for_every_document(document):
    frames = [quote_frame(one) for one in (document, Document("vuoto", ""))]
    types = frames[0].dtypes
    assert types.equals(frames[1].dtypes)
    assert {name: str(types[name]) for name in ("start", "score", "type", "stance")} == {
        "start": "int64",
        "score": "float64",
        "type": "category",
        "stance": "category",
    }
    assert pandas.api.types.is_string_dtype(types["speaker"])
    assert list(types["stance"].categories) == ["conciliatory", "accusatory", "neutral"]
    assert pandas.concat(frames).dtypes.equals(types)


def test_broken_characters_do_no_harm(document):
    assert quote_frame(replace(document, id="m\ud83d"))["document"][0] == "m\ud83d"


def test_without_pandas_the_error_tells_what_to_install(document, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QuotestanceError, match=r"pip install 'quotestance\[dataframe\]'"):
        document.to_dataframe()


def test_labels_of_the_user_are_categories_too(document):
    [stance, other] = document.quotes[0].stances
    quote = replace(document.quotes[0], stances=(replace(stance, label="support"), other))
    frame = quote_frame(replace(document, quotes=(quote,)))
    assert frame["stance"].tolist() == ["support", "accusatory"]
    assert list(frame["stance"].cat.categories)[-1] == "support"
