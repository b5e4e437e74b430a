from __future__ import annotations

from pathlib import Path

import pytest

from quotestance.corpus import find_doubts, parse_markup, read_markup

SEEDS = Path(__file__).parents[2] / "seeds"


def doubts(kind, body):
    header = f"#entity: l | person | Landini\n#quote: 1 | {kind} | l | -\n"
    return find_doubts(parse_markup(f"{header}#text\n{body}", "x"))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("direct", "«{q1:Pronti}», {c1:ha detto} Landini."),
        ("direct", "Landini: – {q1:Pronti}"),
        ("direct", "{q1:Pronti}, Landini"),
        ("indirect", "Landini {c1:ha detto} che {q1:il sindacato è pronto}."),
        ("mixed", "Landini {c1:ha detto} che {q1:è «pronto»}."),
        ("mixed", 'Landini {c1:ha detto} che {q1:è "pronto"}, «a breve».'),
    ],
)
def test_sound_quotes_raise_no_doubt(kind, body):
    assert doubts(kind, body) == []


@pytest.mark.parametrize(
    ("kind", "body", "doubt"),
    [
        ("direct", "Landini {c1:dice} {q1:basta}", "q1: direct, but no quotation mark stands"),
        ("indirect", "Landini {c1:dice} {q1:«basta»}", "q1: indirect, but it has quotation marks"),
        ("mixed", "Landini {c1:dice} {q1:basta}", "q1: mixed, but it has no quotation marks"),
        ("direct", "«{q1:Basta,}» {c1:dice} Landini", "q1: ends in punctuation: …'«Basta,'"),
        ("indirect", "Landini: {q1:basta tagli}", "q1: indirect without a cue"),
        (
            "direct",
            "«{q1:Basta}», dice Landini. «Una lunga frase che nessuno dice».",
            "a long quoted stretch in no quote: '«Una lunga frase che nessuno dice»'",
        ),
    ],
)
def test_a_doubt_names_its_quote(kind, body, doubt):
    (found,) = doubts(kind, body)
    assert found.startswith(doubt)


def test_the_seed_article_is_beyond_doubt():
    assert find_doubts(read_markup(SEEDS / "lavrov-rubio.qm")) == []
