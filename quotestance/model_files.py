"""Checks of model folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from quotestance.errors import ModelNotFoundError


def require_files(files: Iterable[Path]) -> None:
    """Check that files are there.

    Raises:
        ModelNotFoundError: naming each missing file and what to do.
    """
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise ModelNotFoundError(
            f"the model is incomplete; missing: {', '.join(missing)}. "
            "Give the folder of a complete model, such as models/it of the repository."
        )
