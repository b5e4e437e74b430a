from __future__ import annotations

from pathlib import Path

import pytest

from quotestance.corpus import convert, read_jsonl

SEEDS = Path(__file__).parents[2] / "seeds"
MARKUP = """\
#id: {id}
#entity: l | person | Landini
#quote: 1 | indirect | l | -
#text
Landini {{c1:ha detto}} che {{q1:il sindacato è pronto}}.
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "markup"
    (folder / "more").mkdir(parents=True)
    for name in ("dip-001", "dip-031", "more/dip-035"):
        markup = MARKUP.format(id=Path(name).name)
        (folder / f"{name}.qm").write_text(markup, encoding="utf-8")
    return folder


def ids(path):
    return [document.id for document in read_jsonl(path)]


def test_files_and_folders_become_one_file(folder, tmp_path):
    output = tmp_path / "new" / "out.jsonl"
    result = convert([SEEDS / "lavrov-rubio.qm", folder, folder / "dip-001.qm"], output)
    assert (result.written, result.problems, result.doubts) == ({output: 4}, (), ())
    assert ids(output) == ["lavrov-rubio", "dip-001", "dip-031", "dip-035"]


def test_split_writes_a_file_for_each_part_that_has_articles(folder, tmp_path):
    (folder / "dip-031.qm").unlink()
    result = convert([str(folder)], str(tmp_path / "corpus"), split=True)
    train, test = (tmp_path / "corpus" / f"{name}.jsonl" for name in ("train", "test"))
    assert result.written == {train: 1, test: 1}
    assert (ids(train), ids(test)) == (["dip-001"], ["dip-035"])
    assert not (tmp_path / "corpus" / "validation.jsonl").exists()


def test_a_bad_file_does_not_lose_the_others(folder, tmp_path):
    (folder / "dip-002.qm").write_text("#id: x\n", encoding="utf-8")
    (folder / "dip-003.qm").write_bytes(b"\xff")
    (folder / "dip-004.qm").write_text(MARKUP.format(id="dip-001"), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    output = tmp_path / "out.jsonl"
    result = convert([folder, tmp_path / "empty", tmp_path / "none.qm"], output)
    assert ids(output) == ["dip-001", "dip-031", "dip-035"]
    expected = (
        (tmp_path / "empty", "the folder holds no .qm file"),
        (folder / "dip-002.qm", "no #text line"),
        (folder / "dip-003.qm", "not UTF-8"),
        (folder / "dip-004.qm", f"the id 'dip-001' is that of {folder / 'dip-001.qm'} already"),
        (tmp_path / "none.qm", "No such file"),
    )
    assert len(result.problems) == len(expected)
    for problem, (path, words) in zip(result.problems, expected, strict=True):
        assert str(path) in problem
        assert words in problem


def test_an_article_without_split_is_a_problem(folder, tmp_path):
    (folder / "dip-031.qm").write_text(MARKUP.format(id="seed"), encoding="utf-8")
    result = convert([folder], tmp_path / "corpus", split=True)
    (problem,) = result.problems
    assert problem.startswith(f"{folder / 'dip-031.qm'}: the id 'seed' belongs to no split")
    assert sum(result.written.values()) == 2


def test_nothing_read_writes_nothing(tmp_path):
    result = convert([tmp_path / "none.qm"], tmp_path / "out.jsonl")
    assert result.written == {}
    assert list(tmp_path.iterdir()) == []


def test_doubts_name_their_file(folder, tmp_path):
    markup = MARKUP.format(id="dip-001").replace("indirect", "mixed")
    (folder / "dip-001.qm").write_text(markup, encoding="utf-8")
    (doubt,) = convert([folder], tmp_path / "out.jsonl").doubts
    assert doubt.startswith(f"{folder / 'dip-001.qm'}: q1: mixed, but it has no quotation marks")


def test_a_folder_as_output_needs_the_split(folder, tmp_path):
    with pytest.raises(IsADirectoryError, match="is a folder; name a file to write, or ask for"):
        convert([folder], tmp_path)
