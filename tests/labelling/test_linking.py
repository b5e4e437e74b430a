"""Entities without a name: what is told of them, and how they become one with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from quotestance.extraction import Extraction, extract
from quotestance.labelling.decoding import Labelled, attribute
from quotestance.labelling.entity_links import LINK_FEATURES, LINK_WORDS, link_examples
from quotestance.labelling.linking import find_links, follow_links
from quotestance.labelling.quote_model import QuoteLabeller
from quotestance.parsing import Parse

TEXT = """
1 Giulia Giulia PROPN 3 nsubj Gender=Fem|Number=Sing B-PER
2 Bo Bo PROPN 1 flat:name _ I-PER
3 viaggia viaggiare VERB 0 root Number=Sing|VerbForm=Fin _
4 con con ADP 6 case _ _
5 il il DET 6 det Definite=Def|Gender=Masc|Number=Sing _
6 governo governo NOUN 3 obl Gender=Masc|Number=Sing _
7 . . PUNCT 3 punct _ _

1 La il DET 2 det Definite=Def|Gender=Fem|Number=Sing _
2 ministra ministra NOUN 4 nsubj Gender=Fem|Number=Sing _
3 ha avere AUX 4 aux Number=Sing|VerbForm=Fin _
4 detto dire VERB 0 root VerbForm=Part _
5 che che SCONJ 6 mark _ _
6 piove piovere VERB 4 ccomp Number=Sing|VerbForm=Fin _
7 . . PUNCT 4 punct _ _
"""


@pytest.fixture
def extraction(parse_of: Callable[[str], Parse]) -> Extraction:
    return extract(parse_of(TEXT))


@pytest.fixture
def clusters(extraction) -> dict[str, int]:
    return {
        extraction.mentions[members[0]].span.text: number
        for number, members in enumerate(extraction.clusters)
    }


@pytest.fixture
def sure(config) -> QuoteLabeller:
    """A judge that finds the first of the others right whatever it sees."""
    torch.manual_seed(0)
    model = QuoteLabeller(config).eval()
    for member in model.link_expert.members:
        for weight in member.parameters():
            torch.nn.init.zeros_(weight)
        # the flag of "none of them" is the first feature, and speaks against it
        torch.nn.init.constant_(member[0].weight[0, :1], 2.0)
        torch.nn.init.constant_(member[3].weight[0, :1], -2.0)
    model.config.link_threshold = 0.4
    return model


def test_who_has_no_name_is_set_beside_those_named_before(extraction, clusters) -> None:
    examples = {e.cluster: e for e in link_examples(extraction)}
    assert clusters["Giulia Bo"] not in examples  # it has a name
    [example] = [examples[clusters["La ministra"]]]
    assert set(example.others) == {clusters["Giulia Bo"], clusters["il governo"]}
    assert example.features.shape == (3, LINK_FEATURES)
    assert example.words.shape == (3, LINK_WORDS)


def test_nobody_is_what_is_told_only_later(extraction, clusters) -> None:
    examples = {e.cluster: e for e in link_examples(extraction)}
    others = examples[clusters["il governo"]].others
    assert clusters["La ministra"] not in others


def test_a_phrase_is_not_set_beside_a_name_in_it(parse_of) -> None:
    head = TEXT.split("\n\n")[0]
    lines = ["1 La il DET 2 det Definite=Def|Gender=Fem|Number=Sing _",
             "2 portavoce portavoce NOUN 6 nsubj Gender=Fem|Number=Sing _",
             "3 di di ADP 4 case _ _",
             "4 Bo Bo PROPN 2 nmod _ B-PER",
             "5 ha avere AUX 6 aux Number=Sing|VerbForm=Fin _",
             "6 detto dire VERB 0 root VerbForm=Part _",
             "7 che che SCONJ 8 mark _ _",
             "8 piove piovere VERB 6 ccomp Number=Sing|VerbForm=Fin _"]  # fmt: skip
    extraction = extract(parse_of("\n\n".join([head, "\n".join(lines)])))
    of = {extraction.mentions[ms[0]].span.text: n for n, ms in enumerate(extraction.clusters)}
    example = next(e for e in link_examples(extraction) if e.cluster == of["La portavoce di Bo"])
    assert of["Giulia Bo"] not in example.others


def test_links_are_made_only_where_the_judge_is_sure_enough(extraction, clusters, sure) -> None:
    links = find_links(extraction, sure)
    assert links[clusters["La ministra"]] in (clusters["Giulia Bo"], clusters["il governo"])
    sure.config.link_threshold = 1.0
    assert find_links(extraction, sure) == {}


def test_no_entity_stands_for_itself(extraction, sure) -> None:
    links = find_links(extraction, sure)
    assert links
    assert not set(links) & set(links.values())


def test_linked_entities_speak_as_one(extraction, clusters, config) -> None:
    ministra, bo = clusters["La ministra"], clusters["Giulia Bo"]
    [candidate] = extraction.candidates
    one = Labelled(candidate, candidate.contents[0], 0.9, ((ministra, 0.6), (bo, 0.3)))
    kept, discourse = attribute(extraction, [one], config)
    [told], linked = follow_links(kept, discourse, {ministra: bo})
    assert told.speakers == ((bo, pytest.approx(0.9)),)
    assert linked.attributions[0].speaker == bo
    assert linked.extraction.clusters[ministra] == ()
    assert len(linked.extraction.clusters[bo]) == 2


def test_without_links_nothing_changes(extraction, clusters, config) -> None:
    [candidate] = extraction.candidates
    one = Labelled(candidate, candidate.contents[0], 0.9, ((clusters["La ministra"], 0.6),))
    kept, discourse = attribute(extraction, [replace(one)], config)
    told, linked = follow_links(kept, discourse, {})
    assert (told, linked) == (kept, discourse)
