"""What the expert on quotes sees: "no quote", and each way to cut a candidate's content."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from quotestance.extraction import Candidate, Extraction
from quotestance.labelling.content_shape import CONTENT_SHAPE, Cutting, content_shape
from quotestance.labelling.cue_shape import CUE_SHAPE, cue_shape
from quotestance.labelling.word_rates import NOTHING, bucket
from quotestance.parsing import Parse

CHOICE_FEATURES = 1 + CONTENT_SHAPE + CUE_SHAPE
# what WordRates are looked up for: of the candidate, then of each content
CANDIDATE_WORDS = ("cue", "cue and marks", "cue and form", "source", "governor")
CONTENT_WORDS = ("root", "cue and root")
CHOICE_WORDS = len(CANDIDATE_WORDS) + len(CONTENT_WORDS)
CHOICE_OPTION_FEATURES = CHOICE_FEATURES + 2 * CHOICE_WORDS


def cues_of(extraction: Extraction) -> dict[int, Candidate]:
    """Return the first candidate of each cue by the word of the cue."""
    found: dict[int, Candidate] = {}
    for candidate in extraction.candidates:
        if candidate.cue is not None:
            found.setdefault(candidate.cue.word, candidate)
    return found


def choice_features(
    extraction: Extraction, candidate: Candidate, cues: Mapping[int, Candidate]
) -> NDArray[np.float32]:
    """Describe "no quote", which comes first, and each content of a candidate.

    Args:
        extraction: What was found in the article.
        candidate: The candidate.
        cues: As ``cues_of`` gives them.

    Returns:
        Shape (1 + c, ``CHOICE_FEATURES``); the cue is described with each option.
    """
    cue = cue_shape(extraction, candidate)
    cuttings = [Cutting.of(extraction.parse, candidate, c) for c in candidate.contents]
    rows = [[1.0, *[0.0] * CONTENT_SHAPE, *cue]]
    rows += [[0.0, *content_shape(cutting, cues), *cue] for cutting in cuttings]
    return np.array(rows, dtype=np.float32)


def choice_words(extraction: Extraction, candidate: Candidate) -> NDArray[np.int64]:
    """Return the buckets of the words of each option, in the order of ``choice_features``.

    Returns:
        Shape (1 + c, ``CHOICE_WORDS``).
    """
    parse = extraction.parse
    lemma, form, governor = _cue_words(parse, candidate)
    told = any(content.type != "indirect" for content in candidate.contents)
    source = parse.words[candidate.source].lemma.lower() if candidate.source is not None else ""
    if not source and candidate.implied is not None:
        source = "="
    shared = [
        bucket("cue", lemma),
        bucket("cue and marks", lemma, str(told)),
        bucket("cue and form", lemma, form),
        bucket("source", source),
        bucket("governor", governor),
    ]
    rows = [[*shared, NOTHING, NOTHING]]
    for content in candidate.contents:
        root = Cutting.of(parse, candidate, content).root
        top = root.lemma.lower() if root is not None else ""
        rows.append([*shared, bucket("root", top), bucket("cue and root", lemma, top)])
    return np.array(rows, dtype=np.int64)


def _cue_words(parse: Parse, candidate: Candidate) -> tuple[str, str, str]:
    """The lemma of the cue, its verb form, and the lemma of the word that governs it."""
    if candidate.cue is None:
        return "", "", ""
    word = parse.words[candidate.cue.word]
    governor = parse.words[word.head].lemma if word.head >= 0 else ""
    return word.lemma.lower(), word.feats.get("VerbForm", ""), governor.lower()
