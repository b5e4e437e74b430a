from __future__ import annotations

from pathlib import Path

import pytest

from quotestance.corpus import SPLITS, read_jsonl, split_of

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("document_id", "split"),
    [
        ("dip-001", "train"),
        ("eco-030", "train"),
        ("dip-031", "validation"),
        ("soc-034", "validation"),
        ("cro-035", "test"),
        ("pol-040", "test"),
        ("pol-041", "train"),
        ("cro-999", "train"),
    ],
)
def test_split_follows_the_number(document_id, split):
    assert split_of(document_id) == split


@pytest.mark.parametrize("document_id", ["dip-000", "dip-1", "dip001", "", "dip-0011"])
def test_an_id_of_another_form_is_refused(document_id):
    with pytest.raises(ValueError, match=f"the id '{document_id}' belongs to no split; ids are"):
        split_of(document_id)


@pytest.mark.parametrize("split", SPLITS)
def test_the_corpus_is_split_by_the_rule(split):
    documents = read_jsonl(SEEDS / "corpus" / f"{split}.jsonl")
    assert {split_of(document.id) for document in documents} == {split}
