"""The formats that labelled articles come from and go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from quotestance.document import Document
from quotestance.exchange.brat import read_brat, write_brat
from quotestance.exchange.citron import read_citron, write_citron
from quotestance.exchange.csv_rows import read_csv, write_csv
from quotestance.exchange.label_studio import read_label_studio, write_label_studio
from quotestance.exchange.losses import ExchangeError, Exported, Imported
from quotestance.exchange.markup_out import write_qm
from quotestance.exchange.ours import read_lines, read_qm, write_lines
from quotestance.exchange.webanno import read_webanno, write_webanno


@dataclass(frozen=True, slots=True)
class Format:
    """A form of labelled articles.

    Attributes:
        name: What it is called on the command line.
        about: What it is, in a few words.
        endings: How the names of its files end where that tells it from all others.
        files: How the names of its files end, for those of a folder.
        single: Whether one file holds all documents; else each has its own.
        read: Reads a file.
        write: Gives the files that hold documents.
    """

    name: str
    about: str
    endings: tuple[str, ...]
    files: str
    single: bool
    read: Callable[[Path], Imported]
    write: Callable[[Sequence[Document]], Exported]


def formats(columns: Mapping[str, str] | None = None) -> dict[str, Format]:
    """Return the formats by name.

    Args:
        columns: Headers of CSV files; see ``csv_rows.read_csv``.
    """
    known = (
        Format(
            "jsonl",
            "JSON Lines of this library",
            (".jsonl",),
            ".jsonl",
            True,
            read_lines,
            write_lines,
        ),
        Format(
            "qm", "annotation markup of this library", (".qm",), ".qm", False, read_qm, write_qm
        ),
        Format(
            "csv",
            "rows of text, quote, speaker, target and stance",
            (".csv",),
            ".csv",
            True,
            partial(read_csv, columns=columns),
            partial(write_csv, columns=columns),
        ),
        Format(
            "label-studio",
            "Label Studio's JSON",
            (".labelstudio.json", ".label-studio.json"),
            ".json",
            True,
            read_label_studio,
            write_label_studio,
        ),
        Format("brat", "brat standoff", (".ann",), ".ann", False, read_brat, write_brat),
        Format(
            "citron",
            "Citron's JSON (BBC)",
            (".citron.json",),
            ".json",
            False,
            read_citron,
            write_citron,
        ),
        Format(
            "webanno",
            "WebAnno TSV 3, of INCEpTION too",
            (".tsv",),
            ".tsv",
            False,
            read_webanno,
            write_webanno,
        ),
    )
    return {form.name: form for form in known}


def format_of(path: Path, known: Mapping[str, Format]) -> Format | None:
    """Return the format that a file's name tells, or None.

    Raises:
        ExchangeError: when several formats have files called so.
    """
    name = path.name.lower()
    for form in known.values():
        if name.endswith(form.endings):
            return form
    possible = [form.name for form in known.values() if name.endswith(form.files)]
    if possible:
        raise ExchangeError(
            f"{path}: the name does not tell whether this is {' or '.join(possible)}; "
            "tell it with --from or --to"
        )
    return None
