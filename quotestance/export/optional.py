"""Libraries that only some users need."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from quotestance.errors import QuotestanceError


def optional_module(name: str, *, extra: str) -> Any:
    """Import a library that is not among the dependencies of the package.

    Args:
        name: Name of the module.
        extra: The extra of the package that installs it.

    Raises:
        QuotestanceError: when it is not installed, telling how to install it.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:  # it is there, but broken
            raise
        raise QuotestanceError(
            f"this needs {name}, which is not installed: pip install 'quotestance[{extra}]'"
        ) from error
