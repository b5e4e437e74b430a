from __future__ import annotations

import pytest

from quotestance.extraction.mentions import find_mentions, noun_phrase
from quotestance.extraction.parties import (
    body_named,
    common_title,
    party_noun,
    state_named,
    state_of_demonym,
    state_seated,
)

MINISTER = """
1 Il il DET 2 det Definite=Def|Gender=Masc|Number=Sing
2 ministro ministro NOUN 9 nsubj Gender=Masc|Number=Sing
3-4 degli
3 di di ADP 5 case
4 gli il DET 5 det Definite=Def
5 Esteri Esteri PROPN 2 nmod
6 russo russo ADJ 5 amod
7 Serghei Serghei PROPN 5 flat:name _ B-PER
8 Lavrov Lavrov PROPN 7 flat:name _ I-PER
9 accusa accusare VERB 0 root
10 Mosca Mosca PROPN 9 obj _ B-LOC
11 . . PUNCT 9 punct
"""
FUSED = """
1 Parole parola NOUN 0 root
2-3 dalla
2 da da ADP 4 case
3 la il DET 4 det Definite=Def|Gender=Fem|Number=Sing
4 Russia Russia PROPN 1 nmod _ B-LOC
"""
RELATIVE = """
1 Un uno DET 2 det Definite=Ind|Gender=Masc
2 funzionario funzionario NOUN 9 nsubj Number=Sing
3 russo russo ADJ 2 amod
4 vicino vicino ADJ 2 amod
5-6 al
5 a a ADP 7 case
6 il il DET 7 det
7 dossier dossier NOUN 4 obl
8 che che PRON 10 nsubj PronType=Rel
9 tace tacere VERB 0 root
10 sa sapere VERB 2 acl:relcl
"""
APPOSITION = """
1 Lavrov Lavrov PROPN 7 nsubj _ B-PER
2 , , PUNCT 4 punct
3 il il DET 4 det Definite=Def|Gender=Masc
4 capo capo NOUN 1 appos Number=Sing
5 negoziatore negoziatore NOUN 4 compound
6 , , PUNCT 4 punct
7 tace tacere VERB 0 root
"""
PAIR = """
1 Il il DET 2 det Definite=Def
2 sindaco sindaco NOUN 6 nsubj Number=Sing|Gender=Masc
3 e e CCONJ 5 cc
4 la il DET 5 det Definite=Def
5 pietra pietra NOUN 2 conj Number=Sing
6 tacciono tacere VERB 0 root
"""
HYPHEN = """
1 la il DET 2 det Definite=Def
2 vicepremier vicepremier NOUN 0 root Number=Sing
3 Arbenita Arbenita PROPN 2 nmod _ B-PER
4 Gashi Gashi PROPN 3 flat:name _ I-PER
"""


def texts(mentions):
    return [mention.span.text for mention in mentions]


@pytest.mark.parametrize(
    ("table", "head", "phrase"),
    [
        (MINISTER, 1, "Il ministro degli Esteri russo Serghei Lavrov"),
        (MINISTER, 9, "Mosca"),
        (FUSED, 3, "Russia"),
        (RELATIVE, 1, "Un funzionario russo vicino al dossier"),
        (APPOSITION, 0, "Lavrov"),
        (APPOSITION, 3, "il capo negoziatore"),
        (PAIR, 1, "Il sindaco"),
        (HYPHEN, 1, "la vicepremier Arbenita Gashi"),
    ],
)
def test_noun_phrase_reaches_so_far(parse_of, table, head, phrase):
    parse = parse_of(table)
    span = noun_phrase(parse, head)
    assert span.text == phrase == parse.text[span.start : span.end]


def test_noun_phrase_of_no_word_is_refused(parse_of):
    with pytest.raises(IndexError):
        noun_phrase(parse_of(PAIR), 99)


@pytest.mark.parametrize(
    ("complement", "inside"),
    [
        ("con con ADP 5 case", False),
        ("contro contro ADP 5 case", False),
        ("per per ADP 5 case", True),
        ("di di ADP 5 case", True),
    ],
)
def test_noun_phrase_leaves_complements_of_the_verb(parse_of, complement, inside):
    parse = parse_of(
        f"""
1 la il DET 2 det
2 famiglia famiglia NOUN 6 nsubj Number=Sing
3 {complement}
4 una uno DET 5 det
5 nota nota NOUN 2 nmod
6 tace tacere VERB 0 root
"""
    )
    assert ("nota" in noun_phrase(parse, 1).text) is inside


def test_quotation_marks_of_a_nickname_stay_and_stray_ones_go(parse_of):
    parse = parse_of(
        """
1 gli il DET 3 det Definite=Def
2 " " PUNCT 3 punct
3 ermellini ermellino NOUN 0 root Number=Plur
4 " " PUNCT 3 punct
"""
    )
    assert noun_phrase(parse, 2).text.startswith("gli")
    assert noun_phrase(parse, 2).text.count('"') == 2
    stray = parse_of("1 «migliore «migliore ADJ 2 amod\n2 voce voce NOUN 0 root")
    assert noun_phrase(stray, 1).text == "migliore voce"


def test_title_and_name_are_one_mention(parse_of):
    minister, place = find_mentions(parse_of(MINISTER))
    assert minister.span.text == "Il ministro degli Esteri russo Serghei Lavrov"
    assert (minister.form, minister.kind) == ("name", "person")
    assert (minister.name, minister.descriptor) == ("Serghei Lavrov", "ministro")
    assert (minister.number, minister.gender) == ("Sing", "Masc")
    assert (place.name, place.kind, place.descriptor) == ("Mosca", "gpe", None)


def test_relative_pronoun_is_a_mention(parse_of):
    official, relative = find_mentions(parse_of(RELATIVE))
    assert official.form == "nominal"
    assert (relative.span.text, relative.form, relative.kind) == ("che", "pronoun", None)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("1 lui lui PRON 2 nsubj Person=3|PronType=Prs", True),
        ("1 quest'ultimo quest'ultimo PRON 2 nsubj", False),
        ("1 lo lo PRON 2 obj Clitic=Yes|Person=3", False),
        ("1 io io PRON 2 nsubj Person=1", False),
        ("1 chi chi PRON 2 nsubj PronType=Rel", True),
        ("1 ministre ministra NOUN 2 nsubj Number=Plur", True),
        ("1 meteorologi meteorogoge NOUN 2 nsubj Number=Plur", True),
        ("1 muro muro NOUN 2 nsubj Number=Sing", False),
        ("1 intervista intervista NOUN 2 nsubj Number=Sing", False),
        ("1 settore settore NOUN 2 nsubj Number=Sing", False),
        ("1 Rossi Rossi PROPN 2 nsubj", True),
        ("1 ministro ministro NOUN 2 amod", False),
    ],
)
def test_candidates(parse_of, line, found):
    mentions = find_mentions(parse_of(f"{line}\n2 tace tacere VERB 0 root"))
    assert bool(mentions) is found


def test_bare_noun_after_a_preposition_is_no_party(parse_of):
    parse = parse_of(
        """
1 il il DET 2 det Definite=Def
2 segretario segretario NOUN 0 root Number=Sing
3 di di ADP 4 case
4 stato stato NOUN 2 nmod Number=Sing
"""
    )
    assert texts(find_mentions(parse)) == ["il segretario di stato"]


def test_heads_asked_for_are_mentions_and_so_is_their_coordination(parse_of):
    parse = parse_of(PAIR)
    assert texts(find_mentions(parse)) == ["Il sindaco"]
    mentions = find_mentions(parse, extra_heads={1})
    assert texts(mentions) == ["Il sindaco e la pietra", "Il sindaco", "la pietra"]
    assert (mentions[0].kind, mentions[0].number) == ("group", "Plur")
    assert mentions[2].kind is None


def test_plural_persons_are_a_group(parse_of):
    (mention,) = find_mentions(
        parse_of(
            """
1 i il DET 2 det Definite=Def|Number=Plur
2 ministri ministro NOUN 3 nsubj Number=Plur
3 tacciono tacere VERB 0 root
"""
        )
    )
    assert (mention.kind, mention.number, mention.descriptor) == ("group", "Plur", "ministro")


def test_a_surname_mislabelled_once_stays_a_person(parse_of):
    parse = parse_of(
        """
1 Orsola Orsola PROPN 3 nsubj _ B-PER
2 Fallara Fallara PROPN 1 flat:name _ I-PER
3 tace tacere VERB 0 root
4 . . PUNCT 3 punct

1 Fallara Fallara PROPN 2 nsubj _ B-LOC
2 parla parlare VERB 0 root
"""
    )
    assert [mention.kind for mention in find_mentions(parse)] == ["person", "person"]


def test_a_text_without_words_has_no_mentions():
    from quotestance.parsing.parse import Parse

    assert find_mentions(Parse("", (), (), ())) == ()


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("ministro", "person"),
        ("ministra", "person"),
        ("procuratrice", "person"),
        ("ex-presidente", "person"),
        ("trentenne", "person"),
        ("Procura", "org"),
        ("governo", "gpe"),
        ("opposizione", "group"),
        ("intervista", None),
        ("partita", None),
        ("tavolino", None),
    ],
)
def test_party_kind(noun, kind):
    entry = party_noun(noun)
    assert (entry[1] if entry else None) == kind


def test_states_bodies_and_titles():
    assert state_named("la Federazione russa") == "Russia"
    assert state_named("Mosca") is None
    assert state_seated("il Cremlino") == state_seated("Mosca") == "Russia"
    assert [state_of_demonym(w) for w in ("russa", "tedeschi", "inglesi", "alto")] == [
        "Russia",
        "Germania",
        "Regno Unito",
        None,
    ]
    assert body_named("il Viminale") == body_named("Ministero dell’Interno") != body_named("Pd")
    assert common_title("premier", frozenset({"greco"})) == (
        "presidente",
        frozenset({"greco", "consiglio"}),
    )
    assert common_title("capo", frozenset({"stato"})) == ("presidente", frozenset({"repubblica"}))
    assert common_title("capo", frozenset({"clan"})) == ("capo", frozenset({"clan"}))


@pytest.mark.parametrize(
    ("table", "name"),
    [
        (
            """
1 Harlan Harlan PROPN 4 nsubj _ B-PER
2 P. P. PUNCT 1 punct
3 Whitcombe Whitcombe PROPN 4 nsubj _ B-PER
4 tace tacere VERB 0 root
""",
            "Harlan P. Whitcombe",
        ),
        (
            """
1 ha avere AUX 2 aux
2 detto dire VERB 0 root
3 Di di ADP 4 case
4 Pietro Pietro PROPN 2 nsubj _ B-PER
""",
            "Di Pietro",
        ),
        (
            """
1 Di di ADP 2 case
2 Rossi Rossi PROPN 3 obl _ B-PER
3 parla parlare VERB 0 root
""",
            "Rossi",
        ),
        (
            """
1 il il DET 2 det Definite=Def
2 corto corto ADJ 3 amod _ B-PER
3 Caruana Caruana PROPN 4 nsubj _ I-PER
4 tace tacere VERB 0 root
""",
            "Caruana",
        ),
    ],
)
def test_names_are_made_whole(parse_of, table, name):
    assert [mention.name for mention in find_mentions(parse_of(table))] == [name]


def test_name_after_a_preposition_is_a_mention_of_its_own(parse_of):
    parse = parse_of(
        """
1 l' il DET 2 det Definite=Def
2 incaricata incaricato NOUN 0 root Number=Sing
3-4 del
3 di di ADP 5 case
4 il il DET 5 det
5 Cremlino Cremlino PROPN 2 nmod _ B-LOC
"""
    )
    envoy, palace = find_mentions(parse, extra_heads={1})
    assert (envoy.span.text, envoy.name) == ("l'incaricata del Cremlino", None)
    assert (palace.span.text, palace.kind) == ("Cremlino", "gpe")
