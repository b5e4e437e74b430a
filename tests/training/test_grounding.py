from __future__ import annotations

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.training.grounding import with_mentions

TEXT = "Il sindaco Mario Rossi accusa la Lega. Poi rossi tace. Il capo della Lega e Bianchi no."


def words(document: Document) -> dict[str, list[str]]:
    for entity in document.entities:
        assert all(TEXT[s.start : s.end] == s.text for s in entity.mentions)
    return {entity.id: [s.text for s in entity.mentions] for entity in document.entities}


def test_names_are_found_where_they_stand() -> None:
    rossi = Entity("rossi", "person", "Mario Rossi", ("Mario Rossi", "Rossi"))
    lega = Entity("lega", "organization", "Lega")
    capo = Entity("capo", "person", "il capo della Lega")
    anna = Entity("anna", "person", "Anna Bianchi")
    nobody = Entity("nobody", "person", "Carlo Verdi")
    quote = Quote(
        "q", "indirect", (Span.of(TEXT, 39, 42),), (), Speaker(rossi), (Stance(lega, "neutral"),)
    )
    document = Document("a", TEXT, (rossi, lega, capo, anna, nobody), (quote,))
    found = with_mentions(document)
    assert words(found) == {
        "rossi": ["Mario Rossi", "rossi"],
        "lega": ["Lega"],
        "capo": ["Il capo della Lega"],
        "anna": ["Bianchi"],
        "nobody": [],
    }
    assert found.quotes[0].speaker.entity is found.entities[0]
    assert found.quotes[0].stances[0].target is found.entities[1]
    assert with_mentions(found).entities == found.entities


def test_mentions_that_are_told_are_kept() -> None:
    rossi = Entity("rossi", "person", "Mario Rossi", mentions=(Span.of(TEXT, 17, 22),))
    document = Document("a", TEXT, (rossi,))
    assert with_mentions(document) is document
