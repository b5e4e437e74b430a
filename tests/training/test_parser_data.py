from __future__ import annotations

from pathlib import Path

import pytest

from quotestance.errors import QuotestanceError
from quotestance.training.parser_data import (
    letters,
    load_names,
    load_treebanks,
    paragraphs,
    read_names,
    read_treebank,
    reduced,
)


def conllu(*sentences: str, comment: str = "# sent_id = 1") -> str:
    """Sentences as CoNLL-U: each word hangs on the first; a word that ends in ~ has no blank after."""
    blocks = []
    for sentence in sentences:
        rows = [
            f"{n}\t{word.rstrip('~')}\t{word.rstrip('~')}\tNOUN\tS\tDegree=Pos|Number=Sing\t"
            f"{min(n - 1, 1)}\t{'dep' if n > 1 else 'root'}\t0:root\t"
            f"{'Note=x|SpaceAfter=No' if word.endswith('~') else 'Note=x'}"
            for n, word in enumerate(sentence.split(), start=1)
        ]
        blocks.append("\n".join([comment, *rows]) + "\n\n")
    return "".join(blocks)


@pytest.fixture
def treebank(tmp_path):
    """A function that writes a file of a treebank."""

    def write(name: str, part: str, text: str) -> Path:
        file = tmp_path / f"UD_Italian-{name}" / f"it_{name.lower()}-ud-{part}.conllu"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def texts(sentences) -> list[str]:
    return [sentence.text for sentence in sentences]


def test_a_text_is_that_of_the_tokens(treebank) -> None:
    file = treebank(
        "X",
        "train",
        "# text = Parla dell'asilo.\n"
        "1\tParla\tparlare\tVERB\t_\t_\t0\troot\t_\t_\n"
        "2-3\tdell'\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
        "2\tdi\tdi\tADP\t_\t_\t4\tcase\t_\t_\n"
        "3\tl'\til\tDET\t_\t_\t4\tdet\t_\t_\n"
        "3.1\tx\tx\tX\t_\t_\t_\t_\t_\t_\n"
        "4\tasilo\tasilo\tNOUN\t_\t_\t1\tobl\t_\tSpaceAfter=No\n"
        "5\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_",
    )
    [sentence] = read_treebank(file)
    assert sentence.text == "Parla dell'asilo."
    assert [row[1] for row in sentence.tokens] == ["Parla", "dell'", "asilo", "."]
    assert [row[0] for row in sentence.rows] == ["1", "2-3", "2", "3", "4", "5"]
    assert sentence.to_conllu().startswith("# newpar\n# text = Parla dell'asilo.\n1\tParla\t")
    assert sentence.to_conllu().endswith("\tpunct\t_\t_\n\n")


def test_paragraphs_begin_where_the_treebank_says_so(treebank) -> None:
    file = treebank(
        "X",
        "train",
        conllu("Uno", "Due~ .") + conllu("Tre", comment="# newpar id = p2") + conllu("Quattro"),
    )
    sentences = read_treebank(file)
    assert paragraphs(sentences) == ["Uno Due.", "Tre Quattro"]
    assert paragraphs(sentences, longest=7) == ["Uno", "Due.", "Tre", "Quattro"]


def test_windows_line_ends_are_read(treebank) -> None:
    file = treebank("X", "train", "")
    file.write_bytes(conllu("Uno", "Due").replace("\n", "\r\n").encode())
    assert texts(read_treebank(file)) == ["Uno", "Due"]


@pytest.mark.parametrize("line", ["1\tUno", "x" + "\t_" * 9, "1-\tUno" + "\t_" * 8])
def test_a_line_that_is_no_word_is_told(treebank, line) -> None:
    file = treebank("X", "train", conllu("Uno") + line + "\n")
    with pytest.raises(QuotestanceError, match=r"train\.conllu, line 4: not CoNLL-U"):
        read_treebank(file)


def test_a_file_that_is_not_utf8_is_told(treebank) -> None:
    file = treebank("X", "train", "")
    file.write_bytes("perché".encode("latin-1"))
    with pytest.raises(QuotestanceError, match="not UTF-8"):
        read_treebank(file)


def test_only_what_is_learned_stays(treebank) -> None:
    [sentence] = read_treebank(treebank("X", "train", conllu("Uno~ due")))
    assert reduced(sentence).rows == (
        ("1", "Uno", "Uno", "NOUN", "_", "Number=Sing", "0", "root", "_", "SpaceAfter=No"),
        ("2", "due", "due", "NOUN", "_", "Number=Sing", "1", "dep", "_", "_"),
    )
    assert reduced(sentence).text == sentence.text


def test_nothing_that_is_held_out_is_learned(treebank, tmp_path) -> None:
    treebank("ISDT", "dev", conllu("La sera cala~ ."))
    treebank("ISDT", "test", conllu("« L’ alba~ » arriva~ !"))
    treebank("ISDT", "train", conllu("Il sole sale~ ."))
    treebank("VIT", "dev", conllu("la SERA cala", "L' alba arriva~ .", "La luna manca~ ."))
    treebank("VIT", "test", conllu("La luna~ , manca~ !", "1 2~ .", "3 4~ ."))
    found = load_treebanks(tmp_path)
    assert texts(found.dev) == ["La sera cala."]
    assert texts(found.train) == ["Il sole sale.", "La luna manca.", "1 2.", "3 4."]
    assert {row[4] for sentence in (*found.train, *found.dev) for row in sentence.rows} == {"_"}


def test_a_paragraph_stays_apart_when_its_first_sentence_is_left_out(treebank, tmp_path) -> None:
    treebank("ISDT", "dev", conllu("Uno"))
    treebank("PUD", "test", conllu("Zero") + conllu("Uno", comment="# newdoc") + conllu("Due"))
    assert [s.new_paragraph for s in load_treebanks(tmp_path).train] == [True, True]


def test_commercial_use_takes_the_treebanks_that_allow_it(treebank, tmp_path) -> None:
    treebank("ISDT", "dev", conllu("Uno"))
    for number, name in enumerate(["MarkIT", "PUD", "ParlaMint", "TWITTIRO", "Valico"]):
        treebank(name, "test", conllu(f"libero {'x' * (number + 1)}"))
    for name in ("ISDT", "VIT", "ParTUT"):
        treebank(name, "train", conllu(f"chiuso {name}"))
    assert len(load_treebanks(tmp_path).train) == 8
    assert {text.split()[0] for text in texts(load_treebanks(tmp_path, True).train)} == {"libero"}


@pytest.mark.parametrize("names", [(), ("ISDT",), ("PUD",)])
def test_data_that_do_not_suffice_are_told(treebank, tmp_path, names) -> None:
    for name in names:
        treebank(name, "dev", conllu("Uno"))
    with pytest.raises(QuotestanceError, match="needs UD_Italian-ISDT with its dev file"):
        load_treebanks(tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [("«È così», dice.", '"è così" dice'), ("L’ALBA – ecco", "l'alba ecco"), ("Straße", "STRASSE")],
)
def test_texts_are_compared_by_their_letters(one, other) -> None:
    assert letters(one) == letters(other)


def test_texts_without_letters_are_compared_whole() -> None:
    assert letters("1999") != letters("2000")


def test_names_are_read_and_those_of_the_kind_that_is_chosen_by_twice(tmp_path) -> None:
    (tmp_path / "A_train.tsv").write_text("Anna\tB-PER\nRossi\tI-PER\n.\tO\n\n\nSì\tO")
    (tmp_path / "B_train.tsv").write_text("Resta\tO\n\nA\tO\nRoma\tB-LOC\n\n")
    (tmp_path / "A_dev.tsv").write_text("Roma\tB-LOC\n\nSì\tO\n.\tO\n")
    (tmp_path / "A_test.tsv").write_text("resta\tO\n!\tO\n")
    names = load_names(tmp_path)
    assert names.train == (
        *[(("Anna", "B-PER"), ("Rossi", "I-PER"), (".", "O"))] * 2,
        (("A", "O"), ("Roma", "B-LOC")),
    )
    assert len(names.dev) == 2


@pytest.mark.parametrize("line", ["Anna", "Anna\tPER", "\tO", "Anna B-PER"])
def test_a_line_without_a_tag_is_told(tmp_path, line) -> None:
    file = tmp_path / "a.tsv"
    file.write_text(f"Sì\tO\n{line}\n")
    with pytest.raises(QuotestanceError, match=r"a\.tsv, line 2: not a token, a tab and one of"):
        read_names(file)


def test_names_without_a_part_are_told(tmp_path) -> None:
    (tmp_path / "A_train.tsv").write_text("Sì\tO\n")
    with pytest.raises(QuotestanceError, match=r"needs files \*_train\.tsv and \*_dev\.tsv"):
        load_names(tmp_path)
