"""How an entity fits the words that name a speaker."""

from __future__ import annotations

import pytest

from quotestance.extraction import Extraction, extract
from quotestance.labelling.speaker_options import SOURCE_FIT, Portrait, SourceWords

ARTICLE = """
1 Anna Anna PROPN 3 nsubj Gender=Fem|Number=Sing B-PER
2 Neri Neri PROPN 1 flat:name _ I-PER
3 arriva arrivare VERB 0 root Number=Sing|VerbForm=Fin _
4 . . PUNCT 3 punct _ _

1 Gli il DET 2 det Definite=Def|Gender=Masc|Number=Plur _
2 avvocati avvocato NOUN 4 nsubj Gender=Masc|Number=Plur _
3 hanno avere AUX 4 aux Number=Plur|VerbForm=Fin _
4 detto dire VERB 0 root VerbForm=Part _
5 che che SCONJ 6 mark _ _
6 piove piovere VERB 4 ccomp Number=Sing|VerbForm=Fin _
7 . . PUNCT 4 punct _ _
"""
SAME, NUMBER_FITS, NUMBER_DIFFERS, PLURAL_FOR_A_PERSON = 0, 1, 2, 9


@pytest.fixture
def article(parse_of) -> Extraction:
    return extract(parse_of(ARTICLE))


def mention(extraction: Extraction, text: str) -> int:
    return next(n for n, m in enumerate(extraction.mentions) if m.span.text == text)


def portrait(extraction: Extraction, text: str) -> Portrait:
    members = extraction.clusters[extraction.cluster_of[mention(extraction, text)]]
    return Portrait.of([extraction.mentions[m] for m in members])


def test_a_plural_noun_does_not_fit_one_person(article) -> None:
    lawyers, neri = portrait(article, "Gli avvocati"), portrait(article, "Anna Neri")
    source = mention(article, "Gli avvocati")
    words = SourceWords.of(article, source, lawyers)
    own, other = words.fit(lawyers, same=True), words.fit(neri, same=False)
    assert len(own) == len(other) == SOURCE_FIT
    assert (own[SAME], own[NUMBER_FITS], own[NUMBER_DIFFERS]) == (1, 1, 0)
    assert (other[SAME], other[NUMBER_FITS], other[NUMBER_DIFFERS]) == (0, 0, 1)
    assert other[PLURAL_FOR_A_PERSON] == 1


def test_a_portrait_gathers_what_the_mentions_tell(article) -> None:
    neri = portrait(article, "Anna Neri")
    assert neri.named
    assert neri.kinds == {"person"}
    assert portrait(article, "Gli avvocati").descriptors == {"avvocato"}
    assert portrait(article, "Gli avvocati").numbers == {"Plur"}
