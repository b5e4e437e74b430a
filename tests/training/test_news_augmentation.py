from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest

from quotestance.training import news_augmentation as news
from quotestance.training.parser_data import TreebankSentence

WORDS = ("Anna", "PROPN"), ("tace", "VERB"), ("e", "CCONJ"), ("dorme", "VERB")


def row(number: str, form: str, tag: str = "_", note: str = "_") -> tuple[str, ...]:
    return (number, form, form, tag, "_", "_", "0", "dep", "_", note)


@pytest.fixture
def sentence() -> TreebankSentence:
    rows = [row(str(i), form, tag) for i, (form, tag) in enumerate(WORDS, start=1)]
    rows += [row("5-6", "nella"), row("5", "in", "ADP"), row("6", "la", "DET")]
    rows += [row("7", "casa", "NOUN", "SpaceAfter=No"), row("8", ".", "PUNCT")]
    return TreebankSentence(tuple(rows), new_paragraph=True)


def edited(edit, sentence: TreebankSentence, seed: int = 1) -> list[str]:
    """The tokens after an edit, an underscore where a blank follows."""
    units = edit(list(sentence.units), random.Random(seed))
    copy = TreebankSentence(news._numbered(units))
    words = [row[0] for row in copy.rows if "-" not in row[0]]
    assert words == [str(i) for i in range(1, len(words) + 1)]
    assert copy.text.split()  # ids of multi-word tokens and their words agree
    return [t[1] + ("" if "No" in t[9] else "_") for t in copy.tokens]


def test_units_are_tokens_with_their_words(sentence) -> None:
    units = list(sentence.units)
    assert [unit[0][1] for unit in units] == ["Anna", "tace", "e", "dorme", "nella", "casa", "."]
    assert len(units[4]) == 3
    assert news._numbered(units) == sentence.rows


@pytest.mark.parametrize("seed", range(8))
def test_a_title_or_an_initial_stands_before_the_name(sentence, seed) -> None:
    tokens = edited(news._titled, sentence, seed)
    at = tokens.index("Anna_")
    assert at >= 1
    assert all("." in token for token in tokens[:at])


@pytest.mark.parametrize("seed", range(8))
def test_marks_hold_the_whole_sentence(sentence, seed) -> None:
    tokens = edited(news._quoted, sentence, seed)
    bare = [t.rstrip("_") for t in tokens]
    assert (bare[0], bare[-2] if bare[-1] == "." else bare[-1]) in news._MARKS


@pytest.mark.parametrize("seed", range(8))
def test_an_ellipsis_ends_no_sentence(sentence, seed) -> None:
    tokens = edited(news._elliptic, sentence, seed)
    assert any("..." in t or "…" in t for t in tokens[1:-2])


@pytest.mark.parametrize("edit", [e for e in news._EDITS if e is not news._shortened])
@pytest.mark.parametrize("seed", range(5))
def test_the_words_stay_in_order(edit, sentence, seed) -> None:
    tokens = [t.rstrip("_") for t in edited(edit, sentence, seed)]
    rest = iter(tokens)
    assert all(form in rest for form in ("Anna", "tace", "e", "dorme", "nella", "casa"))
    assert any(end in tokens for end in news._ENDS)


@pytest.mark.parametrize("seed", range(8))
def test_an_ellipsis_ends_the_sentence(sentence, seed) -> None:
    *_, last, ellipsis = edited(news._trailing, sentence, seed)
    assert last.rstrip("_") == "casa"
    assert ellipsis in ("..._", "…_")


@pytest.mark.parametrize("seed", range(8))
def test_a_few_words_are_a_sentence(sentence, seed) -> None:
    *words, stop = (t.rstrip("_") for t in edited(news._shortened, sentence, seed))
    assert words == "Anna tace e dorme nella".split()[: len(words)]
    assert stop in news._ENDS


@pytest.mark.parametrize("seed", range(20))
def test_a_figure_is_one_token(sentence, seed) -> None:
    added = [t.rstrip("_") for t in edited(news._figured, sentence, seed)]
    figures = [token for token in added if any(c.isdigit() for c in token)]
    assert len(figures) == 1
    assert re.fullmatch(r"['’]\d\d|\d+(\.\d{3})?(,\d+)?", figures[0])


def test_copies_are_the_same_for_the_same_seed_and_a_share_of_all(sentence) -> None:
    sentences = [sentence] * 200
    copies = news.augment_for_news(sentences, 1)
    assert copies == news.augment_for_news(sentences, 1) != news.augment_for_news(sentences, 2)
    assert 100 < len(copies) < 140
    starts = [i for i, copy in enumerate(copies) if copy.new_paragraph]
    assert starts[0] == 0
    assert all(later - start > 1 for start, later in pairwise(starts))
    assert news.augment_for_news(sentences, 1, share=0) == []
