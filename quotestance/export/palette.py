"""The colours of documents as pages and drawings, for light and dark screens.

Blue and orange are told apart by all common kinds of colour blindness; text on each ground has a
contrast of at least 4.5 : 1 (WCAG AA). No colour stands alone: each stance has its line style too.
"""

from __future__ import annotations

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "ground": "#ffffff",
    "ink": "#1c1f24",
    "faint": "#5a616c",
    "line": "#d5d9df",
    "conciliatory": "#00568f",
    "conciliatory-ground": "#d9ebfa",
    "accusatory": "#9c3800",
    "accusatory-ground": "#ffe3cf",
    "neutral": "#525862",
    "neutral-ground": "#ebedf0",
}
DARK: Mapping[str, str] = {
    "ground": "#15171b",
    "ink": "#e5e7ea",
    "faint": "#a0a7b2",
    "line": "#383d46",
    "conciliatory": "#83c5ff",
    "conciliatory-ground": "#12395a",
    "accusatory": "#ffab73",
    "accusatory-ground": "#572a0e",
    "neutral": "#b8bfc9",
    "neutral-ground": "#2d3138",
}


def palette_css(selector: str) -> str:
    """Return CSS that sets the colours as variables ``--qs-…`` for the elements selected.

    The screen's setting decides between light and dark, unless the notebook around (JupyterLab, VS
    Code) says which it is. Paper is light.

    Args:
        selector: A simple CSS selector, such as ``.quotestance``.
    """
    light_around = f'[data-jp-theme-light="true"] {selector}, .vscode-light {selector}'
    dark_around = f'[data-jp-theme-light="false"] {selector}, .vscode-dark {selector}'
    return (
        f"{selector} {{ {_variables(LIGHT)} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n"
        f"  {selector} {{ {_variables(DARK)} }}\n"
        f"  {light_around} {{ {_variables(LIGHT)} }}\n"
        f"}}\n"
        f"@media screen {{ {dark_around} {{ {_variables(DARK)} }} }}\n"
    )


def _variables(palette: Mapping[str, str]) -> str:
    return " ".join(f"--qs-{name}: {colour};" for name, colour in palette.items())
