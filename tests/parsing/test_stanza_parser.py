from __future__ import annotations

import pytest
from stanza.models.common.doc import Document

from quotestance.errors import ModelNotFoundError
from quotestance.parsing import stanza_parser
from quotestance.parsing.stanza_parser import PROCESSORS, StanzaParser


class FakePipeline:
    """Splits at blanks; each paragraph is one sentence whose first word is the root."""

    def __init__(self, processors=PROCESSORS) -> None:
        self.processors = dict.fromkeys(processors)
        self.texts: list[str] = []

    def bulk_process(self, documents, processors=None):
        if "tokenize" not in processors:
            return documents
        return [self._process(document.text) for document in documents]

    def _process(self, text: str):
        self.texts.append(text)
        rows, at = [], 0
        for number, form in enumerate(text.split(), start=1):
            at = text.index(form, at)
            rows.append({
                "id": number, "text": form, "start_char": at, "end_char": at + len(form),
                "lemma": form.lower(), "upos": "X" if form.isalnum() else "PUNCT",
                "head": 0 if number == 1 else 1, "deprel": "root" if number == 1 else "dep",
                "feats": "Number=Sing|Gender=Fem", "ner": "S-PER" if form[0].isupper() else "O",
            })  # fmt: skip
            at += len(form)
        document = Document([rows] if rows else [], text=text)
        document.build_ents()
        return document


def test_offsets_are_those_of_the_text_over_paragraphs() -> None:
    text = "  Piove a  Roma\n\n\tRossi parla\r\nfine"
    parse = StanzaParser(FakePipeline())(text)
    assert [text[w.start : w.end] for w in parse.words] == "Piove a Roma Rossi parla fine".split()
    assert [n.span.text for n in parse.names] == ["Piove", "Roma", "Rossi"]
    assert [s.paragraph for s in parse.sentences] == [0, 2, 3]
    assert [w.head for w in parse.words] == [-1, 0, 0, -1, 3, -1]
    assert parse.words[0].feats == {"Number": "Sing", "Gender": "Fem"}


def test_marks_hang_where_the_words_say() -> None:
    parse = StanzaParser(FakePipeline())("Uno due « tre »")
    assert [w.head for w in parse.words] == [-1, 0, 3, 0, 3]


def test_all_but_white_space_is_in_a_token() -> None:
    text = "Uno due,\ntre\x00quattro\ud800"
    parse = StanzaParser(FakePipeline())(text)
    covered = {i for w in parse.words for i in range(w.start, w.end)}
    assert all(c.isspace() or c in "\x00\ud800" for i, c in enumerate(text) if i not in covered)


def test_the_pipeline_reads_one_typography_and_words_are_those_of_the_text() -> None:
    pipeline = FakePipeline()
    parse = StanzaParser(pipeline)("“Basta” — dice l’altro")
    assert pipeline.texts == ["«Basta» – dice l'altro"]
    assert [w.text for w in parse.words] == ["“Basta”", "—", "dice", "l’altro"]


@pytest.mark.parametrize("text", ["", "  \n\n "])
def test_a_text_without_words_has_an_empty_parse(text) -> None:
    parse = StanzaParser(FakePipeline())(text)
    assert (parse.text, parse.words, parse.sentences, parse.names) == (text, (), (), ())


def test_an_endless_paragraph_is_read_in_pieces(monkeypatch) -> None:
    monkeypatch.setattr(stanza_parser, "_CHARACTERS_PER_PARAGRAPH", 50)
    text = "parola " * 40
    pipeline = FakePipeline()
    parse = StanzaParser(pipeline)(text)
    assert len(parse.words) == 40
    assert max(map(len, pipeline.texts)) <= 50
    assert {s.paragraph for s in parse.sentences} == {0}


def test_texts_come_back_in_order() -> None:
    texts = ["uno", "due tre", ""]
    assert [p.text for p in StanzaParser(FakePipeline()).parse(texts)] == texts


def test_given_tokens_stay_as_they_are() -> None:
    given = Document([[{"id": 1, "text": "Dmitri"}], [{"id": 1, "text": "j"}]])
    assert StanzaParser(FakePipeline()).annotate([given], "mwt,pos") == [given]


def test_a_pipeline_without_a_needed_processor_is_refused() -> None:
    with pytest.raises(ValueError, match=r"lacks the processors ner.*processors='tokenize,mwt"):
        StanzaParser(FakePipeline([p for p in PROCESSORS if p != "ner"]))


def test_a_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ModelNotFoundError, match=r"missing: .*tokenize\.pt"):
        StanzaParser.from_pretrained(tmp_path, tmp_path)
