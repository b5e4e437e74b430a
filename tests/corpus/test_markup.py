from __future__ import annotations

from pathlib import Path

import pytest

from quotestance.corpus import MarkupError, parse_markup, read_jsonl, read_markup
from quotestance.document import Span

SEEDS = Path(__file__).parents[2] / "seeds"

HEADER = """\
#id: dip-001
#domain: diplomazia
#entity: lavrov | person | Serghei Lavrov ; Lavrov ; il ministro russo | Russia
#entity: usa | gpe | Stati Uniti ; Washington | -
#quote: 1 | mixed | lavrov | -
#quote: 2 | indirect | lavrov | usa:accusatory
"""
BODY = """\
Titolo

{s1:Lavrov} {c1:ha ribadito} che {q1:“Mosca non minaccia”}, ma
{c2:ha accusato} gli {t2:Stati Uniti} di {q2:armare Kiev}. Il ministro russo tace a Washington.
"""


def parse(header=HEADER, body=BODY):
    return parse_markup(f"{header}#text\n{body}", "untitled")


def test_article_is_read():
    document = parse()
    first, second = document.quotes
    assert (document.id, document.domain) == ("dip-001", "diplomazia")
    assert document.text.startswith("Titolo\n\nLavrov ha ribadito che “Mosca")
    assert document.text.endswith("a Washington.")
    assert (first.id, first.type, first.text) == ("q1", "mixed", "“Mosca non minaccia”")
    assert (first.cue_text, str(first.speaker.mention)) == ("ha ribadito", "Lavrov")
    assert first.stances == ()
    assert second.speaker.mention is None
    assert [(s.target.id, s.label) for s in second.stances] == [("usa", "accusatory")]


def test_entities_have_names_side_and_mentions():
    lavrov, usa = parse().entities
    assert (lavrov.name, lavrov.side) == ("Serghei Lavrov", "Russia")
    assert lavrov.aliases == ("Serghei Lavrov", "Lavrov", "il ministro russo")
    assert [m.text for m in lavrov.mentions] == ["Lavrov", "Il ministro russo"]
    assert usa.side is None
    assert [m.text for m in usa.mentions] == ["Stati Uniti", "Washington"]


def test_the_longest_alias_takes_the_place():
    body = "{q1:x} {q2:y} Serghei Lavrov a Washington"
    assert [m.text for m in parse(body=body).entities[0].mentions] == ["Serghei Lavrov"]


def test_aliases_match_whole_words_alone():
    body = "{q1:x} {q2:y} Lavrov, Lavrova e il lavrovismo a Washington"
    assert [m.text for m in parse(body=body).entities[0].mentions] == ["Lavrov"]


def test_a_tagged_mention_wins_over_an_alias_of_another():
    body = "{q1:x} {q2:y} Lavrov e {@lavrov:Washington}, Washington"
    lavrov, usa = parse(body=body).entities
    assert [m.text for m in lavrov.mentions] == ["Lavrov", "Washington"]
    assert len(usa.mentions) == 1
    assert lavrov.mentions[1] not in usa.mentions


def test_tags_nest_and_contents_have_segments():
    document = parse(body="«{q1:Da {@usa:Washington}}», dice Lavrov, «{q1:no}» e {q2:y}")
    assert document.quotes[0].content == (Span(1, 14), Span(31, 33))
    assert document.entities[1].mentions == (Span(4, 14),)


def test_target_tags_pair_with_two_targets_in_order():
    header = HEADER.replace("usa:accusatory", "usa:neutral, kiev:conciliatory")
    header = header.replace("#quote: 1", "#entity: kiev | gpe | Kiev\n#quote: 1")
    document = parse(header, "{q1:x} Lavrov chiede {q2:tregua} {t2:ai primi} e {t2:ai secondi}")
    assert [m.text for m in document.entity("usa").mentions] == ["ai primi"]
    assert [m.text for m in document.entity("kiev").mentions] == ["ai secondi"]


def test_all_target_tags_go_to_a_single_target():
    body = "{q1:x} Lavrov chiede {t2:agli americani}, {t2:al Pentagono}, {q2:tregua}"
    mentions = parse(body=body).entity("usa").mentions
    assert [m.text for m in mentions] == ["agli americani", "al Pentagono"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_file_is_read_with_either_line_end_and_a_byte_order_mark(tmp_path, line_end):
    path = tmp_path / "a.qm"
    markup = f"{HEADER}#text\n{BODY}".replace("\n", line_end)
    path.write_bytes(markup.encode("utf-8-sig"))
    assert read_markup(path) == parse()


def test_file_name_is_the_id_where_none_is_given(tmp_path):
    path = tmp_path / "cro-007.qm"
    path.write_text(f"{HEADER}#text\n{BODY}".replace("#id: dip-001\n", ""), encoding="utf-8")
    assert read_markup(path).id == "cro-007"


def test_the_seed_article_is_read_as_it_was_converted():
    assert [read_markup(SEEDS / "lavrov-rubio.qm")] == list(
        read_jsonl(SEEDS / "lavrov-rubio.jsonl")
    )
    text = (SEEDS / "lavrov-rubio.txt").read_text(encoding="utf-8")
    assert read_markup(SEEDS / "lavrov-rubio.qm").text == text.strip("\n")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("#domain:", "domain:", "header line not understood: 'domain: diplomazia'"),
        (" | person | ", " | ", "an entity's kind is one of person, org, gpe, group"),
        ("| -\n#quote: 1", "| - | -\n#quote: 1", "an entity is 'id | kind | names | side'"),
        ("| person |", "| man |", "an entity's kind is one of person, org, gpe, group"),
        ("Serghei Lavrov ; Lavrov ; il ministro russo", ";", "an entity has at least one name"),
        ("entity: usa", "entity: u s a", "an entity's id has letters, digits, - and _ alone"),
        ("entity: usa", "entity: lavrov", "lavrov stands twice in the header"),
        ("; Washington", "; Lavrov", "an alias stands twice: Lavrov; each names one entity"),
        ("; Washington", "; Lavrov ; Washington", "an alias stands twice: Lavrov"),
        ("quote: 2", "quote: 1", "1 stands twice in the header"),
        ("| mixed | lavrov | -", "| mixed | lavrov", "a quote is 'number | type | speaker |"),
        ("| mixed |", "| said |", "a quote's type is one of direct, indirect, mixed"),
        ("mixed | lavrov", "mixed | putin", "the speaker 'putin' is no entity named above"),
        ("usa:accusatory", "ue:accusatory", "the target 'ue' is no entity named above"),
        ("usa:accusatory", "usa:hostile", "a stance is one of conciliatory, accusatory, neutral"),
        ("usa:accusatory", "lavrov:neutral", "the target is the speaker"),
    ],
)
def test_mistakes_in_the_header(old, new, problem):
    assert old in HEADER
    with pytest.raises(MarkupError) as caught:
        parse(HEADER.replace(old, new))
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("{q1:“Mosca", "{q1:“Mosca}", "a closing brace with no tag open near …"),
        ("Kiev}", "Kiev", "the tag {q2: is never closed"),
        ("Titolo", "{x1:Titolo", "a brace that opens no known tag near '{x1:Titolo"),
        ("Titolo", "{q1:}Titolo", "{q1:…} is empty or has a space at its edge: ''"),
        ("{q2:armare", "{q2: armare", "{q2:…} is empty or has a space at its edge: ' armare Kiev'"),
        ("Titolo", "{@ue:Titolo}", "{@ue:…} around 'Titolo' refers to nothing in the header"),
        ("Titolo", "{q3:Titolo}", "{q3:…} around 'Titolo' refers to nothing in the header"),
        ("Titolo", "{s1:Titolo}", "two tags {s1:…}; a quote has one speaker mention"),
        ("{q2:armare Kiev}", "armare Kiev", "quote 2 has no {q2:…} in the text"),
        ("{q2:armare Kiev}", "{q2:armare {c2:Kiev}}", "the cue {c2:…} overlaps its content"),
        ("{q2:armare Kiev}", "{q2:armare {q2:Kiev}}", "quotes[1].content: segments"),
        ("Titolo", "{t1:Titolo}", "quote 1 has 1 tags {t1:…} for 0 targets"),
    ],
)
def test_mistakes_in_the_text(old, new, problem):
    assert old in BODY
    body = BODY.replace(old, new)
    with pytest.raises(MarkupError) as caught:
        parse(body=body)
    assert problem in str(caught.value)


def test_an_entity_must_be_mentioned():
    with pytest.raises(MarkupError, match="entity usa is mentioned nowhere"):
        parse(body="{q1:x} {q2:y} Lavrov")


def test_markup_without_text_line():
    with pytest.raises(MarkupError, match="no #text line"):
        parse_markup(HEADER + BODY, "x")


def test_errors_of_a_file_name_it(tmp_path):
    path = tmp_path / "a.qm"
    path.write_text("#id: a\n", encoding="utf-8")
    with pytest.raises(MarkupError, match=r"a\.qm: no #text line"):
        read_markup(path)
    path.write_bytes("#id: è\n".encode("latin-1"))
    with pytest.raises(MarkupError, match=r"a\.qm: not UTF-8 \(byte 5\); save it as UTF-8"):
        read_markup(path)
