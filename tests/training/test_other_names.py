"""Articles under other names."""

from __future__ import annotations

from quotestance.document import Document, Entity, Quote, Span, Speaker, Stance
from quotestance.training.other_names import under_other_names


def article(key: str, speaker: str, target: str) -> Document:
    text = f"{speaker} ha accusato {target}. {speaker.split()[-1]} ha detto: «Piove»."
    people = {}
    for name in (speaker, target):
        last = name.split()[-1]
        spans = [Span.of(text, text.index(name), text.index(name) + len(name))]
        if name == speaker:
            at = text.rindex(last)
            spans.append(Span.of(text, at, at + len(last)))
        people[name] = Entity(
            f"{key}-{last}", "person", name, aliases=(last,), mentions=tuple(spans)
        )
    at = text.index("Piove")
    quote = Quote(
        "q1",
        "direct",
        (Span.of(text, at, at + 5),),
        (),
        Speaker(people[speaker], None),
        (Stance(people[target], "accusatory"),),
    )
    return Document(key, text, tuple(people.values()), (quote,))


ARTICLES = [
    article("a", "Mario Rossi", "Carla Verdi"),
    article("b", "Paolo Bianchi", "Paola Neri"),
    article("c", "Carlo Riva", "Marta Fini"),
]


def test_parties_take_the_names_of_other_articles() -> None:
    for before, after in zip(ARTICLES, under_other_names(ARTICLES, 13), strict=True):
        assert {e.name for e in before.entities}.isdisjoint(e.name for e in after.entities)
        assert {e.name for e in after.entities} <= {e.name for a in ARTICLES for e in a.entities}


def test_what_is_annotated_stays() -> None:
    for before, after in zip(ARTICLES, under_other_names(ARTICLES, 13), strict=True):
        [quote] = after.quotes
        assert quote.content[0].text == "Piove"
        assert quote.stances[0].label == before.quotes[0].stances[0].label
        for entity in after.entities:
            for mention in entity.mentions:
                assert after.text[mention.start : mention.end] == mention.text
                assert mention.text in entity.name


def test_the_short_form_goes_with_the_long_one() -> None:
    for after in under_other_names(ARTICLES, 13):
        key = after.quotes[0].speaker.entity.id
        speaker = next(entity for entity in after.entities if entity.id == key)
        assert [m.text for m in speaker.mentions] == [speaker.name, speaker.name.split()[-1]]


def test_names_behave_alike_in_a_sentence() -> None:
    for before, after in zip(ARTICLES, under_other_names(ARTICLES, 13), strict=True):
        for old, new in zip(before.entities, after.entities, strict=True):
            assert old.name.split()[0][-1] == new.name.split()[0][-1]


def test_the_ids_are_others_and_the_same_seed_gives_the_same() -> None:
    once, again = under_other_names(ARTICLES, 13), under_other_names(ARTICLES, 13)
    assert once == again
    assert not {d.id for d in once} & {d.id for d in ARTICLES}
