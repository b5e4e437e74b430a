"""No parse depends on the typography of a newspaper: the same articles in each, parsed alike."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from quotestance.corpus import read_jsonl
from quotestance.loading import SHIPPED
from quotestance.parsing import Parse
from quotestance.parsing.stanza_parser import StanzaParser

SEEDS = Path(__file__).parents[2] / "seeds" / "corpus"
# what opens, what closes, the apostrophe, the dash
STYLES = {
    "guillemets": "«»'–",
    "curly": "“”’—",
    "low": "„“’–",
    "closing only": "””’–",
    "straight": '""\'—',
}


def written(text: str, style: str) -> str:
    """Write an article whose marks tell what opens and what closes in a style."""
    opening, closing, apostrophe, dash = STYLES[style]
    text = re.sub("[«“]", opening, re.sub("[»”]", closing, text))
    return re.sub("[–—]", dash, re.sub("['’]", apostrophe, text))


def arcs(parse: Parse) -> list[tuple[int, int, str, str, int]]:
    return [(w.start, w.end, w.upos, w.deprel, w.head) for w in parse.words]


def test_styles_differ_and_keep_the_length() -> None:
    text = "«L’intesa», dice, “non c'è” – per ora"
    texts = [written(text, style) for style in STYLES]
    assert texts[:2] == [
        "«L'intesa», dice, «non c'è» – per ora",
        "“L’intesa”, dice, “non c’è” — per ora",
    ]
    assert len(set(texts)) == len(STYLES)
    assert {len(t) for t in texts} == {len(text)}


@pytest.mark.model
def test_the_style_of_an_article_changes_no_parse() -> None:
    parser = StanzaParser.from_pretrained(SHIPPED / "stanza", SHIPPED / "encoder")
    texts = [d.text for d in read_jsonl(SEEDS / "validation.jsonl")]
    texts = [text for text in texts if re.search("[«“]", text) and '"' not in text][:3]
    assert len(texts) == 3
    for text in texts:
        parses = list(parser.parse(written(text, style) for style in STYLES))
        for one, other in pairwise(parses):
            assert arcs(one) == arcs(other)
            assert [(n.span.start, n.label) for n in one.names] == [
                (n.span.start, n.label) for n in other.names
            ]
