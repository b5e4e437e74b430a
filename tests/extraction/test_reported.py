"""The constructions of reported speech, through the candidates that they give."""

from __future__ import annotations

import pytest

L = "Landini/PROPN/3/nsubj ha/AUX/3/aux/avere "

GIVEN = [
    # clauses
    (L + "detto/VERB/0/root/dire che/SCONJ/5/mark piove/VERB/3/ccomp/piovere .",
     ("ha detto", "indirect", "clause", "piove")),
    (L + "detto/VERB/0/root/dire che/SCONJ/5/mark piove/VERB/3/ccomp/piovere « molto/ADV/5/advmod » .",
     ("ha detto", "mixed", "clause", "piove «molto»")),
    (L + "detto/VERB/0/root/dire che/SCONJ/6/mark « piove/VERB/3/ccomp/piovere » .",
     ("ha detto", "mixed", "marks", "«piove»")),
    (L + "chiesto/VERB/0/root/chiedere se/SCONJ/5/mark piove/VERB/3/ccomp/piovere .",
     ("ha chiesto", "indirect", "clause", "se piove")),
    (L + "rivelato/VERB/0/root/rivelare come/SCONJ/5/mark piova/VERB/3/ccomp/piovere .",
     ("ha rivelato", "indirect", "clause", "come piova")),
    (L + "detto/VERB/0/root/dire di/ADP/5/mark voler/VERB/3/xcomp/volere "
     "trattare/VERB/5/xcomp .", ("ha detto", "indirect", "clause", "voler trattare")),
    ("Landini/PROPN/4/nsubj si/PRON/4/expl/si/Clitic=Yes è/AUX/4/aux/essere "
     "detto/VERB/0/root/dire pronto/ADJ/4/xcomp a/ADP/7/mark trattare/VERB/5/advcl .",
     ("si è detto", "indirect", "clause", "pronto a trattare")),
    (L + "accusato/VERB/0/root/accusare il/DET/5/det/il governo/NOUN/3/obj di/ADP/7/mark "
     "mentire/VERB/3/advcl .", ("ha accusato", "indirect", "clause", "mentire")),
    # noun phrases, predicates, complements
    (L + "annunciato/VERB/0/root/annunciare lo/DET/5/det/il sciopero/NOUN/3/obj .",
     ("ha annunciato", "indirect", "object", "lo sciopero")),
    (L + "respinto/VERB/0/root/respingere le/DET/5/det/il accuse/NOUN/3/obj/accusa .",
     ("ha respinto", "indirect", "object", "le accuse")),
    (L + "parlato/VERB/0/root/parlare di/ADP/6/case « resa/NOUN/3/obl » .",
     ("ha parlato", "mixed", "marks", "«resa»")),
    (L + "parlato/VERB/0/root/parlare della=2 di/ADP/6/case la/DET/6/det crisi/NOUN/3/obl .",
     ("ha parlato", "indirect", "oblique", "crisi")),
    (L + "ringraziato/VERB/0/root/ringraziare Anna/PROPN/3/obj per/ADP/7/case il/DET/7/det "
     "coraggio/NOUN/3/obl .", ("ha ringraziato", "indirect", "oblique", "il coraggio")),
    (L + "definito/VERB/0/root/definire il/DET/5/det/il voto/NOUN/3/obj « una/DET/8/det/uno "
     "farsa/NOUN/3/xcomp » .", ("ha definito", "mixed", "predicate", "il voto «una farsa»")),
    # passives and light verbs
    ("Le/DET/2/det/il dimissioni/NOUN/4/nsubj:pass sono/AUX/4/aux:pass/essere "
     "chieste/VERB/0/root/chiedere da/ADP/6/case Anna/PROPN/4/obl:agent .",
     ("sono chieste", "indirect", "object", "Le dimissioni")),
    (L + "espresso/VERB/0/root/esprimere « dubbi/NOUN/3/obj » .",
     ("ha espresso", "mixed", "marks", "«dubbi»")),
    # nouns
    ("l'/DET/2/det/il accusa/NOUN/0/root di/ADP/4/mark mentire/VERB/2/acl .",
     ("l'accusa", "indirect", "clause", "mentire")),
    ("arriva/VERB/0/root/arrivare la/DET/3/det/il richiesta/NOUN/1/nsubj di/ADP/5/case "
     "aiuto/NOUN/3/nmod .", ("la richiesta", "indirect", "oblique", "aiuto")),
    # gerunds
    (L + "chiuso/VERB/0/root/chiudere , spiegando/VERB/3/advcl/spiegare che/SCONJ/7/mark "
     "piove/VERB/5/ccomp/piovere .", ("spiegando", "indirect", "clause", "piove")),
    # set off in its sentence
    ("Il/DET/2/det piano/NOUN/9/nsubj , ha/AUX/5/aux/avere detto/VERB/9/parataxis/dire "
     "Anna/PROPN/5/nsubj , non/ADV/9/advmod va/VERB/0/root/andare .",
     ("ha detto", "indirect", "parenthetical", "Il piano|non va")),
    ("Piove/VERB/0/root/piovere , dice/VERB/1/parataxis/dire Anna/PROPN/3/nsubj .",
     ("dice", "indirect", "parenthetical", "Piove")),
    ("Anna/PROPN/0/root calma/ADJ/1/amod : piove/VERB/1/parataxis/piovere , "
     "dice/VERB/4/parataxis/dire .", ("dice", "indirect", "parenthetical", "piove")),
    # behind a colon
    ("Anna/PROPN/2/nsubj avverte/VERB/0/root/avvertire : basta/VERB/2/parataxis/bastare "
     "tagli/NOUN/4/nsubj", ("avverte", "indirect", "clause", "basta tagli")),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), GIVEN)
def test_constructions(found, line, expected):
    assert expected in found(line)


@pytest.mark.parametrize(
    "line",
    [
        # a subject is no content, nor is the head of a relative clause or a clitic
        "Landini/PROPN/2/nsubj dice/VERB/0/root/dire .",
        "Landini/PROPN/0/root che/PRON/3/nsubj parla/VERB/1/acl:relcl/parlare .",
        "Landini/PROPN/3/nsubj lo/PRON/3/obj/lo/Clitic=Yes dice/VERB/0/root/dire .",
        # thoughts without marks
        "Landini/PROPN/2/nsubj pensa/VERB/0/root/pensare che/SCONJ/4/mark piova/VERB/2/ccomp .",
        "Landini/PROPN/2/nsubj teme/VERB/0/root/temere che/SCONJ/4/mark piova/VERB/2/ccomp .",
        "Landini/PROPN/2/nsubj vuole/VERB/0/root/volere trattare/VERB/2/xcomp .",
        # no source and no verb of saying
        "Pare/VERB/0/root/parere che/SCONJ/3/mark piova/VERB/1/ccomp .",
        "Risulta/VERB/0/root/risultare che/SCONJ/3/mark piova/VERB/1/ccomp .",
    ],
)
def test_no_content(found, line):
    assert found(line) == set()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # words of thought are cues with quotation marks
        ("Landini/PROPN/2/nsubj teme/VERB/0/root/temere la/DET/5/det/il « resa/NOUN/2/obj » .",
         ("teme", "mixed", "marks", "«resa»")),
        ("Anna/PROPN/2/nsubj pensa/VERB/0/root/pensare che/SCONJ/5/mark « piova/VERB/2/ccomp » .",
         ("pensa", "mixed", "marks", "«piova»")),
    ],
)  # fmt: skip
def test_thoughts_in_quotation_marks(found, line, expected):
    assert expected in found(line)


def test_coordinated_cues_have_a_content_each(found):
    readings = found(
        "Anna/PROPN/2/nsubj nega/VERB/0/root/negare la/DET/4/det/il resa/NOUN/2/obj e/CCONJ/6/cc "
        "accusa/VERB/2/conj/accusare Oslo/PROPN/6/obj di/ADP/9/mark mentire/VERB/6/advcl ."
    )
    assert ("nega", "indirect", "object", "la resa") in readings
    assert ("accusa", "indirect", "clause", "mentire") in readings


def test_a_content_may_end_before_its_last_adjunct(found):
    line = (
        "Anna/PROPN/2/nsubj annuncia/VERB/0/root/annunciare di/ADP/4/mark lasciare/VERB/2/xcomp "
        "la/DET/6/det casa/NOUN/4/obj in/ADP/8/case giugno/NOUN/4/obl ."
    )
    contents = {text for _, _, _, text in found(line)}
    assert {"lasciare la casa", "lasciare la casa in giugno"} <= contents


def test_a_content_may_end_at_a_comma(found):
    texts = {
        text
        for cue, _, _, text in found(
            "Anna/PROPN/2/nsubj dice/VERB/0/root/dire che/SCONJ/4/mark piove/VERB/2/ccomp/piovere , "
            "perché/SCONJ/7/mark tuona/VERB/4/advcl/fare , come/SCONJ/10/mark "
            "accade/VERB/4/advcl/accadere ."
        )
        if cue == "dice"
    }
    assert {"piove", "piove, perché tuona", "piove, perché tuona, come accade"} <= texts


@pytest.mark.parametrize(
    "pointing",
    [
        "Lo/PRON/3/obj/lo/Clitic=Yes ha/AUX/3/aux/avere detto/VERB/0/root/dire Anna/PROPN/3/nsubj .",
        "È/AUX/2/cop/essere quanto/PRON/0/root ha/AUX/4/aux/avere "
        "detto/VERB/2/acl:relcl/dire Anna/PROPN/4/nsubj .",
    ],
)
def test_a_cue_that_points_back_to_the_sentence_before(found, pointing):
    readings = found("Il/DET/2/det treno/NOUN/0/root .\n" + pointing)
    assert ("ha detto", "indirect", "parenthetical", "Il treno") in {
        (cue and cue.removeprefix("Lo "), *rest) for cue, *rest in readings
    }


@pytest.mark.parametrize(
    ("announcing", "cue"),
    [
        (
            "L'/DET/2/det/il annuncio/NOUN/5/nsubj:pass è/AUX/5/aux:pass/essere "
            "stato/AUX/5/aux:pass/essere dato/VERB/0/root/dare da/ADP/7/case Anna/PROPN/5/obl .",
            "L'annuncio",
        ),
        (
            "Ne/PRON/3/obj/ne/Clitic=Yes ha/AUX/3/aux/avere dato/VERB/0/root/dare "
            "notizia/NOUN/3/obj Anna/PROPN/3/nsubj .",
            "notizia",
        ),
    ],
)
def test_an_announcement_points_back_to_the_sentence_before(found, announcing, cue):
    readings = found("Il/DET/2/det treno/NOUN/0/root .\n" + announcing)
    assert (cue, "indirect", "parenthetical", "Il treno") in readings


def test_a_colon_that_ends_its_sentence_leads_to_the_next(found):
    readings = found(
        "Anna/PROPN/3/nsubj ha/AUX/3/aux/avere detto/VERB/0/root/dire :\n"
        "Il/DET/2/det treno/NOUN/0/root ."
    )
    assert ("ha detto", "indirect", "colon", "Il treno") in readings


def test_a_gerund_keeps_its_pronoun_and_is_a_cue(found):
    readings = found(
        "Anna/PROPN/2/nsubj attacca/VERB/0/root/attaccare Oslo/PROPN/2/obj , "
        "accusandola/PRON/2/obj di/ADP/7/mark mentire/VERB/5/xcomp ."
    )
    assert ("accusandola", "indirect", "clause", "mentire") in readings


def test_other_cues_do_not_point_back(found):
    readings = found(
        "Il/DET/2/det treno/NOUN/0/root .\nAnna/PROPN/2/nsubj dice/VERB/0/root/dire "
        "basta/NOUN/2/obj ."
    )
    assert all("treno" not in text for *_, text in readings)
