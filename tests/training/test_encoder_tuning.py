"""The tuning of the parser's layers on a few sentences and a random encoder."""

from __future__ import annotations

import random

import pytest
import torch
from transformers import BertModel

from quotestance.training.encoder_tuning import Tuning, TuningSettings
from quotestance.training.parser_data import TreebankSentence
from quotestance.training.syntax_network import IGNORED, SyntaxNetwork, syntax_loss
from quotestance.training.tuning_examples import (
    Labels,
    TuningExample,
    batches,
    name_examples,
    syntax_examples,
    tensors,
)

ROWS = (
    ("1", "Anna", "Anna", "PROPN", "_", "_", "2", "nsubj", "_", "_"),
    ("2", "parla", "parlare", "VERB", "_", "Mood=Ind|Number=Sing", "0", "root", "_", "_"),
    ("3-4", "dell'", "_", "_", "_", "_", "_", "_", "_", "SpaceAfter=No"),
    ("3", "di", "di", "ADP", "_", "_", "5", "case", "_", "_"),
    ("4", "l'", "il", "DET", "_", "Definite=Def", "5", "det", "_", "_"),
    ("5", "asilo", "asilo", "NOUN", "_", "Number=Sing", "2", "obl", "_", "_"),
)
SENTENCE = TreebankSentence(ROWS)
NAMED = (("Anna", "B-PER"), ("Rossi", "I-PER"), ("parla", "O"))


class Pieces:
    """A tokenizer that reads a word in pieces of three letters; its ids are their hashes."""

    class Read(dict):
        def word_ids(self) -> list[int | None]:
            return self["words"]

    def __call__(self, words: list[str], is_split_into_words: bool) -> Pieces.Read:
        assert is_split_into_words
        pieces = [(w[i : i + 3], n) for n, w in enumerate(words) for i in range(0, len(w), 3)]
        ids = [1, *(4 + sum(map(ord, piece)) % 25 for piece, _ in pieces), 2]
        return self.Read(input_ids=ids, words=[None, *(n for _, n in pieces), None])


@pytest.fixture
def examples() -> tuple[Labels, list[TuningExample], list[TuningExample]]:
    labels = Labels([SENTENCE])
    return labels, syntax_examples([SENTENCE], labels, Pieces()), name_examples([NAMED], Pieces())


def test_a_word_is_read_at_its_last_piece(examples) -> None:
    labels, [syntax], [named] = examples
    assert syntax.last == (2, 4, 5, 6, 8)  # An·na par·la di l' asi·lo
    assert syntax.heads == (2, 0, 5, 5, 2)
    assert [row[0] for row in syntax.labels] == [
        labels.upos[t] for t in "PROPN VERB ADP DET NOUN".split()
    ]
    assert named.labels == ((1,), (2,), (0,))
    assert named.heads == ()


def test_a_label_that_was_not_learned_is_no_answer(examples) -> None:
    labels = examples[0]
    told = labels.of(("1", "Oh", "oh", "INTJ", "_", "Number=Plur", "0", "discourse", "_", "_"))
    assert told[:2] == (IGNORED, IGNORED)
    assert told.count(IGNORED) == 3


def test_words_without_pieces_and_long_sentences_are_left_out() -> None:
    labels = Labels([SENTENCE])
    empty = TreebankSentence((("1", "", "_", "X", "_", "_", "0", "root", "_", "_"),))
    assert syntax_examples([empty], labels, Pieces()) == []
    assert name_examples([(("a", "O"),) * 199], Pieces()) == []


def test_batches_hold_each_example_once(examples) -> None:
    short, long = examples[2][0], examples[1][0]
    some = [short] * 5 + [long] * 4
    found = list(batches(some, 25, random.Random(3)))
    assert sorted(len(e.ids) for batch in found for e in batch) == sorted(len(e.ids) for e in some)
    assert all(len(batch) * max(len(e.ids) for e in batch) <= 25 for batch in found)


def test_padding_is_no_word(examples) -> None:
    _, [syntax], _ = examples
    longer = TuningExample(
        (*syntax.ids, 9), (*syntax.last, 10), (*syntax.labels, syntax.labels[0]), (*syntax.heads, 1)
    )
    read = tensors([syntax, longer])
    assert read["mask"].sum(1).tolist() == [10, 11]
    assert read["last"][0].tolist() == [2, 4, 5, 6, 8, 0]
    assert read["heads"][0].tolist() == [2, 0, 5, 5, 2, IGNORED]
    assert read["labels"].shape == (2, 6, len(syntax.labels[0]))


def test_layers_learn_and_the_lowest_stay(examples, deep_encoder: BertModel) -> None:
    labels, syntax, named = examples
    torch.manual_seed(0)
    before = {name: value.clone() for name, value in deep_encoder.state_dict().items()}
    settings = TuningSettings(depth=4, frozen=2, learning_rate=1e-3, head_learning_rate=1e-2)
    network = SyntaxNetwork(deep_encoder, 4, 2, labels.sizes, width=16, dropout=0.0)
    tuning = Tuning(network, settings, hidden=3)
    tuning.start(40)
    for _ in range(40):
        tuning.step(syntax, named)
    assert tuning.scores(syntax) == (
        "parts of speech 1.0000, UAS 1.0000, LAS 1.0000 on development data"
    )
    assert {name.split(".")[0] for name in tuning.weights()} == {"2", "3"}
    changed = {n for n, v in deep_encoder.state_dict().items() if not torch.equal(v, before[n])}
    assert changed
    assert all(name.startswith(("encoder.layer.2.", "encoder.layer.3.")) for name in changed)


def test_the_loss_does_not_look_at_padding(examples, deep_encoder: BertModel) -> None:
    labels, [syntax], _ = examples
    network = SyntaxNetwork(deep_encoder.eval(), 4, 2, labels.sizes).eval()

    def loss(batch: list[TuningExample]) -> float:
        read = tensors(batch)
        states = network.states(read["ids"], read["mask"])
        scores = network.syntax(states, read["last"], read["heads"])
        return syntax_loss(scores, read["labels"], read["heads"]).item()

    first = TuningExample(syntax.ids[:3], (2,), syntax.labels[1:2], (0,))
    alone, beside = loss([syntax]), loss([first])
    both = loss([syntax, first])
    assert both == pytest.approx((5 * alone + beside) / 6, abs=1e-4)
