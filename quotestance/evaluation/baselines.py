"""What little tools reach: baselines that a model must beat, on the same parse and scored the same way.

None of them learns. What finds quotes is one part, what tells their stance another:

* the words in quotation marks, said by the nearest name;
* the candidates of the extraction rules, all taken for quotes, said by the subject of their verb;
* on the latter the stance that the cue alone shows, or the same stance always.

The cue verbs and nouns are those of the cue lexicon (``quotestance/extraction/data/it/cues.tsv``), made
for this project; its last column is the stance of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quotestance.document import (
    STANCE_LABELS,
    Document,
    Entity,
    Quote,
    Speaker,
    Stance,
    StanceLabel,
    overlap_f1,
)
from quotestance.extraction import Candidate, Content, Cue, Extraction, build_entities, extract
from quotestance.extraction.contents import free_content
from quotestance.extraction.marks import find_quotations
from quotestance.parsing import Parse

_FEWEST_WORDS = 3  # in quotation marks; fewer are a term, a title or a nickname
_SAME = 0.5  # contents that share more are one quote


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """What a baseline takes for a quote.

    Attributes:
        content: Its words.
        cue: Its cue; None for none.
        mention: The mention that tells the speaker.
        named: Whether that mention stands with the cue, and so is the speaker's mention.
    """

    content: Content
    cue: Cue | None
    mention: int
    named: bool


StanceRule = Callable[[FoundQuote], str]


def baselines(
    documents: Iterable[Document], parses: Mapping[str, Parse], majority: str
) -> dict[str, list[Document]]:
    """Run all baselines.

    Args:
        documents: The articles; their annotations are not read.
        parses: The parse of each article, by its id.
        majority: The label that the majority baseline gives, as ``majority_label`` tells it.

    Returns:
        The documents of each baseline, by its name.

    Raises:
        KeyError: if an article has no parse.
    """
    found: dict[str, list[Document]] = {
        "quotation marks, nearest name": [],
        "rules, subject": [],
        "rules, stance of the cue": [],
        f"rules, always {majority}": [],
    }
    marks, rules, cue, always = found.values()
    for document in documents:
        extraction = extract(parses[document.id])
        marks.append(_document(document, extraction, list(quoted_by_nearest_name(extraction))))
        quotes = quoted_by_rules(extraction)
        rules.append(_document(document, extraction, quotes))
        cue.append(_document(document, extraction, quotes, cue_stance))
        always.append(_document(document, extraction, quotes, lambda _: majority))
    return found


def majority_label(documents: Iterable[Document]) -> str:
    """Return the label that most stances have; among equals the first of ``STANCE_LABELS``.

    Taken from the annotations that are scored, it is the best that a constant can do.
    """
    counts = Counter(
        stance.label
        for document in documents
        for quote in document.quotes
        for stance in quote.stances
    )
    return max((*STANCE_LABELS, *sorted(counts)), key=counts.__getitem__)


def quoted_by_nearest_name(extraction: Extraction) -> Iterator[FoundQuote]:
    """Yield what stands in quotation marks, each said by the nearest name outside of it.

    Fewer than three words are no quote, nor is a quotation within another. The distance is in
    characters, before or behind; an article without a name has no quote.

    Args:
        extraction: What the rules found in a text; its names are read.
    """
    parse = extraction.parse
    names = [(number, m.span) for number, m in enumerate(extraction.mentions) if m.form == "name"]
    for quotation in find_quotations(parse.text):
        outer = quotation.outer
        words = [w for w in parse.words_in(outer) if w.upos != "PUNCT"]
        content = free_content(parse.text, quotation.segments, "marks")
        if quotation.depth or len(words) < _FEWEST_WORDS or content is None:
            continue
        outside = [
            (max(outer.start - span.end, span.start - outer.end), number)
            for number, span in names
            if not span.overlaps(outer)
        ]
        if outside:
            yield FoundQuote(content, None, min(outside)[1], named=False)


def quoted_by_rules(extraction: Extraction) -> list[FoundQuote]:
    """Return the candidates of the extraction, each cut as its rule likes best.

    The speaker is the subject, or what syntax or place suggests; a candidate that suggests nobody is
    left out, and of candidates that claim the same words all but the first.

    Args:
        extraction: What the rules found in a text.
    """
    kept: list[FoundQuote] = []
    for candidate in extraction.candidates:
        content = candidate.contents[0]
        mention = _speaker(extraction, candidate)
        if mention is not None and not any(
            overlap_f1(content.segments, other.content.segments) >= _SAME for other in kept
        ):
            named = candidate.source in extraction.mention_at
            kept.append(FoundQuote(content, candidate.cue, mention, named))
    return sorted(kept, key=lambda one: one.content.segments)


def cue_stance(quote: FoundQuote) -> StanceLabel:
    """Return the stance that the cue of a quote shows in the cue lexicon; neutral without a cue."""
    entry = quote.cue.entry if quote.cue is not None else None
    return entry.stance if entry is not None else "neutral"


def _speaker(extraction: Extraction, candidate: Candidate) -> int | None:
    heads = (candidate.source, candidate.implied)
    mentions = (extraction.mention_at.get(head) for head in heads if head is not None)
    return next((mention for mention in mentions if mention is not None), None)


def _target(extraction: Extraction, quote: FoundQuote) -> int | None:
    """Return the cluster to which a quote goes: that of the cue's object, or the first named in it."""
    at, of = extraction.mention_at, extraction.cluster_of
    heads = quote.cue.recipients if quote.cue is not None else ()
    objects = [of[at[head]] for head in heads if head in at]
    named = [
        of[number]
        for number, mention in enumerate(extraction.mentions)
        if mention.form == "name" and any(mention.span in s for s in quote.content.segments)
    ]
    return next((c for c in (*objects, *named) if c != of[quote.mention]), None)


def _document(
    document: Document,
    extraction: Extraction,
    found: Sequence[FoundQuote],
    stance: StanceRule | None = None,
) -> Document:
    """Return the article with what a baseline found; without a rule for stances it has none."""
    targets = [_target(extraction, quote) if stance is not None else None for quote in found]
    used = {extraction.cluster_of[quote.mention] for quote in found} | set(targets)
    shown = [c for c in range(len(extraction.clusters)) if c in used or extraction.has_name(c)]
    entities = build_entities(
        extraction.parse, extraction.mentions, [extraction.clusters[c] for c in shown]
    )
    entity_of = dict(zip(shown, entities, strict=True))
    quotes = []
    for number, (quote, target) in enumerate(zip(found, targets, strict=True), start=1):
        speaker = entity_of[extraction.cluster_of[quote.mention]]
        stances = (
            (Stance(entity_of[target], stance(quote)),)
            if stance is not None and target is not None
            else ()
        )
        quotes.append(_quote(f"q{number}", quote, extraction, speaker, stances))
    return replace(document, entities=entities, quotes=tuple(quotes))


def _quote(
    key: str,
    quote: FoundQuote,
    extraction: Extraction,
    speaker: Entity,
    stances: tuple[Stance, ...],
) -> Quote:
    return Quote(
        id=key,
        type=quote.content.type,
        content=quote.content.segments,
        cue=(quote.cue.span,) if quote.cue is not None else (),
        speaker=Speaker(speaker, extraction.mentions[quote.mention].span if quote.named else None),
        stances=stances,
    )
