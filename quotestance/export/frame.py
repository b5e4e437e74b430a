"""Documents as pandas data frames."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from quotestance.document import QUOTE_TYPES, STANCE_LABELS, Document
from quotestance.export.optional import optional_module
from quotestance.export.tables import QuoteRow, quote_rows

if TYPE_CHECKING:
    import pandas

_NUMBERS = {
    "start": "int64",
    "end": "int64",
    "score": "float64",
    "speaker_score": "float64",
    "stance_score": "float64",
}


def quote_frame(document: Document) -> pandas.DataFrame:
    """Return the quotes of a document as a data frame, a row for each quote and target.

    The columns are the fields of ``QuoteRow``, with the same types for every document, so that frames
    can be concatenated: offsets are int64, probabilities float64, ``type`` and ``stance`` categories,
    all else strings. Stance labels of the user's own are further categories in the documents that have
    them. What is not known is missing.

    Raises:
        QuotestanceError: when pandas is not installed.
    """
    pandas = optional_module("pandas", extra="dataframe")
    names = [field.name for field in fields(QuoteRow)]
    # Strings of Python, since those of Arrow cannot hold the lone surrogates of broken sources.
    types = dict.fromkeys(names, pandas.StringDtype("python")) | _NUMBERS
    found = list(quote_rows(document))
    others = {row.stance for row in found if row.stance is not None}.difference(STANCE_LABELS)
    types["type"] = pandas.CategoricalDtype(QUOTE_TYPES)
    types["stance"] = pandas.CategoricalDtype([*STANCE_LABELS, *sorted(others)])
    rows = [astuple(row) for row in found]
    return pandas.DataFrame(rows, columns=names, dtype=object).astype(types)
