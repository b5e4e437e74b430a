from __future__ import annotations

from dataclasses import replace

import pytest

from quotestance import Span
from quotestance.exchange import ExchangeError, read_brat, write_brat
from quotestance.exchange.brat import parse_brat

TEXT = "Anna Rossi ha detto ai giornalisti: «Non cediamo», e ancora\n«mai». Verdi tace."
# As brat writes what is drawn by hand: a quote in two pieces, relations, an attribute, a flag.
ANN = """\
T1\tContent 37 48;61 64\tNon cediamo mai
T2\tPerson 0 10\tAnna Rossi
T3\tCue 11 19\tha detto
T4\tPerson 67 72\tVerdi
R1\tspeaker Arg1:T1 Arg2:T2\t
R2\tcue Arg1:T1 Arg2:T3\t
R3\taccusatory Arg1:T1 Arg2:T4\t
A1\tType T1 Direct
"""
QUOTE = (
    "direct",
    (Span(37, 48), Span(61, 64)),
    (Span(11, 19),),
    "Anna Rossi",
    ["accusatory → Verdi"],
)


def shape(quote):
    return quote.type, quote.content, quote.cue, str(quote.speaker), list(map(str, quote.stances))


def read(annotations, text=TEXT):
    imported = parse_brat(text, annotations, "a")
    return imported.documents[0], [str(loss) for loss in imported.losses]


def test_annotations_made_by_hand_are_read():
    document, losses = read(ANN)
    assert losses == []
    assert [shape(quote) for quote in document.quotes] == [QUOTE]
    assert [(e.kind, e.name, e.mentions) for e in document.entities] == [
        ("person", "Anna Rossi", (Span(0, 10),)),
        ("person", "Verdi", (Span(67, 72),)),
    ]


@pytest.mark.parametrize(
    "event",
    [
        "E1\tContent:T1 cue:T3 speaker:T2 accusatory1:T4",
        "E1\tCue:T3 content:T1 speaker:T2 accusatory:T4",
    ],
)
def test_events_are_read_like_relations(event):
    lines = [line for line in ANN.splitlines() if not line.startswith("R")]
    document, losses = read("\n".join([event, *lines]))
    assert losses == []
    assert [shape(quote) for quote in document.quotes] == [QUOTE]


def test_attributes_of_an_event_are_those_of_its_trigger():
    document, _ = read(ANN.replace("Type T1 Direct", "Type E1 Mixed") + "E1\tContent:T1 \n")
    assert document.quotes[0].type == "mixed"


def test_references_tell_which_mentions_are_of_one_entity():
    more = "T5\tPerson 20 34\tai giornalisti\n"
    names = "".join(f"N{n}\tReference T{n} Wikidata:Q42\tAnna Rossi\n" for n in (2, 5))
    document, losses = read(ANN + more + names)
    assert losses == []
    assert document.entity("Wikidata:Q42").mentions == (Span(0, 10), Span(20, 34))


def test_a_stretch_over_line_ends_and_tabs_is_written_in_pieces():
    imported = parse_brat(
        "Rossi: uno\n\tdue",
        "T1\tContent 7 10;12 15\tuno due\nT2\tperson 0 5\tRossi\nR1\tspeaker Arg1:T1 Arg2:T2\n",
        "a",
    )
    [document] = imported.documents
    assert document.quotes[0].content == (Span(7, 15),)
    assert "T1\tContent 7 10;12 15\tuno due\n" in write_brat([document]).files["a.ann"]


def test_segments_that_a_line_end_separates_stay_apart():
    text = "Rossi: uno\ndue"
    lines = "T1\tContent 7 10;11 14\tuno due\nT2\tperson 0 5\tRossi\nR1\tspeaker Arg1:T1 Arg2:T2\n"
    note = '#1\tAnnotatorNotes T1\t{"apart": true}\n'
    [document] = parse_brat(text, lines + note, "a").documents
    assert document.quotes[0].content == (Span(7, 10), Span(11, 14))
    assert write_brat([document]).losses == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("T9\tLocation 0 4\tAnna", "a: line 9: the label 'Location'; known: Content, Cue"),
        ("T9\tPerson 0 4\tUgo", "a: line 9: the words 'Ugo' are not at 0 4, which is taken"),
        ("*\tEquiv T2 T4", "a: line 9: the equivalence 'Equiv T2 T4'"),
        ("R9\torg:Origin Arg1:T1 Arg2:T2", "a: line 9: the link 'org:Origin'; known: cue, speaker"),
        ("R9\tOrigin Arg1:T1 Arg2:T3", "a: line 9: the link 'Origin' from a content to a Cue"),
        (
            "#1\tAnnotatorNotes T1\tthis annotation is suspect",
            "a: line 9: the note 'this annotation",
        ),
        ("A2\tNegation T1", "a: line 1: the attribute Negation "),
        ("A2\tType T1 Shouted", "a: line 1: the type 'shouted'; known: direct"),
        ("R9\tneutral Arg1:T1 Arg2:T2", "a: line 1: the target of q1 is its speaker"),
        ("R9\tneutral Arg1:T1 Arg2:T4", "a: line 9: a second stance toward Verdi: neutral"),
        ("R9\tneutral Arg1:T1 Arg2:T3", "a: line 9: the link 'neutral' from a content to a Cue"),
        ("R9\tcue Arg1:T1 Arg2:T77", "a: line 9: the link 'cue' with T77, which is not there"),
    ],
)
def test_what_has_no_place_is_told(line, told):
    document, [loss] = read(f"{ANN}{line}\n")
    assert len(document.quotes) == 1
    assert loss.startswith(told)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("T9\tPerson 0 999\tAnna", "line 9: span [0, 999] ends after the text"),
        ("T9\tPerson 4 4\t", "line 9: a span needs 0 <= start < end"),
        ("T9 Person 0 4 Anna", "line 9: 'T9 Person 0 4 Anna' is not of the form"),
        ("R9\tcue T1 T3", "line 9: "),
        ("X1\tPerson 0 4", "line 9: 'X1\\tPerson 0 4' starts with none of T, E, R, A, N, #, *"),
        ('#1\tAnnotatorNotes T2\t{"entity": {"id": "r"}}', "an entity needs 'id', 'kind'"),
        ('#1\tAnnotatorNotes T1\t{"targets": 3}', "line 1: 'speaker' must be a string"),
    ],
)
def test_bad_lines_are_told(tmp_path, line, told):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text(f"{ANN}{line}\n", encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        read_brat(tmp_path / "a.ann")
    assert str(caught.value).startswith(f"{tmp_path / 'a.ann'}, {told}")


def test_either_file_may_be_named_and_the_text_must_be_there(tmp_path):
    (tmp_path / "a.ann").write_text(ANN, encoding="utf-8")
    with pytest.raises(
        ExchangeError, match=r"a\.ann: the article is missing; put a\.txt beside it"
    ):
        read_brat(tmp_path / "a.ann")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert read_brat(tmp_path / "a.ann") == read_brat(tmp_path / "a.txt")
    (tmp_path / "a.ann").unlink()
    assert read_brat(tmp_path / "a.txt").documents[0].quotes == ()


def test_entities_survive_the_loss_of_their_notes(real):
    exported = write_brat(real[:1])
    lines = exported.files["lavrov-rubio.ann"].splitlines()
    document, losses = read("\n".join(line for line in lines if line[0] != "#"), real[0].text)
    assert losses == []
    assert [(e.id, e.kind, e.name, e.mentions) for e in document.entities if e.mentions] == [
        (e.id, e.kind, e.name, e.mentions) for e in real[0].entities
    ]
    assert [shape(quote) for quote in document.quotes] == [shape(q) for q in real[0].quotes]


def test_the_configuration_comes_along(real):
    configuration = write_brat(real[:1]).files["annotation.conf"]
    assert configuration.startswith("[entities]\nContent\nCue\nSpeaker\nperson\n")
    assert "Type\tArg:Content, Value:direct|indirect|mixed\n" in configuration


def test_the_configuration_names_the_labels_that_occur(real):
    [quote, *_] = [quote for quote in real[0].quotes if quote.stances]
    stances = (replace(quote.stances[0], label="support"),)
    document = replace(real[0], quotes=(replace(quote, stances=stances),))
    configuration = write_brat([document]).files["annotation.conf"]
    assert "\nsupport\tArg1:Content, Arg2:<ENTITY>\n" in configuration
    assert "accusatory" not in configuration
    assert "\naccusatory\tArg1:" in write_brat(real[:1]).files["annotation.conf"]
