"""What the shipped models do on real input; run alone with ``pytest -m model``."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import quotestance
from quotestance import Document, ModelNotFoundError
from quotestance.corpus import read_jsonl
from quotestance.evaluation import evaluate
from quotestance.evaluation.matching import Comparison

pytestmark = pytest.mark.model

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def nlp():
    return quotestance.load()


@pytest.fixture(scope="module")
def gold() -> Document:
    [document] = read_jsonl(SEEDS / "lavrov-rubio.jsonl")
    return document


@pytest.fixture(scope="module")
def found(nlp, gold) -> Document:
    return nlp(gold.text, id=gold.id)


def test_the_seed_article_is_read(gold, found) -> None:
    comparison = Comparison.of(gold, found)
    assert len(comparison.pairs) >= 17
    assert sum(map(comparison.speaker_is_right, comparison.pairs)) >= 15


def test_output_follows_the_schema(found) -> None:
    again = Document.from_dict(found.to_dict())
    assert again == found
    for quote in found.quotes:
        assert all(found.text[s.start : s.end] == s.text for s in (*quote.content, *quote.cue))
        assert quote.speaker.entity in found.entities
        assert all(stance.target in found.entities for stance in quote.stances)


def test_all_but_white_space_is_in_a_token(nlp, gold) -> None:
    parse = nlp.parser(gold.text)
    covered = {i for w in parse.words for i in range(w.start, w.end)}
    assert all(c.isspace() for i, c in enumerate(gold.text) if i not in covered)


def test_a_batch_says_what_single_articles_say(nlp) -> None:
    texts = [
        "«Non tratteremo», ha detto il ministro Rossi. Ha poi aggiunto che la Francia mente.",
        "Ieri a Roma è piovuto.",
        "Secondo la Cgil, il governo ignora i lavoratori.",
    ]
    together = list(nlp.pipe(texts, batch_size=3))
    for number, text in enumerate(texts):
        alone = nlp(text, id=str(number))
        assert [(q.text, q.speaker.entity.name) for q in alone.quotes] == [
            (q.text, q.speaker.entity.name) for q in together[number].quotes
        ]


def test_an_unnamed_subject_is_resolved(nlp) -> None:
    document = nlp(
        "La sindaca Anna Rossi ha incontrato i comitati. Ha detto che il cantiere non si ferma. "
        "Ha poi aggiunto che chiederà un rinvio."
    )
    assert [q.speaker.entity.name for q in document.quotes] == ["Anna Rossi", "Anna Rossi"]
    assert all(q.speaker.mention is None for q in document.quotes)


@pytest.mark.parametrize("text", ["", "   \n\n", "Piove."])
def test_a_text_without_quotes_gives_none(nlp, text) -> None:
    document = nlp(text)
    assert (document.text, document.quotes) == (text, ())


def test_odd_characters_move_no_offset(nlp, gold) -> None:
    odd = gold.text.replace(" ha detto", "\x00ha\ud800detto").replace("\n", "\r\n")
    document = nlp(odd)
    assert document.text == odd
    assert len(document.quotes) >= 15
    assert all(odd[s.start : s.end] == s.text for q in document.quotes for s in q.content)


def test_stance_toward_any_party(nlp, found) -> None:
    quote = found.quotes[0]
    for entity in found.entities[:8]:
        if entity != quote.speaker.entity:
            stance = nlp.stance(found, quote.id, toward=entity.name)
            assert set(stance) == {"conciliatory", "accusatory", "neutral"}
            assert sum(stance.values()) == pytest.approx(1, abs=1e-5)


def test_stance_of_an_annotated_quote(nlp, gold) -> None:
    for quote in gold.quotes:
        toward = next(e for e in gold.entities if e != quote.speaker.entity)
        assert sum(nlp.stance(gold, quote, toward.id).values()) == pytest.approx(1, abs=1e-5)


def test_saved_models_say_the_same(nlp, found, tmp_path) -> None:
    nlp.save_pretrained(tmp_path / "model")
    again = quotestance.load(tmp_path / "model")(found.text, id=found.id)
    assert again == found


def test_a_ready_stanza_pipeline_takes_the_place_of_the_shipped_parser(nlp, found) -> None:
    other = quotestance.load(parser=nlp.parser.pipeline)
    assert other(found.text, id=found.id).quotes == found.quotes


@pytest.mark.parametrize(
    "lost",
    [
        "labeller/model.safetensors",
        "labeller/stance/model.safetensors",
        "encoder/config.json",
        "stanza/ner.pt",
    ],
)
def test_an_incomplete_model_folder_is_an_error_that_names_the_file(nlp, tmp_path, lost) -> None:
    folder = tmp_path / "model"
    for file in quotestance.loading.SHIPPED.rglob("*"):
        if file.is_file() and not str(file).endswith(lost):
            target = folder / file.relative_to(quotestance.loading.SHIPPED)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(file)
    with pytest.raises(ModelNotFoundError, match=re.escape(lost)):
        quotestance.load(folder)


def test_a_missing_model_folder_is_an_error_that_says_what_to_do(tmp_path) -> None:
    with pytest.raises(ModelNotFoundError, match="models/it of the repository"):
        quotestance.load(tmp_path / "nothing")


def test_validation_articles_are_read_as_measured(nlp) -> None:
    gold = list(read_jsonl(SEEDS / "corpus" / "validation.jsonl"))[:4]
    predicted = list(nlp.pipe(replace(d, entities=(), quotes=()) for d in gold))
    scores = evaluate(gold, predicted).overall
    assert scores.quotes.f1 > 0.75
    assert scores.speaker.value > 0.65  # 27 of 38 when the labeller was shipped
