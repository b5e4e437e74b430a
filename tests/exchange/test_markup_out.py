from __future__ import annotations

from quotestance.corpus import parse_markup, read_markup
from quotestance.exchange import write_qm
from quotestance.exchange.markup_out import markup_of

MARKUP = """\
#id: a
#domain: politica
#entity: rossi | person | Anna Rossi ; Rossi | Lega
#entity: verdi | person | Verdi | -
#quote: 1 | mixed | rossi | verdi:accusatory
#quote: 2 | direct | verdi | -
#text
{s1:Rossi} {c1:ha detto}, di {@verdi:lui}, che {q1:{s2:Verdi} {c2:dice} «{q2:no}»}.
"""


def test_markup_is_written_as_people_write_it():
    assert markup_of(parse_markup(MARKUP, "")) == MARKUP


def test_the_seed_article_differs_in_nothing_but_needless_tags(seeds):
    document = read_markup(seeds / "lavrov-rubio.qm")
    exported = write_qm([document])
    assert exported.losses == ()
    assert parse_markup(exported.files["lavrov-rubio.qm"], "") == document
    assert exported.files["lavrov-rubio.qm"].count("{@") < 10
