"""Documents in the forms that people and other programs read.

``tables`` makes plain rows, ``terminal`` the table for people, ``streams`` the text of whole outputs.
"""

from quotestance.export.streams import csv_stream, json_stream, jsonl_stream
from quotestance.export.tables import QuoteRow, quote_rows

__all__ = ["QuoteRow", "csv_stream", "json_stream", "jsonl_stream", "quote_rows"]
