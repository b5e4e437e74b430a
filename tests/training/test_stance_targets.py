from __future__ import annotations

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.extraction import extract
from quotestance.labelling.stance_model import NO_TARGET, UNKNOWN
from quotestance.training.stance_targets import annotated_discourse, stance_labels

NAMES = ("conciliatory", "accusatory", "neutral")

TABLE = """
1 Rossi Rossi PROPN 3 nsubj _ B-PER
2 ha avere AUX 3 aux Number=Sing|VerbForm=Fin _
3 accusato accusare VERB 0 root VerbForm=Part _
4 Bianchi Bianchi PROPN 3 obj _ B-PER
5 di di ADP 6 mark _ _
6 mentire mentire VERB 3 xcomp VerbForm=Inf _
7 a a ADP 8 case _ _
8 Verdi Verdi PROPN 6 obl _ B-PER
9 . . PUNCT 3 punct _ _
"""


def annotated(parse_of, *stances: tuple[str, str]):
    extraction = extract(parse_of(TABLE))
    text = extraction.parse.text

    def span(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    entities = {
        name: Entity(name.lower(), "person", name, mentions=(span(name),))
        for name in ("Rossi", "Bianchi", "Verdi")
    }
    absent = {"Neri": Entity("neri", "person", "Neri")}
    quote = Quote(
        "q1", "indirect", (span("mentire a Verdi"),), (span("ha accusato"),),
        Speaker(entities["Rossi"], span("Rossi")),
        tuple(Stance({**entities, **absent}[name], label) for name, label in stances),
    )  # fmt: skip
    named = {target for target, _ in stances if target in absent}
    everyone = (*entities.values(), *(absent[name] for name in named))
    return Document("a", text, everyone, (quote,)), extraction


def labels(document, extraction) -> dict[str, int]:
    discourse, quotes, owner = annotated_discourse(document, extraction)
    [attribution] = discourse.attributions
    assert quotes[0] is document.quotes[0]
    assert owner[attribution.speaker] == "rossi"
    parties = discourse.parties(attribution)
    found = stance_labels(quotes[0], parties, discourse.extraction, owner, NAMES)
    return {owner[party]: int(label) for party, label in zip(parties, found, strict=True)}


def test_the_target_has_its_label_and_the_others_have_none(parse_of) -> None:
    found = labels(*annotated(parse_of, ("Bianchi", "accusatory")))
    assert found == {"bianchi": 1 + NAMES.index("accusatory"), "verdi": NO_TARGET}


def test_two_targets_have_a_label_each(parse_of) -> None:
    found = labels(*annotated(parse_of, ("Bianchi", "accusatory"), ("Verdi", "conciliatory")))
    assert found == {"bianchi": 2, "verdi": 1}


def test_a_quote_that_speaks_to_nobody_has_only_negatives(parse_of) -> None:
    assert set(labels(*annotated(parse_of)).values()) == {NO_TARGET}


def test_a_target_that_is_not_at_hand_makes_all_unknown(parse_of) -> None:
    assert set(labels(*annotated(parse_of, ("Neri", "accusatory"))).values()) == {UNKNOWN}
