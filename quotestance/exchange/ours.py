"""The forms of this library's own, as the other formats are read and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotestance.corpus import json_line, read_jsonl, read_markup
from quotestance.document import Document
from quotestance.exchange.losses import Exported, Imported


def read_lines(path: Path) -> Imported:
    """Read JSON Lines; see ``corpus.read_jsonl``."""
    return Imported(tuple(read_jsonl(path)))


def write_lines(documents: Sequence[Document]) -> Exported:
    """Write JSON Lines, which hold all of a document."""
    return Exported({"": "".join(f"{json_line(document)}\n" for document in documents)})


def read_qm(path: Path) -> Imported:
    """Read an article in the annotation markup; see ``corpus.read_markup``."""
    return Imported((read_markup(path),))
