from __future__ import annotations

import pytest

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.extraction import extract
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.quote_encoding import encode
from quotestance.labelling.reading import Reading
from quotestance.training.quote_targets import quote_targets

TABLE = """
1 Il il DET 2 det Gender=Masc|Number=Sing _
2 ministro ministro NOUN 5 nsubj Gender=Masc|Number=Sing _
3 Rossi Rossi PROPN 2 flat:name _ B-PER
4 ha avere AUX 5 aux Number=Sing|VerbForm=Fin _
5 accusato accusare VERB 0 root VerbForm=Part _
6 Bianchi Bianchi PROPN 5 obj _ B-PER
7 di di ADP 8 mark _ _
8 mentire mentire VERB 5 xcomp VerbForm=Inf _
9 . . PUNCT 5 punct _ _

1 Ha avere AUX 2 aux Number=Sing|VerbForm=Fin _
2 detto dire VERB 0 root VerbForm=Part _
3 che che SCONJ 4 mark _ _
4 tratta trattare VERB 2 ccomp Number=Sing|VerbForm=Fin _
5 . . PUNCT 2 punct _ _
"""


@pytest.fixture
def extraction(parse_of):
    return extract(parse_of(TABLE))


@pytest.fixture
def examples(extraction):
    import torch

    words = extraction.parse.words
    reading = Reading(
        tuple(w.start for w in words), tuple(w.end for w in words), torch.zeros(len(words), 4)
    )
    return encode(extraction, reading, QuoteConfig())


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


@pytest.fixture
def document(extraction) -> Document:
    text = extraction.parse.text
    rossi = Entity("rossi", "person", "Rossi", mentions=(span(text, "Il ministro Rossi"),))
    bianchi = Entity("bianchi", "person", "Bianchi", mentions=(span(text, "Bianchi"),))
    accusation = Quote(
        "q1", "indirect", (span(text, "mentire"),), (span(text, "ha accusato"),),
        Speaker(rossi, span(text, "Il ministro Rossi")), (Stance(bianchi, "accusatory"),),
    )  # fmt: skip
    return Document("a", text, (rossi, bianchi), (accusation,))


def test_a_candidate_that_is_annotated_is_a_quote_and_the_other_is_none(
    document, extraction, examples
) -> None:
    first, second = quote_targets(document, extraction, examples)
    assert (
        extraction.candidates[0].contents[first.choice - 1].segments == document.quotes[0].content
    )
    assert second.choice == 0
    assert not second.speaker.any()


def test_the_speaker_is_told_by_entity(document, extraction, examples) -> None:
    targets = quote_targets(document, extraction, examples)[0]
    speakers = [
        extraction.mentions[m].name
        for m, mark in zip(examples[0].mention_ids, targets.speaker, strict=True)
        if mark
    ]
    assert speakers
    assert set(speakers) == {"Rossi"}


def test_an_article_without_quotes_has_only_negatives(document, extraction, examples) -> None:
    empty = Document("a", document.text)
    assert [t.choice for t in quote_targets(empty, extraction, examples)] == [0, 0]
