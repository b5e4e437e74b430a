"""The colours of documents as pages and drawings, for light and dark screens.

The colours of the stances are told apart with all common kinds of colour blindness; text on each
ground has a contrast of at least 4.5 : 1 (WCAG AA). No colour stands alone: each stance has its line
style too.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from quotestance.document import STANCE_LABELS, Document, ordered_labels

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
    "other-1": "#9900cc",
    "other-1-ground": "#f3defa",
    "other-2": "#0044ff",
    "other-2-ground": "#dbe5ff",
    "other-3": "#550000",
    "other-3-ground": "#f6dcd8",
    "other-4": "#002244",
    "other-4-ground": "#d3e0ee",
    "other-5": "#550077",
    "other-5-ground": "#e6d9f2",
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
    "other-1": "#bb77ff",
    "other-1-ground": "#33264a",
    "other-2": "#00ffcc",
    "other-2-ground": "#0b4038",
    "other-3": "#ff5588",
    "other-3-ground": "#421e2c",
    "other-4": "#00aa11",
    "other-4-ground": "#0c2c12",
    "other-5": "#eeee00",
    "other-5-ground": "#3a3b10",
}
OTHER_TONES = ("other-1", "other-2", "other-3", "other-4", "other-5")
# Such that support and oppose, positive and negative, pro and contra want different ones.
_SALT = 2479


def tones(labels: Iterable[str]) -> dict[str, str]:
    """Return the name of the colour of each stance label.

    The shipped labels have their own. Any other wants one of five further colours, the same in every
    document; where another label that stands beside it wants it too, the one later in the alphabet
    takes the next that is free. From the sixth other label on colours are used again.

    Args:
        labels: The labels that are shown together.
    """
    found: dict[str, str] = {}
    free: list[str] = []
    for label in ordered_labels(labels):
        if label in STANCE_LABELS:
            found[label] = label
            continue
        free = free or list(OTHER_TONES)
        wanted = zlib.crc32(label.encode("utf-8", "surrogatepass"), _SALT) % len(OTHER_TONES)
        order = (*OTHER_TONES[wanted:], *OTHER_TONES[:wanted])
        found[label] = next(tone for tone in order if tone in free)
        free.remove(found[label])
    return found


def tones_of(document: Document) -> dict[str, str]:
    """Return the name of the colour of each stance label in a document; see ``tones``."""
    return tones(stance.label for quote in document.quotes for stance in quote.stances)


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
