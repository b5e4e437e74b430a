from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotestance.corpus import CorpusError, json_line, read_jsonl, write_jsonl
from quotestance.document import Document

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "corpus.jsonl"


@pytest.mark.parametrize("name", ["train", "validation", "test"])
def test_round_trip_of_the_corpus_is_exact(path, name):
    source = SEEDS / "corpus" / f"{name}.jsonl"
    assert write_jsonl(read_jsonl(source), path) > 0
    assert path.read_bytes() == source.read_bytes()


def test_blank_lines_and_a_byte_order_mark_are_skipped(path):
    path.write_bytes('\ufeff{"id": "a", "text": "è"}\n\n  \r\n{"id": "b", "text": ""}'.encode())
    assert [document.id for document in read_jsonl(path)] == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    ["perché «sì» – 🕊", "a\u2028b\x85c\r\nd", "mezzo \ud83d carattere", "\ud83d\udd4a"],
    ids=["letters", "line ends", "lone surrogate", "surrogate pair"],
)
def test_any_text_survives_writing(path, text):
    document = Document("d", text, extra={"titolo": "è"})
    write_jsonl([document], path)
    (again,) = read_jsonl(path)
    assert again.text.encode("utf-16", "surrogatepass") == text.encode("utf-16", "surrogatepass")
    assert again.extra == document.extra


def test_only_the_line_with_a_lone_surrogate_is_escaped():
    assert "è" in json_line(Document("a", "è"))
    assert json_line(Document("a", "è \udc00")).isascii()


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"id": "b"', "not JSON: Expecting ',' delimiter at column 11"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"id": "b", "text": "\xe8"}', "not UTF-8 (byte 22 of the line); save the file as UTF-8"),
        (b'{"id": "b"}', "text: is missing; required here: id, text"),
        (b"3", "document: must be an object, not 3"),
        (b'{"id": "a", "text": ""}', "the id 'a' is that of line 1 already"),
    ],
    ids=["json", "depth", "utf-8", "schema", "object", "id"],
)
def test_errors_name_file_and_line(path, line, problem):
    path.write_bytes(b'{"id": "a", "text": ""}\n\n' + line + b"\n")
    documents = read_jsonl(path)
    assert next(documents).id == "a"
    with pytest.raises(CorpusError) as caught:
        next(documents)
    assert f"{path}, line 3: " in str(caught.value)
    assert problem in str(caught.value)


def test_all_problems_of_a_line_are_told(path):
    path.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(CorpusError) as caught:
        list(read_jsonl(path))
    start = f"{path}, line 1: "
    assert all(line.startswith(start) for line in str(caught.value).split("\n"))
    assert str(caught.value).count("\n") == 1


def test_a_missing_file_is_an_os_error(path):
    with pytest.raises(FileNotFoundError):
        list(read_jsonl(path))


def test_a_failing_stream_leaves_the_old_file(path):
    def documents():
        yield Document("new", "")
        raise RuntimeError

    write_jsonl([Document("old", "")], path)
    with pytest.raises(RuntimeError):
        write_jsonl(documents(), path)
    assert [document.id for document in read_jsonl(path)] == ["old"]
    assert list(path.parent.iterdir()) == [path]


def test_a_file_can_be_rewritten_from_itself(path):
    path.write_text(json.dumps({"text": "x", "id": "a"}) + "\n", encoding="utf-8")
    assert write_jsonl(read_jsonl(path), path) == 1
    assert path.read_text(encoding="utf-8").startswith('{"id": "a", "text": "x", "domain": null')
