"""The colours of documents as pages and drawings, for light and dark screens.

Blue and orange are told apart by all common kinds of colour blindness; text on each ground has a
contrast of at least 4.5 : 1 (WCAG AA). No colour stands alone: each stance has its line style too.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from quotestance.document import STANCE_LABELS

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
    "other-1": "#6a1b8a",
    "other-1-ground": "#f1e2f7",
    "other-2": "#00615a",
    "other-2-ground": "#d5f0ed",
    "other-3": "#a3195b",
    "other-3-ground": "#fbdfeb",
    "other-4": "#5c5200",
    "other-4-ground": "#f3eecb",
    "other-5": "#3f3fa8",
    "other-5-ground": "#e3e3fa",
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
    "other-1": "#d7a6ee",
    "other-1-ground": "#43235a",
    "other-2": "#6fd6cc",
    "other-2-ground": "#0c443f",
    "other-3": "#ff9cc7",
    "other-3-ground": "#5c1638",
    "other-4": "#d8cb6b",
    "other-4-ground": "#423c08",
    "other-5": "#b3b3ff",
    "other-5-ground": "#2b2b66",
}
OTHER_TONES = ("other-1", "other-2", "other-3", "other-4", "other-5")
_SALT = (
    2479  # tells apart support and oppose, positive and negative, pro and contra, and their like
)


def tone_of(label: str) -> str:
    """Return the name of the colour of a stance label.

    Labels that are not the shipped ones have one of five further colours, the same in every document.
    """
    if label in STANCE_LABELS:
        return label
    number = zlib.crc32(label.encode("utf-8", "surrogatepass"), _SALT)
    return OTHER_TONES[number % len(OTHER_TONES)]


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
