from __future__ import annotations

import pytest

from quotestance.extraction.entities import build_entities, cluster
from quotestance.extraction.mentions import find_mentions
from quotestance.extraction.name_matching import (
    name_tokens,
    person_tokens,
    same_person,
    short_for,
)

TITLE = """
1 Il il DET 2 det Definite=Def|Gender=Masc|Number=Sing
2 ministro ministro NOUN 7 nsubj Gender=Masc|Number=Sing
3 russo russo ADJ 2 amod
4 Serghei Serghei PROPN 2 nmod _ B-PER
5 Lavrov Lavrov PROPN 4 flat:name _ I-PER
6 ha avere AUX 7 aux
7 parlato parlare VERB 0 root
8 . . PUNCT 7 punct
"""


def sentence(*subject: str) -> str:
    """Return a sentence with a one-word name or a noun phrase as its subject."""
    lines = [f"{i} {word}" for i, word in enumerate(subject, start=1)]
    verb = len(subject) + 1
    return "\n".join(
        [*lines, f"{verb} tace tacere VERB 0 root", f"{verb + 1} . . PUNCT {verb} punct"]
    )


def name(form: str, label: str, head: int = 2) -> str:
    return f"{form} {form} PROPN {head} nsubj _ B-{label}"


def full_name(first: str, last: str) -> tuple[str, str]:
    return f"{first} {first} PROPN 3 nsubj _ B-PER", f"{last} {last} PROPN 1 flat:name _ I-PER"


def nominal(
    article: str, noun: str, lemma: str, gender: str, *, number: str = "Sing"
) -> tuple[str, str]:
    kind = "Ind" if article.lower().startswith("un") else "Def"
    det = "uno" if kind == "Ind" else "il"
    return (
        f"{article} {det} DET 2 det Definite={kind}|Gender={gender}|Number={number}",
        f"{noun} {lemma} NOUN 3 nsubj Gender={gender}|Number={number}",
    )


def grouped(parse):
    mentions = find_mentions(parse)
    return [[mentions[i].span.text for i in members] for members in cluster(parse, mentions)]


def test_clusters_part_the_mentions(parse_of):
    parse = parse_of(
        TITLE + "\n" + sentence(name("Lavrov", "PER")) + "\n\n" + sentence(name("Roma", "LOC"))
    )
    mentions = find_mentions(parse)
    members = [i for found in cluster(parse, mentions) for i in found]
    assert sorted(members) == list(range(len(mentions)))


@pytest.mark.parametrize(
    ("later", "together"),
    [
        ((name("Lavrov", "PER"),), True),
        ((name("Rubio", "PER"),), False),
        (full_name("Serghei", "Lavrov"), True),
        (full_name("Anna", "Lavrov"), False),
        (nominal("Il", "ministro", "ministro", "Masc"), True),
        (nominal("La", "ministra", "ministra", "Fem"), False),
        (nominal("Un", "ministro", "ministro", "Masc"), False),
        (nominal("Il", "sindaco", "sindaco", "Masc"), False),
        (nominal("I", "ministri", "ministro", "Masc", number="Plur"), False),
    ],
)
def test_what_names_the_minister_again(parse_of, later, together):
    parse = parse_of(TITLE + "\n" + sentence(*later))
    assert len(grouped(parse)) == (1 if together else 2)


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (("Mosca", "LOC"), ("Cremlino", "LOC"), True),
        (("Russia", "LOC"), ("Mosca", "ORG"), True),
        (("Usa", "LOC"), ("Washington", "LOC"), True),
        (("Viminale", "ORG"), ("Farnesina", "ORG"), False),
        (("Pd", "ORG"), ("Nazareno", "ORG"), True),
        (("Mosca", "LOC"), ("Kiev", "LOC"), False),
        (("Mosca", "LOC"), ("Milano", "LOC"), False),
    ],
)
def test_states_and_bodies_by_their_seats(parse_of, first, second, together):
    parse = parse_of(sentence(name(*first)) + "\n\n" + sentence(name(*second)))
    assert len(grouped(parse)) == (1 if together else 2)


def test_acronym_before_and_after_the_name(parse_of):
    union = (
        "Banca Banca PROPN 4 nsubj _ B-ORG",
        "Mondiale Mondiale PROPN 1 flat _ I-ORG",
        "Africana Africana PROPN 1 flat _ I-ORG",
    )
    for sentences in (
        [sentence(*union), sentence(name("Bma", "ORG"))],
        [sentence(name("BMA", "ORG")), sentence(*union)],
    ):
        assert len(grouped(parse_of("\n\n".join(sentences)))) == 1


@pytest.mark.parametrize(
    ("table", "together"),
    [
        (
            """
1 Lavrov Lavrov PROPN 5 nsubj _ B-PER
2 , , PUNCT 3 punct
3 ministro ministro NOUN 1 appos Number=Sing
4 , , PUNCT 3 punct
5 tace tacere VERB 0 root
""",
            True,
        ),
        (
            """
1 Il il DET 2 det Definite=Def|Gender=Masc
2 ministro ministro NOUN 6 nsubj Number=Sing
3 , , PUNCT 2 punct
4 Lavrov Lavrov PROPN 6 nsubj _ B-PER
5 , , PUNCT 2 punct
6 tace tacere VERB 0 root
""",
            True,
        ),
        (
            """
1 Il il DET 2 det Definite=Def|Gender=Masc
2 ministro ministro NOUN 8 nsubj Number=Sing
3 , , PUNCT 4 punct
4 Lavrov Lavrov PROPN 2 conj _ B-PER
5 e e CCONJ 7 cc
6 il il DET 7 det Definite=Def
7 sindaco sindaco NOUN 2 conj Number=Sing
8 tacciono tacere VERB 0 root
""",
            False,
        ),
    ],
)
def test_appositions(parse_of, table, together):
    groups = grouped(parse_of(table))
    assert any(len(group) == 2 for group in groups) is together


def test_nominal_taken_for_another_follows_its_apposition(parse_of):
    table = (
        TITLE
        + """
1 Il il DET 2 det Definite=Def|Gender=Masc|Number=Sing
2 ministro ministro NOUN 6 nsubj Gender=Masc|Number=Sing
3 , , PUNCT 2 punct
4 Bianchi Bianchi PROPN 6 nsubj _ B-PER
5 , , PUNCT 2 punct
6 tace tacere VERB 0 root
"""
    )
    assert grouped(parse_of(table)) == [
        ["Il ministro russo Serghei Lavrov"],
        ["Il ministro", "Bianchi"],
    ]


def test_title_told_before_the_name(parse_of):
    parse = parse_of(sentence(*nominal("Il", "ministro", "ministro", "Masc")) + "\n" + TITLE)
    assert len(grouped(parse)) == 1


def test_relative_pronoun_goes_with_its_antecedent(parse_of):
    parse = parse_of(
        """
1 Lavrov Lavrov PROPN 5 nsubj _ B-PER
2 , , PUNCT 4 punct
3 che che PRON 4 nsubj PronType=Rel
4 parla parlare VERB 1 acl:relcl
5 tace tacere VERB 0 root
"""
    )
    assert grouped(parse) == [["Lavrov", "che"]]


def test_personal_pronoun_stands_alone(parse_of):
    parse = parse_of(TITLE + "\n" + sentence("Lui lui PRON 2 nsubj Person=3|PronType=Prs"))
    assert grouped(parse) == [["Il ministro russo Serghei Lavrov"], ["Lui"]]


def entities(parse):
    mentions = find_mentions(parse)
    return build_entities(parse, mentions, cluster(parse, mentions))


def test_entity_has_the_fullest_name_aliases_and_side(parse_of):
    parse = parse_of(
        TITLE
        + "\n"
        + sentence(name("Lavrov", "PER"))
        + "\n\n"
        + sentence(*nominal("Il", "ministro", "ministro", "Masc"))
        + "\n\n"
        + sentence(name("Mosca", "LOC"))
    )
    lavrov, russia = entities(parse)
    assert (lavrov.id, lavrov.kind, lavrov.name, lavrov.side) == (
        "e1",
        "person",
        "Serghei Lavrov",
        "Russia",
    )
    assert lavrov.aliases == ("Lavrov", "Il ministro russo Serghei Lavrov", "Il ministro")
    assert [span.text for span in lavrov.mentions] == [
        "Il ministro russo Serghei Lavrov",
        "Lavrov",
        "Il ministro",
    ]
    assert (russia.id, russia.kind, russia.name, russia.side) == ("e2", "gpe", "Mosca", "Russia")


def test_side_in_brackets_after_the_name(parse_of):
    parse = parse_of(
        """
1 Rossi Rossi PROPN 5 nsubj _ B-PER
2 ( ( PUNCT 3 punct
3 Pd Pd PROPN 1 appos _ B-ORG
4 ) ) PUNCT 3 punct
5 tace tacere VERB 0 root
"""
    )
    assert [(e.name, e.side) for e in entities(parse)] == [("Rossi", "Pd"), ("Pd", None)]


def test_pronoun_is_no_alias(parse_of):
    (entity,) = entities(parse_of(sentence("chi chi PRON 2 nsubj PronType=Rel")))
    assert (entity.name, entity.aliases, entity.kind) == ("chi", (), "person")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lavrov", "Serghei Lavrov", True),
        ("George Bush", "George W. Bush", True),
        ("G. Bush", "George W. Bush", True),
        ("Peña Nieto", "Enrique Peña Nieto", True),
        ("premier Renzi", "Matteo Renzi", True),
        ("Anna Lavrov", "Serghei Lavrov", False),
        ("Rubio", "Serghei Lavrov", False),
        ("", "Serghei Lavrov", False),
    ],
)
def test_names_of_one_person(one, other, same):
    assert same_person(person_tokens(one), person_tokens(other)) is same
    assert same_person(person_tokens(other), person_tokens(one)) is same


@pytest.mark.parametrize(
    ("short", "long", "same"),
    [
        ("Wikimedia", "Wikimedia Foundation", True),
        ("Isontina", "Banca Isontina", True),
        ("Cassazione", "Corte di Cassazione", True),
        ("Commissione Antimafia", "Commissione parlamentare Antimafia", True),
        ("Roma", "Procura di Roma", False),
        ("Procura di Lecco", "Procura di Roma", False),
    ],
)
def test_short_names_of_bodies(short, long, same):
    assert short_for(name_tokens(short), name_tokens(long)) is same


def test_first_name_and_surname_meet_in_the_full_name(parse_of):
    tables = [sentence(name("Federico", "PER")), sentence(name("Brugnami", "PER"))]
    assert len(grouped(parse_of("\n\n".join(tables)))) == 2
    tables.append(sentence(*full_name("Federico", "Brugnami")))
    assert len(grouped(parse_of("\n\n".join(tables)))) == 1


def test_a_government_is_called_by_its_state(parse_of) -> None:
    parse = parse_of(
        """
        1 Il il DET 2 det _ _
        2 Cremlino Cremlino PROPN 3 nsubj _ B-LOC
        3 tace tacere VERB 0 root _ _
        4 , , PUNCT 3 punct _ _
        5 la il DET 6 det _ _
        6 Russia Russia PROPN 7 nsubj _ B-LOC
        7 parla parlare VERB 3 conj _ _
        """
    )
    mentions = find_mentions(parse)
    names = [e.name for e in build_entities(parse, mentions, cluster(parse, mentions))]
    assert names == ["Russia"]
