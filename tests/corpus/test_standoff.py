"""Annotations without their texts."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quotestance.cli import main
from quotestance.corpus import CorpusError, read_jsonl
from quotestance.corpus.standoff import attach, detach, read_sentences, read_standoff
from quotestance.document import Document

TOKENS = """\
Sì\tO
al\tO
ponte\tO

Anna\tB-PER
Neri\tI-PER
ha\tO
detto\tO
:\tO
«\tO
L'\tO
opera\tO
serve\tO
»\tO
.\tO

Un\tO
altro\tO
articolo\tO
.\tO
"""
TEXT = "Sì al ponte\n\nAnna Neri ha detto: «L'opera serve»."


@pytest.fixture
def texts(tmp_path):
    path = tmp_path / "news.tsv"
    path.write_text(TOKENS, encoding="utf-8")
    return path


@pytest.fixture
def document() -> Document:
    start = TEXT.index("L'opera")
    return Document.from_dict(
        {
            "id": "news-1",
            "text": TEXT,
            "domain": "cronaca",
            "entities": [
                {
                    "id": "neri",
                    "kind": "person",
                    "name": "Anna Neri",
                    "aliases": ["Anna Neri", "l'assessora"],
                    "side": "Comune",
                    "mentions": [[13, 22]],
                }
            ],
            "quotes": [
                {
                    "id": "q1",
                    "type": "direct",
                    "content": [[start, start + 13]],
                    "cue": [[23, 31]],
                    "speaker": {"entity": "neri", "mention": [13, 22]},
                    "stances": [],
                }
            ],
        }
    )


def test_what_is_detached_holds_no_text_and_comes_back_whole(document, texts) -> None:
    sentences = read_sentences([texts])
    record = detach(document, sentences)
    told = json.dumps(record, ensure_ascii=False)
    assert not any(word in told for word in ("ponte", "Anna", "opera"))
    assert attach(record, sentences) == document


def test_an_article_may_hold_a_part_of_a_sentence(texts) -> None:
    part = Document("part", "Neri ha detto")
    sentences = read_sentences([texts])
    assert attach(detach(part, sentences), sentences) == part


def test_a_text_from_elsewhere_cannot_be_detached(texts) -> None:
    with pytest.raises(CorpusError, match="character 6"):
        detach(Document("other", "Sì al teatro"), read_sentences([texts]))


def test_missing_texts_are_told(document, texts, tmp_path) -> None:
    record = detach(document, read_sentences([texts]))
    with pytest.raises(CorpusError, match="news-1: a sentence of the article is not in the texts"):
        attach(record, {})
    path = tmp_path / "broken.jsonl"
    path.write_text(json.dumps(record) + "\nno json\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="line 2"):
        list(read_standoff(path, read_sentences([texts])))


def test_the_command_writes_whole_articles(document, texts, tmp_path, capsys) -> None:
    annotations = tmp_path / "news.standoff.jsonl"
    annotations.write_text(json.dumps(detach(document, read_sentences([texts]))), encoding="utf-8")
    output = tmp_path / "news.jsonl"
    assert main(["attach", str(annotations), "--texts", str(texts), "--output", str(output)]) == 0
    assert list(read_jsonl(output)) == [document]
    assert "1 articles" in capsys.readouterr().out


def test_extra_fields_stay_behind(document, texts) -> None:
    sentences = read_sentences([texts])
    told = detach(replace(document, extra={"sentences": "mine", "body": TEXT}), sentences)
    assert attach(told, sentences) == document


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"{}", "not a record"),
        (b'{"id": "a"}', "'sentences'"),
        (b'{"id": "a", "sentences": null}', "not a record"),
        (b"no json", "line 1"),
        (b"[" * 100_000, "line 1"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_what_is_no_record_is_told(tmp_path, line, problem) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(line)
    with pytest.raises(CorpusError, match=problem):
        list(read_standoff(path, {}))


def test_an_id_comes_once(document, texts, tmp_path) -> None:
    sentences = read_sentences([texts])
    line = json.dumps(detach(document, sentences), ensure_ascii=False)
    path = tmp_path / "twice.jsonl"
    path.write_text(f"{line}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match="line 3: the id 'news-1' is that of line 1"):
        list(read_standoff(path, sentences))


def test_texts_that_are_not_utf8_are_told(tmp_path) -> None:
    path = tmp_path / "latin.tsv"
    path.write_bytes("Sì\tO\n".encode("latin-1"))
    with pytest.raises(CorpusError, match="not UTF-8"):
        read_sentences([path])
