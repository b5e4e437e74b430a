from __future__ import annotations

import pytest

from quotestance.document import STANCE_LABELS
from quotestance.export.palette import DARK, LIGHT, OTHER_TONES, palette_css, tone_of


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible_on_every_ground(palette):
    pairs = [("ink", "ground"), ("faint", "ground"), ("faint", "neutral-ground")]
    for label in (*STANCE_LABELS, *OTHER_TONES):
        ground = f"{label}-ground"
        pairs += [("ink", ground), ("faint", ground), (label, "ground"), (label, ground)]
    for text, ground in pairs:
        low, high = sorted((luminance(palette[text]), luminance(palette[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (text, ground)


def test_light_and_dark_set_the_same_colours():
    assert LIGHT.keys() == DARK.keys()


def test_the_notebook_around_decides_before_the_screen():
    css = palette_css(".x")
    assert css.index(".x {") < css.index("prefers-color-scheme") < css.index(".vscode-light .x")
    assert '[data-jp-theme-light="false"] .x' in css


@pytest.mark.parametrize(
    "labels",
    [
        STANCE_LABELS,
        ("support", "oppose", "neutral"),
        ("positive", "negative"),
        ("pro", "contra"),
        ("strongly_support", "support", "oppose", "strongly_oppose"),
        ("favorevole", "contrario"),
    ],
)
def test_labels_that_stand_together_have_colours_of_their_own(labels):
    tones = [tone_of(label) for label in labels]
    assert len(set(tones)) == len(labels)
    assert set(tones) <= set(LIGHT)
