from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from quotestance.document import Document, Entity, Span, Speaker
from quotestance.export.terminal import format_document, table_console, table_stream


@pytest.fixture
def piped():
    return table_console(io.StringIO())


def terminal(width: int, color_system: str | None = "standard", **options) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=True,
        width=width,
        highlight=False,
        color_system=color_system,
        _environ={},
        **options,
    )


def visible(shown: str) -> list[str]:
    """The lines as they look."""
    return [Text.from_ansi(line).plain for line in shown.splitlines()]


def test_the_piped_table_is_plain_and_aligned(document, piped):
    assert format_document(document, piped) == (
        "doc · 2 quotes\n"
        "speaker         stance                                         type      p     words\n"
        "Serghei Lavrov  conciliatory → Marco Rubio, accusatory → Kiev  direct    0.99  "
        "Pronti … a trattare con Rubio e Kiev\n"
        "Kiev            –                                              indirect  –     piova\n"
    )


def test_the_piped_table_cuts_nothing(document, piped, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    words, name = "parola " * 1000, "Nome " * 100
    quote = replace(
        document.quotes[1],
        content=(Span(0, len(words), words),),
        speaker=Speaker(Entity("x", "person", name)),
    )
    shown = format_document(replace(document, quotes=(quote,)), piped)
    assert words.strip() in shown
    assert name.strip() in shown
    assert shown.count("\n") == 3


@pytest.mark.parametrize(
    ("count", "heading"), [(0, "no quotes found"), (1, "1 quote"), (2, "2 quotes")]
)
def test_the_heading_counts(document, piped, count, heading):
    shown = format_document(replace(document, quotes=document.quotes[:count]), piped)
    assert shown.splitlines()[0] == f"doc · {heading}"


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_a_quote_is_a_line_as_wide_as_the_terminal(document, width):
    lines = visible(format_document(document, terminal(width)))
    assert len(lines) == 2 + len(document.quotes)
    assert all(cell_len(line) <= width for line in lines)


def test_what_a_terminal_cuts_ends_in_an_ellipsis(document):
    assert any(line.endswith("…") for line in visible(format_document(document, terminal(80))))


def test_stances_have_their_colours(document):
    shown = format_document(document, terminal(160))
    assert "\x1b[32mconciliatory →\x1b[0m Marco Rubio" in shown
    assert "\x1b[31maccusatory →\x1b[0m Kiev" in shown


def test_a_neutral_stance_is_dim(document):
    [stance, _] = document.quotes[0].stances
    quote = replace(document.quotes[0], stances=(replace(stance, label="neutral"),))
    shown = format_document(replace(document, quotes=(quote,)), terminal(160))
    assert "\x1b[2mneutral →\x1b[0m Marco Rubio" in shown


@pytest.mark.parametrize(
    ("console", "named"),
    [
        (terminal(120), True),
        (terminal(80), False),
        (terminal(80, no_color=True), True),
        (terminal(80, color_system=None), True),
    ],
    ids=["wide", "narrow", "NO_COLOR", "no colours"],
)
def test_a_stance_is_named_where_there_is_room_or_no_colour(document, console, named):
    shown = "\n".join(visible(format_document(document, console)))
    assert "→" in shown
    assert ("conciliatory" in shown) == named


def test_nothing_in_a_text_steers_the_terminal(document, piped):
    entity = Entity("x", "person", "[red]Nome\x1b[31m\n\u202e\ud83d")
    quote = replace(document.quotes[1], speaker=Speaker(entity))
    shown = format_document(replace(document, id="a\x07\x00b", quotes=(quote,)), piped)
    assert shown.splitlines()[0] == "a��b · 1 quote"
    assert shown.splitlines()[2].startswith("[red]Nome�[31m ��  ")


def test_documents_have_an_empty_line_between(document, piped):
    pieces = list(table_stream([document, Document("vuoto", ""), document], piped))
    shown = format_document(document, piped)
    assert "".join(pieces) == f"{shown}\nvuoto · no quotes found\n\n{shown}"


def test_labels_of_the_user_are_shown_and_cannot_steer_the_terminal(document):
    [stance, _] = document.quotes[0].stances
    quote = replace(document.quotes[0], stances=(replace(stance, label="sup\x1b[2Jport"),))
    shown = format_document(replace(document, quotes=(quote,)), terminal(160))
    assert "sup\ufffd[2Jport → Marco Rubio" in Text.from_ansi(shown).plain
