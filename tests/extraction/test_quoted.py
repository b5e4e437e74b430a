"""Direct speech, through the candidates that it gives."""

from __future__ import annotations

import pytest

from quotestance.extraction.candidates import find_candidates

PACE = "« Siamo/AUX/0/root/essere pronti/ADJ/0/root adesso/ADV/0/root »"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # the cue before, behind a colon or with the quotation as its object
        (f"Anna/PROPN/2/nsubj dice/VERB/0/root/dire : {PACE} .",
         ("dice", "direct", "marks", "Siamo pronti adesso")),
        (f"Ecco/ADV/0/root le/DET/3/det/il parole/NOUN/1/x/parola di/ADP/5/case Anna/PROPN/3/nmod : {PACE}",
         ("le parole", "direct", "marks", "Siamo pronti adesso")),
        (f"Anna/PROPN/2/nsubj chiede/VERB/0/root/chiedere {PACE}",
         ("chiede", "mixed", "marks", "«Siamo pronti adesso»")),
        # the cue behind
        (f"{PACE} , ha/AUX/8/aux/avere detto/VERB/0/root/dire Anna/PROPN/8/nsubj .",
         ("ha detto", "direct", "marks", "Siamo pronti adesso")),
        (f"{PACE} , borbotta/NOUN/0/root .",
         ("borbotta", "direct", "marks", "Siamo pronti adesso")),
        (f"{PACE} : è/AUX/3/cop la/DET/3/det/il replica/NOUN/0/root . Dice/VERB/1/x/dire {PACE}",
         ("Dice", "direct", "marks", "Siamo pronti adesso")),
        (f"{PACE} – è/AUX/9/cop/essere la/DET/9/det/il replica/NOUN/0/root .",
         ("la replica", "direct", "marks", "Siamo pronti adesso")),
        (f"{PACE} , così/ADV/0/root Anna/PROPN/1/x .",
         ("così", "direct", "marks", "Siamo pronti adesso")),
        # a verb that is in no lexicon, right behind the mark
        (f"{PACE} , gorgheggia/VERB/0/root/gorgheggiare Anna/PROPN/1/x .",
         ("gorgheggia", "direct", "marks", "Siamo pronti adesso")),
        # parsers take short cues for names
        (f"Ribatte/PROPN/0/root Anna/PROPN/1/flat : {PACE}",
         ("Ribatte", "direct", "marks", "Siamo pronti adesso")),
        # the cue inside
        ("« Il/DET/3/det dialogo/NOUN/0/root – ha/AUX/6/aux/avere spiegato/VERB/3/x/spiegare "
         "una/DET/8/det/uno fonte/NOUN/6/nsubj – ma/CCONJ/11/cc servono/VERB/3/x gesti/NOUN/11/x »",
         ("ha spiegato", "direct", "marks", "Il dialogo|ma servono gesti")),
        (f"{PACE} , dice/VERB/0/root/dire Anna/PROPN/1/nsubj , « ma/CCONJ/1/x basta/ADV/1/x »",
         ("dice", "direct", "marks", "Siamo pronti adesso|ma basta")),
        (f"Anna/PROPN/2/nsubj dice/VERB/0/root/dire : {PACE} e/CCONJ/1/cc « mai/ADV/1/x soli/ADJ/1/x »",
         ("dice", "direct", "marks", "Siamo pronti adesso|mai soli")),
        # the full stop inside or outside the marks stays out
        ("« Basta/VERB/0/root/bastare tagli/NOUN/1/x . » , dice/VERB/1/x/dire Anna/PROPN/1/x .",
         ("dice", "direct", "marks", "Basta tagli")),
        # never closed: up to a full stop
        ("Dice/VERB/0/root/dire : « Basta/VERB/1/x/bastare tagli/NOUN/1/x .\nEra/AUX/2/cop "
         "ieri/ADV/0/root .", ("Dice", "direct", "marks", "Basta tagli")),
        # over two paragraphs
        ("Dice/VERB/0/root/dire : « Basta/VERB/1/x/bastare .\n\n« Tagli/NOUN/0/root mai/ADV/1/x » .",
         ("Dice", "direct", "marks", "Basta|Tagli mai")),
        # a dialogue dash
        ("– Basta/VERB/0/root/bastare tagli/NOUN/1/x – dice/VERB/1/x/dire Anna/PROPN/1/x .",
         ("dice", "direct", "marks", "Basta tagli")),
        # bare
        (f"{PACE} .", (None, "direct", "marks", "Siamo pronti adesso")),
        (f"Anna/PROPN/0/root : {PACE}", (None, "direct", "marks", "Siamo pronti adesso")),
        # a weak cue leaves the quotation bare as well
        (f"Anna/PROPN/2/nsubj sorride/VERB/0/root/sorridere : {PACE}",
         (None, "direct", "marks", "Siamo pronti adesso")),
        (f"Anna/PROPN/2/nsubj sorride/VERB/0/root/sorridere : {PACE}",
         ("sorride", "direct", "marks", "Siamo pronti adesso")),
        # headlines without marks
        ("Anna/PROPN/0/root : basta/VERB/1/x/bastare tagli/NOUN/2/x",
         (None, "indirect", "label", "basta tagli")),
    ],
)  # fmt: skip
def test_readings_of_a_quotation(found, lines, expected):
    assert expected in found(lines)


@pytest.mark.parametrize(
    "lines",
    [
        # terms, titles, nicknames
        "Il/DET/2/det decreto/NOUN/0/root « sicurezza/NOUN/2/x » .",
        "Il/DET/2/det film/NOUN/0/root « Otto/NUM/2/x mezzo/NOUN/2/x » .",
        # no words
        "Il/DET/2/det film/NOUN/0/root « » .",
    ],
)
def test_scare_quotes_give_nothing(found, lines):
    assert found(lines) == set()


@pytest.mark.parametrize(
    ("lines", "cue"),
    [
        # another sentence or another paragraph has another cue
        (f"Dice/VERB/0/root/dire tutto/PRON/1/x .\n{PACE} .", "Dice"),
        (f"Anna/PROPN/2/nsubj dice/VERB/0/root/dire basta/NOUN/1/x\n\n{PACE} .", "dice"),
        (f"{PACE} .\nDice/VERB/0/root/dire Anna/PROPN/1/nsubj .", "Dice"),
        (f"{PACE}\n\nAnna/PROPN/2/nsubj dice/VERB/0/root/dire basta/NOUN/1/x .", "dice"),
        # too far
        (f"dice/VERB/0/root/dire {'Anna/PROPN/1/x ' * 12} {PACE}", "dice"),
    ],
)
def test_cues_that_are_not_the_quotations(found, lines, cue):
    assert not any(c == cue and "pronti" in text for c, _, _, text in found(lines))


def test_a_second_quotation_with_its_own_cue_is_another_quote(found):
    readings = found(
        f"{PACE} , dice/VERB/0/root/dire Anna/PROPN/1/nsubj .\n« Ma/CCONJ/3/cc basta/VERB/0/root » , "
        "aggiunge/VERB/3/x/aggiungere ."
    )
    assert ("dice", "direct", "marks", "Siamo pronti adesso") in readings
    assert ("aggiunge", "direct", "marks", "Ma basta") in readings
    assert not any("|" in text for *_, text in readings)


@pytest.mark.parametrize(
    ("lines", "source", "implied"),
    [
        (f"Anna/PROPN/0/root : {PACE}", "Anna", "Anna"),
        (f"Anna/PROPN/2/nsubj esce/VERB/0/root/uscire : {PACE}", None, "Anna"),
        (f"{PACE} .", None, None),
        ("Anna/PROPN/0/root Neri/PROPN/1/flat : basta/VERB/1/x tagli/NOUN/3/x", "Anna", "Anna"),
    ],
)
def test_who_speaks_a_bare_quotation(read, lines, source, implied):
    parse = read(lines)
    (bare,) = (c for c in find_candidates(parse) if c.cue is None)
    heads = [index if index is None else parse.words[index].text
             for index in (bare.source, bare.implied)]  # fmt: skip
    assert heads == [source, implied]
