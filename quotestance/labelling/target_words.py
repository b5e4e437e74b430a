"""The words by which the expert on targets knows how a quote and a party stand together.

*Accusare* makes its object the target, *annunciare* hardly ever anybody; *contro* in the content tells of
its noun what *presso* does not. ``WordRates`` hold how often such words came with a target.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotestance.extraction import Mention
from quotestance.labelling.content_shape import Cutting
from quotestance.labelling.discourse import Attribution, Discourse, inside
from quotestance.labelling.word_rates import NOTHING, bucket
from quotestance.parsing import Parse

# what WordRates are looked up for: of the quote, then of each party
QUOTE_WORDS = ("said: cue", "said: root", "said: cue and type", "said: cue and root")
PARTY_WORDS = (
    "cue and relation",
    "root and relation",
    "governor",
    "relation and kind",
    "cue and place",
    "root and place",
)
TARGET_WORDS = len(QUOTE_WORDS) + len(PARTY_WORDS)


def target_words(
    discourse: Discourse, attribution: Attribution, parties: Sequence[int]
) -> NDArray[np.int64]:
    """Return the buckets of the words of "nobody", which comes first, and of each party.

    Args:
        discourse: The article's quotes.
        attribution: The quote.
        parties: Clusters, as ``Discourse.parties`` gives them.

    Returns:
        Shape (1 + p, ``TARGET_WORDS``); the words of the quote are told with each option.
    """
    parse = discourse.extraction.parse
    cue = attribution.candidate.cue
    verb = parse.words[cue.word].lemma.lower() if cue is not None else ""
    top = Cutting.of(parse, attribution.candidate, attribution.content).root
    root = top.lemma.lower() if top is not None else ""
    peak = top.index if top is not None else None
    told = ((verb,), (root,), (verb, attribution.content.type), (verb, root))
    quote = _buckets(QUOTE_WORDS, told)
    rows = [[*quote, *[NOTHING] * len(PARTY_WORDS)]]
    for party in parties:
        place, relation, governor, kind = _stands(discourse, attribution, party, peak)
        role = f"{place}:{relation}"
        words = ((verb, role), (root, role), governor, (role, kind), (verb, place), (root, place))
        rows.append([*quote, *_buckets(PARTY_WORDS, words)])
    return np.array(rows, dtype=np.int64)


def _buckets(kinds: Sequence[str], words: Sequence[Sequence[str]]) -> list[int]:
    return [bucket(kind, *some) for kind, some in zip(kinds, words, strict=True)]


def _stands(
    discourse: Discourse, attribution: Attribution, party: int, root: int | None
) -> tuple[str, str, tuple[str, str], str]:
    """Where a party stands, in what relation, under which word, and of what kind it is.

    The places: R addressed by the cue, S in the content, B beside it in the sentence, F farther away.
    """
    parse, cue = discourse.extraction.parse, attribution.candidate.cue
    here = discourse.sentence(attribution)
    near = discourse.mentions_near(party, here)
    mentions = [discourse.extraction.mentions[number] for number in near]
    kind = next((m.kind for m in mentions if m.kind), "")
    heads = set(cue.recipients) if cue is not None else set()
    asked = [m for m in mentions if m.head in heads]
    if asked:
        return "R", f"{_relation(parse, asked[0])}:{parse.case(asked[0].head)}", ("", ""), kind
    said = [m for m in mentions if inside(m, attribution.content)]
    if said:
        highest = min(said, key=lambda m: sum(1 for _ in parse.ancestors(m.head)))
        head = parse.words[highest.head].head
        on_top = "^" if root is not None and head == root else ""
        relation = _relation(parse, highest)
        above = parse.words[head].lemma.lower() if head >= 0 else ""
        return "S", relation + on_top, (above, relation + parse.case(highest.head)), kind
    beside = any(discourse.sentence_of[number] == here for number in near)
    return "B" if beside else "F", "", ("", ""), kind


def _relation(parse: Parse, mention: Mention) -> str:
    return parse.words[mention.head].deprel.split(":")[0]
