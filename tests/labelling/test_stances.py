"""The second stage: discourse, features, encoding and model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import AutoModel

from quotestance.extraction import Extraction, extract
from quotestance.labelling.discourse import Attribution, Discourse, settle
from quotestance.labelling.stance_collator import StanceCollator, StanceItem, read_examples
from quotestance.labelling.stance_encoding import (
    FIRST_PARTY,
    SPEAKER,
    STANCE_ROLES,
    StanceEncoder,
    StanceExample,
)
from quotestance.labelling.stance_features import PARTY_FEATURES, QUOTE_FEATURES
from quotestance.labelling.stance_model import NO_TARGET, UNKNOWN, StanceLabeller
from quotestance.labelling.stance_stage import StanceStage
from quotestance.labelling.tokens import tokenize

ALONE = """
1 Rossi Rossi PROPN 3 nsubj _ B-PER
2 ha avere AUX 3 aux Number=Sing|VerbForm=Fin _
3 detto dire VERB 0 root VerbForm=Part _
4 che che SCONJ 5 mark _ _
5 piove piovere VERB 3 ccomp Number=Sing|VerbForm=Fin _
6 . . PUNCT 3 punct _ _
"""

NOMINAL = """
1 Bianchi Bianchi PROPN 2 nsubj _ B-PER
2 arriva arrivare VERB 0 root Number=Sing|VerbForm=Fin _
3 . . PUNCT 2 punct _ _

1 Il il DET 2 det Gender=Masc|Number=Sing _
2 ministro ministro NOUN 4 nsubj Gender=Masc|Number=Sing _
3 ha avere AUX 4 aux Number=Sing|VerbForm=Fin _
4 detto dire VERB 0 root VerbForm=Part _
5 che che SCONJ 6 mark _ _
6 piove piovere VERB 4 ccomp Number=Sing|VerbForm=Fin _
7 . . PUNCT 4 punct _ _
"""


def cluster(extraction: Extraction, name: str) -> int:
    return next(
        extraction.cluster_of[number]
        for number, mention in enumerate(extraction.mentions)
        if mention.name == name or mention.span.text == name
    )


@pytest.fixture
def discourse(extraction) -> Discourse:
    """Rossi says both quotes."""
    rossi = cluster(extraction, "Rossi")
    return Discourse(
        extraction,
        tuple(Attribution(c, c.contents[0], rossi) for c in extraction.candidates),
    )


@pytest.fixture
def examples(discourse, tokenizer, stance_config) -> list[StanceExample]:
    tokens = tokenize(tokenizer, discourse.extraction.parse.text)
    encoder = StanceEncoder(discourse, tokens, stance_config)
    return [encoder.encode(attribution) for attribution in discourse.attributions]


@pytest.fixture
def model(stance_config) -> StanceLabeller:
    torch.manual_seed(0)
    return StanceLabeller(stance_config).eval()


@pytest.fixture
def items(examples, trunk) -> list[StanceItem]:
    labels = [np.full(len(e.parties), NO_TARGET, dtype=np.int64) for e in examples]
    labels[1][0] = 2
    states = read_examples(trunk, examples)
    return [StanceItem(*item) for item in zip(examples, states, labels, strict=True)]


def test_the_speaker_is_no_party(discourse, extraction) -> None:
    for attribution in discourse.attributions:
        assert attribution.speaker not in discourse.parties(attribution)


def test_the_object_of_the_cue_is_the_likeliest_party(discourse, extraction) -> None:
    accusation = discourse.attributions[1]
    assert discourse.parties(accusation)[0] == cluster(extraction, "Bianchi")


def test_a_wanted_party_comes_first(discourse, extraction) -> None:
    attribution = discourse.attributions[1]
    last = discourse.parties(attribution)[-1]
    assert discourse.parties(attribution, wanted=(last,))[0] == last


def test_who_spoke_before_and_who_speaks_next(extraction) -> None:
    rossi, bianchi = cluster(extraction, "Rossi"), cluster(extraction, "Bianchi")
    first, second = (
        Attribution(c, c.contents[0], s)
        for c, s in zip(extraction.candidates, (rossi, bianchi), strict=True)
    )
    exchange = Discourse(extraction, (first, second))
    assert exchange.spoke_before(first) is None
    assert exchange.speaks_next(first) == bianchi
    assert exchange.spoke_before(second) == rossi


def test_encode_has_a_slot_for_the_speaker_and_each_party(examples, discourse, tokenizer) -> None:
    text = discourse.extraction.parse.text
    example = examples[1]
    words = [tokenizer.convert_ids_to_tokens(int(i)) for i in example.ids]
    assert text.startswith("Il ministro Rossi")
    speaker = [w for w, slot in zip(words, example.slots, strict=True) if slot == SPEAKER]
    assert "Rossi" in speaker
    row = example.parties.index(cluster(discourse.extraction, "Bianchi"))
    party = [w for w, slot in zip(words, example.slots, strict=True) if slot == FIRST_PARTY + row]
    assert party == ["Bianchi", "Bianchi"]  # where it stands, and in the list of parties


def test_encode_has_the_announced_shapes(examples) -> None:
    for example in examples:
        t, p = len(example.ids), len(example.parties)
        assert example.roles.shape == (t, len(STANCE_ROLES))
        assert example.slots.shape == example.content.shape == example.cue.shape == (t,)
        assert example.party_features.shape == (p, PARTY_FEATURES)
        assert example.quote_features.shape == (QUOTE_FEATURES,)
        assert example.content.sum() == pytest.approx(1)
        assert set(example.slots) <= {0, SPEAKER, *range(FIRST_PARTY, FIRST_PARTY + p)}


def test_forward_gives_the_logits_of_both_heads_and_a_loss(items, model) -> None:
    batch = StanceCollator()(items)
    output = model(**batch)
    parties = batch["party_mask"].shape[1]
    assert output.target.shape == (2, 1 + parties)
    assert output.label.shape == (2, parties, 3)
    assert torch.isfinite(output.loss)
    output.loss.backward()
    assert all(p.grad is not None for p in model.reader.parameters())


def test_forward_does_not_depend_on_padding(items, model) -> None:
    collate = StanceCollator()
    with torch.no_grad():
        together = model(**collate(items))
        for row, item in enumerate(items):
            alone = model(**collate([item]))
            count = len(item.example.parties)
            for name, size in (("target", 1 + count), ("label", count)):
                expected, found = alone[name][0, :size], together[name][row, :size]
                assert torch.allclose(found, expected, atol=1e-4), name


def test_unknown_parties_take_no_part_in_the_loss(items, model) -> None:
    collate = StanceCollator()
    unknown = [
        StanceItem(i.example, i.states, np.full(len(i.example.parties), UNKNOWN)) for i in items
    ]
    with torch.no_grad():
        assert model(**collate(unknown)).loss == 0


def test_a_quote_without_any_party_speaks_to_nobody(items, model) -> None:
    bare = items[0].example
    alone = StanceExample(
        **{
            **vars(bare),
            "parties": (),
            "party_features": bare.party_features[:0],
            "target_words": bare.target_words[:1],
        }
    )
    stage = StanceStage(model, trunk=None)
    [logits] = stage.logits([StanceItem(alone, items[0].states)])
    assert logits.target.shape == (1,)
    assert logits.label.shape == (0, 3)
    assert np.isfinite(logits.target).all()


def test_an_article_that_names_only_the_speaker_is_read(parse_of, model, trunk) -> None:
    extraction = extract(parse_of(ALONE))
    [candidate] = extraction.candidates
    said = Attribution(candidate, candidate.contents[0], cluster(extraction, "Rossi"))
    [[positions]] = StanceStage(model, trunk).label([Discourse(extraction, (said,))])
    assert positions == ()


def test_a_speaker_who_is_not_told_leaves_the_slot_empty(extraction, tokenizer, stance_config):
    said = Attribution(extraction.candidates[1], extraction.candidates[1].contents[0], None)
    discourse = Discourse(extraction, (said,))
    tokens = tokenize(tokenizer, extraction.parse.text)
    example = StanceEncoder(discourse, tokens, stance_config).encode(said)
    assert SPEAKER not in example.slots
    assert len(example.parties) >= 2


def test_a_wanted_party_is_kept_where_there_is_room_for_one(discourse, tokenizer, stance_config):
    stance_config.max_parties = 1
    encoder = StanceEncoder(
        discourse, tokenize(tokenizer, discourse.extraction.parse.text), stance_config
    )
    accusation = discourse.attributions[1]
    last = discourse.parties(accusation)[-1]
    assert encoder.encode(accusation, wanted=(last,)).parties == (last,)


def test_in_training_parties_change_their_slots_together(model) -> None:
    slots = torch.tensor([[0, SPEAKER, FIRST_PARTY, FIRST_PARTY, FIRST_PARTY + 1]] * 64)
    model.train()
    shuffled = model._shuffled(slots)
    assert torch.equal(shuffled[:, :2], slots[:, :2])
    assert torch.equal(shuffled[:, 2], shuffled[:, 3])
    assert (shuffled[:, 2] != shuffled[:, 4]).all()
    assert len(set(shuffled[:, 2].tolist())) > 1


def test_settling_moves_a_nominal_source_to_the_speaker(parse_of) -> None:
    extraction = extract(parse_of(NOMINAL))
    [candidate] = extraction.candidates
    bianchi = cluster(extraction, "Bianchi")
    source = extraction.mention_at[candidate.source]
    assert extraction.cluster_of[source] != bianchi
    settled = settle(extraction, [Attribution(candidate, candidate.contents[0], bianchi)])
    assert settled.extraction.cluster_of[source] == bianchi
    emptied = extraction.cluster_of[source]
    assert settled.extraction.clusters[emptied] == ()
    assert emptied not in settled.parties(settled.attributions[0])


def test_settling_keeps_an_entity_that_speaks_elsewhere(parse_of) -> None:
    extraction = extract(parse_of(NOMINAL))
    [candidate] = extraction.candidates
    content, bianchi = candidate.contents[0], cluster(extraction, "Bianchi")
    minister = extraction.cluster_of[extraction.mention_at[candidate.source]]
    both = [Attribution(candidate, content, speaker) for speaker in (minister, bianchi)]
    assert settle(extraction, both).extraction.clusters == extraction.clusters


def test_model_saved_and_loaded_says_the_same(items, model, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    loaded = AutoModel.from_pretrained(tmp_path).eval()
    assert isinstance(loaded, StanceLabeller)
    assert loaded.config.stance_names == ("conciliatory", "accusatory", "neutral")
    batch = StanceCollator()(items)
    with torch.no_grad():
        assert torch.allclose(loaded(**batch).target, model(**batch).target)


def test_parties_of_a_very_long_text_stand_within_reach(parse_of, monkeypatch) -> None:
    filler = "1 Piove piovere VERB 0 root Number=Sing|VerbForm=Fin _\n2 . . PUNCT 1 punct _ _\n\n"
    far = "1 Verdi Verdi PROPN 2 nsubj _ B-PER\n2 arriva arrivare VERB 0 root VerbForm=Fin _\n\n"
    near = "1 Neri Neri PROPN 2 nsubj _ B-PER\n2 arriva arrivare VERB 0 root VerbForm=Fin _\n\n"
    extraction = extract(parse_of(far + 4 * filler + near + ALONE.strip()))
    [candidate] = extraction.candidates
    said = Attribution(candidate, candidate.contents[0], cluster(extraction, "Rossi"))
    verdi, neri = cluster(extraction, "Verdi"), cluster(extraction, "Neri")
    assert Discourse(extraction, (said,)).parties(said) == [neri, verdi]
    monkeypatch.setattr("quotestance.labelling.discourse._REACH", 3)
    assert Discourse(extraction, (said,)).parties(said) == [neri]
    assert Discourse(extraction, (said,)).parties(said, wanted=(verdi,)) == [verdi, neri]
