"""The words by which quote and party are looked up."""

from __future__ import annotations

import pytest

from quotestance.extraction import extract
from quotestance.labelling.discourse import Attribution, Discourse
from quotestance.labelling.target_words import PARTY_WORDS, QUOTE_WORDS, TARGET_WORDS, target_words
from quotestance.labelling.word_rates import NOTHING, bucket

# Rossi accusa Bianchi di ostacoli contro Verdi. Tace Neri.
ACCUSATION = """
1 Rossi Rossi PROPN 2 nsubj _ B-PER
2 accusa accusare VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin _
3 Bianchi Bianchi PROPN 2 obj _ B-PER
4 di di ADP 5 mark _ _
5 ostacolare ostacolare VERB 2 xcomp VerbForm=Inf _
6 contro contro ADP 7 case _ _
7 Verdi Verdi PROPN 5 obl _ B-PER
8 . . PUNCT 2 punct _ _

1 Tace tacere VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin _
2 Neri Neri PROPN 1 nsubj _ B-PER
3 . . PUNCT 1 punct _ _
"""


@pytest.fixture
def found(parse_of) -> dict[str, list[int]]:
    """The buckets of "nobody" and of each party by its name."""
    extraction = extract(parse_of(ACCUSATION))
    candidate = next(c for c in extraction.candidates if c.cue and c.cue.recipients)
    spans = {number: m.span for number, m in enumerate(extraction.mentions)}
    names = {
        extraction.parse.text[spans[number].start : spans[number].end]: cluster
        for number, cluster in extraction.cluster_of.items()
    }
    said = Attribution(candidate, candidate.contents[0], names["Rossi"])
    parties = [names[name] for name in ("Bianchi", "Verdi", "Neri")]
    table = target_words(Discourse(extraction, (said,)), said, parties)
    assert table.shape == (4, TARGET_WORDS)
    return dict(zip(("", "Bianchi", "Verdi", "Neri"), table.tolist(), strict=True))


def test_the_words_of_the_quote_are_told_with_each_option(found) -> None:
    quotes = {tuple(row[: len(QUOTE_WORDS)]) for row in found.values()}
    assert len(quotes) == 1
    [words] = quotes
    assert words[0] == bucket(QUOTE_WORDS[0], "accusare")
    assert words[1] == bucket(QUOTE_WORDS[1], "ostacolare")


def test_nobody_has_no_words_of_its_own(found) -> None:
    assert found[""][len(QUOTE_WORDS) :] == [NOTHING] * len(PARTY_WORDS)


@pytest.mark.parametrize(
    ("party", "role"), [("Bianchi", "R:obj:"), ("Verdi", "S:obl^"), ("Neri", "F:")]
)
def test_a_party_is_looked_up_by_where_it_stands(found, party, role) -> None:
    words = dict(zip(PARTY_WORDS, found[party][len(QUOTE_WORDS) :], strict=True))
    assert words["cue and relation"] == bucket("cue and relation", "accusare", role)
    assert words["root and place"] == bucket("root and place", "ostacolare", role[0])
    assert words["relation and kind"] == bucket("relation and kind", role, "person")


def test_the_word_above_a_party_in_the_content_is_looked_up(found) -> None:
    governor = len(QUOTE_WORDS) + PARTY_WORDS.index("governor")
    assert found["Verdi"][governor] == bucket("governor", "ostacolare", "oblcontro")
    assert found["Neri"][governor] == bucket("governor", "", "")
