from __future__ import annotations

import pytest

from quotestance import Span
from quotestance.exchange import ExchangeError, read_csv, write_csv
from quotestance.exchange.csv_rows import parse_csv

ROWS = """\
frase;citazione;chi;verso chi;tono
"Rossi: ""Basta"", dice. Basta!";Basta;Rossi;Verdi;Accusatory
"Rossi: ""Basta"", dice. Basta!";Basta;Rossi;Neri;
"Rossi: ""Basta"", dice. Basta!";Basta;Rossi;Verdi;neutral
Piove.;;;;
"""
COLUMNS = {
    "text": "frase",
    "quote": "citazione",
    "speaker": "chi",
    "target": "verso chi",
    "stance": "tono",
}


def read(rows, columns=None):
    imported = parse_csv(rows, "righe", columns)
    return imported.documents, [str(loss) for loss in imported.losses]


def test_rows_under_the_users_headers_are_read():
    (first, second), losses = read(ROWS, COLUMNS)
    assert losses == []
    assert (first.id, second.id, second.text) == ("righe-1", "righe-2", "Piove.")
    assert [(q.id, q.type, q.content) for q in first.quotes] == [
        ("q1", "direct", (Span(8, 13),)),  # two rows, two targets
        ("q2", "indirect", (Span(22, 27),)),  # the same target again: the words again
    ]
    assert [[str(s) for s in q.stances] for q in first.quotes] == [
        ["accusatory → Verdi", "neutral → Neri"],
        ["neutral → Verdi"],
    ]
    assert [entity.name for entity in first.entities] == ["Rossi", "Verdi", "Neri"]


def test_a_quote_is_found_whatever_its_blanks_and_marks():
    [document], losses = read(
        'text,quote,speaker\n"Ha detto:\n«l’Italia\n\nnon cede», poi altro","""l\'Italia non cede""",Rossi\n'
    )
    assert losses == []
    assert document.quotes[0].text == "«l’Italia\n\nnon cede»"


def test_segments_and_the_nearest_cue_are_found():
    [document], losses = read(
        "text,quote,speaker,cue,type\n"
        '"ha detto poco. Uno, ha detto, due.",Uno … due,Rossi,ha detto,MIXED\n'
    )
    assert losses == []
    assert document.quotes[0].content == (Span(15, 18), Span(30, 33))
    assert document.quotes[0].cue == (Span(20, 28),)
    assert document.quotes[0].type == "mixed"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Uno.,Due,Rossi,,", "the quote 'Due' is not in the text"),
        ("Uno.,Uno,,,", "the quote 'Uno' has no speaker"),
        ("Uno.,Uno,Rossi,Verdi,un po'", 'the stance "un po\'"; a label has letters'),
        ("Uno.,Uno,Rossi,ROSSI,neutral", "the target 'ROSSI' is the speaker"),
        ("Uno.,Uno,Rossi,,accusatory", "the stance 'accusatory' without a target"),
    ],
)
def test_what_cannot_be_carried_over_is_told_with_its_line(row, told):
    before = 'text,quote,speaker,target,stance\n"Alfa\nbeta",beta,Rossi,,\n'
    [_, document], [loss] = read(f"{before}{row}\n")
    assert document.text == "Uno."
    assert loss.startswith(f"righe-2: line 4: {told}")


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("text,quote\nx,x\n", "line 1: no column 'speaker' among text, quote; tell which header"),
        ("", "line 1: no column 'text', 'quote', 'speaker' among none"),
        ("text,quote,speaker\na,b\n", "line 2: has 2 fields, the header 3; put quotation marks"),
        ("text,quote,speaker\n,a,b\n", "line 2: has no text"),
        (
            "document,text,quote,speaker\na,uno,uno,R\na,due,due,R\n",
            "line 3: the document 'a' has another text in a row before",
        ),
    ],
)
def test_bad_input_is_told_with_its_line(tmp_path, rows, told):
    path = tmp_path / "x.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        read_csv(path)
    assert str(caught.value).startswith(f"{path}, {told}")


def test_a_column_that_is_none_is_refused():
    with pytest.raises(ExchangeError, match="no column words; there are document, text, quote"):
        parse_csv("a", "x", {"words": "a"})


def test_headers_of_the_user_are_written_and_read(real):
    exported = write_csv(real[:1], COLUMNS)
    assert exported.files[""].startswith("document,frase,citazione,type,cue,chi,verso chi,tono\n")
    [document], losses = read(exported.files[""], COLUMNS)
    assert losses == []
    assert len(document.quotes) == len(real[0].quotes)
