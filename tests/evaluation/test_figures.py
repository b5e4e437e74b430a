from __future__ import annotations

from dataclasses import replace

from quotestance.evaluation import FIGURES, PRF, Accuracy, Confusion, Scores, evaluate
from quotestance.evaluation.figures import measure, systems_table


def test_each_kind_of_counts_has_its_measure():
    assert measure(PRF(1, 1, 0)) == PRF(1, 1, 0).f1
    assert measure(Accuracy(1, 4)) == 0.25
    assert measure(Confusion(("a", "b"), ((1, 0), (0, 0)))) == 1.0


def test_figures_take_their_counts_from_scores():
    scores = replace(Scores(), quotes=PRF(1, 2, 3), cue=Accuracy(1, 2))
    counts = {figure.key: figure.counts(scores) for figure in FIGURES}
    assert counts["quotes"] == PRF(1, 2, 3)
    assert counts["cue"] == Accuracy(1, 2)
    assert counts["dyads"] == PRF()


def test_keys_and_names_are_unique():
    assert len({f.key for f in FIGURES}) == len({f.name for f in FIGURES}) == len(FIGURES)


def test_a_row_for_each_system(gold):
    perfect = evaluate([gold], [gold]).overall
    table = systems_table({"good": perfect, "none": Scores()})
    assert table.header == ("system", *(figure.name for figure in FIGURES))
    assert [row[:2] for row in table.rows] == [("good", "1.000"), ("none", "-")]
