"""The notebooks run from top to bottom, and are committed without output."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

# what each must have made in the end
MADE = {
    "01_quickstart": "document.quotes",
    "02_evaluation": "report.overall.quotes.tp",
    "03_fine_tuning": "document.quotes",
    "04_dyads": "network.edges",
}
NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))


def code_cells(notebook: Path) -> list[dict]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_has_no_output(notebook) -> None:
    assert all(not c["outputs"] and c["execution_count"] is None for c in code_cells(notebook))


@pytest.mark.model
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(notebook, monkeypatch) -> None:
    monkeypatch.chdir(notebook.parent)
    scope: dict = {}
    for cell in code_cells(notebook):
        exec("".join(cell["source"]), scope)
    assert eval(MADE[notebook.stem], scope)
