from __future__ import annotations

from dataclasses import replace

from quotestance import Document
from quotestance.exchange import differences


def document(speaker, *ids):
    text = "Rossi, Verdi: piove."
    names = {"Rossi": [0, 5], "Verdi": [7, 12]}
    return Document.from_dict(
        {
            "id": "a",
            "text": text,
            "entities": [
                {"id": key, "kind": "person", "name": name, "mentions": [mention]}
                for key, (name, mention) in zip(ids, names.items(), strict=True)
            ],
            "quotes": [
                {
                    "id": "q1",
                    "type": "direct",
                    "content": [[14, 19]],
                    "speaker": {"entity": speaker},
                }
            ],
        }
    )


def told(before, after):
    return [str(loss) for loss in differences(before, after)]


def test_a_document_does_not_differ_from_itself(real):
    assert [loss for article in real for loss in differences(article, article)] == []


def test_new_ids_of_entities_are_told_once():
    assert told(document("b", "a", "b"), document("y", "x", "y")) == [
        'a: entities[0].id: "a" comes back as "x"',
        'a: entities[1].id: "b" comes back as "y"',
    ]


def test_another_speaker_is_told_whatever_the_ids_are():
    assert told(document("x", "a", "x"), document("x", "x", "y")) == [
        'a: entities[0].id: "a" comes back as "x"',
        'a: entities[1].id: "x" comes back as "y"',
        'a: quotes[0].speaker.entity: "x" comes back as "a"',
    ]


def test_what_is_missing_added_or_moved_is_told():
    before = document("a", "a", "b")
    without = replace(before, quotes=(), entities=before.entities[::-1], domain="x")
    assert told(before, without) == [
        'a: domain: nothing comes back as "x"',
        'a: quotes[0]: "Rossi: piove" comes back as nothing',
        'a: entities: "their order" comes back as "another"',
    ]
    assert told(without, before)[1] == 'a: quotes[0]: nothing comes back as "Rossi: piove"'
