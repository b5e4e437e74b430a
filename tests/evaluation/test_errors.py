from __future__ import annotations

from dataclasses import replace

import pytest

from quotestance.document import Span, Speaker, Stance
from quotestance.evaluation import ErrorRow, Errors, evaluate


def errors(gold, predicted):
    return evaluate(gold, predicted).errors()


def kinds(rows):
    return [(row.kind, row.gold, row.predicted) for row in rows]


def test_perfect_prediction_has_no_errors(gold):
    assert errors([gold], [gold]) == ()
    assert Errors().format() == "no errors"


def test_missed_and_superfluous_in_the_order_of_the_text(make, gold, with_quote):
    elsewhere = with_quote(gold, 1, content=(make.find(gold.text, "Mosca"),))
    assert kinds(errors([gold], [elsewhere])) == [
        ("superfluous", "-", "Mosca"),
        ("missed", "voler bluffare", "-"),
    ]


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"type": "mixed"}, ("type", "direct", "mixed")),
        ({"cue": ()}, ("cue", "ha detto", "-")),
        ({"stances": ()}, ("target", "Marco Rubio", "-")),
    ],
)
def test_each_kind_on_a_matched_quote(gold, change, row, with_quote):
    assert kinds(errors([gold], [with_quote(gold, 0, **change)])) == [row]


def test_speaker(gold, with_quote):
    rubio = gold.entities[1]
    rows = errors([gold], [with_quote(gold, 0, speaker=Speaker(rubio))])
    assert kinds(rows) == [("speaker", "Serghei Lavrov (Serghei Lavrov)", "Marco Rubio (-)")]


def test_stance_is_judged_where_the_target_is_right(gold, with_quote):
    _, rubio, russia = gold.entities
    stances = (Stance(rubio, "neutral"), Stance(russia, "accusatory"))
    assert kinds(errors([gold], [with_quote(gold, 0, stances=stances)])) == [
        ("target", "Marco Rubio", "Marco Rubio, Russia"),
        ("stance", "conciliatory → Marco Rubio", "neutral → Marco Rubio"),
    ]


def test_context_marks_every_segment(gold, with_quote):
    interrupted = with_quote(gold, 0, content=(Span(26, 38), Span(39, 49)))
    (row,) = errors([interrupted], [replace(gold, quotes=gold.quotes[1:])])
    assert row.gold == "Siamo pronti … al dialogo"
    assert row.context.startswith("Serghei Lavrov ha detto: «⟦Siamo pronti⟧ ⟦al dialogo⟧». Marco")


def test_errors_as_text():
    rows = Errors([ErrorRow("a", "cue", "ha detto", "-", "⟦Sì⟧, ha detto.")] * 2)
    assert rows.format().split("\n\n") == [
        "a  cue\n  gold       ha detto\n  predicted  -\n  context    ⟦Sì⟧, ha detto.",
    ] * 2 + ["cue 2"]


def test_ids_must_pair(gold):
    with pytest.raises(ValueError, match="no prediction"):
        errors([gold], [])


def test_a_table_has_a_row_for_each_error_and_is_safe():
    found = Errors(
        [ErrorRow("a", "cue", "<b>", "-", "x"), ErrorRow("a", "type", "direct", "mixed", "y")]
    )
    assert [row[1] for row in found.table().rows] == ["cue", "type"]
    assert "<b>" not in found._repr_html_()
    assert found.counts["cue"] == 1
    assert found.of_kind("type") == found[1:]


def test_a_report_gives_its_errors_by_kind(gold, with_quote):
    report = evaluate([gold], [with_quote(gold, 0, cue=(), type="mixed")])
    assert [row.kind for row in report.errors()] == ["type", "cue"]
    assert [row.kind for row in report.errors("cue")] == ["cue"]
