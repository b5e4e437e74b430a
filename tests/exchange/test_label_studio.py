from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from quotestance import Document, Quote, Span, Speaker
from quotestance.exchange import (
    ExchangeError,
    label_studio_config,
    read_label_studio,
    write_label_studio,
)
from quotestance.exchange.graph import LABELS, link_labels

TEXT = "💩 «Ora basta», dice Anna Rossi a Verdi."
# As Label Studio exports it: ids of its own, who annotated it and when, fields of the project.
TASK = {
    "id": 7,
    "data": {"text": TEXT, "fonte": "Ansa"},
    "annotations": [
        {
            "id": 1001,
            "completed_by": 10,
            "was_cancelled": False,
            "ground_truth": False,
            "created_at": "2021-03-09T22:16:08.728353Z",
            "lead_time": 4.288,
            "result": [
                {
                    "value": {"start": 20, "end": 30, "text": "Anna Rossi", "labels": ["person"]},
                    "id": "Dx_aB91ISN",
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                    "origin": "manual",
                },
                {
                    "value": {"start": 3, "end": 12, "text": "Ora basta", "labels": ["Content"]},
                    "id": "t5sp3TyXPo",
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                    "origin": "manual",
                },
                {
                    "value": {"start": 33, "end": 38, "text": "Verdi", "labels": ["person"]},
                    "id": "v",
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                },
                {
                    "from_id": "t5sp3TyXPo",
                    "to_id": "Dx_aB91ISN",
                    "type": "relation",
                    "direction": "right",
                    "labels": ["speaker"],
                },
                {
                    "from_id": "v",
                    "to_id": "t5sp3TyXPo",
                    "type": "relation",
                    "direction": "left",
                    "labels": ["accusatory"],
                },
            ],
        }
    ],
    "predictions": [],
    "project": 83,
}


@pytest.fixture
def read(tmp_path):
    def read(tasks):
        path = tmp_path / "project.json"
        path.write_text(json.dumps(tasks), encoding="utf-8")
        return read_label_studio(path)

    return read


def changed(change):
    task = json.loads(json.dumps(TASK))
    change(task, task["annotations"][0]["result"])
    return [task]


def test_a_task_annotated_by_hand_is_read(read):
    imported = read([TASK])
    [document] = imported.documents
    [quote] = document.quotes
    assert imported.losses == ()
    assert (document.id, document.extra) == ("project-7", {"fonte": "Ansa"})
    assert (quote.id, quote.type, quote.content) == ("t5sp3TyXPo", "direct", (Span(3, 12),))
    assert (str(quote.speaker), quote.speaker.mention) == ("Anna Rossi", Span(20, 30))
    assert [str(stance) for stance in quote.stances] == ["accusatory → Verdi"]


def test_offsets_of_older_versions_count_utf16_units(read):
    def shift(_, results):
        for item in results:
            if "value" in item:
                item["value"]["start"] += 1
                item["value"]["end"] += 1

    assert read(changed(shift)).documents == read([TASK]).documents


def test_choices_and_texts_belong_to_their_region(read):
    def tell(_, results):
        results += [
            {
                "id": "t5sp3TyXPo",
                "type": "choices",
                "from_name": "type",
                "value": {"choices": ["mixed"]},
            },
            {
                "id": "t5sp3TyXPo",
                "type": "choices",
                "from_name": "stance",
                "value": {"choices": ["neutral"]},
            },
            {
                "id": "v",
                "type": "textarea",
                "from_name": "entity",
                "value": {"text": ["la giunta"]},
            },
            {
                "id": "t5sp3TyXPo",
                "type": "textarea",
                "from_name": "target",
                "value": {"text": ["Neri: conciliatory"]},
            },
        ]
        results[4]["labels"] = ["target"]

    [quote] = read(changed(tell)).documents[0].quotes
    assert quote.type == "mixed"
    assert [str(s) for s in quote.stances] == ["neutral → la giunta", "conciliatory → Neri"]


def test_continued_regions_are_one_content_or_cue(read):
    def add(_, results):
        for key, start, label in (("c1", 15, "Cue"), ("c2", 17, "Cue"), ("more", 31, "Content")):
            value = {"start": start, "end": start + 1, "labels": [label]}
            results.append({"id": key, "type": "labels", "value": value})
        for source, target, label in (
            ("t5sp3TyXPo", "c1", "cue"),
            ("c1", "c2", "continued"),
            ("t5sp3TyXPo", "more", "continued"),
        ):
            results.append(
                {"type": "relation", "from_id": source, "to_id": target, "labels": [label]}
            )

    [quote] = read(changed(add)).documents[0].quotes
    assert quote.cue == (Span(15, 16), Span(17, 18))
    assert quote.content == (Span(3, 12), Span(31, 32))


def test_one_annotation_is_read_and_the_others_are_told(read):
    def add(task, _):
        first = task["annotations"][0]
        task["annotations"] += [
            {**first, "id": 1, "result": [], "was_cancelled": True},
            {**first, "id": 2, "result": []},
        ]
        task["annotations"][0]["ground_truth"] = True

    imported = read(changed(add))
    assert len(imported.documents[0].quotes) == 1
    assert [str(loss) for loss in imported.losses] == [
        "project-7: [0].annotations[2]: is left out; [0].annotations[0] is read"
    ]


@pytest.mark.parametrize(
    ("item", "told"),
    [
        (
            {"id": "x", "type": "labels", "value": {"start": 0, "end": 1, "labels": ["LOC"]}},
            "the label 'LOC'",
        ),
        ({"id": "x", "type": "rectanglelabels", "value": {}}, "a result of type 'rectanglelabels'"),
        (
            {"id": "x", "type": "choices", "value": {"choices": ["a"]}},
            "belongs to no labelled region",
        ),
        (
            {"id": "v", "type": "choices", "from_name": "mood", "value": {"choices": ["bad"]}},
            "mood: ['bad']",
        ),
        (
            {"type": "relation", "from_id": "v", "to_id": "?"},
            "a relation with a region that is not read",
        ),
        (
            {"type": "relation", "from_id": "v", "to_id": "t5sp3TyXPo", "labels": ["org:founded"]},
            "the relation 'org:founded'",
        ),
        ({"type": "relation", "from_id": "v", "to_id": "t5sp3TyXPo"}, "a relation without a label"),
        (
            {"type": "relation", "from_id": "v", "to_id": "t5sp3TyXPo", "labels": ["cue"]},
            "the link 'cue' does not start at a content",
        ),
        (
            {"type": "relation", "from_id": "t5sp3TyXPo", "to_id": "v", "labels": ["speaker"]},
            "a second speaker of t5sp3TyXPo: Verdi",
        ),
        (
            {"id": "x", "type": "labels", "value": {"start": 0, "end": 1, "labels": ["Cue"]}},
            "the Cue '💩' belongs to no content",
        ),
        (
            {"id": "x", "type": "labels", "value": {"start": 5, "end": 7, "labels": ["Content"]}},
            "the quote 'a ' has no speaker; link it to one",
        ),
        (
            {
                "id": "x",
                "type": "labels",
                "value": {"start": 5, "end": 7, "text": "Xy", "labels": ["org"]},
            },
            "the words 'Xy' are not at [5, 7], which are taken",
        ),
    ],
)
def test_what_has_no_place_is_told(read, item, told):
    imported = read(changed(lambda _, results: results.append(item)))
    assert len(imported.documents[0].quotes) == 1
    [loss] = imported.losses
    assert told in loss.what
    assert loss.place.startswith("[0].annotations[0].result[")


@pytest.mark.parametrize(
    ("tasks", "told"),
    [
        (
            [{"text": TEXT, "label": []}],
            "[0].data: is missing; export the project as JSON, not JSON-MIN",
        ),
        ([{"data": {"image": "x.jpg"}}], "[0]: data.text: must be the article"),
        ([{"data": {"text": "a"}, "annotations": {}}], ""),
        (
            [{"data": {"text": "a"}, "annotations": ["b"]}],
            "[0].annotations: must be a list of objects",
        ),
        (
            changed(lambda _, r: r[0]["value"].update(end=99)),
            "[0].annotations[0].result[0].value: needs 'start' and 'end', whole numbers within the text",
        ),
        (changed(lambda _, r: r.append("x")), "[0].annotations[0].result[5]: must be an object"),
        (changed(lambda _, r: r.append({"id": "x"})), "result[5]: needs 'id' and 'value'"),
        (
            changed(lambda _, r: r[3].pop("to_id")),
            "result[3]: a relation needs 'from_id' and 'to_id'",
        ),
    ],
)
def test_bad_input_is_told_with_its_place(read, tmp_path, tasks, told):
    if not told:
        assert read(tasks).documents[0].quotes == ()
        return
    with pytest.raises(ExchangeError) as caught:
        read(tasks)
    assert str(caught.value).startswith(f"{tmp_path / 'project.json'}: ")
    assert told in str(caught.value)


def test_what_is_no_json_is_told_with_its_line(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('[\n{"data": ]', encoding="utf-8")
    with pytest.raises(ExchangeError, match=r"x\.json, line 2: not JSON: .* at column 10"):
        read_label_studio(path)
    path.write_bytes(b"\xff")
    with pytest.raises(ExchangeError, match="not UTF-8"):
        read_label_studio(path)


def test_annotations_are_gold_and_predictions_have_scores(real):
    [task] = json.loads(write_label_studio(real[:1]).files[""])
    assert "predictions" not in task
    document = real[0]
    quote = document.quotes[0]
    scored = replace(
        quote,
        score=0.9,
        speaker=replace(quote.speaker, score=0.8),
        stances=tuple(replace(stance, score=0.7) for stance in quote.stances),
    )
    predicted = replace(document, quotes=(scored, replace(document.quotes[1], score=0.5)))
    exported = write_label_studio([predicted])
    assert exported.losses == ()
    [task] = json.loads(exported.files[""])
    [prediction] = task["predictions"]
    assert "annotations" not in task
    assert (prediction["model_version"], prediction["score"]) == ("quotestance", 0.7)
    assert [item["score"] for item in prediction["result"] if "score" in item] == [
        0.9,
        0.5,
        0.8,
        0.7,
    ]


def test_every_region_holds_the_words_that_it_covers(real):
    for task in json.loads(write_label_studio(real).files[""]):
        for item in task["annotations"][0]["result"]:
            if item["type"] == "labels":
                value = item["value"]
                assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_the_configuration_names_all_that_is_written(real):
    root = ElementTree.fromstring(label_studio_config())
    names = {element.get("name") for element in root.iter() if element.get("name")}
    values = {e.tag: {x.get("value") for x in root.iter(e.tag)} for e in root.iter()}
    assert values["Label"] == set(LABELS)
    assert values["Relation"] == set(link_labels())
    for task in json.loads(write_label_studio(real).files[""]):
        for item in task["annotations"][0]["result"]:
            if item["type"] != "relation":
                assert {item["from_name"], item["to_name"]} <= names
                assert set(item["value"].get("choices", ())) <= values["Choice"]


def test_a_speaker_outside_the_mentions_has_a_region_of_its_own():
    text = "Lui dice: basta. Rossi tace."
    rossi = Document.from_dict(
        {
            "id": "a",
            "text": text,
            "entities": [{"id": "r", "kind": "person", "name": "Rossi", "mentions": [[17, 22]]}],
        }
    ).entities[0]
    quote = Quote(
        "q1",
        "direct",
        (Span.of(text, 10, 15),),
        (Span.of(text, 4, 8),),
        Speaker(rossi, Span.of(text, 0, 3)),
    )
    document = Document("a", text, (rossi,), (quote,))
    exported = write_label_studio([document])
    assert exported.losses == ()
    assert '"Speaker"' in exported.files[""]


def test_the_configuration_may_have_labels_of_the_user():
    root = ElementTree.fromstring(label_studio_config(("support", "oppose", "neutral")))
    relations = [element.get("value") for element in root.iter("Relation")]
    assert relations == list(link_labels(("support", "oppose", "neutral")))
    assert "accusatory" not in relations


@pytest.mark.parametrize(
    ("stances", "told"),
    [
        ((), "no stance label to choose from; give at least one"),
        (("support", "cue"), "a link cannot tell the stance 'cue'; give it another name"),
        (('"/><x',), "give it another name of letters, digits, _ and -"),
    ],
)
def test_labels_that_a_configuration_cannot_have_are_told(stances, told):
    with pytest.raises(ExchangeError, match=re.escape(told)):
        label_studio_config(stances)
