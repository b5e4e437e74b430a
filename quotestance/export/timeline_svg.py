"""How one party stands toward another over time, drawn: a lane for each stance, a point for each quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from quotestance.document import Document, ordered_labels
from quotestance.errors import QuotestanceError
from quotestance.export.graph_svg import Svg
from quotestance.export.html_text import escape_line
from quotestance.export.network import Naming, dyads, plain_name
from quotestance.export.palette import LIGHT, palette_css, tones

_LEFT, _WIDTH = 110.0, 520.0  # of the lanes, in pixels as all lengths
_LANE = 44.0
_TOP = 30.0
_RADIUS = 5.5
_STYLE = """
.quotestance-timeline { max-width: 100%; height: auto; background: var(--qs-ground); }
.quotestance-timeline text { fill: var(--qs-ink); font: 13px system-ui, "Segoe UI", Roboto, sans-serif; }
.quotestance-timeline line { stroke: var(--qs-line); }
"""


def timeline_svg(
    documents: Iterable[Document],
    dates: Mapping[str, date],
    speaker: str,
    target: str,
    naming: Naming = plain_name,
) -> Svg:
    """Draw the stances that one party takes toward another over time.

    Args:
        documents: The articles.
        dates: The day of each, by its id.
        speaker: The name of who speaks, as ``naming`` gives it.
        target: The name of the other party.
        naming: Under which name a party is counted.

    Returns:
        A drawing that needs nothing else.

    Raises:
        QuotestanceError: when an article has no date, or no quote is said so.
    """
    found = [d for d in dyads(documents, naming) if (d.speaker, d.target) == (speaker, target)]
    if not found:
        raise QuotestanceError(f"no quote of {speaker!r} toward {target!r}")
    undated = sorted({dyad.document for dyad in found} - dates.keys())
    if undated:
        raise QuotestanceError(f"no date for the articles {', '.join(undated)}")
    labels = ordered_labels(dyad.stance.label for dyad in found)
    lanes = {label: lane for lane, label in enumerate(labels)}
    tone_of = tones(labels)
    days = sorted({dates[dyad.document] for dyad in found})
    span = max((days[-1] - days[0]).days, 1)
    bottom = _TOP + _LANE * len(lanes)
    parts = []
    for label, lane in lanes.items():
        y = _TOP + _LANE * (lane + 0.5)
        parts.append(
            f'<text x="{_LEFT - 12}" y="{y + 4}" text-anchor="end">{escape_line(label)}</text>'
        )
        parts.append(f'<line x1="{_LEFT}" x2="{_LEFT + _WIDTH}" y1="{y}" y2="{y}"/>')
    stacked = Counter((dates[dyad.document], dyad.stance.label) for dyad in found)
    drawn: Counter[tuple[date, str]] = Counter()
    for dyad in found:
        day, label = dates[dyad.document], dyad.stance.label
        x = _LEFT + 20 + (_WIDTH - 40) * (day - days[0]).days / span
        # quotes of one day stand above each other, closer the more they are, within their lane
        above = stacked[day, label] - 1
        step = min(2 * _RADIUS + 1, (_LANE - 2 * _RADIUS - 2) / max(above, 1))
        y = _TOP + _LANE * (lanes[label] + 0.5) + step * (above / 2 - drawn[day, label])
        drawn[day, label] += 1
        tone = tone_of[label]
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS}" style="fill: var(--qs-{tone})" '
            f'fill="{LIGHT[tone]}"><title>{day:%d.%m.%Y}, {escape_line(dyad.document)}: '
            f"{escape_line(dyad.quote.text)}</title></circle>"
        )
    for day, anchor in ((days[0], "start"), (days[-1], "end"))[: len(days)]:
        x = _LEFT if anchor == "start" else _LEFT + _WIDTH
        parts.append(
            f'<text x="{x}" y="{bottom + 16}" text-anchor="{anchor}">{day:%d.%m.%Y}</text>'
        )
    title = f"{escape_line(speaker)} toward {escape_line(target)}"
    width, height = _LEFT + _WIDTH + 20, bottom + 30
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="quotestance-timeline" role="img" '
        f'aria-label="{title}" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}">\n'
        f"<style>\n{palette_css('.quotestance-timeline')}{_STYLE}</style>\n"
        f'<text x="{_LEFT}" y="18">{title}</text>\n' + "\n".join(parts) + "\n</svg>\n"
    )
