from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quotestance.document import Span, Speaker, Stance
from quotestance.evaluation import PRF, Accuracy, evaluate


def overall(gold, predicted):
    return evaluate([gold], [predicted]).overall


def test_perfect_prediction(gold):
    report = evaluate([gold], [gold])
    s = report.overall
    assert report.documents == 1
    assert s.quotes == s.exact == PRF(tp=4)
    assert s.targets == s.dyads == PRF(tp=3)
    assert s.type == s.cue == s.cue_exact == s.speaker == s.speaker_mention == Accuracy(4, 4)
    assert s.recall_by_type == {
        "direct": Accuracy(1, 1),
        "indirect": Accuracy(3, 3),
        "mixed": Accuracy(),
    }
    assert s.speaker_by_form == {
        "name": Accuracy(3, 3),
        "nominal": Accuracy(1, 1),
        "pronoun": Accuracy(),
        "none": Accuracy(),
    }
    assert s.stance.accuracy == Accuracy(4, 4)
    assert s.stance_on_target.accuracy == Accuracy(3, 3)
    assert s.stance.macro_f1 == s.stance_on_target.macro_f1 == 1.0


def test_empty_prediction(gold):
    s = overall(gold, replace(gold, entities=(), quotes=()))
    assert s.quotes == s.exact == PRF(fn=4)
    assert s.dyads == PRF(fn=3)
    assert s.targets == PRF()
    assert s.recall_by_type["direct"] == Accuracy(0, 1)
    assert s.speaker == s.type == Accuracy()
    assert not s.stance


def test_only_superfluous_quotes(gold):
    s = overall(replace(gold, quotes=()), gold)
    assert s.quotes == PRF(fp=4)
    assert s.dyads == PRF(fp=3)


def test_nothing_on_either_side():
    report = evaluate([], [])
    assert report.documents == 0
    assert report.overall.quotes == PRF()
    assert "0 documents" in report.format()


def test_a_shorter_content_matches_but_is_not_exact(gold, with_quote):
    start, end = gold.quotes[0].content[0].start, gold.quotes[0].content[0].end
    s = overall(gold, with_quote(gold, 0, content=(Span(start, end - 3),)))
    assert s.quotes == PRF(tp=4)
    assert s.exact == PRF(tp=3, fp=1, fn=1)


def test_order_of_segments_does_not_matter(gold, with_quote):
    parts = (Span(0, 5), Span(8, 12))
    s = overall(with_quote(gold, 0, content=parts), with_quote(gold, 0, content=parts[::-1]))
    assert s.exact == PRF(tp=4)


def test_type(gold, with_quote):
    s = overall(gold, with_quote(gold, 0, type="mixed"))
    assert s.type == Accuracy(3, 4)
    assert s.recall_by_type["direct"] == Accuracy(1, 1)


def test_cue(gold, with_quote):
    said = gold.quotes[0].cue[0]  # "ha detto", 8 characters
    verb = (Span(said.start + 3, said.end),)  # "detto", 5: F1 = 10 / 13
    s = overall(gold, with_quote(with_quote(gold, 0, cue=verb), 1, cue=()))
    assert s.cue == Accuracy(3, 4)
    assert s.cue_exact == Accuracy(2, 4)


def test_cues_both_empty_are_right(gold, with_quote):
    bare = with_quote(gold, 0, cue=())
    s = overall(bare, bare)
    assert s.cue == s.cue_exact == Accuracy(4, 4)


def test_wrong_speaker(gold, with_quote):
    rubio = gold.entities[1]
    # q4 has no target: speaker, mention and form suffer, no dyad does.
    s = overall(gold, with_quote(gold, 3, speaker=Speaker(rubio, rubio.mentions[0])))
    assert s.speaker == s.speaker_mention == Accuracy(3, 4)
    assert s.speaker_by_form["nominal"] == Accuracy(0, 1)
    assert s.speaker_by_form["name"] == Accuracy(3, 3)
    assert s.dyads == PRF(tp=3)


def test_wrong_speaker_breaks_the_dyad(gold, with_quote):
    rubio = gold.entities[1]
    s = overall(gold, with_quote(gold, 0, speaker=Speaker(rubio)))
    assert s.dyads == PRF(tp=2, fp=1, fn=1)
    assert s.targets == PRF(tp=3)
    assert s.speaker_mention == Accuracy(3, 4)


def test_no_mention_on_either_side_is_right(gold, with_quote):
    silent = with_quote(gold, 3, speaker=Speaker(gold.entities[0]))
    s = overall(silent, silent)
    assert s.speaker_mention == Accuracy(4, 4)
    assert s.speaker_by_form["none"] == Accuracy(1, 1)


def test_entity_ids_need_not_be_the_same(gold):
    renamed = {e.id: replace(e, id=f"p-{e.id}") for e in gold.entities}
    quotes = tuple(
        replace(
            q,
            speaker=replace(q.speaker, entity=renamed[q.speaker.entity.id]),
            stances=tuple(replace(s, target=renamed[s.target.id]) for s in q.stances),
        )
        for q in gold.quotes
    )
    predicted = replace(gold, entities=tuple(renamed.values()), quotes=quotes)
    assert overall(gold, predicted) == overall(gold, gold)


def test_split_entity_costs(gold, with_quote):
    lavrov, *others = gold.entities
    # Lavrov keeps two mentions; "Il ministro", the speaker of q4, is somebody else.
    kept = replace(lavrov, mentions=lavrov.mentions[:2])
    minister = replace(lavrov, id="minister", name="Il ministro", mentions=lavrov.mentions[2:])
    predicted = replace(gold, entities=(kept, minister, *others))
    predicted = with_quote(predicted, 3, speaker=Speaker(minister, minister.mentions[0]))
    s = overall(gold, predicted)
    assert s.speaker == Accuracy(3, 4)
    assert s.speaker_by_form["nominal"] == Accuracy(0, 1)
    assert s.speaker_mention == Accuracy(4, 4)


def test_swapped_labels(gold, with_quote):
    rubio = gold.entities[1]
    predicted = with_quote(gold, 0, stances=(Stance(rubio, "accusatory"),))
    predicted = with_quote(predicted, 2, stances=(Stance(rubio, "conciliatory"),))
    s = overall(gold, predicted)
    # gold: conciliatory, accusatory, accusatory, neutral
    # pred: accusatory, accusatory, conciliatory, neutral
    assert s.stance.counts == ((0, 1, 0), (1, 1, 0), (0, 0, 1))
    # F1: conciliatory 0, accusatory 2/4, neutral 1
    assert s.stance.macro_f1 == pytest.approx((0 + 1 / 2 + 1) / 3)
    # without the quote that has no target the mean is over two labels
    assert s.stance_on_target.macro_f1 == pytest.approx((0 + 1 / 2) / 2)
    assert s.targets == PRF(tp=3)
    assert s.dyads == PRF(tp=1, fp=2, fn=2)


def test_wrong_and_second_target(gold, with_quote):
    lavrov, _, russia = gold.entities
    # q1: Russia for Rubio, with the same label; q2: Rubio's quote gets Lavrov as a second target.
    predicted = with_quote(gold, 0, stances=(Stance(russia, "conciliatory"),))
    both = (Stance(russia, "accusatory"), Stance(lavrov, "accusatory"))
    s = overall(gold, with_quote(predicted, 1, stances=both))
    assert s.targets == PRF(tp=2, fp=2, fn=1)
    assert s.dyads == PRF(tp=2, fp=2, fn=1)
    assert s.stance.accuracy == Accuracy(4, 4)
    assert s.stance_on_target.accuracy == Accuracy(2, 2)


def test_no_target_is_neutral(gold, with_quote):
    s = overall(gold, with_quote(gold, 0, stances=()))
    assert s.stance.counts == ((0, 0, 1), (0, 2, 0), (0, 0, 1))
    assert s.targets == PRF(tp=2, fn=1)
    assert s.dyads == PRF(tp=2, fn=1)


def test_unknown_targets_are_false_positives(make, gold, with_quote):
    strangers = [make.entity(key, key) for key in ("x", "y")]
    predicted = replace(gold, entities=(*gold.entities, *strangers))
    stances = tuple(Stance(stranger, "neutral") for stranger in strangers)
    s = overall(gold, with_quote(predicted, 3, stances=stances))
    assert s.targets == s.dyads == PRF(tp=3, fp=2)


def test_domains(make):
    gold = [make.article("a", "diplomazia"), make.article("b", "sport"), make.article("c", None)]
    predicted = [replace(gold[1], quotes=()), gold[0], gold[2]]
    report = evaluate(gold, predicted)
    assert list(report.domains) == ["diplomazia", "sport", "unknown"]
    assert report.domains["sport"].quotes == PRF(fn=4)
    assert report.domains["diplomazia"].quotes == PRF(tp=4)
    assert report.overall == sum(report.domains.values(), type(report.overall)())


def test_ids_must_pair(make, gold):
    with pytest.raises(ValueError, match="no prediction"):
        evaluate([gold], [])


def test_to_dict_is_json(gold):
    report = evaluate([gold], [gold])
    data = report.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert data["documents"] == 1
    assert data["overall"]["quotes"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "tp": 4,
        "fp": 0,
        "fn": 0,
    }
    assert data["overall"]["speaker_by_form"]["name"] == {
        "accuracy": 1.0,
        "correct": 3,
        "total": 3,
    }
    assert data["overall"]["stance"]["macro_f1"] == 1.0
    assert data["domains"]["diplomazia"] == data["overall"]


def test_format_aligns_and_marks_what_was_not_counted(gold):
    text = evaluate([gold], [gold]).format()
    lines = text.splitlines()
    assert lines[0].split() == ["1", "documents", "precision", "recall", "F1", "gold"]
    assert len({len(line) for line in lines[:5]}) == 1
    assert next(line for line in lines if line.startswith("recall of mixed")).split()[-3:] == [
        "-",
        "0",
        "0",
    ]
    assert lines[-1].split() == ["diplomazia", "1.000", "1.000", "1.000", "1.000"]


def test_labels_of_the_user_are_counted_like_the_shipped_ones(gold, renamed):
    s = overall(renamed(gold), renamed(gold))
    assert s.stance.macro_f1 == s.stance_on_target.macro_f1 == 1.0
    assert s.stance.labels[-2:] == ("oppose", "support")
    assert "conciliatory" not in s.stance.labels
    report = evaluate([renamed(gold), replace(gold, id="other")], [gold, replace(gold, id="other")])
    assert 0 < report.overall.stance.macro_f1 < 1
    assert "support" in report.format()


def test_the_order_of_the_articles_is_not_that_of_the_labels(gold, renamed):
    articles = [gold, renamed(replace(gold, id="b")), renamed(replace(gold, id="c"))]
    one, other = evaluate(articles, articles), evaluate(articles[::-1], articles[::-1])
    assert one.overall == other.overall
    assert one.format() == other.format()
