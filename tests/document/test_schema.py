from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest

from quotestance.document import Document, Span
from quotestance.document.schema import SchemaError, document_from_dict, document_to_dict

SEEDS = Path(__file__).parents[2] / "seeds"

DATA = {
    "id": "d",
    "text": "«Pronti», dice Lavrov, «a trattare con Rubio».",
    "domain": "diplomazia",
    "entities": [
        {
            "id": "lavrov",
            "kind": "person",
            "name": "Lavrov",
            "aliases": ["Lavrov"],
            "side": "Russia",
            "mentions": [[15, 21]],
        },
        {
            "id": "rubio",
            "kind": "person",
            "name": "Rubio",
            "aliases": [],
            "side": None,
            "mentions": [[39, 44]],
        },
    ],
    "quotes": [
        {
            "id": "q1",
            "type": "direct",
            "content": [[1, 7], [24, 44]],
            "cue": [[10, 14]],
            "speaker": {"entity": "lavrov", "mention": [15, 21]},
            "stances": [{"target": "rubio", "label": "conciliatory"}],
        }
    ],
}
DELETE = object()


def changed(*path_and_value):
    """Return DATA with the value at the path replaced (or deleted)."""
    *path, key, value = path_and_value
    data = deepcopy(DATA)
    place = data
    for step in path:
        place = place[step]
    if value is DELETE:
        del place[key]
    else:
        place[key] = value
    return data


def problems(data):
    with pytest.raises(SchemaError) as caught:
        document_from_dict(data)
    return caught.value.problems


def test_reading_resolves_entities_and_words():
    document = document_from_dict(DATA)
    (quote,) = document.quotes
    assert quote.text == "Pronti … a trattare con Rubio"
    assert quote.speaker.entity is document.entities[0]
    assert quote.speaker.mention.text == "Lavrov"
    assert quote.stances[0].target is document.entities[1]
    assert quote.score is quote.speaker.score is quote.stances[0].score is None


@pytest.mark.parametrize(
    "path",
    [*sorted((SEEDS / "corpus").glob("*.jsonl")), SEEDS / "lavrov-rubio.jsonl"],
    ids=lambda path: path.stem,
)
def test_round_trip_of_the_corpus_is_exact(path):
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        again = document_to_dict(document_from_dict(json.loads(line)))
        assert json.dumps(again, ensure_ascii=False) == line


def test_id_and_text_are_enough():
    document = document_from_dict({"id": "d", "text": ""})
    assert document == Document("d", "")
    assert document_to_dict(document) == {
        **{"id": "d", "text": "", "domain": None},
        **{"entities": [], "quotes": []},
    }


def test_null_means_missing():
    data = changed("quotes", 0, "score", None)
    data["quotes"][0]["speaker"]["score"] = data["quotes"][0]["stances"][0]["score"] = None
    assert document_from_dict(data) == document_from_dict(DATA)
    assert document_from_dict({"id": "d", "text": "", "quotes": None}).quotes == ()


def test_scores_are_kept():
    data = changed("quotes", 0, "score", 0.5)
    data["quotes"][0]["speaker"]["score"] = 1.0
    data["quotes"][0]["stances"][0]["score"] = 0.0
    assert document_to_dict(document_from_dict(data)) == data


def test_segments_are_sorted():
    quote = document_from_dict(changed("quotes", 0, "content", [[24, 44], [1, 7]])).quotes[0]
    assert quote.content == (Span(1, 7), Span(24, 44))


def test_mentions_of_an_entity_may_nest():
    document = document_from_dict(changed("entities", 0, "mentions", [[15, 21], [10, 21]]))
    assert document.entities[0].mentions == (Span(10, 21), Span(15, 21))


def test_unknown_fields_of_the_document_are_carried_along():
    data = {**DATA, "url": "https://example.org", "tags": [1, 2]}
    document = document_from_dict(data)
    assert document.extra == {"url": "https://example.org", "tags": [1, 2]}
    assert document_to_dict(document) == data


def test_extra_fields_never_replace_those_of_the_schema():
    assert document_to_dict(Document("d", "x", extra={"text": "y"}))["text"] == "x"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ([], "document: must be an object, not []"),
        (changed("id", DELETE), "id: is missing; required here: id, text"),
        (changed("id", 7), "id: must be a string that is not empty, not 7"),
        (changed("domain", ["x"]), "domain: must be a string, not ['x']"),
        (changed("entities", {}), "entities: must be a list, not an object"),
        (changed("entities", 0, "x"), "entities[0]: must be an object, not 'x'"),
        (
            changed("entities", 0, "kind", "place"),
            "entities[0].kind: must be one of person, org, gpe, group, not 'place'",
        ),
        (
            changed("entities", 1, "name", DELETE),
            "entities[1].name: is missing; required here: id, kind, name",
        ),
        (
            changed("entities", 0, "aliases", ["", "x"]),
            "entities[0].aliases[0]: must be a string that is not empty, not ''",
        ),
        (changed("entities", 0, "side", 1), "entities[0].side: must be a string, not 1"),
        (
            changed("entities", 0, "mention", [[0, 1]]),
            "entities[0].mention: is no known field; "
            "known: id, kind, name, aliases, side, mentions",
        ),
        (
            changed("entities", 0, "mentions", [[0, 1], [40, 99]]),
            "entities[0].mentions[1]: [40, 99] ends after the text, which has 46 characters",
        ),
        (
            changed("quotes", 0, "type", "Direct"),
            "quotes[0].type: must be one of direct, indirect, mixed, not 'Direct'",
        ),
        (
            changed("quotes", 0, "content", []),
            "quotes[0].content: is empty; a quote needs at least one segment",
        ),
        (
            changed("quotes", 0, "content", [[1, 7], [5, 9]]),
            "quotes[0].content: segments [1, 7] and [5, 9] overlap; join or separate them",
        ),
        (
            changed("quotes", 0, "cue", [[14, 10]]),
            "quotes[0].cue[0]: needs 0 <= start < end, not [14, 10]; the end is exclusive",
        ),
        (
            changed("quotes", 0, "cue", [[True, 10]]),
            "quotes[0].cue[0]: must be two whole numbers [start, end], not [True, 10]",
        ),
        (
            changed("quotes", 0, "cue", [[10]]),
            "quotes[0].cue[0]: must be two whole numbers [start, end], not [10]",
        ),
        (
            changed("quotes", 0, "speaker", "lavrov"),
            "quotes[0].speaker: must be an object, not 'lavrov'",
        ),
        (
            changed("quotes", 0, "speaker", "entity", "putin"),
            "quotes[0].speaker.entity: 'putin' is no entity of the document; known: lavrov, rubio",
        ),
        (
            changed("quotes", 0, "speaker", "mention", [1.0, 2.0]),
            "quotes[0].speaker.mention: must be two whole numbers [start, end], not [1.0, 2.0]",
        ),
        (
            changed("quotes", 0, "speaker", "name", "x"),
            "quotes[0].speaker.name: is no known field; known: entity, mention, score",
        ),
        (
            changed("quotes", 0, "speaker", "score", True),
            "quotes[0].speaker.score: must be a probability from 0 to 1, not True",
        ),
        (
            changed("quotes", 0, "stances", 0, "label", DELETE),
            "quotes[0].stances[0].label: is missing; required here: target, label",
        ),
        (
            changed("quotes", 0, "stances", 0, "label", "very hostile"),
            "quotes[0].stances[0].label: must be one of conciliatory, accusatory, neutral, "
            "or a label of your own of letters, digits, _ and -, not 'very hostile'",
        ),
        (
            changed("quotes", 0, "stances", 0, "target", "lavrov"),
            "quotes[0].stances[0].target: 'lavrov' is the speaker; a target is another party",
        ),
        (
            changed("quotes", 0, "stances", 0, "score", 1.5),
            "quotes[0].stances[0].score: must be a probability from 0 to 1, not 1.5",
        ),
        (
            changed("quotes", 0, "score", float("nan")),
            "quotes[0].score: must be a probability from 0 to 1, not nan",
        ),
        (
            changed("quotes", 0, "stance", []),
            "quotes[0].stance: is no known field; "
            "known: id, type, content, cue, speaker, stances, score",
        ),
        (
            changed("quotes", DATA["quotes"] * 2),
            "quotes[1].id: 'q1' is the id of quotes[0] already; give each its own",
        ),
        (
            changed("entities", DATA["entities"] + DATA["entities"][:1]),
            "entities[2].id: 'lavrov' is the id of entities[0] already; give each its own",
        ),
    ],
)
def test_a_mistake_is_named_with_its_path(data, problem):
    assert problems(data) == (problem,)


def test_references_are_not_blamed_when_the_entities_cannot_be_read():
    (problem,) = problems(changed("entities", 0, "id", DELETE))
    assert problem == "entities[0].id: is missing; required here: id, kind, name"
    data = changed("entities", 0, "id", DELETE)
    data["quotes"][0]["speaker"]["entity"] = 3
    assert problems(data)[1:] == (
        "quotes[0].speaker.entity: must be a string that is not empty, not 3",
    )


def test_all_problems_are_told_at_once():
    data = changed("id", DELETE)
    data["quotes"][0]["type"] = "said"
    data["quotes"].append({"id": "q2"})
    found = problems(data)
    assert [problem.partition(":")[0] for problem in found] == [
        "id",
        "quotes[0].type",
        "quotes[1].type",
        "quotes[1].content",
        "quotes[1].speaker",
    ]


def test_offsets_are_not_blamed_when_the_text_is_missing():
    assert problems(changed("text", DELETE)) == ("text: is missing; required here: id, text",)


def test_a_long_value_is_shortened_in_the_message():
    (problem,) = problems(changed("quotes", 0, "type", "x" * 1000))
    assert len(problem) < 120
    assert "a str (" in problem


def test_the_error_is_a_value_error_that_lists_the_problems():
    with pytest.raises(ValueError, match=r"^id: is missing.*\ntext: is missing"):
        document_from_dict({})


@pytest.mark.parametrize("label", ["support", "very_hostile", "pro-government", "più", "2"])
def test_a_stance_may_have_a_label_of_the_user(label) -> None:
    data = changed("quotes", 0, "stances", 0, "label", label)
    assert Document.from_dict(data).quotes[0].stances[0].label == label
