from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quotestance.corpus import SPLITS, count, read_jsonl

SEEDS = Path(__file__).parents[2] / "seeds"
COLUMNS = (
    *("articles", "words", "entities", "mentions", "quotes", "direct", "indirect", "mixed"),
    *("conciliatory", "accusatory", "neutral", "no target"),
)


def test_nothing_is_counted_as_zero():
    counts = count([])
    assert list(counts)[:2] == ["articles", "words"]
    assert set(counts.values()) == {0}


def test_seed_article():
    counts = count(read_jsonl(SEEDS / "lavrov-rubio.jsonl"))
    assert counts["articles"] == 1
    assert counts["quotes"] == counts["direct"] + counts["indirect"] + counts["mixed"] == 22


@pytest.mark.parametrize("split", SPLITS)
def test_the_data_card_tells_the_true_counts(split):
    counts = count(read_jsonl(SEEDS / "corpus" / f"{split}.jsonl"))
    row = " | ".join([f"`{split}`", *(f"{counts[column]:,}" for column in COLUMNS)])
    assert f"| {row} |\n" in (SEEDS / "README.md").read_text(encoding="utf-8")


def test_labels_of_the_user_are_counted_apart_from_types_of_quotes():
    [document] = read_jsonl(SEEDS / "lavrov-rubio.jsonl")
    names = {"conciliatory": "support", "accusatory": "mixed", "neutral": "neutral"}
    quotes = tuple(
        replace(q, stances=tuple(replace(s, label=names[s.label]) for s in q.stances))
        for q in document.quotes
    )
    before, after = count([document]), count([replace(document, quotes=quotes)])
    assert list(after) == [*before, "stance mixed", "stance support"]
    assert after["stance mixed"] == before["accusatory"] > 0
    assert after["mixed"] == before["mixed"]
    assert after["conciliatory"] == after["accusatory"] == 0
