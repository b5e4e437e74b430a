from __future__ import annotations

import numpy as np
import pytest

from quotestance.document import Document
from quotestance.extraction import Extraction
from quotestance.labelling.decoding import (
    Labelled,
    Position,
    QuoteLogits,
    StanceLogits,
    attribute,
    decode,
    label,
    positions,
)
from quotestance.labelling.quote_encoding import encode

SURE = 9.0


@pytest.fixture
def named(extraction) -> dict[str, int]:
    """Clusters by a name in them."""
    return {
        extraction.mentions[m].name or extraction.mentions[m].span.text: number
        for number, members in enumerate(extraction.clusters)
        for m in members
    }


def labelled(extraction: Extraction, number: int, speaker: int, quote=0.9) -> Labelled:
    candidate = extraction.candidates[number]
    return Labelled(candidate, candidate.contents[0], quote, ((speaker, 0.8),))


def position(party: int, target: float, *labels: float) -> Position:
    return Position(party, target, np.array(labels or (0.1, 0.8, 0.1), dtype=np.float32))


@pytest.fixture
def read(extraction, config, stance_config):
    """Decode quotes with their positions into a document."""

    def run(*quotes: tuple[Labelled, list[Position]]) -> Document:
        document = Document("a", extraction.parse.text, domain="politica", extra={"url": "x"})
        kept, discourse = attribute(extraction, [one for one, _ in quotes], config)
        stances = [next(p for one, p in quotes if one is k) for k in kept]
        return decode(document, discourse, kept, stances, stance_config)

    return run


def test_label_sums_the_mentions_of_an_entity(extraction, trunk, config) -> None:
    example = encode(extraction, trunk.read(extraction.parse.text), config)[0]
    speaker = np.zeros(len(example.mention_ids), dtype=np.float32)
    speaker[0] = SURE
    choice = np.array([0, SURE, *[0] * (len(example.contents) - 1)], dtype=np.float32)
    logits = QuoteLogits(choice, speaker, np.zeros_like(speaker), np.zeros_like(choice))
    found = label(extraction.candidates[0], example, logits, config)
    assert found.quote > 0.99
    assert found.content == extraction.candidates[0].contents[0]
    assert found.speakers[0][0] == extraction.cluster_of[example.mention_ids[0]]
    assert sum(p for _, p in found.speakers) == pytest.approx(1)


def test_positions_put_the_likeliest_target_first(stance_config) -> None:
    logits = StanceLogits(
        np.array([1.0, 0.0, 3.0], dtype=np.float32),
        np.array([[SURE, 0, 0], [0, SURE, 0]], dtype=np.float32),
        np.zeros(3, dtype=np.float32),
    )
    first, second = positions((5, 7), logits, stance_config)
    assert (first.party, second.party) == (7, 5)
    assert first.target + second.target < 1  # the rest is "nobody"
    assert first.labels.argmax() == 1
    assert first.labels.sum() == pytest.approx(1)


def test_the_expert_is_believed_as_far_as_its_weight(stance_config) -> None:
    logits = StanceLogits(
        np.array([0.0, 1.0, 0.0], dtype=np.float32),
        np.zeros((2, 3), dtype=np.float32),
        np.array([-5.0, -5.0, 0.0], dtype=np.float32),
    )
    assert positions((5, 7), logits, stance_config)[0].party == 5
    stance_config.expert_weight = 1.0
    assert positions((5, 7), logits, stance_config)[0].party == 7


def test_decode_keeps_what_the_caller_gave(read, extraction) -> None:
    found = read()
    assert (found.id, found.domain, found.extra) == ("a", "politica", {"url": "x"})
    assert found.text == extraction.parse.text
    assert found.quotes == ()


def test_what_is_hardly_a_quote_is_thrown_out(read, extraction, named, config) -> None:
    one = labelled(extraction, 0, named["Rossi"], quote=config.quote_threshold - 0.01)
    assert read((one, [])).quotes == ()


def test_the_surer_of_two_readings_of_the_same_words_is_kept(read, extraction, named) -> None:
    sure = labelled(extraction, 1, named["Rossi"], quote=0.9)
    unsure = labelled(extraction, 1, named["Bianchi"], quote=0.6)
    [quote] = read((unsure, []), (sure, [])).quotes
    assert quote.speaker.entity.name == "Rossi"
    assert quote.score == 0.9


def test_decode_gives_the_target_with_its_label(read, extraction, named) -> None:
    one = labelled(extraction, 1, named["Rossi"])
    [quote] = read((one, [position(named["Bianchi"], 0.9, 0.1, 0.8, 0.1)])).quotes
    [stance] = quote.stances
    assert (stance.target.name, stance.label, stance.score) == ("Bianchi", "accusatory", 0.72)


def test_decode_gives_no_target_where_nobody_is_likelier(
    read, extraction, named, stance_config
) -> None:
    one = labelled(extraction, 1, named["Rossi"])
    unlikely = position(named["Bianchi"], stance_config.target_threshold - 0.01)
    [quote] = read((one, [unlikely])).quotes
    assert quote.stances == ()


def test_decode_has_an_unnamed_speaker_without_mention(read, extraction, named) -> None:
    [quote] = read((labelled(extraction, 1, named["Rossi"]), [])).quotes
    assert quote.speaker.mention is None
    assert quote.speaker.entity.name == "Rossi"
    assert quote.cue_text == "Ha accusato"


def test_decode_gives_a_second_target_that_is_as_likely_as_the_first(
    read, extraction, named
) -> None:
    clusters = [n for n in range(len(extraction.clusters)) if n != named["Rossi"]]
    assert len(clusters) >= 2
    one = labelled(extraction, 0, named["Rossi"])
    [both] = read((one, [position(clusters[0], 0.46), position(clusters[1], 0.44)])).quotes
    assert len(both.stances) == 2
    [single] = read((one, [position(clusters[0], 0.6), position(clusters[1], 0.3)])).quotes
    assert len(single.stances) == 1


def test_quotes_apart_are_all_kept_in_the_order_of_the_text(extraction, named, read) -> None:
    rossi = named["Rossi"]
    document = read(
        (labelled(extraction, 1, rossi, quote=0.95), []), (labelled(extraction, 0, rossi), [])
    )
    assert [quote.content for quote in document.quotes] == [
        candidate.contents[0].segments for candidate in extraction.candidates
    ]
