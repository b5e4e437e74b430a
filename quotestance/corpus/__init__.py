"""Labelled quotes on disk: JSON Lines, the annotation markup, splits and 🤗 Datasets.

Importing this package is light; ``features`` and ``load_corpus`` import ``datasets`` when called.
"""

from quotestance.corpus.convert import Conversion, convert
from quotestance.corpus.doubts import find_doubts
from quotestance.corpus.features import features, load_corpus
from quotestance.corpus.jsonl import CorpusError, json_line, read_jsonl, write_jsonl
from quotestance.corpus.markup import MarkupError, parse_markup, read_markup
from quotestance.corpus.splits import SPLITS, Split, split_of
from quotestance.corpus.statistics import count

__all__ = [
    "SPLITS",
    "Conversion",
    "CorpusError",
    "MarkupError",
    "Split",
    "convert",
    "count",
    "features",
    "find_doubts",
    "json_line",
    "load_corpus",
    "parse_markup",
    "read_jsonl",
    "read_markup",
    "split_of",
    "write_jsonl",
]
