from __future__ import annotations

from quotestance.document import Document, Entity, Quote, Span, Speaker
from quotestance.extraction import extract
from quotestance.labelling.given import given_discourse

TABLE = """
1 Il il DET 2 det Gender=Masc|Number=Sing _
2 ministro ministro NOUN 5 nsubj Gender=Masc|Number=Sing _
3 Rossi Rossi PROPN 2 flat:name _ B-PER
4 ha avere AUX 5 aux Number=Sing|VerbForm=Fin _
5 accusato accusare VERB 0 root VerbForm=Part _
6 il il DET 7 det Gender=Masc|Number=Sing _
7 governo governo NOUN 5 obj Gender=Masc|Number=Sing _
8 Bianchi Bianchi PROPN 7 nmod _ B-PER
9 di di ADP 10 mark _ _
10 mentire mentire VERB 5 xcomp VerbForm=Inf _
11 . . PUNCT 5 punct _ _
"""


def spans(text: str, *words: str) -> tuple[Span, ...]:
    return tuple(Span.of(text, text.index(w), text.index(w) + len(w)) for w in words)


def document(text: str, **mentions: tuple[str, ...]) -> Document:
    entities = {
        key: Entity(key, "person", key.title(), mentions=spans(text, *words))
        for key, words in mentions.items()
    }
    quote = Quote(
        "q1", "indirect", spans(text, "mentire"), spans(text, "ha accusato"),
        Speaker(entities["rossi"]),
    )  # fmt: skip
    return Document("a", text, tuple(entities.values()), (quote,))


def test_each_entity_has_a_cluster_of_its_own_mentions(parse_of) -> None:
    extraction = extract(parse_of(TABLE))
    text = extraction.parse.text
    given = given_discourse(
        extraction,
        document(text, rossi=("Il ministro Rossi",), bianchi=("Bianchi",), governo=("il governo",)),
    )
    clusters = given.discourse.extraction.clusters
    words = {
        key: [extraction.mentions[m].span.text for m in clusters[number]]
        for key, number in given.clusters.items()
    }
    assert words["rossi"] == ["Il ministro Rossi"]
    assert words.get("bianchi") == ["Bianchi"]
    assert sorted(m for c in clusters for m in c) == list(range(len(extraction.mentions)))


def test_a_quote_is_cut_as_it_was_given_and_has_its_speaker(parse_of) -> None:
    extraction = extract(parse_of(TABLE))
    given = given_discourse(
        extraction, document(extraction.parse.text, rossi=("Il ministro Rossi",))
    )
    attribution = given.attributions["q1"]
    assert [s.text for s in attribution.content.segments] == ["mentire"]
    assert attribution.speaker == given.clusters["rossi"]
    assert given.discourse.attributions == (attribution,)


def test_an_entity_that_the_text_does_not_mention_has_no_cluster(parse_of) -> None:
    extraction = extract(parse_of(TABLE))
    given = given_discourse(
        extraction, document(extraction.parse.text, rossi=("Il ministro Rossi",), verdi=())
    )
    assert "verdi" not in given.clusters
