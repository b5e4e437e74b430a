"""How a cue stands in its sentence, as numbers: its form, its relation, who its source is."""

from __future__ import annotations

from quotestance.document import ENTITY_KINDS
from quotestance.extraction import Candidate, Extraction
from quotestance.labelling.quote_features import CUE_FEATURES, cue_features

_FORMS = ("Fin", "Part", "Ger", "Inf")
_MOODS = ("Cnd", "Sub", "Imp")
_TENSES = ("Past", "Pres", "Fut", "Imp")
_RELATIONS = (
    "root", "conj", "acl", "advcl", "xcomp", "ccomp", "amod", "parataxis", "obl", "nsubj", "obj", "nmod",
)  # fmt: skip
_SOURCES = ("name", "nominal", "pronoun")

CUE_SHAPE = (
    CUE_FEATURES
    + len(_FORMS)
    + len(_MOODS)
    + len(_TENSES)
    + len(_RELATIONS)
    + len(_SOURCES)
    + len(ENTITY_KINDS)
    + 6
)


def cue_shape(extraction: Extraction, candidate: Candidate) -> list[float]:
    """Describe the cue of a candidate.

    Args:
        extraction: What was found in the article.
        candidate: A possible quote; without a cue all but ``cue_features`` is 0.

    Returns:
        ``CUE_SHAPE`` numbers.
    """
    plain = cue_features(candidate)
    cue = candidate.cue
    if cue is None:
        return [*plain, *[0.0] * (CUE_SHAPE - len(plain))]
    parse = extraction.parse
    word, words = parse.words[cue.word], parse.words_in(cue.span)
    finite = next((w for w in words if w.feats.get("VerbForm") == "Fin"), None)
    feats = (finite or word).feats
    dependents = parse.children(cue.word)
    number = extraction.mention_at.get(candidate.source) if candidate.source is not None else None
    source = extraction.mentions[number] if number is not None else None
    form = "Fin" if finite is not None else word.feats.get("VerbForm")
    return [
        *plain,
        *(float(form == name) for name in _FORMS),
        *(float(feats.get("Mood") == name) for name in _MOODS),
        *(float(feats.get("Tense") == name) for name in _TENSES),
        *(float(word.deprel.split(":")[0] == name) for name in _RELATIONS),
        *(float(source is not None and source.form == name) for name in _SOURCES),
        *(float(source is not None and source.kind == name) for name in ENTITY_KINDS),
        float(feats.get("Person") in ("1", "2")),
        float(any(w.lemma == "non" for w in dependents)),
        float(any(w.deprel == "aux:pass" for w in dependents)),
        float(candidate.source is not None and candidate.source < cue.word),
        float(any(w.text.lower() == "si" for w in words)),
        float(word.feats.get("VerbForm") == "Part"),
    ]
