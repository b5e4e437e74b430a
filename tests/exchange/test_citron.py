from __future__ import annotations

import json

import pytest

from quotestance.exchange import ExchangeError, read_citron, write_citron

TEXT = "“Piove,” ha detto Anna Rossi. Lei ha aggiunto che “non smette”."


def span(words):
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


# The shape of the example in Citron's documentation (docs/data_format.md): marks are in the contents.
ARTICLE = {
    "text": TEXT,
    "quotes": [
        {
            "cue": span("ha detto"),
            "sources": [span("Anna Rossi")],
            "contents": [span("“Piove,”")],
        },
        {
            "cue": span("ha aggiunto"),
            "sources": [span("Lei")],
            "contents": [span("che “non smette”")],
            "coreferences": [span("Anna Rossi")],
            "id": "due",
        },
    ],
    "coreference_groups": [[span("Anna Rossi"), span("Lei")]],
}


@pytest.fixture
def read(tmp_path):
    def read(data):
        (tmp_path / "a.citron.json").write_text(json.dumps(data), encoding="utf-8")
        return read_citron(tmp_path / "a.citron.json")

    return read


def test_an_annotated_article_is_read(read):
    imported = read(ARTICLE)
    [document] = imported.documents
    assert imported.losses == ()
    assert document.id == "a"
    assert [(q.id, q.type, str(q.speaker), str(q.speaker.mention)) for q in document.quotes] == [
        ("q1", "direct", "Anna Rossi", "Anna Rossi"),
        ("due", "mixed", "Anna Rossi", "Lei"),
    ]
    [entity] = document.entities
    assert (entity.kind, [str(m) for m in entity.mentions]) == ("person", ["Anna Rossi", "Lei"])


def test_predictions_of_citron_name_the_speaker_first(read):
    predicted = {
        "sources": [span("Anna Rossi")],
        "coreferences": [span("Lei")],
        "cue": span("ha aggiunto"),
        "contents": [span("non smette")],
        "confidence": "0.9321",
    }
    [quote] = read({"text": TEXT, "quotes": [predicted]}).documents[0].quotes
    assert (quote.score, str(quote.speaker.mention)) == (0.9321, "Lei")
    assert [str(m) for m in quote.speaker.entity.mentions] == ["Anna Rossi", "Lei"]


def test_an_unnamed_speaker_is_a_coreference_alone(read):
    quote = {**ARTICLE["quotes"][0], "sources": [], "coreferences": [span("Anna Rossi")]}
    [read_quote] = read({"text": TEXT, "quotes": [quote]}).documents[0].quotes
    assert read_quote.speaker.mention is None
    assert str(read_quote.speaker) == "Anna Rossi"


def test_what_has_no_place_is_told(read):
    quotes = [
        {**ARTICLE["quotes"][0], "sources": [span("Anna"), span("Rossi")], "mood": 1},
        {**ARTICLE["quotes"][0], "sources": []},
        {**ARTICLE["quotes"][0], "contents": []},
    ]
    imported = read({"text": TEXT, "quotes": quotes, "title": "x"})
    assert len(imported.documents[0].quotes) == 1
    assert [str(loss) for loss in imported.losses] == [
        "a: title: no field of the format",
        "a: quotes[0].mood: no field of the format",
        "a: quotes[0]: 1 more sources; the first one is taken",
        "a: quotes[1]: the quote has no sources",
        "a: quotes[2]: the quote has no contents",
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], "text: is missing; a file is one object with 'text' and 'quotes'"),
        ({"text": "a", "quotes": {}}, "quotes: must be a list"),
        ({"text": "a", "quotes": [1]}, "quotes[0]: must be an object"),
        (
            {
                "text": "a",
                "quotes": [
                    {
                        "cue": {"start": 0, "end": 9},
                        "sources": [{"start": 0, "end": 1}],
                        "contents": [{"start": 0, "end": 1}],
                    }
                ],
            },
            "quotes[0].cue: needs 'start' and 'end', whole numbers within the text",
        ),
        (
            {"text": "a", "coreference_groups": [[{"start": "0"}]]},
            "coreference_groups[0][0]: needs",
        ),
        (
            {"text": TEXT, "quotes": [{**ARTICLE["quotes"][0], "confidence": "high"}]},
            "quotes[0].confidence: must be a number, not 'high'",
        ),
        (
            {"text": TEXT, "quotes": [{**ARTICLE["quotes"][0], "confidence": 7}]},
            "quotes[0].score: must be a probability",
        ),
    ],
)
def test_bad_input_is_told_with_its_place(read, tmp_path, data, told):
    with pytest.raises(ExchangeError) as caught:
        read(data)
    assert str(caught.value).startswith(f"{tmp_path / 'a.citron.json'}: {told}")


def test_a_file_has_the_fields_that_citron_needs(real):
    for text in write_citron(real).files.values():
        data = json.loads(text)
        assert set(data) == {"text", "quotes", "coreference_groups"}
        for quote in data["quotes"]:
            spans = [quote["cue"], *quote["sources"], *quote["contents"], *quote["coreferences"]]
            assert all(data["text"][s["start"] : s["end"]] == s["text"] for s in spans)
            assert quote["sources"] or quote["coreferences"]
