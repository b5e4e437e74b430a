from __future__ import annotations

import pytest

from quotestance.extraction.cues import find_cues, noun_cue, verb_cue

SAID = "Landini/PROPN/3/nsubj ha/AUX/3/aux/avere detto/VERB/0/root/dire . "


def cues(parse):
    return [cue.span.text for cue in find_cues(parse)]


def word(parse, index):
    return None if index is None else parse.words[index].text


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (SAID, ["ha detto"]),
        ("ha/AUX/3/aux/avere inoltre/ADV/3/advmod precisato/VERB/0/root/precisare",
         ["ha inoltre precisato"]),
        ("poi/ADV/2/advmod precisa/VERB/0/root/precisare", ["precisa"]),
        ("si/PRON/3/expl/si/Clitic=Yes è/AUX/3/aux/essere detta/VERB/0/root/dire",
         ["si è detta"]),
        ("lo/PRON/3/obj/lo/Clitic=Yes ha/AUX/3/aux/avere definito/VERB/0/root/definire",
         ["lo ha definito"]),
        ("fa/VERB/0/root/fare sapere/VERB/1/xcomp", ["fa", "fa sapere"]),
        ("rende/VERB/0/root/rendere noto/ADJ/1/xcomp", ["rende", "rende noto"]),
        ("sapere/VERB/0/root", ["sapere"]),
        ("noto/ADJ/0/root", []),
        ("tiene/VERB/0/root/tenere a/ADP/3/mark precisare/VERB/1/xcomp",
         ["tiene", "tiene a precisare"]),
        ("dicendosi=2 dicendo/VERB/0/root/dire si/PRON/1/expl/si/Clitic=Yes pronto/ADJ/1/xcomp",
         ["dicendosi"]),
        ("spiegando/VERB/0/root/spiegare/VerbForm=Ger", ["spiegando"]),
        ("accusato/ADJ/0/root/accusare/VerbForm=Part", ["accusato"]),
        ("mangia/VERB/0/root/mangiare", []),
        ("ha/AUX/2/aux/avere commentato/NOUN/0/root/commentare", ["ha commentato"]),
        ("parla=2 par/ADP/0/root la/DET/1/det/il", ["parla"]),
        ("le/DET/2/det/il parole/NOUN/0/root/parola", ["le parole"]),
        ("le/DET/3/det/il sue/DET/3/det:poss/suo parole/NOUN/0/root/parola", ["le sue parole"]),
        ("dell'=2 di/ADP/3/case l'/DET/3/det/il accusa/NOUN/0/root", ["accusa"]),
        ("la/DET/2/det/il casa/NOUN/0/root", []),
    ],
)  # fmt: skip
def test_what_is_a_cue_and_how_far_it_goes(read, line, expected):
    assert cues(read(line)) == expected


@pytest.mark.parametrize(
    ("line", "verb", "source", "implied"),
    [
        (SAID, 2, "Landini", "Landini"),
        ("Ha/AUX/2/aux/avere detto/VERB/0/root/dire", 1, None, None),
        # passive: the agent speaks, not the subject
        ("resa/NOUN/3/nsubj:pass è/AUX/3/aux:pass/essere chiesta/VERB/0/root/chiedere "
         "da/ADP/5/case Anna/PROPN/3/obl:agent", 2, "Anna", "Anna"),
        ("resa/NOUN/3/nsubj:pass è/AUX/3/aux:pass/essere chiesta/VERB/0/root/chiedere", 2,
         None, None),
        ("frasi/NOUN/0/root/frase dette/VERB/1/acl/dire/VerbForm=Part da/ADP/4/case "
         "Anna/PROPN/2/obl", 1, "Anna", "Anna"),
        # coordinated cues share the subject
        ("Anna/PROPN/2/nsubj nega/VERB/0/root/negare e/CCONJ/4/cc accusa/VERB/2/conj/accusare", 3,
         None, "Anna"),
        # a gerund under a verb, a participle beside a name
        ("Anna/PROPN/2/nsubj esce/VERB/0/root/uscire dicendo/VERB/2/advcl/dire", 2, None, "Anna"),
        ("Anna/PROPN/0/root intervistata/VERB/1/acl/intervistare/VerbForm=Part", 1, None, "Anna"),
        # an object clause has a speaker of its own
        ("Anna/PROPN/2/nsubj vede/VERB/0/root/vedere gridare/VERB/2/nmod", 2, None, None),
        # control
        ("Anna/PROPN/2/nsubj vuole/VERB/0/root/volere dire/VERB/2/xcomp", 2, "Anna", "Anna"),
    ],
)  # fmt: skip
def test_who_speaks(read, line, verb, source, implied):
    parse = read(line)
    cue = verb_cue(parse, verb)
    assert (word(parse, cue.source), word(parse, cue.implied)) == (source, implied)


@pytest.mark.parametrize(
    ("line", "cue", "source"),
    [
        # a subject behind its verb, taken for an object
        ("« Piove/VERB/0/root » , ha/AUX/6/aux/avere detto/VERB/1/parataxis/dire il/DET/8/det "
         "sindaco/NOUN/6/obj", "ha detto", "sindaco"),
        # behind the verb rather than before the dash
        ("Il/DET/2/det sindaco/NOUN/5/nsubj - ha/AUX/5/aux/avere detto/VERB/9/parataxis/dire "
         "il/DET/7/det legale/NOUN/5/obj - parla/VERB/0/root/parlare", "ha detto", "legale"),
        ("Piove/VERB/0/root , spiega/VERB/1/parataxis/spiegare la/DET/5/det "
         "verità/NOUN/3/obj", "spiega", None),
        ("Eva/PROPN/3/nsubj , accusa/VERB/0/root/accusare il/DET/5/det sindaco/NOUN/3/obj",
         "accusa", "Eva"),
        ("ha/AUX/2/aux/avere detto/VERB/0/root/dire il/DET/4/det sindaco/NOUN/2/obj",
         "ha detto", None),
        # a passive names what is said; between commas the subject stays
        ("Ieri/ADV/5/advmod , è/AUX/5/aux:pass/essere stato/AUX/5/aux:pass/essere "
         "confermato/VERB/0/root/confermare il/DET/7/det ministro/NOUN/5/nsubj:pass",
         "è stato confermato", None),
        ("Eva/PROPN/6/nsubj , oggi/ADV/6/advmod , ha/AUX/6/aux/avere "
         "ricordato/VERB/0/root/ricordare il/DET/8/det sindaco/NOUN/6/obj", "ha ricordato", "Eva"),
        # nor is it sought in the next sentence
        ("Piove/VERB/0/root , spiega/VERB/1/parataxis/spiegare\n"
         "Il/DET/2/det sindaco/NOUN/3/nsubj arriva/VERB/0/root/arrivare", "spiega", None),
    ],
)  # fmt: skip
def test_who_speaks_behind_a_verb_that_is_set_off(read, line, cue, source):
    parse = read(line)
    found = {c.span.text: word(parse, c.source) for c in find_cues(parse)}
    assert found[cue] == source


@pytest.mark.parametrize(
    ("line", "noun", "source", "implied"),
    [
        ("accusa/NOUN/0/root di/ADP/3/case Anna/PROPN/1/nmod", 0, "Anna", "Anna"),
        ("accusa/NOUN/0/root a/ADP/3/case Anna/PROPN/1/nmod", 0, None, None),
        ("Anna/PROPN/2/nsubj lancia/VERB/0/root/lanciare accusa/NOUN/2/obj", 2, None, "Anna"),
        ("accusa/NOUN/2/nsubj arriva/VERB/0/root/arrivare", 0, None, None),
    ],
)
def test_who_speaks_by_a_noun(read, line, noun, source, implied):
    parse = read(line)
    cue = noun_cue(parse, noun)
    assert (word(parse, cue.source), word(parse, cue.implied)) == (source, implied)


def test_recipients_are_objects_and_complements(read):
    parse = read(
        "Anna/PROPN/2/nsubj accusa/VERB/0/root/accusare Roma/PROPN/2/obj con/ADP/5/case "
        "Oslo/PROPN/2/obl"
    )
    assert [word(parse, i) for i in verb_cue(parse, 1).recipients] == ["Roma", "Oslo"]
