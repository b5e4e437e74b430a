"""Documents that go through every format: real ones, and some made to break formats."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from quotestance import Document
from quotestance.corpus import read_jsonl

SEEDS = Path(__file__).parents[2] / "seeds"


def document(name, text, quotes=(), entities=(), **fields):
    """Return a document; stretches are given by their words, a list of them for several segments."""

    def spans(words, start=0):
        found = []
        for part in [words] if isinstance(words, str) else words:
            start = text.index(part, start)
            found.append([start, start + len(part)])
            start += len(part)
        return found

    return Document.from_dict(
        {
            "id": name,
            "text": text,
            "entities": [
                {**entity, "mentions": [s for m in entity.get("mentions", ()) for s in spans(m)]}
                for entity in entities
            ],
            "quotes": [
                {
                    **quote,
                    "id": quote.get("id", f"q{number}"),
                    "content": spans(quote["content"]),
                    "cue": spans(quote["cue"]) if "cue" in quote else [],
                    "speaker": {
                        **quote["speaker"],
                        "mention": spans(quote["speaker"]["mention"])[0]
                        if "mention" in quote["speaker"]
                        else None,
                    },
                }
                for number, quote in enumerate(quotes, start=1)
            ],
            **fields,
        }
    )


def party(key, *mentions, kind="person", name=None, aliases=None, side=None):
    names = [*dict.fromkeys((name or mentions[0], *mentions))] if aliases is None else aliases
    return {
        "id": key,
        "kind": kind,
        "name": name or mentions[0],
        "aliases": names,
        "side": side,
        "mentions": mentions,
    }


def quote(content, speaker, *targets, kind="indirect", cue=None, mention=None, **fields):
    data = {
        "type": kind,
        "content": content,
        "speaker": {"entity": speaker, **({"mention": mention} if mention else {})},
        "stances": [{"target": target, "label": label} for target, label in targets],
        **fields,
    }
    return {**data, "cue": cue} if cue else data


def hostile(target):
    return target, "accusatory"


NASTY = (
    document(
        "emoji",
        "💩 Evviva 👨🏻‍🚒!\n«Forza 😊 Rossi 💪», dice Anna 🎉 Verdi 😡, poi tace.",
        [
            quote(
                "Forza 😊 Rossi 💪",
                "verdi",
                hostile("rossi"),
                kind="direct",
                cue="dice",
                mention="Anna 🎉 Verdi",
            )
        ],
        [party("verdi", "Anna 🎉 Verdi"), party("rossi", "Rossi", kind="org", side="Lega 🦁")],
    ),
    document(
        "line-ends",
        "Rossi dice che\til treno\narriva\n\n  alle\tnove\r\ne parte. Fine.",
        [
            quote(
                "il treno\narriva\n\n  alle\tnove\r\ne parte", "rossi", cue="dice", mention="Rossi"
            )
        ],
        [party("rossi", "Rossi")],
    ),
    document(
        "discontinuous",
        "«Vinceremo», si è Rossi detto certo, «domani» e «sempre».",
        [
            quote(
                ["Vinceremo", "domani", "sempre"],
                "rossi",
                kind="direct",
                cue=["si è", "detto certo"],
                mention="Rossi",
            )
        ],
        [party("rossi", "Rossi")],
    ),
    document(
        "no-cue",
        "Rossi: «Pronti». «Mai».",
        [
            quote("Pronti", "rossi", kind="direct", mention="Rossi"),
            quote("Mai", "rossi", kind="direct"),
        ],
        [party("rossi", "Rossi")],
    ),
    document(
        "unmentioned",
        "Ha detto che non va bene. Secondo Bianchi piove.",
        [
            quote("non va bene", "ghost", hostile("shade"), ("bianchi", "neutral"), cue="Ha detto"),
            quote("piove", "bianchi", ("shade", "conciliatory"), cue="Secondo", mention="Bianchi"),
        ],
        [
            party("idle", name="Nessuno", kind="group"),
            party("bianchi", "Bianchi", aliases=["Bianchi"], side="Svizzera"),
            party("ghost", name="Il Fantasma", kind="org"),
            party("shade", name="L'ombra: della sera", kind="gpe"),
        ],
    ),
    document(
        "two-targets",
        "Rossi loda Verdi e accusa Neri di tacere.",
        [
            quote(
                "tacere",
                "rossi",
                ("neri", "accusatory"),
                ("verdi", "conciliatory"),
                cue=["loda", "accusa"],
                mention="Rossi",
            )
        ],
        [party("rossi", "Rossi"), party("verdi", "Verdi"), party("neri", "Neri")],
    ),
    document(
        "nested",
        "Rossi dice che Verdi ha detto che piove.",
        [
            quote("Verdi ha detto che piove", "rossi", cue="dice", mention="Rossi"),
            quote("piove", "verdi", cue="ha detto", mention="Verdi"),
        ],
        [party("rossi", "Rossi"), party("verdi", "Verdi")],
    ),
    document(
        "crossing",
        "Rossi e Verdi dicono uno due tre quattro.",
        [
            quote("uno due tre", "rossi", cue="dicono", mention="Rossi"),
            quote("due tre quattro", "both", cue="dicono", mention="Rossi e Verdi"),
        ],
        [party("rossi", "Rossi"), party("both", "Rossi e Verdi", "Verdi dicono", kind="group")],
    ),
    document(
        "a strange/id 100%",
        "#Testo_con [segni] | strani; *tutti* -> \\n e\\poi 'Tizio' dice: {basta}.",
        [
            quote(
                "{basta}",
                "ti zio",
                ("b|c", "neutral"),
                id="un id | strano",
                cue="dice",
                mention="'Tizio'",
            ),
            quote("*tutti* -> \\n", "b|c", id="q1"),
        ],
        [
            party("ti zio", "'Tizio'", name='Il "Tizio"; detto\tT | z', aliases=[]),
            party("b|c", "[segni] | strani", kind="org", side="; |"),
        ],
        domain="cro|naca",
        anno=2025,
        nota={"a": [1, None]},
    ),
    document(
        "half-a-word",
        "Il vicepresidente dice nientepopodimeno.",
        [quote("nientepopo", "presidente", cue="dice", mention="presidente")],
        [party("presidente", "presidente", "vice")],
    ),
    document(
        "own-labels",
        "Rossi loda Verdi e accusa Neri di tacere, non Bianchi.",
        [
            quote(
                "tacere",
                "rossi",
                ("neri", "strongly-oppose"),
                ("verdi", "più_che_d_accordo"),
                ("shade", "support"),
                ("bianchi", "Speaker"),
                cue=["loda", "accusa"],
                mention="Rossi",
            ),
        ],
        [
            party("rossi", "Rossi"),
            party("verdi", "Verdi"),
            party("neri", "Neri"),
            party("bianchi", "Bianchi"),
            party("shade", name="L'ombra"),
        ],
    ),
    document("empty", ""),
    document("no-quotes", " Due righe\nsenza nulla. \n", entities=[party("righe", "righe")]),
    document(
        "predicted",
        "Rossi dice che piove. Poi ringrazia Verdi.",
        [
            quote("piove", "rossi", ("verdi", "neutral"), cue="dice", mention="Rossi", score=0.75),
            quote("ringrazia Verdi", "rossi", score=0.5),
        ],
        [party("rossi", "Rossi"), party("verdi", "Verdi")],
    ),
)


@pytest.fixture(scope="session")
def real():
    """The seed article and ten of the validation part."""
    validation = read_jsonl(SEEDS / "corpus" / "validation.jsonl")
    return (*read_jsonl(SEEDS / "lavrov-rubio.jsonl"), *islice(validation, 10))


@pytest.fixture(params=NASTY, ids=lambda document: document.id)
def nasty(request):
    return request.param


@pytest.fixture(scope="session")
def seeds():
    return SEEDS
