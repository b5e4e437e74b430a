from __future__ import annotations

from quotestance.extraction.extract import extract
from quotestance.parsing.parse import Parse

TEXT = """
1 Anna Anna PROPN 3 nsubj _ B-PER
2 ha avere AUX 3 aux
3 accusato accusare VERB 0 root
4 Oslo Oslo PROPN 3 obj _ B-LOC
5 di di ADP 6 mark
6 mentire mentire VERB 3 advcl
7 . . PUNCT 3 punct

1 Anna Anna PROPN 2 nsubj _ B-PER
2 esce uscire VERB 0 root
3 . . PUNCT 2 punct
"""


def test_candidates_mentions_and_clusters_fit_together(parse_of):
    parse = parse_of(TEXT)
    extraction = extract(parse)
    assert extraction.parse is parse
    (candidate,) = extraction.candidates
    assert str(candidate.contents[0].segments[0]) == "mentire"
    source = extraction.mention_at[candidate.source]
    (recipient,) = (extraction.mention_at[i] for i in candidate.cue.recipients)
    assert str(extraction.mentions[source].span) == "Anna"
    assert str(extraction.mentions[recipient].span) == "Oslo"
    assert sorted(m for c in extraction.clusters for m in c) == [0, 1, 2]
    assert extraction.cluster_of[source] != extraction.cluster_of[recipient]
    again = extraction.mention_at[7]
    assert extraction.cluster_of[source] == extraction.cluster_of[again]


def test_an_empty_text():
    extraction = extract(Parse("", (), (), ()))
    assert (extraction.candidates, extraction.mentions, extraction.clusters) == ((), (), ())
