from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quotestance.document import Span
from quotestance.extraction import Extraction
from quotestance.extraction.contents import Content
from quotestance.labelling.choice_options import CHOICE_FEATURES, CHOICE_WORDS
from quotestance.labelling.quote_config import QuoteConfig
from quotestance.labelling.quote_encoding import ROLES, QuoteEncoder, QuoteExample, encode
from quotestance.labelling.quote_features import CONTENT_FEATURES, CUE_FEATURES, MENTION_FEATURES
from quotestance.labelling.reading import Reading, Trunk
from quotestance.labelling.speaker_options import SOURCE_FIT


@pytest.fixture
def reading(trunk: Trunk, extraction: Extraction) -> Reading:
    return trunk.read(extraction.parse.text)


def words(example: QuoteExample, reading: Reading, text: str, weights: np.ndarray) -> list[str]:
    tokens = example.tokens[weights > 0]
    return [text[reading.starts[t] : reading.ends[t]] for t in tokens]


def test_encode_makes_an_example_of_each_candidate(extraction, reading, config) -> None:
    examples = encode(extraction, reading, config)
    assert len(examples) == len(extraction.candidates) == 2
    for example, candidate in zip(examples, extraction.candidates, strict=True):
        t, c, m = len(example.tokens), len(candidate.contents), len(example.mention_ids)
        assert example.roles.shape == (t, len(ROLES))
        assert example.contents.shape == (c, t)
        assert example.edges.shape == (c, 2)
        assert example.content_features.shape == (c, CONTENT_FEATURES)
        assert example.choice_features.shape == (1 + c, CHOICE_FEATURES)
        assert example.choice_words.shape == (1 + c, CHOICE_WORDS)
        assert example.cue_features.shape == (CUE_FEATURES,)
        assert example.mentions.shape == (m, t)
        assert example.mention_features.shape == (m, MENTION_FEATURES)
        assert example.source_fit.shape == (m, SOURCE_FIT)
        np.testing.assert_allclose(example.contents.sum(-1), 1, rtol=1e-5)
        np.testing.assert_allclose(example.mentions.sum(-1), 1, rtol=1e-5)


def test_encode_tells_which_entity_the_sources_words_belong_to(extraction, reading, config) -> None:
    first, second = encode(extraction, reading, config)
    source = extraction.mention_at[extraction.candidates[0].source]
    own = [extraction.cluster_of[m] == extraction.cluster_of[source] for m in first.mention_ids]
    assert any(own)
    assert first.source_fit[:, 0].tolist() == own
    assert not second.source_fit.any()  # nobody is named there


def test_encode_tells_the_roles_of_tokens(extraction, reading, config) -> None:
    text = extraction.parse.text
    first, second = encode(extraction, reading, config)
    assert words(first, reading, text, first.cue) == ["ha", "detto"]
    source = first.roles[:, ROLES.index("source")]
    assert words(first, reading, text, source) == ["Il", "ministro", "Rossi"]
    recipient = second.roles[:, ROLES.index("recipient")]
    assert words(second, reading, text, recipient) == ["Bianchi"]
    assert not second.roles[:, ROLES.index("source")].any()  # nobody is named there


def test_encode_leaves_out_the_middle_of_a_long_quote(extraction, reading, config) -> None:
    [candidate, *_] = extraction.candidates
    whole = Content(
        (Span.of(extraction.parse.text, 24, len(extraction.parse.text)),), "indirect", "clause"
    )
    small = QuoteConfig(
        encoder_config=config.encoder_config, left_tokens=2, right_tokens=1, max_tokens=9
    )
    example = QuoteEncoder(extraction, reading, small).encode(replace(candidate, contents=(whole,)))
    assert len(example.tokens) < len(reading.starts)
    assert example.edges.max() < len(example.tokens)
    np.testing.assert_allclose(example.contents.sum(-1), 1, rtol=1e-5)


def test_encode_of_a_text_without_candidates_is_empty(parse_of, trunk, config) -> None:
    from quotestance.extraction import extract

    extraction = extract(parse_of("1 Piove piovere VERB 0 root"))
    assert encode(extraction, trunk.read(extraction.parse.text), config) == []
