"""What ``quotestance evaluate`` adds to the figures when it is asked to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

import quotestance
from quotestance.cli import main
from quotestance.commands import evaluate as command
from quotestance.corpus import write_jsonl
from quotestance.evaluation import compare, evaluate, intervals
from quotestance.parsing.parse import Parse


def read_json(name):
    return json.loads(Path(name).read_text(encoding="utf-8"))


@pytest.fixture
def documents(make, tmp_path, monkeypatch):
    """Two articles, in files as the gold ones, as good predictions and as poor ones."""
    monkeypatch.chdir(tmp_path)
    gold = [make.article("a"), make.article("b", "sport")]
    poor = [replace(d, quotes=d.quotes[:1]) for d in gold]
    write_jsonl(gold, tmp_path / "gold.jsonl")
    write_jsonl(gold, tmp_path / "good.jsonl")
    write_jsonl(poor, tmp_path / "poor.jsonl")
    return SimpleNamespace(gold=gold, poor=poor)


@pytest.fixture
def parser(monkeypatch):
    """A parser that finds nothing; ``read`` lists its texts."""

    def parse(text):
        parse.read.append(text)
        return Parse(text, (), (), ())

    parse.read = []
    monkeypatch.setattr(command, "_load_parser", lambda args: parse)
    return parse


def test_intervals_are_added(documents, capsys):
    assert main(["evaluate", "gold.jsonl", "poor.jsonl", "--intervals", "--json", "x.json"]) == 0
    gold, poor = documents.gold, documents.poor
    told = intervals(gold, poor)
    assert capsys.readouterr().out == (f"{evaluate(gold, poor).format()}\n\n{told.format()}\n")
    assert read_json("x.json")["intervals"] == told.to_dict()


def test_a_comparison_is_added(documents, capsys):
    arguments = ["evaluate", "gold.jsonl", "poor.jsonl", "--compare", "good.jsonl"]
    assert main([*arguments, "--json", "x.json"]) == 0
    told = compare(documents.gold, documents.poor, documents.gold)
    assert capsys.readouterr().out.endswith(f"\n\n{told.format()}\n")
    assert read_json("x.json")["comparison"] == told.to_dict()


def test_a_comparison_with_other_articles_is_told(documents, make, capsys):
    write_jsonl([make.article("c")], "other.jsonl")
    assert main(["evaluate", "gold.jsonl", "poor.jsonl", "--compare", "other.jsonl"]) == 1
    assert capsys.readouterr().err.startswith("quotestance: other.jsonl: no prediction for 2")


def test_baselines_are_a_table_with_the_predictions_last(documents, parser, capsys):
    assert main(["evaluate", "gold.jsonl", "poor.jsonl", "--baselines", "--json", "x.json"]) == 0
    *_, table = capsys.readouterr().out.split("\n\n")
    header, *rows = table.splitlines()
    assert header.startswith("system")
    assert len(rows) == 5
    assert rows[-1].startswith("these predictions")
    systems = read_json("x.json")["systems"]
    assert systems["these predictions"]["quotes"]["recall"] == 0.25
    assert "rules, always accusatory" in systems


def test_the_same_text_is_parsed_once(documents, parser):
    assert main(["evaluate", "gold.jsonl", "poor.jsonl", "--baselines"]) == 0
    assert parser.read == [documents.gold[0].text]


def test_baselines_read_what_the_models_have_parsed(documents, parser, monkeypatch, capsys):
    read = []

    class Pipeline:
        def parser(self, text):
            read.append(text)
            return Parse(text, (), (), ())

        def pipe(self, articles, batch_size):
            for article in articles:
                self.parser(article.text)
                yield article

    monkeypatch.setattr(quotestance, "load", lambda *_, **__: Pipeline())
    assert main(["evaluate", "gold.jsonl", "--baselines"]) == 0
    assert len(read) == 2
    assert parser.read == []
    assert "these predictions" in capsys.readouterr().out


def test_a_report_is_written(documents, parser, capsys):
    arguments = ["evaluate", "gold.jsonl", "poor.jsonl", "--compare", "good.jsonl", "--baselines"]
    assert main([*arguments, "--report", "out/report"]) == 0
    data = read_json("out/report/report.json")
    assert data["errors"]["missed"] == 6
    assert {"intervals", "comparison", "systems"} <= data.keys()
    assert "Evaluation on gold.jsonl" in Path("out/report/report.html").read_text(encoding="utf-8")
    assert "intervals" not in capsys.readouterr().out  # only what is asked for is printed


def test_a_report_that_cannot_be_written_is_told(documents, capsys):
    Path("taken").touch()
    assert main(["evaluate", "gold.jsonl", "poor.jsonl", "--report", "taken"]) == 1
    assert "taken" in capsys.readouterr().err
