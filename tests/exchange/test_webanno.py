from __future__ import annotations

import re

import pytest

from quotestance import Span
from quotestance.exchange import ExchangeError, read_webanno, write_webanno
from quotestance.exchange.webanno import parse_webanno
from quotestance.exchange.webanno_reading import read_tsv

SPAN = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.Span|value\n\n\n"
SLOTS = (
    "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.SimpleSpan|\n"
    "#T_SP=webanno.custom.SimpleLinkHost|ROLE_webanno.custom.SimpleLinkHost:links_"
    "webanno.custom.LinkType|webanno.custom.SimpleSpan\n\n\n#Text=This is a test .\n"
)
# As INCEpTION writes a quote drawn by hand into our layers: cells of several rows repeat.
DRAWN = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.QuoteContent|quote|type|note|ROLE_webanno.custom.QuoteContent:links_\
webanno.custom.QuoteContentLinksLink|uima.tcas.Annotation
#T_SP=webanno.custom.QuoteCue|
#T_SP=webanno.custom.QuoteMention|kind|entity|note


#Text=😡 Rossi dice: basta così.
1-1\t0-2\t😡\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
1-2\t3-8\tRossi\t_\t_\t_\t_\t_\t_\tPerson[2]\t*[2]\t*[2]\t
1-3\t9-13\tdice\t_\t_\t_\t_\t_\t*[3]\t_\t_\t_\t
1-4\t13-14\t:\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
1-5\t15-20\tbasta\t*[1]\tdirect[1]\t*[1]\tspeaker;cue;accusatory[1]\t1-2[2];1-3[3];2-1[4]\t_\t_\t_\t_\t
1-6\t21-25\tcosì\t*[1]\tdirect[1]\t*[1]\tspeaker;cue;accusatory[1]\t1-2[2];1-3[3];2-1[4]\t_\t_\t_\t_\t
1-7\t25-26\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_\t

#Text=Verdi tace.
2-1\t27-32\tVerdi\t_\t_\t_\t_\t_\t_\tperson[4]\tverdi[4]\t*[4]\t
2-2\t33-37\ttace\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
2-3\t37-38\t.\t_\t_\t_\t_\t_\t_\t_\t_\t_\t
"""


def spans(tsv):
    read = read_tsv(tsv)
    return sorted((a.features.get("value"), read.text[a.start : a.end]) for a in read.annotations)


def test_a_quote_drawn_by_hand_is_read():
    imported = parse_webanno(DRAWN, "a")
    [document] = imported.documents
    [quote] = document.quotes
    assert imported.losses == ()
    assert document.text == "😡 Rossi dice: basta così.\nVerdi tace."
    assert (quote.type, quote.text, quote.content) == ("direct", "basta così", (Span(14, 24),))
    assert (quote.cue_text, str(quote.speaker.mention)) == ("dice", "Rossi")
    assert [str(stance) for stance in quote.stances] == ["accusatory → verdi"]


# These come from the files that WebAnno's own tests compare with.


def test_stacked_annotations_of_parts_of_tokens_are_read():
    tsv = (
        f"{SPAN}#Text=aaaaaa bbbbbb cccccc\n"
        "1-1\t0-6\taaaaaa\t2a[1]|2b[2]\t\n1-1.1\t3-6\taaa\t9a[7]|9b[8]\t\n"
        "1-2\t7-13\tbbbbbb\t2a[1]|2b[2]|9a[7]|9b[8]\t\n1-3\t14-20\tcccccc\t_\t\n"
        "1-3.1\t14-17\tccc\t9a[7]|9b[8]\t\n"
    )
    assert spans(tsv) == [
        ("2a", "aaaaaa bbbbbb"),
        ("2b", "aaaaaa bbbbbb"),
        ("9a", "aaa bbbbbb ccc"),
        ("9b", "aaa bbbbbb ccc"),
    ]


def test_an_annotation_across_sentences_is_one():
    tsv = (
        f"{SPAN}#Text=He loves her .\n1-1\t0-2\tHe\t*[1]\t\n1-4\t13-14\t.\t*[1]\t\n\n"
        "#Text=She loves him not .\n2-1\t15-18\tShe\t*[1]\t\n2-5\t33-34\t.\t*[1]\t\n"
    )
    assert spans(tsv) == [(None, "He loves her .\nShe loves him not .")]


def test_slots_of_several_rows_are_read():
    read = read_tsv(
        f"{SLOTS}1-1\t0-4\tThis\t_\tp1;p2\t1-2[1];1-4[2]\t\n1-2\t5-7\tis\t*[1]\t_\t_\t\n"
        "1-3\t8-9\ta\t*[1]\t_\t_\t\n1-4\t10-14\ttest\t*[2]\t_\t_\t\n1-5\t15-16\t.\t*[2]\t_\t_\t\n"
    )
    [host] = [a for a in read.annotations if a.links]
    assert [
        (role, read.text[read.annotations[i].start : read.annotations[i].end])
        for role, i in host.links
    ] == [("p1", "is a"), ("p2", "test .")]


def test_stacked_slots_without_numbers_are_read():
    read = read_tsv(
        f"{SLOTS}1-1\t0-4\tThis\t_\t*;*[1]|*;*[2]\t1-2;1-3|1-2;1-3\t\n1-2\t5-7\tis\t*\t_\t_\t\n"
        "1-3\t8-9\ta\t*\t_\t_\t\n"
    )
    hosts = [a.links for a in read.annotations if a.links]
    assert len(hosts) == 2
    assert hosts[0] == hosts[1]


def test_lines_of_a_sentence_and_escapes_are_text():
    read = read_tsv(
        f"{SPAN}#Text=a\\tb\\\\n\n#Text=c\n1-1\t0-1\ta\tx\\|\\_\\[y\\]\\;\\->[3]|z\t\n\n#Text=d\n2-1\t9-10\td\t_\t\n"
    )
    assert read.text == "a\tb\\n\nc\n d"
    assert [a.features["value"] for a in read.annotations] == ["x|_[y];->", "z"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "#T_SP=webanno.custom.QuoteCue|",
            "#T_SP=de.Pos|",
            "de.Pos: 1 annotations of a layer that",
        ),
        ("\tdirect[1]", "\tloud[1]", "line 12: the type 'loud'; known"),
        (";cue;", ";agent;", "line 12: the link 'agent' from a content to a Cue"),
        (";cue;", ";the agent;", "line 12: the link 'the agent'; known: cue"),
        ("2-1[4]\t", "2-1[44]\t", "line 12: the link 'accusatory' to 2-1[44]"),
        ("Person[2]", "LOC[2]", "line 9: the kind 'LOC'; known: Speaker, person"),
        ("verdi[4]\t*[4]", "verdi[4]\tcfr. p. 3[4]", "line 17: the note 'cfr. p. 3'"),
        ("speaker;cue", "unnamed\\_speaker;cue", ""),
    ],
)
def test_what_has_no_place_is_told(old, new, told):
    assert old in DRAWN
    imported = parse_webanno(DRAWN.replace(old, new), "a")
    told_losses = [str(loss) for loss in imported.losses]
    assert any(loss.startswith(f"a: {told}") for loss in told_losses) == bool(told)


def test_layers_of_relations_and_chains_are_told():
    tsv = (
        "#FORMAT=WebAnno TSV 3.2\n#T_SP=de.POS|PosValue\n"
        "#T_CH=de.CoreferenceLink|referenceType|referenceRelation\n#T_RL=de.Dependency|Type|BT_de.POS\n\n\n"
        "#Text=He shot himself\n1-1\t0-2\tHe\tP\tpr[1]\tcoref->1-1\tSUBJ\t1-2\t\n"
        "1-2\t3-7\tshot\tV\t_\t_\t_\t_\t\n1-3\t8-15\thimself\tP\tpr[1]\tcoref->1-2\tOBJ\t1-2\t\n"
    )
    assert sorted(map(str, parse_webanno(tsv, "a").losses)) == [
        "a: de.CoreferenceLink: 2 annotations of a layer that is not read",
        "a: de.Dependency: 2 annotations of a layer that is not read",
        "a: de.POS: 3 annotations of a layer that is not read",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("3.3", "2.1", "line 1: is not '#FORMAT=WebAnno TSV 3.…'; export"),
        ("1-2\t3-8", "Rossi", "line 9: 'Rossi\\tRossi"),
        ("\tPerson[2]\t*[2]\t*[2]\t", "", "line 9: has 6 columns of annotations, the header 9"),
        ("2-1\t27-32", "2-1\t9-14", "line 17: the sentence begins before the one above it ends"),
        ("1-2\t3-8", "1-2\t1-8", "line 9: offset 1 is no place between two characters"),
    ],
)
def test_bad_lines_are_told(tmp_path, old, new, told):
    path = tmp_path / "a.tsv"
    path.write_text(DRAWN.replace(old, new), encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        read_webanno(path)
    assert str(caught.value).startswith(f"{path}, {told}")


def test_offsets_are_utf16_units_and_parts_of_words_have_rows():
    imported = parse_webanno(DRAWN, "a")
    tsv = write_webanno(imported.documents).files["a.tsv"]
    assert "\n1-2\t3-8\tRossi\t" in tsv
    document = imported.documents[0]
    half = document.from_dict(
        {
            **document.to_dict(),
            "quotes": [{**document.to_dict()["quotes"][0], "content": [[14, 17]]}],
        }
    )
    assert "\n1-5.1\t15-18\tbas\t" in write_webanno([half]).files["a.tsv"]


def test_a_file_has_the_shape_that_the_format_asks_for(real):
    for text in write_webanno(real).files.values():
        header, _, body = text.partition("\n\n\n")
        columns = sum(max(1, line.removesuffix("|").count("|")) for line in header.split("\n")[1:])
        for sentence in body.rstrip("\n").split("\n\n"):
            lines = sentence.split("\n")
            shown = [line for line in lines if line.startswith("#Text=")]
            rows = lines[len(shown) :]
            assert shown
            assert rows
            assert all(
                re.fullmatch(r"\d+-\d+(\.\d+)?\t\d+-\d+\t\S+(\t[^\t]+)*\t", row) for row in rows
            )
            assert all(row.count("\t") == columns + 3 for row in rows)
