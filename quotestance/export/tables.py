"""Documents as rows, one for each quote and target: for CSV files and data frames."""

from __future__ import annotations

from dataclasses import dataclass

from quotestance.document import Document, QuoteType


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A quote with one of its targets.

    Attributes:
        document: Id of the document.
        quote: Id of the quote.
        type: Type of the quote.
        start: Offset of the content's first character in the document's text.
        end: Offset after its last character; a content of several segments has other words between.
        text: The content, its segments joined by `` … ``.
        cue: The cue, joined likewise; empty for a bare quote.
        speaker: Name of the speaker.
        speaker_mention: The words that name the speaker; None for an unnamed subject.
        target: Name of the target; None for a quote that speaks to nobody.
        stance: The stance toward the target; None without one.
        score: Probability that this is a quote; None in annotations, as the next two.
        speaker_score: Probability of the speaker.
        stance_score: Probability of the stance toward the target.
    """

    document: str
    quote: str
    type: QuoteType
    start: int
    end: int
    text: str
    cue: str
    speaker: str
    speaker_mention: str | None
    target: str | None
    stance: str | None
    score: float | None
    speaker_score: float | None
    stance_score: float | None


def quote_rows(document: Document) -> list[QuoteRow]:
    """Return the quotes of a document as rows, in the order of the text.

    A quote with two targets makes two rows, one without a target makes one. ``pandas.DataFrame``
    takes the list as it is. Offsets are characters of the document's text, end exclusive.
    """
    return [
        QuoteRow(
            document=document.id,
            quote=quote.id,
            type=quote.type,
            start=quote.content[0].start,
            end=quote.content[-1].end,
            text=quote.text,
            cue=quote.cue_text,
            speaker=quote.speaker.entity.name,
            speaker_mention=quote.speaker.mention.text if quote.speaker.mention else None,
            target=stance.target.name if stance else None,
            stance=stance.label if stance else None,
            score=quote.score,
            speaker_score=quote.speaker.score,
            stance_score=stance.score if stance else None,
        )
        for quote in document.quotes
        for stance in quote.stances or (None,)
    ]
