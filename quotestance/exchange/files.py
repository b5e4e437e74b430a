"""Reading and naming the files of other tools."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from quotestance.exchange.losses import ExchangeError

_UNSAFE = re.compile(r"[/\\%\x00-\x1f]")


def read_text(path: Path) -> str:
    """Return the text of a file as it stands, line ends included; a byte order mark is dropped.

    Raises:
        ExchangeError: when it is not UTF-8.
        OSError: when the file cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8") from error


def read_json(path: Path) -> Any:
    """Return the JSON value that a file holds.

    Raises:
        ExchangeError: when it is not UTF-8 or not JSON, naming the line.
        OSError: when the file cannot be read.
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise ExchangeError(
            f"{path}, line {error.lineno}: not JSON: {error.msg} at column {error.colno}; "
            "export the file anew"
        ) from error
    except RecursionError as error:
        raise ExchangeError(f"{path}: nested too deep; export the file anew") from error


def json_text(value: Any) -> str:
    """Return a value as JSON that people can read; escaped where UTF-8 could not hold it."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text if is_utf8(text) else json.dumps(value, indent=1) + "\n"


def is_utf8(text: str) -> bool:
    """Tell whether UTF-8 can hold a text: not one with half a character (a lone surrogate)."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def file_stem(document_id: str) -> str:
    """Return the name of a document's file, without the ending: its id, unsafe characters as %2F."""
    name = _UNSAFE.sub(lambda match: quote(match.group(), safe=""), document_id)
    return name if name.strip(".") else name.replace(".", "%2E")


def id_of_stem(stem: str) -> str:
    """Return the id of a document whose file ``file_stem`` named; of another file its name."""
    name = unquote(stem)
    return name if file_stem(name) == stem else stem
