from __future__ import annotations

import pytest

from quotestance.document import Document
from quotestance.errors import QuotestanceError
from quotestance.evaluation import evaluate

pytest.importorskip("accelerate")

from quotestance.training.learning_curve import CurvePoint, curve_table, learning_curve


def test_a_curve_is_a_table_with_a_row_for_each_size() -> None:
    nothing = evaluate([Document("a", "Piove.")], [Document("a", "Piove.")])
    table = curve_table([CurvePoint(0, 0, nothing), CurvePoint(5, 41, nothing)])
    assert table.header[:3] == ("articles", "quotes", "quotes F1")
    assert [row[:3] for row in table.rows] == [("0", "0", "-"), ("5", "41", "-")]


def test_more_articles_than_there_are_cannot_be_learned_from() -> None:
    with pytest.raises(QuotestanceError, match="there are 1 articles to learn from, not 5"):
        learning_curve([Document("a", "Piove.")], [], (1, 5))
