from __future__ import annotations

import pytest

from quotestance import Document, Entity, Quote, QuotestanceError, Span, Speaker
from quotestance.pipeline import QuoteStance


class FakeParser:
    encoder = None

    def __init__(self, parse_of) -> None:
        self.parse_of = parse_of
        self.texts: list[str] = []

    def __call__(self, text: str):
        self.texts.append(text)
        return self.parse_of(
            "\n".join(f"{i} {w} {w} X 0 root" for i, w in enumerate(text.split(), 1))
        )


class FakeLabeller:
    def __init__(self) -> None:
        self.sizes: list[int] = []

    def __call__(self, articles):
        self.sizes.append(len(articles))
        return [document for document, _ in articles]


@pytest.fixture
def nlp(parse_of) -> QuoteStance:
    return QuoteStance(FakeParser(parse_of), FakeLabeller())


def test_pipe_numbers_texts_and_keeps_documents_in_order(nlp) -> None:
    given = Document("mio", "due", domain="sport", extra={"url": "x"})
    found = list(nlp.pipe(iter(["uno", given, "tre"]), batch_size=2))
    assert [d.id for d in found] == ["0", "mio", "2"]
    assert [d.text for d in found] == ["uno", "due", "tre"]
    assert found[1].extra == {"url": "x"}
    assert nlp.labeller.sizes == [2, 1]


def test_pipe_reads_no_further_than_its_batch(nlp) -> None:
    read = []
    stream = nlp.pipe((read.append(i) or str(i) for i in range(100)), batch_size=4)
    next(stream)
    assert len(read) == 4


@pytest.mark.parametrize("size", [0, -1])
def test_pipe_refuses_a_batch_of_nothing(nlp, size) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        next(nlp.pipe(["uno"], batch_size=size))


def test_call_names_the_document(nlp) -> None:
    assert nlp("uno", id="articolo").id == "articolo"


def test_a_text_in_another_language_is_a_warning(nlp) -> None:
    english = "The minister said that the reform will not stop but that they are ready to talk " * 3
    with pytest.warns(UserWarning, match="'articolo' does not look Italian"):
        nlp(english, id="articolo")


def test_the_same_text_is_parsed_once(nlp) -> None:
    nlp("uno")
    nlp("uno")
    assert nlp.parser.texts == ["uno"]


def test_save_pretrained_refuses_a_parser_that_it_did_not_load(nlp, tmp_path) -> None:
    with pytest.raises(QuotestanceError, match="save the labeller alone"):
        nlp.save_pretrained(tmp_path)


@pytest.fixture
def annotated() -> Document:
    text = "Rossi ha detto basta"
    rossi = Entity("rossi", "person", "Rossi", ("Rossi",), mentions=(Span.of(text, 0, 5),))
    mai = Entity("mai", "person", "Verdi")
    quote = Quote("q1", "indirect", (Span.of(text, 15, 20),), (), Speaker(rossi))
    return Document("a", text, (rossi, mai), (quote,))


@pytest.mark.parametrize(
    ("quote", "toward", "error", "message"),
    [
        (3, "Verdi", KeyError, "has 1 quotes, no 3"),
        ("q9", "Verdi", KeyError, "no quote 'q9'"),
        (0, "Neri", KeyError, "its entities: Rossi, Verdi"),
        (0, "Rossi", ValueError, "is the speaker"),
        (0, "Verdi", ValueError, "does not mention Verdi"),
    ],
)
def test_stance_tells_what_is_wrong_with_the_question(
    nlp, annotated, quote, toward, error, message
) -> None:
    with pytest.raises(error, match=message):
        nlp.stance(annotated, quote, toward)
