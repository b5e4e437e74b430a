from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from quotestance.document import STANCE_LABELS, Document, Entity, Quote, Span, Speaker, Stance
from quotestance.export import document_fragment, document_html
from quotestance.export.html_text import escape_line, escape_text, printable
from quotestance.export.palette import OTHER_TONES, tones

HOSTILE = [
    "<script>alert(1)</script>",
    "</article></mark></p><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp &#60;",
    "<!-- -->",
    "]]><![CDATA[",
    "</style></title>",
    "{{ x }} ${y} \\3c ",
]


@pytest.fixture(params=[document_html, document_fragment], ids=["page", "fragment"])
def show(request):
    return request.param


def all_hostile(words: str) -> Document:
    """A document that says the same words wherever it says anything."""
    text = f"{words} dice {words}.\n{words}"
    speaker = Entity("e1", "person", words, side=words)
    target = Entity("e2", "org", words, side=words)
    quote = Quote(
        words,
        "direct",
        (Span.of(text, len(words) + 6, 2 * len(words) + 6),),
        (Span.of(text, len(words) + 1, len(words) + 5),),
        Speaker(speaker, Span.of(text, 0, len(words))),
        (Stance(target, "neutral"),),
    )
    return Document(words, text, (speaker, target), (quote,), domain=words)


# The text


def test_the_text_of_the_article_is_that_of_the_document(document, tangled, show, read_html):
    for one in (document, tangled):
        assert read_html(show(one)).texts["article"] == one.text


def test_line_ends_stay_between_paragraphs(read_html):
    page = read_html(document_html(Document("d", "uno\r\n\r\ndue\rtre\n")))
    assert (page.texts["article"], page.texts["p"]) == ("uno\r\n\r\ndue\rtre\n", "unoduetre")
    assert len(page.of("p")) == 3


@pytest.mark.parametrize("text", ["", "né «citazioni»", " \n"])
def test_a_document_without_quotes_has_no_table(show, read_html, text):
    page = read_html(show(Document("vuoto", text)))
    assert page.texts.get("article", "") == text
    assert not page.of("table")
    assert "no quotes found" in page.texts["div" if show is document_fragment else "main"]


# The quotes in the text


def test_each_segment_has_the_colour_and_the_number_of_its_quote(document, read_html):
    marks = read_html(document_html(document)).of("mark")[5:]  # after the legend
    assert [(mark["class"], mark.get("data-number")) for mark in marks] == [
        ("qs-both", "1"),
        ("qs-both", "1"),
        ("qs-both", None),  # goes on in the next paragraph
        ("qs-none", "2"),
    ]


@pytest.mark.parametrize(
    ("labels", "tone"),
    [
        ([], "none"),
        (["neutral"], "neutral"),
        (["neutral", "accusatory"], "accusatory"),
        (["conciliatory", "conciliatory"], "conciliatory"),
        (["accusatory", "neutral", "conciliatory"], "both"),
    ],
)
def test_a_quote_is_coloured_by_the_stances_it_takes(document, read_html, labels, tone):
    [_, second] = document.quotes
    targets = document.entities
    stances = tuple(Stance(targets[n % 2], label) for n, label in enumerate(labels))
    page = document_html(replace(document, quotes=(replace(second, stances=stances),)))
    assert read_html(page).of("mark")[-1]["class"] == f"qs-{tone}"


def test_hovering_tells_speaker_targets_stances_and_scores(document, read_html):
    mark = read_html(document_html(document)).of("mark")[5]
    assert mark["title"] == (
        "1: Serghei Lavrov · person (0.75) | conciliatory → Marco Rubio · person (0.50); "
        "accusatory → Kiev · gpe (0.25) | direct quote (0.99)"
    )


def test_cue_and_speaker_tell_whose_they_are(tangled, read_html):
    page = read_html(document_html(tangled))
    assert "cue of 2, 4: Serghei Lavrov · person; Kiev · gpe" in [
        m["title"] for m in page.of("em")[1:]
    ]
    assert "speaker of 1: Marco Rubio · person" in [m["title"] for m in page.of("strong")[1:]]


def test_badges_tell_the_same_without_a_mouse(document, show, read_html):
    badges = [span for span in read_html(show(document)).of("span") if "data-badge" in span]
    assert [(badge["class"], badge["data-badge"]) for badge in badges] == [
        ("qs-badge qs-conciliatory", "1 Serghei Lavrov → Marco Rubio: conciliatory 0.50"),
        ("qs-badge qs-accusatory", "1 → Kiev: accusatory 0.25"),
        ("qs-badge qs-none", "2 Kiev"),
    ]
    assert "content: attr(data-badge)" in show(document)


def test_scores_are_told_only_where_there_are_any(tangled):
    page = document_html(replace(tangled, quotes=tangled.quotes[:1]))
    assert 'data-badge="1 Marco Rubio → Serghei Lavrov: accusatory"' in page
    assert "None" not in page


def test_the_table_has_a_row_for_each_quote(document, read_html):
    page = read_html(document_html(document))
    assert len(page.of("tr")) == 1 + len(document.quotes)
    assert "Pronti … a trattare con Rubio e Kiev" in page.texts["tbody"]
    assert "conciliatory → Marco Rubio 0.50" in page.texts["tbody"]


# Page and fragment


def test_a_page_has_the_title_given_or_the_id(document, read_html):
    assert read_html(document_html(document)).texts["title"] == "doc"
    page = read_html(document_html(document, title="Un <b>titolo</b>"))
    assert page.texts["title"] == page.texts["h1"] == "Un <b>titolo</b>"
    assert "doc" in page.texts["strong"]


def test_nothing_is_run_or_fetched(document, show, read_html):
    source = show(document)
    page = read_html(source)
    assert not {"script", "link", "img", "iframe", "object"} & {name for name, _ in page.elements}
    assert not [a for _, a in page.elements if {"src", "href", "style"} & set(a)]
    assert "url(" not in source
    assert "@import" not in source


def test_a_page_forbids_what_it_does_not_need(document, read_html):
    [policy] = [m for m in read_html(document_html(document)).of("meta") if "http-equiv" in m]
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_rule_is_limited_to_the_document(document, read_html):
    sheet = read_html(document_fragment(document)).texts["style"]
    sheet = "".join(part.split("*/")[-1] for part in sheet.split("/*"))
    selectors = [rule.split("}")[-1].strip() for rule in sheet.split("{")[:-1]]
    selectors = [one for one in selectors if one and not one.startswith("@")]
    assert len(selectors) > 30
    for selector in ",".join(selectors).split(","):
        assert ".quotestance" in selector or selector.strip().startswith(".qs-page")


def test_light_and_dark_screens_have_their_colours(document, show):
    assert "prefers-color-scheme: dark" in show(document)


def test_a_notebook_shows_the_fragment(document):
    assert document._repr_html_() == document_fragment(document)
    assert document.to_html() == document_html(document)
    assert document.to_html(title="x") == document_html(document, title="x")


def test_a_document_alone_does_not_load_the_exports():
    code = (
        "import quotestance.document, sys; print(*[m for m in sys.modules if 'quotestance.e' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "quotestance.export" not in done.stdout


# Hostile texts


@pytest.mark.parametrize("words", HOSTILE)
def test_no_text_becomes_markup(show, read_html, words):
    hostile, harmless = (read_html(show(all_hostile(said))) for said in (words, "parole"))
    assert hostile.texts["article"] == all_hostile(words).text
    names = [[(tag, *attributes) for tag, attributes in p.elements] for p in (hostile, harmless)]
    assert names[0] == names[1]
    title = hostile.of("mark")[-1]["title"]
    shown = " ".join(words.split())
    assert (
        title == f"1: {shown} · person · {shown} | neutral → {shown} · org · {shown} | direct quote"
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_no_title_becomes_markup(document, read_html, words):
    page = read_html(document_html(document, title=words))
    assert page.texts["h1"] == " ".join(words.split())


@pytest.mark.parametrize(
    "odd",
    ["\x00", "\x1b", "\x0c", "\x7f", "\x85", "\ud83d", "\u202e", "\u2066", "\ufffe"],
    ids=ascii,
)
def test_what_cannot_be_shown_is_replaced_one_by_one(show, read_html, odd):
    source = show(all_hostile(f"a{odd}b"))
    source.encode("utf-8")
    assert odd not in source
    assert read_html(source).texts["article"] == "a\ufffdb dice a\ufffdb.\na\ufffdb"


@pytest.mark.parametrize(
    "text", ["\t", "\r", "\u00a0", "\u2028", "\u200d", "\u200f", "\u00ad", "😀", "è"], ids=ascii
)
def test_what_can_be_shown_stays(read_html, text):
    assert printable(text) == text
    assert read_html(f"<p>{escape_text(text)}</p>").texts["p"] == text


def test_a_label_is_one_line():
    assert escape_line(' a\n\t"b"\r\n') == "a &quot;b&quot;"


def test_a_long_text_takes_little_time():
    text = "parola " * 20_000 + " " * 200_000 + "\n" * 20_000
    assert document_html(Document("lungo", text)).count("<p>") == 1


def test_a_label_of_the_user_is_coloured_and_escaped(document, read_html):
    [first, _] = document.quotes
    label = '"><script>alert(1)</script>'
    stances = (replace(first.stances[0], label=label),)
    page = document_html(replace(document, quotes=(replace(first, stances=stances),)))
    assert "<script" not in page
    assert read_html(page).of("mark")[-1]["class"].startswith("qs-other-")


def test_labels_of_the_user_stand_in_a_legend_of_their_own(document, read_html):
    assert 'class="qs-labels"' not in document_html(document)
    [first, second] = document.quotes
    stances = tuple(
        replace(stance, label=label)
        for stance, label in zip(first.stances, ("support", "oppose"), strict=True)
    )
    own = replace(document, quotes=(replace(first, stances=stances), second))
    page = document_html(own)
    [legend] = re.findall(r'<ul class="qs-labels">.*</ul>', page)
    assert re.findall(r'<mark class="(.*?)">(.*?)</mark>', legend) == [
        *((f"qs-{tone}", label) for label, tone in tones(["oppose", "support"]).items()),
        ("qs-several", "several"),
    ]
    assert "qs-several" in {mark["class"] for mark in read_html(page).of("mark")[8:]}
    assert "qs-both" not in {mark["class"] for mark in read_html(page).of("mark")[8:]}


def test_the_style_sheet_knows_every_colour():
    page = document_html(Document("vuoto", ""))
    for tone in (*STANCE_LABELS, *OTHER_TONES, "both", "several", "none"):
        assert f"mark.qs-{tone} " in page
