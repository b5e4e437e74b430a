from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from quotestance.corpus import CorpusError, features, load_corpus, read_jsonl, write_jsonl
from quotestance.document import Document

SEEDS = Path(__file__).parents[2] / "seeds"


def test_rows_of_the_corpus_are_documents():
    corpus = load_corpus(SEEDS / "corpus")
    assert {split: len(rows) for split, rows in corpus.items()} == {
        **{"train": 822, "validation": 20, "test": 30}
    }
    for row, document in zip(
        corpus["test"], read_jsonl(SEEDS / "corpus" / "test.jsonl"), strict=True
    ):
        assert Document.from_dict(row) == document


def test_splits_may_be_missing_and_own_fields_are_left_aside(tmp_path):
    write_jsonl([Document("a", "x", extra={"url": "y"})], tmp_path / "test.jsonl")
    corpus = load_corpus(tmp_path)
    assert list(corpus) == ["test"]
    assert corpus["test"].features == features()
    assert Document.from_dict(corpus["test"][0]) == Document("a", "x")


def test_a_folder_without_corpus_is_refused(tmp_path):
    with pytest.raises(CorpusError, match=r"has none of train\.jsonl, validation\.jsonl, test\."):
        load_corpus(tmp_path)


def test_a_bad_line_is_named(tmp_path):
    (tmp_path / "train.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"train\.jsonl, line 1: text: is missing"):
        load_corpus(tmp_path)


def test_load_dataset_fills_what_lines_leave_out(tmp_path):
    from datasets import load_dataset

    seed = next(read_jsonl(SEEDS / "lavrov-rubio.jsonl")).to_dict()
    scored = {**seed, "id": "scored", "quotes": [{**seed["quotes"][0], "score": 0.5}]}
    documents = [Document("bare", "x"), Document.from_dict(seed), Document.from_dict(scored)]
    path = tmp_path / "mixed.jsonl"
    write_jsonl(documents, path)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "least", "text": "y"}\n')
    rows = load_dataset(
        "json",
        data_files=str(path),
        features=features(),
        split="train",
        cache_dir=str(tmp_path / "cache"),
    )
    expected = [*documents, Document("least", "y")]
    assert [Document.from_dict(row) for row in rows] == expected


def test_importing_the_package_is_light():
    heavy = {"datasets", "stanza", "torch", "transformers"}
    code = f"import sys, quotestance.corpus; print({heavy} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
