from __future__ import annotations

from quotestance.evaluation import Accuracy
from quotestance.evaluation.tables import Table, escape_markdown, number

TABLE = Table.of(["name", "F1"], [["a|b", "1.000"], ["<i>", "-"]], "A *caption*")


def test_plain_text_is_aligned():
    assert TABLE.format().splitlines() == ["name     F1", "a|b   1.000", "<i>       -"]


def test_markdown_shows_cells_as_they_are():
    assert TABLE.markdown().splitlines() == [
        "**A \\*caption\\***",
        "",
        "| name | F1 |",
        "| --- | ---: |",
        "| a\\|b | 1.000 |",
        "| &lt;i&gt; | - |",
    ]


def test_html_escapes_cells_and_caption():
    html = Table.of(["<a>"], [["&"]], "<b>").html()
    assert "<caption>&lt;b&gt;</caption>" in html
    assert '<th scope="col">&lt;a&gt;</th>' in html
    assert '<th scope="row">&amp;</th>' in html


def test_a_table_without_rows_has_its_header():
    assert Table.of(["name", "F1"], []).format() == "name  F1"


def test_markdown_keeps_a_text_on_one_line():
    assert escape_markdown("a\n[b](c)") == "a \\[b\\](c)"


def test_a_measure_of_nothing_is_a_dash():
    assert number(Accuracy(), 0.0) == "-"
    assert number(Accuracy(1, 3), 1 / 3) == "0.333"
