"""Labelled articles in and out: the formats of annotation tools.

Every reader gives the documents and what could not be carried over, every writer the files and what the
format cannot hold. ``registry`` knows the formats; each has a module.
"""

from quotestance.exchange.brat import read_brat, write_brat
from quotestance.exchange.citron import read_citron, write_citron
from quotestance.exchange.converting import (
    Reading,
    read_files,
    source_files,
    summarize,
    target_format,
    write_files,
)
from quotestance.exchange.csv_rows import COLUMNS, read_csv, write_csv
from quotestance.exchange.label_studio import read_label_studio, write_label_studio
from quotestance.exchange.label_studio_config import label_studio_config
from quotestance.exchange.losses import (
    ExchangeError,
    Exported,
    Imported,
    Loss,
    differences,
)
from quotestance.exchange.markup_out import write_qm
from quotestance.exchange.registry import Format, format_of, formats
from quotestance.exchange.webanno import read_webanno, write_webanno

__all__ = [
    "COLUMNS",
    "ExchangeError",
    "Exported",
    "Format",
    "Imported",
    "Loss",
    "Reading",
    "differences",
    "format_of",
    "formats",
    "label_studio_config",
    "read_brat",
    "read_citron",
    "read_csv",
    "read_files",
    "read_label_studio",
    "read_webanno",
    "source_files",
    "summarize",
    "target_format",
    "write_brat",
    "write_citron",
    "write_csv",
    "write_files",
    "write_label_studio",
    "write_qm",
    "write_webanno",
]
