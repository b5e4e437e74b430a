from __future__ import annotations

import pytest

from quotestance.extraction.sources import source_phrases

CLAUSE = "piove/VERB/0/root/piovere ."


@pytest.mark.parametrize(
    ("line", "cue", "source"),
    [
        (f"Secondo/ADP/2/case Anna/PROPN/3/obl {CLAUSE}", "Secondo", "Anna"),
        (f"Per/ADP/2/case Anna/PROPN/4/obl , {CLAUSE}", "Per", "Anna"),
        (f"A/ADP/2/case detta/NOUN/6/obl di/ADP/4/case Anna/PROPN/2/nmod , {CLAUSE}", "A detta di",
         "Anna"),
        (f"A/ADP/2/case giudizio/NOUN/6/obl di/ADP/4/case Anna/PROPN/2/nmod , {CLAUSE}",
         "A giudizio di", "Anna"),
        (f"Stando/VERB/6/advcl/stare alla=2 a/ADP/4/case la/DET/4/det polizia/NOUN/1/obl , {CLAUSE}",
         "Stando alla", "polizia"),
        (f"A/ADP/3/case suo/DET/3/det:poss dire/VERB/5/obl , {CLAUSE}", "A suo dire", None),
        (f"Nelle=2 in/ADP/3/case le/DET/3/det/il parole/NOUN/7/obl di/ADP/5/case Anna/PROPN/3/nmod "
         f", {CLAUSE}", "Nelle parole di", "Anna"),
        (f"Secondo/ADP/2/case quanto/PRON/6/obl riferisce/VERB/2/acl:relcl/riferire "
         f"Anna/PROPN/3/nsubj , {CLAUSE}", "Secondo quanto riferisce", "Anna"),
        (f"A/ADP/2/case quanto/PRON/6/obl riferisce/VERB/2/acl:relcl/riferire "
         f"Anna/PROPN/3/nsubj , {CLAUSE}", "A quanto riferisce", "Anna"),
    ],
)  # fmt: skip
def test_phrases_that_name_a_source(read, line, cue, source):
    parse = read(line)
    (phrase,) = source_phrases(parse)
    assert phrase.span.text == cue
    assert (phrase.source and parse.words[phrase.source].text) == source


@pytest.mark.parametrize(
    "line",
    [
        # per that opens no clause, or stands before a verb
        "Esce/VERB/0/root/uscire per/ADP/3/case Roma/PROPN/1/obl .",
        f"Per/ADP/2/mark vincere/VERB/4/advcl , {CLAUSE}",
        # a quanto pare
        f"A/ADP/2/case quanto/PRON/5/obl pare/VERB/2/acl:relcl/parere , {CLAUSE}",
        f"Secondo/ADP/3/mark me/PRON/3/x piove/VERB/0/root/piovere . {CLAUSE}",
        "A/ADP/2/case detta/NOUN/0/root di/ADP/2/case .",
    ],
)
def test_phrases_that_name_none(read, line):
    assert list(source_phrases(read(line))) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"Secondo/ADP/2/case Anna/PROPN/3/obl {CLAUSE}",
         ("Secondo", "indirect", "source", "piove")),
        ("Il/DET/2/det voto/NOUN/7/nsubj , secondo/ADP/5/case Anna/PROPN/7/obl , "
         "slitta/VERB/0/root/slittare .", ("secondo", "indirect", "source", "Il voto|slitta")),
        ("Secondo/ADP/2/case Anna/PROPN/6/obl : « Si/PRON/6/expl chiude/VERB/0/root/chiudere » .",
         ("Secondo", "direct", "source", "Si chiude")),
        ("Per/ADP/2/case Anna/PROPN/6/obl , « si/PRON/6/expl chiude/VERB/0/root/chiudere » .",
         ("Per", "direct", "source", "si chiude")),
        ("Per/ADP/2/case Anna/PROPN/6/obl il/DET/4/det voto/NOUN/6/nsubj è/AUX/6/cop/essere "
         "farsa/NOUN/0/root « vera/ADJ/6/amod » .",
         ("Per", "mixed", "source", "il voto è farsa «vera»")),
        ("Secondo/ADP/3/case la/DET/3/det portavoce/NOUN/9/obl , Eva/PROPN/3/appos , « "
         "Si/PRON/9/expl chiude/VERB/0/root/chiudere .\nPoi/ADV/2/advmod vediamo/VERB/0/root » .",
         ("Secondo", "direct", "source", "Si chiude. Poi vediamo")),
    ],
)  # fmt: skip
def test_what_a_source_says(found, line, expected):
    assert expected in found(line)
