"""What is learned from is checked before anything is trained."""

from __future__ import annotations

import logging

import pytest

from quotestance.corpus import CorpusError, features, write_jsonl
from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.training.articles import Articles, choose_replay, read_articles


def article(number: int, label: str = "accusatory") -> Document:
    text = f"Rossi accusa Bianchi di mentire, per la volta numero {number}, nella sua città."
    rossi = Entity("rossi", "person", "Rossi", mentions=(Span.of(text, 0, 5),))
    bianchi = Entity("bianchi", "person", "Bianchi", mentions=(Span.of(text, 13, 20),))
    quote = Quote(
        "q1", "indirect", (Span.of(text, 24, 31),), (Span.of(text, 6, 12),),
        Speaker(rossi), (Stance(bianchi, label),),
    )  # fmt: skip
    return Document(f"a{number}", text, (rossi, bianchi), (quote,))


def test_a_fifth_of_the_quoting_articles_is_held_out() -> None:
    bare = Document("bare", "Oggi piove su tutta la città e nessuno ha parlato.")
    articles = read_articles([*map(article, range(10)), bare])
    assert (len(articles.train), len(articles.validation)) == (9, 2)
    assert bare in articles.train
    assert articles == read_articles([*map(article, range(10)), bare])
    assert articles.quotes == 8
    assert articles.labels == {"accusatory": 10}


def test_files_documents_and_rows_are_read(tmp_path) -> None:
    write_jsonl([article(1)], tmp_path / "mine.jsonl")
    (tmp_path / "rows.csv").write_text(
        "corpo;quote;speaker;target;stance\n"
        '"Rossi: «Bianchi mente», e poi esce.";Bianchi mente;Rossi;Bianchi;accusatory\n',
        encoding="utf-8",
    )
    sources = [tmp_path / "mine.jsonl", tmp_path / "rows.csv", article(2), article(3).to_dict()]
    found = read_articles(sources, [article(4)], columns={"text": "corpo"})
    assert [d.id for d in found.train] == ["a1", "rows-1", "a2", "a3"]
    assert [d.id for d in found.validation] == ["a4"]


def test_one_file_and_the_splits_of_a_dataset_are_read(tmp_path) -> None:
    file = tmp_path / "mine.jsonl"
    write_jsonl([article(1), article(2)], file)
    assert len(read_articles(str(file)).train) == 1
    rows = {"train": [article(1).to_dict()], "validation": [article(2).to_dict()]}
    found = read_articles(rows)
    assert [d.id for d in (*found.train, *found.validation)] == ["a1", "a2"]
    with pytest.raises(CorpusError, match="no split 'train' among test"):
        read_articles({"test": rows["train"]})


def test_rows_of_a_dataset_may_leave_fields_out() -> None:
    datasets = pytest.importorskip("datasets")
    rows = [article(n).to_dict() for n in (1, 2)]
    table = {name: [row.get(name) for row in rows] for name in features()}
    dataset = datasets.Dataset.from_dict(table, features=features())
    assert read_articles(dataset).quotes == 1


def test_all_problems_come_in_one_list(tmp_path) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    write_jsonl([article(1)], good)
    line = good.read_text(encoding="utf-8")
    bad.write_text(f"{{\n{line.replace('indirect', 'oblique')}{line}{line}", encoding="utf-8")
    rows = [{"id": "x", "text": "Ciao", "quotes": [{"id": "q"}]}]
    with pytest.raises(CorpusError) as caught:
        read_articles([bad, tmp_path / "none.jsonl", tmp_path / "odd.xyz"], rows)
    problems = str(caught.value).splitlines()
    assert "bad.jsonl, line 1: not JSON" in problems[0]
    assert "bad.jsonl, line 2: quotes[0].type" in problems[1]
    assert "bad.jsonl, line 4: the id 'a1' is that of line 3 already" in problems[2]
    assert "none.jsonl" in problems[3]
    assert "odd.xyz: the name tells no format" in problems[4]
    assert all(problem.startswith("row 0: quotes[0].") for problem in problems[5:])
    assert len(problems) == 8


@pytest.mark.parametrize(
    ("train", "validation", "expected"),
    [
        ([article(1), article(1)], None, ["the id 'a1' stands 2 times", "the text 'Rossi accusa"]),
        ([Document("a", "Piove.")], None, ["no quote to learn from", "one article alone"]),
        ([article(1)], None, ["one article alone cannot be held out"]),
        ([article(1)], [article(1)], ["validation article 'a1' is the article 'a1' to learn from"]),
        ([article(1)], [Document("b", "Piove.")], ["no quote in the validation articles"]),
    ],
)
def test_what_cannot_be_learned_from_is_refused(train, validation, expected) -> None:
    with pytest.raises(CorpusError) as caught:
        read_articles(train, validation)
    problems = str(caught.value).splitlines()
    assert len(problems) == len(expected)
    assert all(part in problem for part, problem in zip(expected, problems, strict=True))


def test_what_an_import_loses_is_told(tmp_path, caplog) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(
        "text,quote,speaker\nRossi tace da due giorni.,Bianchi parla,Rossi\n", encoding="utf-8"
    )
    with caplog.at_level(logging.WARNING):
        read_articles([file, article(1), article(2)])
    assert "not learned from" in caplog.text


def test_replay_takes_other_articles_and_holds_some_out() -> None:
    own = Articles(tuple(map(article, range(4))), (article(4),))
    corpus = [article(number) for number in range(100)]
    found = choose_replay(own, corpus, 2.0)
    assert len(found.replay) == 8
    assert len(found.replay_validation) == 19
    texts = [
        d.text for d in (*found.train, *found.validation, *found.replay, *found.replay_validation)
    ]
    assert len(set(texts)) == len(texts)
    assert choose_replay(own, corpus, 0.0) == own
