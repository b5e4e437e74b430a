"""The parts of a document as HTML: its text with the quotes marked, the legend, the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quotestance.document import STANCE_LABELS, Document, Entity, Quote, Stance
from quotestance.export.html_text import escape_line, escape_text
from quotestance.export.marking import Close, Mark, Note, Open, Paragraph, Text, sweep
from quotestance.export.palette import tones_of

_ELEMENTS = {"content": "mark", "speaker": "strong", "cue": "em"}

_SEVERAL = "several"  # class of quotes with several labels, one of them not shipped
_LEGEND = (
    '<ul class="qs-legend">'
    '<li><mark class="qs-conciliatory">conciliatory</mark></li>'
    '<li><mark class="qs-accusatory">accusatory</mark></li>'
    '<li><mark class="qs-both">both</mark> toward several</li>'
    '<li><mark class="qs-neutral">neutral</mark></li>'
    '<li><mark class="qs-none">toward nobody</mark></li>'
    '<li><strong class="qs-speaker">speaker</strong></li>'
    '<li><em class="qs-cue">cue</em></li>'
    "</ul>\n"
)


def legend() -> str:
    """Return what the marks in the text mean, as HTML; of the labels only the shipped ones."""
    return _LEGEND


def own_labels(document: Document) -> str:
    """Return what the marks of other labels mean, as HTML; empty where only shipped ones occur."""
    items = [
        f'<li><mark class="qs-{tone}">{escape_line(label)}</mark></li>'
        for label, tone in tones_of(document).items()
        if label not in STANCE_LABELS
    ]
    if not items:
        return ""
    items.append(f'<li><mark class="qs-{_SEVERAL}">several</mark> with other labels</li>')
    return f'<ul class="qs-labels">{"".join(items)}</ul>\n'


def heading(document: Document, level: int | None = None) -> str:
    """Return the id of a document, the kind of news and the number of its quotes, as HTML.

    Args:
        document: The document.
        level: Level of the heading; the id is bold text when left out.
    """
    element = f"h{level}" if level else "strong"
    name = f"<{element}>{escape_line(document.id)}</{element}>"
    return f'<div class="qs-head">{name}<span>{_summary(document)}</span></div>\n'


def article(document: Document) -> str:
    """Return the text of a document with its quotes marked, as an HTML element ``article``.

    The text within the element is the document's, character by character but for what
    ``html_text.printable`` replaces. The badges after the quotes are attributes that the style sheet
    shows, so that they are neither part of the text nor copied with it.
    """
    return f'<article class="qs-text" lang="it">{"".join(_article(document))}</article>\n'


def table(document: Document) -> str:
    """Return the quotes of a document as an HTML table that can be folded; empty without quotes."""
    if not document.quotes:
        return ""
    tones = tones_of(document)
    rows = "".join(
        _row(number, quote, tones) for number, quote in enumerate(document.quotes, start=1)
    )
    columns = "".join(
        f'<th scope="col">{name}</th>'
        for name in ("", "speaker", "stance → target", "type", "p", "words")
    )
    return (
        '<details class="qs-quotes" open><summary>quotes</summary><div><table>\n'
        f"<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div></details>\n"
    )


def tone(quote: Quote, tones: Mapping[str, str]) -> str:
    """Return how a quote is coloured: by the stance that it takes toward any of its targets.

    That is a colour of the palette, ``both`` for conciliatory and accusatory, ``several`` for several
    with other labels, or ``none``.

    Args:
        quote: The quote.
        tones: The colours of the labels, as ``palette.tones`` gives them.
    """
    labels = {stance.label for stance in quote.stances}
    taken = labels - {"neutral"}
    if len(taken) > 1:
        return "both" if taken.issubset(STANCE_LABELS) else _SEVERAL
    label = next(iter(taken or labels), None)
    return "none" if label is None else tones[label]


def _article(document: Document) -> Iterator[str]:
    tones = tones_of(document)
    for event in sweep(document):
        match event:
            case Text(start, end):
                yield escape_text(document.text[start:end])
            case Open(mark, again):
                yield _open(document, mark, again, tones)
            case Close(mark):
                yield f"</{_ELEMENTS[mark.kind]}>"
            case Note(index):
                yield _badges(index + 1, document.quotes[index], tones)
            case Paragraph(starts):
                yield "<p>" if starts else "</p>"


def _open(document: Document, mark: Mark, again: bool, tones: Mapping[str, str]) -> str:
    quotes = [(index + 1, document.quotes[index]) for index in mark.quotes]
    if mark.kind == "content":
        [(number, quote)] = quotes
        shown = "" if again else f' data-number="{number}"'
        return f'<mark class="qs-{tone(quote, tones)}" title="{_title(number, quote)}"{shown}>'
    numbers = ", ".join(str(number) for number, _ in quotes)
    names = dict.fromkeys(_party(quote.speaker.entity) for _, quote in quotes)
    title = f"{mark.kind} of {numbers}: {'; '.join(names)}"
    return f'<{_ELEMENTS[mark.kind]} class="qs-{mark.kind}" title="{title}">'


def _title(number: int, quote: Quote) -> str:
    """Return all that is known about a quote, on one line."""
    speaker = _party(quote.speaker.entity) + _in_brackets(quote.speaker.score)
    targets = "; ".join(
        f"{escape_line(stance.label)} → {_party(stance.target)}{_in_brackets(stance.score)}"
        for stance in quote.stances
    )
    parts = [f"{number}: {speaker}", targets or "toward nobody"]
    return " | ".join([*parts, f"{quote.type} quote{_in_brackets(quote.score)}"])


def _badges(number: int, quote: Quote, tones: Mapping[str, str]) -> str:
    """Return who speaks and how toward whom, a badge for each target."""
    speaker = f"{number} {escape_line(quote.speaker.entity.name)}"
    if not quote.stances:
        return _badge("none", speaker)
    first, *others = quote.stances
    return _badge(tones[first.label], f"{speaker} {_stance(first)}") + "".join(
        _badge(tones[stance.label], f"{number} {_stance(stance)}") for stance in others
    )


def _badge(tone: str, label: str) -> str:
    return f'<span class="qs-badge qs-{tone}" data-badge="{label}"></span>'


def _stance(stance: Stance) -> str:
    score = "" if stance.score is None else f" {stance.score:.2f}"
    return f"→ {escape_line(stance.target.name)}: {escape_line(stance.label)}{score}"


def _row(number: int, quote: Quote, tones: Mapping[str, str]) -> str:
    stances = "<br>".join(
        f'<span class="qs-label qs-{tones[stance.label]}">{escape_line(stance.label)}</span> → '
        f"{escape_line(stance.target.name)}{_score(stance.score)}"
        for stance in quote.stances
    )
    cells = (
        f"{escape_line(quote.speaker.entity.name)}{_score(quote.speaker.score)}",
        stances or "–",
        quote.type,
        "–" if quote.score is None else f"{quote.score:.2f}",
        escape_line(quote.text),
    )
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{number}</th>{row}</tr>\n'


def _score(score: float | None) -> str:
    return "" if score is None else f' <span class="qs-score">{score:.2f}</span>'


def _in_brackets(score: float | None) -> str:
    return "" if score is None else f" ({score:.2f})"


def _party(entity: Entity) -> str:
    known = [entity.name, entity.kind, *filter(None, (entity.side,))]
    return " · ".join(map(escape_line, known))


def _summary(document: Document) -> str:
    count = len(document.quotes)
    number = "no quotes found" if not count else "1 quote" if count == 1 else f"{count} quotes"
    return " · ".join(filter(None, (escape_line(document.domain or ""), number)))
