"""Copies of sentences with what articles have and treebanks hardly: for the tokenizer alone.

Titles and initials before names, dialogue dashes, datelines, ellipses and brackets, figures with commas,
years without their century, marks with blanks inside, addresses, questions and exclamations.
The rows that are added have no syntax, and the heads of a copy are those of another sentence: only where
tokens and sentences end is right.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from quotestance.training.parser_data import TreebankSentence, space_after

Row = tuple[str, ...]
Unit = tuple[Row, ...]  # the rows of a token: one, or those of a multi-word token

_TITLES = (
    "on. dott. dott.ssa prof. prof.ssa avv. ing. arch. geom. rag. sig. sig.ra mons. sen. gen. col. "
    "cap. ten. mar. S. Dott. Prof. Avv. On. Sig. Sen. Mons. Gen. dr. Dr. cav. comm. min. pres."
).split()
_ABBREVIATIONS = (
    "S.p.A. S.r.l. s.r.l. U.S.A. a.C. d.C. p.m. s.n.c. O.N.U. C.G.I.L. ecc. n.d.r.".split()
)
_MARKS = (("«", "»"), ("«", "»"), ("'", "'"), ("''", "''"))
_DASHES = ("–", "–", "-")
_ENDS = (".", "!", "?", "…", "...")
_ELLIPSES = ("...", "…", "[...]", "[…]", "(...)")
_CITIES = "ROMA MILANO PALERMO NAPOLI TORINO BARI Roma Bologna Firenze Trento Lodi".split()
_ASIDES = ("ndr", "n.d.r.", "sic", "nota", "il sindaco", "la giunta", "il governo")
_SHORT = 6  # tokens
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
        units = edit(list(sentence.units), chance)
        if units is not None:
            # paragraphs of a few sentences: where they are of one, no end is learned but that of a text
            starts = not copies or (since > 1 and (edit in _OPENING or chance.random() < 0.3))
            since = 1 if starts else since + 1
            copies.append(replace(sentence, rows=_numbered(units), new_paragraph=starts))
    return copies


def _numbered(units: Sequence[Unit]) -> tuple[Row, ...]:
    """Return the rows of tokens with ids in order; the heads are left as they are, wrong."""
    rows: list[Row] = []
    number = 1
    for unit in units:
        words = unit if len(unit) == 1 else unit[1:]
        if len(unit) > 1:
            rows.append((f"{number}-{number + len(words) - 1}", *unit[0][1:]))
        for word in words:
            rows.append((str(number), *word[1:6], "0", *word[7:]))
            number += 1
    return tuple(rows)


def _token(form: str, *, space: bool = True) -> Unit:
    note = "_" if space else "SpaceAfter=No"
    return (("0", form, form, "X", "_", "_", "0", "dep", "_", note),)


def _spaced(unit: Unit, space: bool) -> Unit:
    return ((*unit[0][:9], "_" if space else "SpaceAfter=No"), *unit[1:])


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
    """*on. Galli*, *dott. A. Renda*."""
    places = _names(units)
    if not places:
        return None
    at = chance.choice(places)
    added = []
    if chance.random() < 0.8:
        added.append(_token(chance.choice(_TITLES)))
    if chance.random() < 0.4 or not added:
        count = chance.choice((1, 1, 2))
        added += [_token(f"{chance.choice(_LETTERS).upper()}.") for _ in range(count)]
    return [*units[:at], *added, *units[at:]]


def _abbreviated(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*Acciaierie S.p.A. ha*: a point that ends no sentence."""
    places = [i for i in _gaps(units) if units[i][0][1].islower()]
    if not places:
        return None
    at = chance.choice(places)
    return [*units[:at], _token(chance.choice(_ABBREVIATIONS)), *units[at:]]


def _elliptic(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*che... insomma*, *la legge […] non prevede*."""
    places = [i for i in _gaps(units) if units[i][0][1].islower()]
    if not places:
        return None
    at, kind = chance.choice(places), chance.choice(_ELLIPSES)
    if kind[0] in "[(":
        added = [_token(kind[0], space=False), _token(kind[1:-1], space=False), _token(kind[-1])]
        return [*units[:at], *added, *units[at:]]
    return [*units[: at - 1], _spaced(units[at - 1], False), _token(kind), *units[at:]]


def _aside(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*lui [il sindaco, ndr] sapeva*."""
    places = _gaps(units)
    if not places:
        return None
    at, (left, right) = chance.choice(places), chance.choice((("[", "]"), ("(", ")")))
    words = chance.choice(_ASIDES).split()
    inner = [_token(word) for word in words]
    if len(words) > 1:
        inner = [*inner[:-1], _spaced(inner[-1], False), _token(","), _token("ndr")]
    added = [_token(left, space=False), *inner[:-1], _spaced(inner[-1], False), _token(right)]
    return [*units[:at], *added, *units[at:]]


def _quoted(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """The sentence in marks, with or without blanks inside them, the stop within or after."""
    if len(units) < 2:
        return None
    left, right = chance.choice(_MARKS)
    blank = left == "«" and chance.random() < 0.25
    body = list(units)
    stop: list[Unit] = []
    if _ends(body) and chance.random() < 0.6:
        stop = [body.pop()]
    body[-1] = _spaced(body[-1], blank)
    return [_token(left, space=blank), *body, _token(right, space=not stop), *stop]


def _quoted_part(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """A few words of the sentence in marks."""
    places = _gaps(units)
    if len(places) < 3:
        return None
    start = chance.choice(places[:-1])
    end = chance.choice([place for place in places if start < place <= start + 6] or [start + 1])
    left, right = chance.choice(_MARKS)
    inner = [*units[start : end - 1], _spaced(units[end - 1], False)]
    return [*units[:start], _token(left, space=False), *inner, _token(right), *units[end:]]


def _dialogue(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """A turn of a dialogue: *– Non firmo*."""
    return [_token(chance.choice(_DASHES), space=chance.random() < 0.8), *units]


def _dateline(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """A place and perhaps a day before it: *PALERMO – La giunta …*."""
    city = _token(chance.choice(_CITIES))
    if chance.random() < 0.3:
        city = _spaced(city, False)
        day = _token(str(chance.randint(1, 31)))
        return [city, _token(","), day, _token("marzo"), _token(chance.choice(_DASHES)), *units]
    return [city, _token(chance.choice(_DASHES)), *units]


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
    if _ends(units) and chance.random() < 0.6:
        before = [*units[:-2], _spaced(units[-2], True)] if len(units) > 1 else []
        return [*before, _token(form, space=False), units[-1]]
    places = _gaps(units)
    if not places:
        return None
    at = chance.choice(places)
    return [*units[:at], _token(form), *units[at:]]


def _figured(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """*del 3,5%*, *12.500*, *9,90 €*, *gli anni '90*."""
    places = [i for i in _gaps(units) if units[i][0][1].islower()]
    if not places:
        return None
    at = chance.choice(places)
    if chance.random() < 0.3:
        year = f"'{chance.randint(10, 99)}"
        return [
            *units[:at],
            _token(chance.choice(("anni", "nel", "del"))),
            _token(year),
            *units[at:],
        ]
    form = str(chance.randint(0, 99))
    if chance.random() < 0.3:
        form += f".{chance.randint(0, 999):03d}"
    if chance.random() < 0.7:
        form += f",{chance.randint(0, 99)}"
    unit, blank = chance.choice((("%", False), ("€", True), ("", True)))
    added = [_token(form, space=blank), _token(unit)] if unit else [_token(form)]
    return [*units[:at], *added, *units[at:]]


def _trailing(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """An ellipsis at the end: *Aspettavamo una telefonata...*."""
    if not _ends(units) or len(units) < 2:
        return None
    space = chance.random() < 0.2
    return [*units[:-2], _spaced(units[-2], space), _token(chance.choice(_ELLIPSES[:2]))]


def _stopped(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """Perhaps another mark at the end: *Hanno vinto!*."""
    if not _ends(units):
        return None
    return [*units[:-1], _token(chance.choice((".", ".", "!", "?")))]


def _shortened(units: list[Unit], chance: random.Random) -> list[Unit] | None:
    """The first words alone: *Non firmo!*. Without such the tokenizer learns that sentences are long."""
    places = [i for i in _gaps(units) if i <= _SHORT]
    if not places:
        return None
    at = chance.choice(places)
    return [*units[: at - 1], _spaced(units[at - 1], False), _token(chance.choice(_ENDS))]


_Edit = Callable[[list[Unit], random.Random], list[Unit] | None]
_EDITS: tuple[_Edit, ...] = (
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
    _figured,
    _figured,
    _trailing,
    _stopped,
    _shortened,
    _shortened,
)
_OPENING = (_dialogue, _dateline)
