from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from quotestance.cli import main
from quotestance.evaluation.metrics import PRF
from quotestance.evaluation.parser_scores import (
    LEARNED_FEATURES,
    NameScores,
    ParserReport,
    cut_features,
    score_names,
    score_parse,
    to_conllu,
)
from quotestance.parsing.stanza_parser import StanzaParser

TABLE = """
1 La il DET 2 det Definite=Def|Number=Sing _
2 sindaca sindaca NOUN 3 nsubj Gender=Fem|Number=Sing _
3 parla parlare VERB 0 root Mood=Ind|Number=Sing _
4-5 della
4 di di ADP 6 case _ _
5 la il DET 6 det Definite=Def _
6 scuola scuola NOUN 3 obl Number=Sing _
7 . . PUNCT 3 punct _ _

1 Nessuno nessuno PRON 2 nsubj _ _
2 risponde rispondere VERB 0 root _ _
3 . . PUNCT 2 punct _ _
"""

GOLD = """\
# newpar
# text = La sindaca parla della scuola. Nessuno risponde.
1\tLa\til\tDET\tRD\tDefinite=Def|Number=Sing\t2\tdet\t_\t_
2\tsindaca\tsindaca\tNOUN\tS\tGender=Fem|Number=Sing\t3\tnsubj\t_\t_
3\tparla\tparlare\tVERB\tV\tMood=Ind|Number=Sing\t0\troot\t_\t_
4-5\tdella\t_\t_\t_\t_\t_\t_\t_\t_
4\tdi\tdi\tADP\tE\t_\t6\tcase\t_\t_
5\tla\til\tDET\tRD\tDefinite=Def\t6\tdet\t_\t_
6\tscuola\tscuola\tNOUN\tS\tNumber=Sing\t3\tobl:arg\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\tFS\t_\t3\tpunct\t_\t_

1\tNessuno\tnessuno\tPRON\tP\t_\t2\tnsubj\t_\t_
2\trisponde\trispondere\tVERB\tV\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\tFS\t_\t2\tpunct\t_\t_

"""


def test_a_parse_that_is_right_has_full_marks(parse_of) -> None:
    scores = score_parse(GOLD, to_conllu(parse_of(TABLE)))
    assert scores.tokens == PRF(9, 0, 0)
    assert scores.sentences == PRF(2, 0, 0)
    for measure in (
        scores.words,
        scores.upos,
        scores.ufeats,
        scores.lemmas,
        scores.uas,
        scores.las,
    ):
        assert measure == PRF(10, 0, 0)


def test_what_is_wrong_costs_what_it_is(parse_of) -> None:
    wrong = TABLE.replace("6 scuola scuola NOUN 3 obl", "6 scuola scuolo PROPN 2 nmod")
    scores = score_parse(GOLD, to_conllu(parse_of(wrong.replace("Mood=Ind", "Mood=Cnd"))))
    assert scores.words == PRF(10, 0, 0)
    for name in ("upos", "ufeats", "all_ufeats", "lemmas", "uas", "las"):
        assert getattr(scores, name) == PRF(9, 1, 1)


def test_sentences_that_run_together_are_one(parse_of) -> None:
    one = TABLE.strip().replace("\n\n", "\n")
    one = one.replace("1 Nessuno", "8 Nessuno").replace("PRON 2", "PRON 9")
    one = one.replace("2 risponde", "9 risponde").replace(
        "VERB 0 root _ _\n3 .", "VERB 3 conj _ _\n10 ."
    )
    one = one.replace("10 . . PUNCT 2", "10 . . PUNCT 9")
    scores = score_parse(GOLD, to_conllu(parse_of(one)))
    assert scores.sentences == PRF(0, 1, 2)
    assert scores.words == PRF(10, 0, 0)
    assert scores.uas == PRF(9, 1, 1)


def test_features_that_are_not_learned_count_among_all_of_them(parse_of) -> None:
    gold = GOLD.replace("Gender=Fem|", "Degree=Cmp|Gender=Fem|")
    scores = score_parse(gold, to_conllu(parse_of(TABLE)))
    assert (scores.ufeats, scores.all_ufeats) == (PRF(10, 0, 0), PRF(9, 1, 1))


def test_features_are_cut_to_those_that_are_learned() -> None:
    assert len(LEARNED_FEATURES) == 13
    assert cut_features("Degree=Cmp|Gender=Fem|Number=Sing") == "Gender=Fem|Number=Sing"
    assert cut_features("Degree=Cmp") == cut_features("_") == "_"
    assert cut_features("Gender=Fem|Number=Sing", ["Number"]) == "Number=Sing"


def test_a_parse_becomes_conllu(parse_of) -> None:
    lines = to_conllu(parse_of(TABLE)).split("\n")
    assert lines[3] == "4-5\tdella" + "\t_" * 8
    assert lines[4] == "4\tdi\tdi\tADP\t_\t_\t6\tcase\t_\t_"
    assert lines[2].split("\t")[5:8] == ["Mood=Ind|Number=Sing", "0", "root"]
    assert lines[8:] == ["", *lines[9:12], "", ""]
    assert lines[9].startswith("1\tNessuno")


@pytest.mark.parametrize(
    "predicted",
    [GOLD.replace("scuola\t", "scuole\t", 1), GOLD.replace("\t0\troot", "\t3\troot", 1)],
)
def test_what_cannot_be_scored_is_told(predicted) -> None:
    with pytest.raises(ValueError, match="the parse cannot be scored: "):
        score_parse(GOLD, predicted)


def test_names_count_when_borders_and_label_are_right() -> None:
    gold = [["B-PER", "I-PER", "O", "B-LOC"], ["B-ORG", "B-ORG"], ["O"]]
    found = [["B-PER", "E-PER", "O", "S-ORG"], ["S-ORG", "O"], ["S-PER"]]
    scores = score_names(gold, found)
    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)
    assert scores.f1_by_label == {
        "LOC": 0.0,
        "ORG": pytest.approx(0.5),
        "PER": pytest.approx(2 / 3),
    }


def test_names_of_other_tokens_are_refused() -> None:
    with pytest.raises(ValueError, match="not of the same tokens"):
        score_names([["O", "O"]], [["O"]])


def test_the_report_reads_well(parse_of) -> None:
    perfect = score_parse(GOLD, GOLD)
    wrong = score_parse(GOLD, GOLD.replace("NOUN", "PROPN"))
    report = ParserReport(wrong, perfect, NameScores(0.5, 0.25, 1 / 3, {"PER": 1 / 3}))
    lines = report.format().splitlines()
    assert lines[0] == "2 sentences, 10 words             from text  gold tokens"
    assert lines[4] == "parts of speech                       0.800        1.000"
    assert lines[5].startswith("features, the 13 learned ")
    assert lines[-2] == "all                                   0.500   0.250  0.333"
    assert lines[-1] == "PER                                                  0.333"
    data = json.loads(json.dumps(report.to_dict()))
    assert data["from_text"]["upos"]["tp"] == 8
    assert data["names"]["f1_by_label"] == {"PER": pytest.approx(1 / 3)}
    assert ParserReport(wrong, perfect).to_dict()["names"] is None


class FakeParser:
    """Parses any text as the table, and annotates what has no annotation."""

    def __init__(self, parse) -> None:
        self.parse, self.texts = parse, []
        expander = SimpleNamespace(dict_expansion=lambda token: None)
        self.pipeline = SimpleNamespace(processors={"mwt": SimpleNamespace(trainer=expander)})

    def __call__(self, text):
        self.texts.append(text)
        return self.parse

    def annotate(self, documents, processors):
        (document,) = documents
        for sentence in document.sentences:
            assert all(word.upos is None and word.head is None for word in sentence.words)
            for word in sentence.words:
                word.upos, word.head, word.deprel = "X", word.id - 1, "dep"
            for token in sentence.tokens:
                token.ner = "S-PER" if token.text == "Rossi" else "O"
        return documents


def test_the_command_shows_the_parser_no_annotation(
    parse_of, tmp_path, monkeypatch, capsys
) -> None:
    fake = FakeParser(parse_of(TABLE))
    monkeypatch.setattr(StanzaParser, "from_pretrained", lambda *_: fake)
    treebank, names = tmp_path / "a.conllu", tmp_path / "a.tsv"
    treebank.write_text(GOLD, encoding="utf-8")
    names.write_text("Rossi\tB-PER\nparla\tO\n\nSì\tO\n", encoding="utf-8")
    options = ["--treebank", str(treebank), "--ner", str(names), "--json", str(tmp_path / "a.json")]
    assert main(["evaluate-parser", *options]) == 0
    assert fake.texts == ["La sindaca parla della scuola. Nessuno risponde."]
    assert capsys.readouterr().out.startswith("2 sentences, 10 words")
    data = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert data["from_text"]["las"]["f1"] == 1.0
    assert data["gold_tokens"]["words"]["f1"] == 1.0
    assert data["gold_tokens"]["upos"]["f1"] == 0.0
    assert data["names"]["f1"] == 1.0


def test_the_command_tells_what_is_no_treebank(tmp_path, capsys) -> None:
    (tmp_path / "a.conllu").write_text("1\tSì\n", encoding="utf-8")
    assert main(["evaluate-parser", "--treebank", str(tmp_path / "a.conllu")]) == 1
    assert "a.conllu, line 1: not CoNLL-U; a word has ten columns" in capsys.readouterr().err
