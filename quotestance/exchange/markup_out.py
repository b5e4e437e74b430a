"""Writing the annotation markup (``.qm``), which ``corpus.markup`` reads.

What the markup cannot hold: texts with braces, marks that cross one another, cues that overlap their
content, entities that are mentioned nowhere, probabilities, the caller's own fields, and mentions that are
left out where an alias stands. An article that it cannot hold at all is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quotestance.corpus import MarkupError, parse_markup
from quotestance.document import Document, Entity, Quote, Span
from quotestance.exchange.files import file_stem, is_utf8
from quotestance.exchange.losses import Exported, Loss, left_out

_QUOTE_ID = re.compile(r"q(\d+)")
_Tag = tuple[int, int, str]  # start, end, and the name, such as ``q1`` or ``@lavrov``


def write_qm(documents: Sequence[Document]) -> Exported:
    """Write each document as a file in the markup, named by its id."""
    files: dict[str, str] = {}
    losses: list[Loss] = []
    for document in documents:
        try:
            markup = markup_of(document)
            back = parse_markup(markup, document.id)
        except MarkupError as error:
            losses.append(Loss(document.id, "", f"the document is left out: {error}"))
            continue
        files[f"{file_stem(document.id)}.qm"] = markup
        losses += left_out([document], [back])
    return Exported(files, tuple(losses))


def markup_of(document: Document) -> str:
    """Return a document in the markup; mentions are tagged where no alias tells them.

    Raises:
        MarkupError: when the markup cannot hold the document.
    """
    if set(document.text) & set("{}\r") or document.text.startswith("\n"):
        raise MarkupError("its text has braces or carriage returns, or begins with an empty line")
    if not is_utf8(document.text):
        raise MarkupError("its text has half a character, which UTF-8 cannot hold")
    numbers = _numbers(document.quotes)
    untold = {entity.id: _untold(entity) for entity in document.entities}
    try:
        back = parse_markup(_markup(document, numbers, untold), document.id)
    except MarkupError:
        # Aliases that are part of others' names tell nothing: tag whatever is mentioned.
        untold = {entity.id: set(entity.mentions) for entity in document.entities}
    else:
        told = {entity.id: entity.mentions for entity in back.entities}
        for entity in document.entities:
            untold[entity.id] |= set(entity.mentions) - set(told.get(entity.id, ()))
    return _markup(document, numbers, untold)


def _numbers(quotes: Iterable[Quote]) -> dict[str, str]:
    """Return the number of each quote: that of its id where all have one, else its place."""
    matches = {quote.id: _QUOTE_ID.fullmatch(quote.id) for quote in quotes}
    if all(matches.values()):
        return {key: match[1] for key, match in matches.items() if match}
    return {key: str(number) for number, key in enumerate(matches, start=1)}


def _untold(entity: Entity) -> set[Span]:
    """Return the mentions whose words are no alias."""
    names = {name.casefold() for name in (entity.name, *entity.aliases)}
    return {mention for mention in entity.mentions if mention.text.casefold() not in names}


def _markup(
    document: Document, numbers: Mapping[str, str], mentions: Mapping[str, Iterable[Span]]
) -> str:
    tags: list[_Tag] = []
    quotes: list[Quote] = []
    for quote in document.quotes:
        contents = _tags(document.text, quote.content, f"q{numbers[quote.id]}")
        if not any(_crosses(tag, tags) for tag in contents):
            quotes.append(quote)
            tags += contents
    others: list[_Tag] = []
    for quote in quotes:
        number, mention = numbers[quote.id], quote.speaker.mention
        others += _tags(document.text, quote.cue, f"c{number}")
        others += _tags(document.text, [mention] if mention else [], f"s{number}")
    for key, spans in mentions.items():
        others += _tags(document.text, sorted(spans), f"@{key}")
    for tag in others:
        if not _crosses(tag, tags):
            tags.append(tag)
    header = "".join(f"#{line}\n" for line in _header(document, quotes, numbers))
    return f"{header}#text\n{_tagged(document.text, tags)}\n"


def _header(
    document: Document, quotes: Iterable[Quote], numbers: Mapping[str, str]
) -> Iterator[str]:
    yield f"id: {document.id}"
    if document.domain:
        yield f"domain: {document.domain}"
    for entity in document.entities:
        names = " ; ".join(dict.fromkeys((entity.name, *entity.aliases)))
        yield f"entity: {entity.id} | {entity.kind} | {names} | {entity.side or '-'}"
    for quote in quotes:
        targets = ", ".join(f"{stance.target.id}:{stance.label}" for stance in quote.stances)
        speaker = quote.speaker.entity.id
        yield f"quote: {numbers[quote.id]} | {quote.type} | {speaker} | {targets or '-'}"


def _tags(text: str, spans: Iterable[Span], name: str) -> list[_Tag]:
    """Return a tag for each stretch, without the white space at its edges, which tags cannot have."""
    found = []
    for span in spans:
        words = text[span.start : span.end]
        start = span.start + len(words) - len(words.lstrip())
        if words.strip():
            found.append((start, start + len(words.strip()), name))
    return found


def _crosses(tag: _Tag, others: Iterable[_Tag]) -> bool:
    """Tell whether a tag begins within another and ends outside it, or the other way round."""
    start, end, _ = tag
    return any(a < start < b < end or start < a < end < b for a, b, _ in others)


def _tagged(text: str, tags: Sequence[_Tag]) -> str:
    closed = Counter(end for _, end, _ in tags)
    opened: dict[int, list[_Tag]] = {}
    for tag in sorted(tags, key=lambda tag: -tag[1]):
        opened.setdefault(tag[0], []).append(tag)
    pieces = []
    for index in range(len(text) + 1):
        pieces.append("}" * closed[index])
        pieces += [f"{{{name}:" for _, _, name in opened.get(index, ())]
        pieces.append(text[index : index + 1])
    return "".join(pieces)
