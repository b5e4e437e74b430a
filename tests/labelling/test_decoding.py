from __future__ import annotations

import numpy as np
import pytest

from quotestance.document import Document
from quotestance.labelling.decoding import Labelled, Logits, decode, label
from quotestance.labelling.encoding import encode

SURE = 9.0


@pytest.fixture
def named(extraction) -> dict[str, int]:
    """Clusters by a name in them."""
    return {
        extraction.mentions[m].name or extraction.mentions[m].span.text: number
        for number, members in enumerate(extraction.clusters)
        for m in members
    }


def labelled(
    extraction, number: int, speaker: int, stances: dict[int, list[float]], quote=0.9
) -> Labelled:
    candidate = extraction.candidates[number]
    return Labelled(
        candidate,
        candidate.contents[0],
        quote,
        ((speaker, 0.8),),
        {cluster: np.array(p, dtype=np.float32) for cluster, p in stances.items()},
    )


def document(extraction) -> Document:
    return Document("a", extraction.parse.text, domain="politica", extra={"url": "x"})


def test_label_sums_the_mentions_of_an_entity(extraction, trunk, config) -> None:
    example = encode(extraction, trunk.read(extraction.parse.text), config)[0]
    speaker = np.zeros(len(example.mention_ids), dtype=np.float32)
    speaker[0] = SURE
    logits = Logits(
        np.array([0, SURE, *[0] * (len(example.contents) - 1)], dtype=np.float32),
        speaker,
        np.zeros((len(example.entity_ids), 4), dtype=np.float32),
    )
    found = label(extraction.candidates[0], example, logits, config)
    assert found.quote > 0.99
    assert found.content == extraction.candidates[0].contents[0]
    assert found.speakers[0][0] == extraction.cluster_of[example.mention_ids[0]]
    assert sum(p for _, p in found.speakers) == pytest.approx(1)
    assert all(p.sum() == pytest.approx(1) for p in found.stances.values())


def test_decode_keeps_what_the_caller_gave(extraction, config) -> None:
    found = decode(document(extraction), extraction, [], config)
    assert (found.id, found.domain, found.extra) == ("a", "politica", {"url": "x"})
    assert found.text == extraction.parse.text
    assert found.quotes == ()


def test_decode_throws_out_what_is_hardly_a_quote(extraction, named, config) -> None:
    one = labelled(extraction, 0, named["Rossi"], {}, quote=config.quote_threshold - 0.01)
    assert decode(document(extraction), extraction, [one], config).quotes == ()


def test_decode_keeps_the_surer_of_two_readings_of_the_same_words(
    extraction, named, config
) -> None:
    sure = labelled(extraction, 1, named["Rossi"], {}, quote=0.9)
    unsure = labelled(extraction, 1, named["Bianchi"], {}, quote=0.6)
    [quote] = decode(document(extraction), extraction, [unsure, sure], config).quotes
    assert quote.speaker.entity.name == "Rossi"
    assert quote.score == 0.9


def test_decode_gives_the_target_with_its_label(extraction, named, config) -> None:
    stances = {named["Bianchi"]: [0.1, 0.1, 0.7, 0.1], named["Rossi"]: [0.0, 0.0, 1.0, 0.0]}
    [quote] = decode(
        document(extraction), extraction, [labelled(extraction, 1, named["Rossi"], stances)], config
    ).quotes
    [stance] = quote.stances  # the speaker is never the target, however sure the labeller is
    assert (stance.target.name, stance.label, stance.score) == ("Bianchi", "accusatory", 0.7)


def test_decode_has_an_unnamed_speaker_without_mention(extraction, named, config) -> None:
    one = labelled(extraction, 1, named["Rossi"], {})
    [quote] = decode(document(extraction), extraction, [one], config).quotes
    assert quote.speaker.mention is None
    assert quote.speaker.entity.name == "Rossi"
    assert quote.cue_text == "Ha accusato"


def test_decode_gives_few_targets_the_surest_first(extraction, named, config) -> None:
    clusters = [n for n in range(len(extraction.clusters)) if n != named["Rossi"]]
    assert len(clusters) >= 2
    stances = {c: [0.05 + 0.1 * i, 0.0, 0.95 - 0.1 * i, 0.0] for i, c in enumerate(clusters)}
    one = labelled(extraction, 0, named["Rossi"], stances)
    [quote] = decode(document(extraction), extraction, [one], config).quotes
    assert len(quote.stances) == 2
    assert quote.stances[0].score > quote.stances[1].score
