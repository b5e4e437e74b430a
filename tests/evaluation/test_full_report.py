from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from xml.dom.minidom import parseString

import pytest

from quotestance.document import Document, Span
from quotestance.evaluation import (
    FullReport,
    Scores,
    compare,
    evaluate,
    intervals,
    write_report,
)
from quotestance.evaluation.plots import growth_plot, intervals_plot

HOSTILE = "<script>alert('&')</script>|*x*"


@pytest.fixture
def predicted(gold):
    """All that is annotated but the second quote, with scores."""
    quotes = tuple(
        replace(
            q,
            score=0.9,
            speaker=replace(q.speaker, score=0.8),
            stances=tuple(replace(s, score=0.7) for s in q.stances),
        )
        for q in gold.quotes
    )
    return replace(gold, quotes=(quotes[0], *quotes[2:]))


@pytest.fixture
def full(gold, predicted):
    return FullReport.of(
        "Evaluation",
        [gold],
        [predicted],
        comparison=compare([gold], [predicted], [gold]),
        systems={"a baseline": Scores()},
    )


@pytest.fixture
def written(full, tmp_path):
    write_report(full, tmp_path / "new" / "folder")
    return tmp_path / "new" / "folder"


def svgs(page):
    return [parseString(svg) for svg in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]


def test_four_files_are_written(written):
    assert sorted(path.name for path in written.iterdir()) == [
        "errors.csv",
        "report.html",
        "report.json",
        "report.md",
    ]


def test_the_data_hold_all_that_is_measured(written, full, gold, predicted):
    data = json.loads((written / "report.json").read_text(encoding="utf-8"))
    assert data == full.to_dict()
    assert data["overall"] == evaluate([gold], [predicted]).overall.to_dict()
    assert data["errors"] == {
        "missed": 1,
        "superfluous": 0,
        "type": 0,
        "cue": 0,
        "speaker": 0,
        "target": 0,
        "stance": 0,
    }
    assert {"field_scores", "intervals", "calibration", "comparison", "systems"} <= data.keys()


def test_what_was_not_asked_for_is_not_there(gold, predicted):
    bare = FullReport.of("Evaluation", [gold], [predicted])
    assert {"comparison", "systems"}.isdisjoint(bare.to_dict())
    assert not any("baseline" in table.caption.casefold() for table in bare.tables())


@pytest.mark.parametrize(
    "row",
    [
        "recall of mixed quotes",
        "speaker, mention: pronoun",
        "diplomazia",
        "conciliatory",
        "tokens of content (Citron)",
        "stance macro-F1",
        "quote 0.90–1.00",
        "missed",
        "a baseline",
    ],
)
def test_the_tables_are_in_markdown_and_page(full, row):
    assert f"| {row} |" in full.markdown()
    assert f'<th scope="row">{row}</th>' in full.html()


def test_both_confusion_matrices_are_shown(full):
    captions = [table.caption for table in full.tables()]
    assert "Stance toward the first target, gold by predicted" in captions
    assert "Stance where the target is right, gold by predicted" in captions


def test_the_errors_are_a_table(written, gold, predicted):
    with (written / "errors.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["document", "kind", "gold", "predicted", "context"]
    (error,) = evaluate([gold], [predicted]).errors()
    assert rows == [[error.document, error.kind, error.gold, error.predicted, error.context]]


def test_the_page_loads_nothing(written):
    page = (written / "report.html").read_text(encoding="utf-8")
    addresses = re.findall(r"https?://[^\"\s]+", page)
    assert set(addresses) == {"http://www.w3.org/2000/svg"}  # a name space, which nobody asks
    assert not re.search(r"<(?:script|link|img)|url\(|@import|src=", page)
    assert "prefers-color-scheme: dark" in page


def test_the_page_has_three_plots(full):
    bars, reliability, coverage = svgs(full.html())
    assert len(bars.getElementsByTagName("rect")) == 9  # of ten figures; there is no mixed quote
    assert len(reliability.getElementsByTagName("circle")) == 3
    lines = [x.getAttribute("class") for x in coverage.getElementsByTagName("polyline")]
    assert [name for name in lines if name == "line stance"] == ["line stance"] * 2


def test_all_text_is_escaped():
    whole = Document("a", HOSTILE, domain=HOSTILE)
    full = FullReport.of(HOSTILE, [whole], [whole], systems={HOSTILE: Scores()})
    assert "<script" not in full.html()
    assert "<script" not in full.markdown()
    assert "\\|\\*x\\*" in full.markdown()


def test_nothing_to_score():
    full = FullReport.of("Evaluation", [], [])
    assert len(svgs(full.html())) == 3
    assert "0 documents" in full.markdown()


def test_predictions_without_scores_have_empty_plots(gold):
    _, reliability, _ = svgs(FullReport.of("Evaluation", [gold], [gold]).html())
    assert not reliability.getElementsByTagName("circle")


def test_a_long_curve_is_thinned(gold):
    spans = [Span.of(gold.text, i, i + 1) for i in range(len(gold.text) - 1)]
    quotes = tuple(
        replace(gold.quotes[0], id=str(i), content=(span,), score=(i + 1) / 1000)
        for i, span in enumerate(spans * 2)
    )
    full = FullReport.of("Evaluation", [gold], [replace(gold, quotes=quotes)])
    assert len(full.calibration["quote"].curve) == len(quotes)
    _, _, coverage = svgs(full.html())
    lines = [
        x.getAttribute("points").split()
        for x in coverage.getElementsByTagName("polyline")
        if x.getAttribute("class") == "line quote"
    ]
    assert 100 < len(lines[0]) <= 201
    assert lines[0][-1].startswith("248.0,")  # all are kept at the end


def test_a_plot_shows_itself_in_a_notebook(gold):
    plot = intervals_plot(intervals([gold], [gold]))
    shown = plot._repr_html_()
    assert str(plot) in shown
    assert "--one: #0072b2" in shown


def test_a_curve_has_a_point_for_each_count_and_its_goal():
    plot = growth_plot({"quote": [(0, 0.5), (30, 0.75)]}, "articles", {"quote": 0.8})
    assert plot.count("<circle") == 2
    assert "<title>30 articles: 0.750</title>" in plot
    assert plot.count('class="ideal"') == 1
    assert ">22.5</text>" in plot
    parseString(plot)
