from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quotestance.cli import main
from quotestance.corpus import read_jsonl, write_jsonl
from quotestance.exchange import ExchangeError, Loss, format_of, formats, summarize
from quotestance.exchange.files import file_stem, id_of_stem


@pytest.fixture
def corpus(tmp_path, real, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_jsonl(real[:3], tmp_path / "corpus.jsonl")
    return list(real[:3])


def convert(*arguments):
    return main(["convert", *map(str, arguments)])


@pytest.mark.parametrize(
    ("output", "options", "back"),
    [
        ("x.labelstudio.json", [], ["x.labelstudio.json"]),
        ("x.json", ["--to", "label-studio"], ["x.json", "--from", "label-studio"]),
        ("brat", ["--to", "brat"], ["brat", "--from", "brat"]),
        ("tsv/deep", ["--to", "webanno"], ["tsv", "--from", "webanno"]),
        ("qm", ["--to", "qm"], ["qm"]),
    ],
)
def test_there_and_back_again(corpus, tmp_path, capsys, output, options, back):
    assert convert("corpus.jsonl", "--output", output, *options) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"{output}: 3 articles, ")
    assert err == ""
    assert convert(*back, "--output", "back.jsonl") == 0
    assert {d.id: d for d in read_jsonl("back.jsonl")} == {d.id: d for d in corpus}
    assert not list(tmp_path.rglob("*.part"))


def test_losses_are_told_once_for_all_that_are_alike(corpus, capsys):
    assert convert("corpus.jsonl", "--output", "rows.csv", "--columns", "text=frase") == 0
    err = capsys.readouterr().err.splitlines()
    assert all(line.startswith("quotestance: lost: ") for line in err)
    assert len(err) < 12
    assert (
        'lavrov-rubio: domain: "diplomazia" comes back as nothing (and 2 more like it)'
        in "\n".join(err)
    )
    assert (
        Path("rows.csv")
        .read_text(encoding="utf-8")
        .startswith("document,frase,quote,type,cue,speaker,target,stance\n")
    )
    assert convert("rows.csv", "--columns", "text=frase", "--output", "rows.jsonl") == 0
    assert sum(len(d.quotes) for d in read_jsonl("rows.jsonl")) == sum(
        len(d.quotes) for d in corpus
    )


def test_a_single_article_may_be_named(corpus, tmp_path, capsys):
    write_jsonl(corpus[:1], tmp_path / "one.jsonl")
    assert convert("one.jsonl", "--output", "deep/one.qm") == 0
    assert (tmp_path / "deep" / "one.qm").is_file()
    assert convert("corpus.jsonl", "--output", "many.qm") == 1
    assert capsys.readouterr().err.endswith(
        "quotestance: many.qm: qm has several files for these documents; name a folder\n"
    )


def test_a_bad_file_loses_no_other(corpus, tmp_path, capsys):
    (tmp_path / "bad.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    shutil.copy("corpus.jsonl", "again.jsonl")
    assert convert("bad.csv", "none.ann", "corpus.jsonl", "again.jsonl", "--output", "x.jsonl") == 1
    assert len(list(read_jsonl("x.jsonl"))) == 3
    err = capsys.readouterr().err
    assert "quotestance: bad.csv, line 1: no column 'text'" in err
    assert "none.txt" in err
    assert "again.jsonl: the id 'lavrov-rubio' is that of corpus.jsonl already" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["x.json", "--output", "y"],
            "x.json: the name does not tell whether this is label-studio or citron",
        ),
        (
            ["x.foo", "--output", "y"],
            "x.foo: the name tells no format; tell it with --from (jsonl, qm,",
        ),
        (["corpus.jsonl", "--output", "y.json"], "y.json: the name does not tell whether"),
        (
            ["corpus.jsonl", "--output", "y.csv", "--doubts"],
            "--split and --doubts are for markup (.qm)",
        ),
        ([".", "--from", "brat", "--output", "y"], ".: the folder holds no .ann file"),
        (["corpus.jsonl", "--output", "."], ". is a folder; name a file to write"),
        (
            ["corpus.jsonl", "--to", "brat", "--output", "corpus.jsonl"],
            "corpus.jsonl is a file; brat needs",
        ),
    ],
)
def test_what_cannot_be_done_is_told_with_the_remedy(corpus, capsys, arguments, told):
    assert convert(*arguments) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"quotestance: {told}")


@pytest.mark.parametrize(
    "option", [["--columns", "words=a"], ["--columns", "text"], ["--to", "xml"]]
)
def test_misuse_is_refused(corpus, capsys, option):
    with pytest.raises(SystemExit) as caught:
        convert("corpus.jsonl", "--output", "y.csv", *option)
    assert caught.value.code == 2


def test_the_labelling_configuration_is_written(corpus, tmp_path):
    assert (
        convert("corpus.jsonl", "--output", "x.labelstudio.json", "--labelling-config", "l.xml")
        == 0
    )
    assert (tmp_path / "l.xml").read_text(encoding="utf-8").startswith("<View>")
    assert len(json.loads((tmp_path / "x.labelstudio.json").read_text(encoding="utf-8"))) == 3


def test_the_labelling_configuration_has_the_labels_of_the_articles(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = (
        "text,quote,speaker,target,stance\nUno.,Uno,Rossi,Verdi,Support\nDue.,Due,Rossi,Neri,cue\n"
    )
    (tmp_path / "x.csv").write_text(rows, encoding="utf-8")
    assert convert("x.csv", "--output", "x.jsonl", "--labelling-config", "l.xml") == 0
    config = (tmp_path / "l.xml").read_text(encoding="utf-8")
    assert '<Relation value="support"/>' in config
    assert config.count('<Relation value="cue"/>') == 1
    assert "accusatory" not in config


def test_names_tell_formats_where_they_are_clear(tmp_path):
    known = formats()
    names = {
        "a.jsonl": "jsonl",
        "A.QM": "qm",
        "a.citron.json": "citron",
        "a.ann": "brat",
        "a.tsv": "webanno",
    }
    for name, form in names.items():
        assert format_of(tmp_path / name, known) is known[form]
    assert format_of(tmp_path / "a.txt", known) is None
    with pytest.raises(ExchangeError, match="label-studio or citron; tell it with --from or --to"):
        format_of(tmp_path / "a.json", known)


@pytest.mark.parametrize("key", ["a/b", "..", "100%", "a%2Fb", "tab\there", "è 😊", "C:\\x"])
def test_ids_are_safe_as_names_of_files(key):
    assert not set(file_stem(key)) & set("/\\\t")
    assert file_stem(key).strip(".")
    assert id_of_stem(file_stem(key)) == key


def test_names_of_other_peoples_files_are_their_ids():
    assert id_of_stem("100%") == "100%"
    assert id_of_stem("a%41") == "a%41"


def test_like_losses_are_one_line():
    losses = [
        Loss("a", "quotes[1].cue", "[[1, 2]] comes back as nothing"),
        Loss("b", "quotes[23].cue", "[[4, 5]] comes back as nothing"),
        Loss("b", "line 3", "the label 'X'"),
        Loss("b", "line 5", "the label 'X'"),
        Loss("b", "line 5", "the label 'Y'"),
    ]
    assert summarize(losses) == [
        "a: quotes[1].cue: [[1, 2]] comes back as nothing (and 1 more like it)",
        "b: line 3: the label 'X' (and 1 more like it)",
        "b: line 5: the label 'Y'",
    ]
