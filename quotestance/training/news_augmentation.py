"""Copies of sentences with what articles have and treebanks hardly: for the tokenizer alone.

Titles and initials before names, dialogue dashes, datelines, ellipses and brackets, figures with commas,
years without their century, marks with blanks inside, addresses, stops without a blank after them.
The rows that are added have no syntax, and the heads of a copy are those of another sentence: only where
tokens and sentences end is right.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from quotestance.training.parser_data import TreebankSentence, space_after
from quotestance.training.treebank_tokens import Unit, numbered, spaced, token, units_of

_TITLES = (
    "on. dott. dott.ssa prof. prof.ssa avv. ing. arch. geom. rag. sig. sig.ra mons. sen. gen. col. "
    "cap. ten. mar. S. Dott. Prof. Avv. On. Sig. Sen. Mons. Gen. dr. Dr. cav. comm. min. pres."
).split()
_ABBREVIATIONS = (
    "S.p.A. S.r.l. s.r.l. U.S.A. a.C. d.C. p.m. s.n.c. O.N.U. C.G.I.L. ecc. n.d.r.".split()
)
_MARKS = (("«", "»"), ("“", "”"), ("‘", "’"), ('"', '"'), ("„", "“"), ("'", "'"), ("''", "''"))
_DASHES = ("–", "—", "-")
_ENDS = (".", "!", "?", "…", "...")
_ELLIPSES = ("...", "…", "[...]", "[…]", "(...)")
_APOSTROPHES = "'’"
_CITIES = "ROMA MILANO PALERMO NAPOLI TORINO BARI Roma Bologna Firenze Trento Lodi".split()
_ASIDES = ("ndr", "n.d.r.", "sic", "nota", "il sindaco", "la giunta", "il governo")
_LETTERS = "abcdefghilmnoprstuvz"


def augment_for_news(
    sentences: Sequence[TreebankSentence], seed: int, share: float = 0.6
) -> list[TreebankSentence]:
    """Return copies of sentences as articles write; the sentences themselves are not among them.

    Args:
        sentences: Sentences of treebanks.
        seed: Of all that is chosen at random.
        share: Share of the sentences that are copied.
    """
    chance = random.Random(seed)
    copies: list[TreebankSentence] = []
    since = 0  # sentences of the paragraph so far
    for sentence in sentences:
        if chance.random() >= share:
            continue
        edit = chance.choice(_EDITS)
        units = edit(units_of(sentence), chance)
        if units is not None:
            # paragraphs of a few sentences: where they are of one, no end is learned but that of a text
            starts = not copies or (since > 1 and (edit in _OPENING or chance.random() < 0.3))
            since = 1 if starts else since + 1
            copies.append(replace(sentence, rows=numbered(units), new_paragraph=starts))
    return copies


def _ends(units: Sequence[Unit]) -> bool:
    return bool(units) and units[-1][0][1] in _ENDS


def _names(units: Sequence[Unit]) -> list[int]:
    """The places where a name begins."""
    proper = [len(unit) == 1 and unit[0][3] == "PROPN" for unit in units]
    return [i for i, is_name in enumerate(proper) if is_name and not (i and proper[i - 1])]


def _gaps(units: Sequence[Unit]) -> list[int]:
    """The places between two words parted by a blank."""
    return [
        i
        for i in range(1, len(units))
        if space_after(units[i - 1][0]) and units[i][0][1][0].isalpha()
    ]


def _titled(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*on. Galli*, *l'avv. Melis*, *dott. A. Renda*."""
    places = _names(units)
    if not places:
        return None
    at = chance.choice(places)
    added = []
    if chance.random() < 0.8:
        title = chance.choice(_TITLES)
        if title[0] in "aeiouAEIOU" and chance.random() < 0.5:
            article = f"{chance.choice('lL')}{chance.choice(_APOSTROPHES)}"
            added.append(token(article, space=False))
        added.append(token(title))
    if chance.random() < 0.4 or not added:
        count = chance.choice((1, 1, 2))
        added += [token(f"{chance.choice(_LETTERS).upper()}.") for _ in range(count)]
    return [*units[:at], *added, *units[at:]]


def _abbreviated(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*Acciaierie S.p.A. ha*: a point that ends no sentence."""
    places = [i for i in _gaps(units) if units[i][0][1].islower()]
    if not places:
        return None
    at = chance.choice(places)
    return [*units[:at], token(chance.choice(_ABBREVIATIONS)), *units[at:]]


def _elliptic(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*che... insomma*, *la legge […] non prevede*."""
    places = [i for i in _gaps(units) if units[i][0][1].islower()]
    if not places:
        return None
    at, kind = chance.choice(places), chance.choice(_ELLIPSES)
    if kind[0] in "[(":
        added = [token(kind[0], space=False), token(kind[1:-1], space=False), token(kind[-1])]
        return [*units[:at], *added, *units[at:]]
    return [*units[: at - 1], spaced(units[at - 1], False), token(kind), *units[at:]]


def _aside(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*lui [il sindaco, ndr] sapeva*."""
    places = _gaps(units)
    if not places:
        return None
    at, (left, right) = chance.choice(places), chance.choice((("[", "]"), ("(", ")")))
    words = chance.choice(_ASIDES).split()
    inner = [token(word) for word in words]
    if len(words) > 1:
        inner = [*inner[:-1], spaced(inner[-1], False), token(","), token("ndr")]
    added = [token(left, space=False), *inner[:-1], spaced(inner[-1], False), token(right)]
    return [*units[:at], *added, *units[at:]]


def _quoted(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """The sentence in marks, with or without blanks inside them, the stop within or after."""
    if len(units) < 2:
        return None
    left, right = chance.choice(_MARKS)
    blank = left in ("«", "“", '"') and chance.random() < 0.25
    body = list(units)
    stop: list[Unit] = []
    if _ends(body) and chance.random() < 0.6:
        stop = [body.pop()]
    body[-1] = spaced(body[-1], blank)
    return [token(left, space=blank), *body, token(right, space=not stop), *stop]


def _quoted_part(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """A few words of the sentence in marks."""
    places = _gaps(units)
    if len(places) < 3:
        return None
    start = chance.choice(places[:-1])
    end = chance.choice([place for place in places if start < place <= start + 6] or [start + 1])
    left, right = chance.choice(_MARKS)
    inner = [*units[start : end - 1], spaced(units[end - 1], False)]
    return [*units[:start], token(left, space=False), *inner, token(right), *units[end:]]


def _dialogue(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """A turn of a dialogue: *– Non firmo*."""
    return [token(chance.choice(_DASHES), space=chance.random() < 0.8), *units]


def _dateline(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """A place and perhaps a day before it: *PALERMO – La giunta …*."""
    city = token(chance.choice(_CITIES))
    if chance.random() < 0.3:
        city = spaced(city, False)
        day = token(str(chance.randint(1, 31)))
        return [city, token(","), day, token("marzo"), token(chance.choice(_DASHES)), *units]
    return [city, token(chance.choice(_DASHES)), *units]


def _addressed(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*su https://example.org/dati.*, *@trasporti_val*, *#scuola*."""

    def word() -> str:
        return "".join(chance.choice(_LETTERS) for _ in range(chance.randint(3, 10)))

    kind = chance.random()
    if kind < 0.5:
        path = "/".join(word() for _ in range(chance.randint(0, 2)))
        start = chance.choice(("https://", "http://", "https://www.", "www."))
        form = f"{start}{word()}.{chance.choice(('it', 'org', 'com'))}" + (
            f"/{path}" if path else ""
        )
    elif kind < 0.75:
        form = f"@{word()}" + (f"_{word()}" if chance.random() < 0.5 else "")
    else:
        form = f"#{chance.choice((str.lower, str.capitalize))(word())}"
    if chance.random() < 0.2:
        inside = [token("(", space=False), token(form, space=False), token(")")]
        places = _gaps(units)
        at = chance.choice(places) if places else len(units)
        return [*units[:at], *inside, *units[at:]]
    if _ends(units) and chance.random() < 0.6:
        before = [*units[:-2], spaced(units[-2], True)] if len(units) > 1 else []
        return [*before, token(form, space=False), units[-1]]
    places = _gaps(units)
    if not places:
        return None
    at = chance.choice(places)
    return [*units[:at], token(form), *units[at:]]


def _figured(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*del 3,5%*, *12.500*, *9,90 €*, *gli anni '90*, *il 1° maggio*."""
    places = [i for i in _gaps(units) if units[i][0][1].islower()]
    if not places:
        return None
    at = chance.choice(places)
    if chance.random() < 0.3:
        year = f"{chance.choice(_APOSTROPHES)}{chance.randint(10, 99)}"
        before = token(chance.choice(("anni", "nel", "del")))
        return [*units[:at], before, token(year), *units[at:]]
    if chance.random() < 0.15:
        ordinal = f"{chance.randint(1, 20)}{chance.choice('°°ªº')}"
        return [*units[:at], token(ordinal), *units[at:]]
    form = str(chance.randint(0, 99))
    if chance.random() < 0.3:
        form += f".{chance.randint(0, 999):03d}"
    if chance.random() < 0.7:
        form += f",{chance.randint(0, 99)}"
    unit, blank = chance.choice((("%", False), ("€", True), ("", True)))
    added = [token(form, space=blank), token(unit)] if unit else [token(form)]
    return [*units[:at], *added, *units[at:]]


def _trailing(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """An ellipsis at the end: *Aspettavamo una telefonata...*."""
    if not _ends(units) or len(units) < 2:
        return None
    space = chance.random() < 0.2
    return [*units[:-2], spaced(units[-2], space), token(chance.choice(_ELLIPSES[:2]))]


def _unspaced(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """No blank before the next sentence: *Hanno vinto!La piazza esplode.*."""
    if not _ends(units):
        return None
    stop = token(chance.choice(".!?"), space=False)
    return [*units[:-1], stop]


_Edit = Callable[[list[Unit], random.Random], list[Unit] | None]
_EDITS: tuple[_Edit, ...] = (
    _titled,
    _titled,
    _titled,
    _abbreviated,
    _elliptic,
    _aside,
    _quoted,
    _quoted_part,
    _dialogue,
    _dateline,
    _addressed,
    _addressed,
    _figured,
    _figured,
    _trailing,
    _unspaced,
    _unspaced,
)
_OPENING = (_dialogue, _dateline)
