from __future__ import annotations

import re

import pytest

from quotestance import Document
from quotestance.corpus import read_jsonl
from quotestance.exchange import (
    Reading,
    differences,
    formats,
    read_files,
    source_files,
    write_files,
)

FORMATS = formats()
LOSSLESS = ("jsonl", "qm", "label-studio", "brat", "webanno")


def kinds(losses):
    return {re.sub(r"\d+", "", loss.place) for loss in losses}


def through_files(documents, name, folder):
    """Write documents and read them back as the command does."""
    form = FORMATS[name]
    exported = form.write(documents)
    output = folder / f"out{form.endings[0]}" if form.single else folder / "out"
    written = write_files(exported, output, form)
    if not any(path.name.endswith(form.files) for path in written):
        return Reading((), (), ()), exported
    reading = read_files(source_files([output], name, FORMATS))
    assert reading.problems == ()
    return reading, exported


@pytest.mark.parametrize("name", LOSSLESS)
def test_real_articles_come_back_as_they_were(name, real, tmp_path):
    reading, exported = through_files(real, name, tmp_path)
    assert exported.losses == reading.losses == ()
    assert {d.id: d for d in reading.documents} == {d.id: d for d in real}


def test_markup_holds_a_sample_of_the_training_part(tmp_path, seeds):
    sample = [d for n, d in enumerate(read_jsonl(seeds / "corpus" / "train.jsonl")) if n % 12 == 0]
    exported = FORMATS["qm"].write(sample)
    assert exported.losses == ()
    assert len(exported.files) == len(sample) > 60


def test_rows_keep_the_words_the_types_and_the_names(real, tmp_path):
    reading, exported = through_files(real, "csv", tmp_path)
    assert reading.losses == ()
    assert kinds(exported.losses) <= {
        "domain",
        "entities",
        "entities[]",  # whoever neither speaks nor is spoken to
        *(f"entities[].{field}" for field in ("id", "kind", "aliases", "side", "mentions")),
        "quotes[].speaker.mention",
    }
    for before, after in zip(real, reading.documents, strict=True):
        assert [(q.text, q.type, q.cue, str(q.speaker)) for q in after.quotes] == [
            (q.text, q.type, q.cue, str(q.speaker)) for q in before.quotes
        ]
        assert [list(map(str, q.stances)) for q in after.quotes] == [
            list(map(str, q.stances)) for q in before.quotes
        ]


def test_citron_keeps_contents_cues_and_who_is_who(real, tmp_path):
    reading, exported = through_files(real, "citron", tmp_path)
    assert kinds(exported.losses) <= {
        "domain",
        "entities",
        *(f"entities[].{field}" for field in ("id", "kind", "name", "aliases", "side")),
        "quotes[]",  # those without a cue
        "quotes[].type",
        "quotes[].cue",  # further segments
        "quotes[].stances",
    }
    back = {document.id: document for document in reading.documents}
    for document in real:
        kept = {quote.id: quote for quote in back[document.id].quotes}
        assert set(kept) == {quote.id for quote in document.quotes if quote.cue}
        for quote in document.quotes:
            if quote.cue:
                assert kept[quote.id].content == quote.content
                assert kept[quote.id].cue[0] == quote.cue[0]
                assert kept[quote.id].speaker.mention == quote.speaker.mention
                assert kept[quote.id].speaker.entity.mentions == quote.speaker.entity.mentions


NOT_HELD = {
    "qm": {
        "line-ends": {""},  # carriage returns
        "unmentioned": {""},
        "own-labels": {""},  # the guidelines have three labels
        "crossing": {"quotes[]"},
        "a strange/id 100%": {""},  # braces
        "no-quotes": {"text"},  # the line end at its end
        "predicted": {"quotes[].score"},
    },
    "label-studio": {
        "unmentioned": {"quotes[].stances"},  # their order
        "a strange/id 100%": {"quotes[].id"},
    },
    "brat": {
        "unmentioned": {"quotes[].stances"},
        "a strange/id 100%": {"extra"},
        "predicted": {"quotes[].score"},
    },
    "webanno": {
        "unmentioned": {"quotes[].stances"},
        "a strange/id 100%": {"extra"},
        "predicted": {"quotes[].score"},
    },
}


@pytest.mark.parametrize("name", LOSSLESS)
def test_what_a_format_cannot_hold_is_told_and_nothing_else_is_lost(name, nasty, tmp_path):
    reading, exported = through_files([nasty], name, tmp_path)
    expected = NOT_HELD.get(name, {}).get(nasty.id, set())
    assert kinds(exported.losses) == expected
    if expected != {""}:
        [back] = reading.documents
        assert set(differences(nasty, back)) == set(exported.losses)
        assert expected or back == nasty


@pytest.mark.parametrize("name", ["csv", "citron"])
def test_what_poorer_formats_lose_is_all_told(name, nasty, tmp_path):
    reading, exported = through_files([nasty], name, tmp_path)
    if reading.documents:
        assert set(differences(nasty, reading.documents[0])) == set(exported.losses)
    else:
        assert [str(loss) for loss in exported.losses] == ["empty: the document is left out"]


@pytest.mark.parametrize("name", FORMATS)
def test_half_a_character_is_no_crash(name, tmp_path):
    document = Document("half", "Rossi dice \ud83d che piove.")
    reading, exported = through_files([document], name, tmp_path)
    assert (reading.documents == (document,)) == (not exported.losses)
