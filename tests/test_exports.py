"""The public surface, and how little its import loads."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import quotestance

PACKAGES = [
    "quotestance",
    *(f"quotestance.{p}" for p in ("corpus", "document", "evaluation", "exchange", "export")),
]


@pytest.mark.parametrize("name", PACKAGES)
def test_what_a_package_names_is_there_and_sorted(name):
    package = importlib.import_module(name)
    assert all(hasattr(package, public) for public in package.__all__)
    assert sorted(set(package.__all__), key=_order) == list(package.__all__)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_names_all_that_it_gives(name):
    package = importlib.import_module(name)
    given = {
        public
        for public, value in vars(package).items()
        if not public.startswith("_")
        and callable(value)
        and getattr(value, "__module__", "").startswith("quotestance")
    }
    assert given <= set(package.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        quotestance.nothing  # noqa: B018


@pytest.mark.parametrize(
    "code",
    [
        "import quotestance",
        "import quotestance.cli, quotestance.inputs, quotestance.export, quotestance.corpus",
    ],
)
def test_an_import_is_light(code):
    heavy = "{'torch', 'stanza', 'transformers', 'datasets', 'scipy', 'pandas', 'networkx', 'rich'}"
    check = f"{code}; import sys; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def _order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as the linter sorts them."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name
