"""The page of a report: plots and tables in one file, light or dark as the reader has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from quotestance.evaluation.plots import STYLE
from quotestance.evaluation.tables import Table

# The pairs of colours are of the palette of Okabe and Ito, the dark ones its lighter members.
_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1a1a; --soft: #666; --rule: #ddd;
  --one: #0072b2; --two: #d55e00; --three: #00785a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16181c; --ink: #e8e8e8; --soft: #aaa; --rule: #3a3d44;
    --one: #56b4e9; --two: #e69f00; --three: #4fd1a5; }
}
body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--paper);
  color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
figure { margin: 1.5rem 0; overflow-x: auto; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 1.5rem 0; font-variant-numeric: tabular-nums; }
caption, figcaption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { padding: .2rem .7rem; border-bottom: 1px solid var(--rule); text-align: right; }
th:first-child { text-align: left; }
tbody th { font-weight: normal; }
"""


def page(title: str, plots: Mapping[str, str], tables: Sequence[Table]) -> str:
    """Return a page of HTML that loads nothing.

    Args:
        title: The heading; it is escaped.
        plots: SVG elements, by what they show.
        tables: They escape their cells.
    """
    figures = "\n".join(
        f"<figure><figcaption>{escape(caption)}</figcaption>\n{plot}</figure>"
        for caption, plot in plots.items()
    )
    bodies = "\n".join(f'<div class="scroll">{table.html()}</div>' for table in tables)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>{_STYLE}{STYLE}</style>
</head>
<body>
<h1>{escape(title)}</h1>
{figures}
{bodies}
</body>
</html>
"""
