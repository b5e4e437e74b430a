"""Who stands how toward whom, drawn: parties on a circle, arrows in the colours of the stances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from quotestance.document import Document, ordered_labels
from quotestance.export.html_text import escape_line
from quotestance.export.network import Naming, dyads, plain_name
from quotestance.export.palette import LIGHT, OTHER_TONES, palette_css, tones

_NODE = 6.0  # radius, as all lengths in pixels
_GAP = 3.0  # between a node and its arrows
_LETTER = 7.5  # width of a letter, about
_LINE = 22.0  # height of a line
_LONGEST = 34  # letters of a name
_DASHES: Mapping[str, str] = {
    "conciliatory": "",
    "accusatory": "9 4",
    "neutral": "2 4",
    **dict(zip(OTHER_TONES, ("12 3 2 3", "6 6", "14 6", "4 2", "9 3 2 3 2 3"), strict=True)),
}

_STYLE = """
.quotestance-graph { max-width: 100%; height: auto; background: var(--qs-ground); }
.quotestance-graph text { fill: var(--qs-ink); font: 13px system-ui, "Segoe UI", Roboto, sans-serif; }
.quotestance-graph text.qs-count { font-size: 11px; font-weight: 600; stroke: var(--qs-ground);
  stroke-width: 4px; paint-order: stroke; }
.quotestance-graph circle { fill: var(--qs-ink); }
"""
_COLOURS = "".join(
    f".quotestance-graph path.qs-{tone} {{ stroke: var(--qs-{tone}); }}\n"
    f".quotestance-graph polygon.qs-{tone} {{ fill: var(--qs-{tone}); }}\n"
    for tone in _DASHES
)


class Svg(str):
    """An SVG drawing as text, which notebooks show as the drawing."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


@dataclass(frozen=True, slots=True)
class _Point:
    x: float
    y: float

    def __add__(self, other: _Point) -> _Point:
        return _Point(self.x + other.x, self.y + other.y)

    def __sub__(self, other: _Point) -> _Point:
        return _Point(self.x - other.x, self.y - other.y)

    def __mul__(self, factor: float) -> _Point:
        return _Point(self.x * factor, self.y * factor)

    def __str__(self) -> str:
        return f"{self.x:.1f},{self.y:.1f}"

    @property
    def unit(self) -> _Point:
        return self * (1 / (hypot(self.x, self.y) or 1.0))

    @property
    def right(self) -> _Point:
        """The same length, a quarter turn clockwise."""
        return _Point(-self.y, self.x)


def graph_svg(document: Document) -> Svg:
    """Draw who stands how toward whom in a document.

    Each party that speaks to somebody or is spoken to is a point with its name; each speaker, target
    and stance label an arrow, wider and numbered when several quotes stand so. Parties that only speak
    to nobody are left out.

    Returns:
        A drawing that needs nothing else, inside a page or as a file of its own.
    """
    counts = Counter(
        (quote.speaker.entity.id, stance.target.id, stance.label)
        for quote in document.quotes
        for stance in quote.stances
        if quote.speaker.entity.id != stance.target.id
    )
    names = {
        entity.id: entity.name
        for quote in document.quotes
        for entity in (quote.speaker.entity, *(stance.target for stance in quote.stances))
    }
    return _draw(counts, names, f"Who stands how toward whom in {escape_line(document.id)}")


def network_svg(documents: Iterable[Document], naming: Naming = plain_name, most: int = 12) -> Svg:
    """Draw who stands how toward whom over articles, as ``graph_svg`` does for one.

    Args:
        documents: The articles.
        naming: Under which name a party is counted.
        most: How many parties are shown: those of the pairs with the most quotes between them.
    """
    found = list(dyads(documents, naming))
    pairs = Counter(frozenset((dyad.speaker, dyad.target)) for dyad in found)
    shown: set[str] = set()
    for pair, _ in pairs.most_common():
        # the busiest parties alone might have nothing to say to each other
        if len(shown | pair) <= most:
            shown |= pair
    counts = Counter(
        (dyad.speaker, dyad.target, dyad.stance.label)
        for dyad in found
        if {dyad.speaker, dyad.target} <= shown
    )
    return _draw(counts, {name: name for name in shown}, "Who stands how toward whom")


def _draw(
    counts: Mapping[tuple[str, str, str], int], full_names: Mapping[str, str], label: str
) -> Svg:
    names = {key: _short(name) for key, name in full_names.items()}
    parties = list(dict.fromkeys(key for dyad in counts for key in dyad[:2]))
    radius = max(90.0, 24.0 * len(parties)) if parties else 0.0
    places = {key: _on_circle(index, len(parties), radius) for index, key in enumerate(parties)}
    labels = ordered_labels(stance for _, _, stance in counts)
    tone_of = tones(labels)
    drawn = [
        *_arrows(counts, places, names, tone_of),
        *(_party(places[k], names[k]) for k in parties),
    ]
    if not parties:
        drawn.append('<text text-anchor="middle">no quote speaks to anybody</text>')

    longest = max((len(names[key]) for key in parties), default=20)
    half_width = max(radius + 20 + longest * _LETTER, 190.0)
    half_height = radius + 2 * _LINE
    drawn.append(_legend(half_height + _LINE / 2, tone_of))
    width, height = 2 * half_width, 2 * half_height + _LINE * -(-len(labels) // 3)
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="quotestance-graph" role="img" '
        f'aria-label="{label}" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="{-half_width:.0f} {-half_height:.0f} {width:.0f} {height:.0f}">\n'
        f"<style>\n{palette_css('.quotestance-graph')}{_STYLE}{_COLOURS}</style>\n"
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _on_circle(index: int, count: int, radius: float) -> _Point:
    angle = pi + 2 * pi * index / count  # from the left, so that two parties stand side by side
    return _Point(radius * cos(angle), radius * sin(angle))


def _arrows(
    counts: Mapping[tuple[str, str, str], int],
    places: Mapping[str, _Point],
    names: Mapping[str, str],
    tone_of: Mapping[str, str],
) -> Iterator[str]:
    drawn: Counter[tuple[str, str]] = Counter()
    for (speaker, target, label), count in counts.items():
        number = "1 quote" if count == 1 else f"{count} quotes"
        dyad = f"{escape_line(names[speaker])} → {escape_line(names[target])}"
        title = f"{dyad}: {escape_line(label)}, {number}"
        beside = drawn[speaker, target]  # arrows between the same two are bent more and more
        drawn[speaker, target] += 1
        yield _arrow(places[speaker], places[target], beside, tone_of[label], count, title)


def _arrow(start: _Point, end: _Point, beside: int, tone: str, count: int, title: str) -> str:
    """Draw an arrow that bends to its right, away from one in the other direction."""
    way = end - start
    bend = start + way * 0.5 + way.right * 0.14 + way.right.unit * (34.0 * beside)
    thick = min(1.5 * sqrt(count) + 0.3, 9.0)
    heading = (end - bend).unit
    tip = end - heading * (_NODE + _GAP)
    back = tip - heading * (7 + 1.5 * thick)
    side = heading.right * (2.5 + thick)
    start = start + (bend - start).unit * (_NODE + _GAP)
    middle = start * 0.25 + bend * 0.5 + back * 0.25
    shown = (
        f'<text class="qs-count" x="{middle.x:.1f}" y="{middle.y + 4:.1f}" '
        f'text-anchor="middle">{count}</text>'
    )
    return (
        f"<g><title>{title}</title>"
        f"{_stroke(tone, thick, f'M{start} Q{bend} {back}')}"
        f'<polygon class="qs-{tone}" fill="{LIGHT[tone]}" '
        f'points="{tip} {back + side} {back - side}"/>'
        f"{shown if count > 1 else ''}</g>"
    )


def _stroke(tone: str, width: float, path: str) -> str:
    # The colour stands as an attribute too, for programs that know no CSS variables.
    dashes = f' stroke-dasharray="{_DASHES[tone]}"' if _DASHES[tone] else ""
    return (
        f'<path class="qs-{tone}" fill="none" stroke="{LIGHT[tone]}" '
        f'stroke-width="{width:.1f}"{dashes} d="{path}"/>'
    )


def _party(place: _Point, name: str) -> str:
    out = place.unit
    anchor = "middle" if abs(out.x) < 0.25 else "end" if out.x < 0 else "start"
    words = place + out * (_NODE + 8) + _Point(0, 4.5 + 5 * out.y)
    return (
        f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="{_NODE}"/>'
        f'<text x="{words.x:.1f}" y="{words.y:.1f}" text-anchor="{anchor}">{escape_line(name)}</text>'
    )


def _legend(y: float, tone_of: Mapping[str, str]) -> str:
    entries = []
    for index, (label, tone) in enumerate(tone_of.items()):
        x = -180 + 125 * (index % 3)
        line = y + _LINE * (index // 3)
        entries.append(
            f"{_stroke(tone, 2, f'M{x},{line - 4} h28')}"
            f'<text x="{x + 34}" y="{line}">{escape_line(label)}</text>'
        )
    return "".join(entries)


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
