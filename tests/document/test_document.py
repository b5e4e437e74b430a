from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from quotestance.document import (
    STANCE_LABELS,
    Document,
    Entity,
    Quote,
    Span,
    Speaker,
    Stance,
    is_label,
    ordered_labels,
)

TEXT = "«Pronti», dice Lavrov, «a trattare con Rubio»."
LAVROV = Entity("lavrov", "person", "Serghei Lavrov", aliases=("Lavrov", "il ministro"))
RUBIO = Entity("rubio", "person", "Rubio")
QUOTE = Quote(
    id="q1",
    type="direct",
    content=(Span.of(TEXT, 1, 7), Span.of(TEXT, 24, 44)),
    cue=(Span.of(TEXT, 10, 14),),
    speaker=Speaker(LAVROV, Span.of(TEXT, 15, 21)),
    stances=(Stance(RUBIO, "conciliatory"),),
)
DOCUMENT = Document("d", TEXT, (LAVROV, RUBIO), (QUOTE,))


def test_quote_joins_its_segments():
    assert QUOTE.text == "Pronti … a trattare con Rubio"
    assert QUOTE.cue_text == "dice"


def test_objects_read_well():
    assert str(QUOTE) == "Serghei Lavrov: Pronti … a trattare con Rubio"
    assert str(QUOTE.stances[0]) == "conciliatory → Rubio"


@pytest.mark.parametrize("key", ["lavrov", "Serghei Lavrov", "LAVROV", "il ministro"])
def test_entity_is_found_by_id_name_and_alias(key):
    assert DOCUMENT.entity(key) is LAVROV


def test_entity_prefers_ids_and_names_to_aliases():
    shadow = Entity("x", "org", "X", aliases=("rubio",))
    assert Document("d", TEXT, (shadow, RUBIO)).entity("Rubio") is RUBIO


@pytest.mark.parametrize(
    ("document", "known"),
    [(DOCUMENT, "Serghei Lavrov, Rubio"), (Document("d", TEXT), "none")],
)
def test_unknown_entity_lists_the_known_ones(document, known):
    with pytest.raises(KeyError, match=f"no entity 'Putin' in document 'd'; its entities: {known}"):
        document.entity("Putin")


def test_document_is_immutable():
    with pytest.raises(FrozenInstanceError):
        DOCUMENT.text = ""


def test_dict_round_trip():
    assert Document.from_dict(DOCUMENT.to_dict()) == DOCUMENT


@pytest.mark.parametrize(
    ("used", "labels"),
    [
        ((), STANCE_LABELS),
        (("neutral", "accusatory"), STANCE_LABELS),
        (("support", "neutral", "oppose"), ("neutral", "oppose", "support")),
        (("pro", "contra", "pro"), ("contra", "pro")),
    ],
)
def test_labels_have_one_order_and_the_shipped_ones_stand_first(used, labels):
    assert ordered_labels(used) == labels


@pytest.mark.parametrize("text", ["", " ", "a b", "a\n", "<b>", "a.b", "_a", "-a", "a:b"])
def test_what_is_no_plain_name_is_no_label(text):
    assert not is_label(text)
