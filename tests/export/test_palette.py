from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from quotestance.document import STANCE_LABELS
from quotestance.export.palette import DARK, LIGHT, OTHER_TONES, palette_css, tones

# How linear RGB looks with the colour blindness (Machado et al. 2009, severity 1).
SEEN = {
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def oklab(colour: str, seen) -> np.ndarray:
    """The colour as it is seen, in a space where distances are those of the eye."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(to_lab) @ np.cbrt(np.array(to_cones) @ np.clip(seen @ linear, 0, 1))


@pytest.mark.parametrize("seen", SEEN.values(), ids=SEEN)
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_stances_are_told_apart_with_colour_blindness(palette, seen):
    places = [oklab(palette[tone], np.array(seen)) for tone in (*STANCE_LABELS, *OTHER_TONES)]
    # Some 0.02 is the least difference that is seen at all.
    assert min(np.linalg.norm(a - b) for a, b in combinations(places, 2)) > 0.06


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
    found = tones(reversed(labels))
    assert set(found) == set(labels)
    assert len(set(found.values())) == len(labels)
    assert set(found.values()) <= set(LIGHT)


def test_up_to_five_labels_always_have_colours_of_their_own():
    for first in range(40):
        labels = [f"class-{number}" for number in range(first, first + 5)]
        assert sorted(tones(labels).values()) == list(OTHER_TONES)


def test_a_label_keeps_its_colour_while_no_other_wants_it():
    alone = {label: tones([label])[label] for label in ("support", "oppose", "neutral")}
    assert tones(alone) == alone


def test_colours_are_used_again_when_none_is_left():
    found = tones(f"class-{number}" for number in range(12))
    assert len(found) == 12
    assert set(found.values()) == set(OTHER_TONES)
