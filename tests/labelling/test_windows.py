"""What is read around a quote, and how what stands there is found."""

from __future__ import annotations

import random

from quotestance.labelling.windows import Stretches


def test_stretches_finds_what_a_look_at_all_finds() -> None:
    chance = random.Random(1)
    for _ in range(50):
        firsts = [chance.randrange(200) for _ in range(40)]
        ends = [(first, first + chance.choice((0, 1, 5, 60))) for first in firsts]
        places = Stretches(ends)
        for _ in range(20):
            first = chance.randrange(220)
            last = first + chance.randrange(30)
            expected = [n for n, (a, b) in enumerate(ends) if a <= last and b >= first]
            assert places.overlapping(first, last) == expected


def test_stretches_of_nothing_overlap_nothing() -> None:
    assert Stretches([]).overlapping(0, 10) == []
