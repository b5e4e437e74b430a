"""Plots as inline SVG, drawn by hand so that a report needs nothing but a browser.

Colours are CSS variables of the page, of the palette of Okabe and Ito (2008), which the colour-blind
tell apart; lines differ in their dashes too. All text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from quotestance.evaluation.bootstrap import Intervals
from quotestance.evaluation.calibration import Calibration, CurvePoint, ScoreKind
from quotestance.evaluation.figures import FIGURES

STYLE = """
svg.qs-plot { max-width: 100%; height: auto; font: 12px system-ui, sans-serif; }
svg.qs-plot text { fill: var(--ink); }
svg.qs-plot .axis { stroke: var(--ink); fill: none; }
svg.qs-plot .grid { stroke: var(--rule); fill: none; }
svg.qs-plot .ideal { stroke: var(--soft); stroke-dasharray: 2 3; fill: none; }
svg.qs-plot .bar { fill: var(--one); fill-opacity: .55; }
svg.qs-plot .whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }
svg.qs-plot .line { fill: none; stroke-width: 2; }
svg.qs-plot .quote { stroke: var(--one); } svg.qs-plot circle.quote { fill: var(--one); }
svg.qs-plot .speaker { stroke: var(--two); stroke-dasharray: 7 3; }
svg.qs-plot circle.speaker { fill: var(--two); stroke-dasharray: none; }
svg.qs-plot .stance { stroke: var(--three); stroke-dasharray: 2 2; }
svg.qs-plot circle.stance { fill: var(--three); stroke-dasharray: none; }
"""

_PAPER = (
    "background: #fff; --ink: #1a1a1a; --soft: #666; --rule: #ddd; "
    "--one: #0072b2; --two: #d55e00; --three: #00785a;"
)
_SIDE = 200.0  # of a square plot
_LEFT, _TOP, _GAP = 48.0, 28.0, 60.0
_ROW = 26.0  # of a bar
_NAMES = 130.0  # width of the names of the bars
_WIDTH = 420.0  # of the bars from 0 to 1
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_MOST_POINTS = 200  # of a line; more cannot be seen


class Plot(str):
    """A plot as SVG for a page that has ``STYLE`` and its colours; notebooks show it on white paper."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f'<div style="{_PAPER}"><style>{STYLE}</style>{self}</div>'


def reliability_plot(measured: Mapping[ScoreKind, Calibration]) -> Plot:
    """Return a square for each kind of probability: what is right against what was promised.

    Args:
        measured: The calibration of each kind; kinds with no scores have an empty square.
    """
    parts = []
    for place, (kind, one) in enumerate(measured.items()):
        left = _LEFT + place * (_SIDE + _GAP)
        parts += _square(left, f"{kind}, error {one.error:.3f}" if one.count else f"{kind}: none")
        parts.append(_line("ideal", [(left, _TOP + _SIDE), (left + _SIDE, _TOP)]))
        told = [b for b in one.bins if b.count]
        points = [_point(left, b.score, b.accuracy) for b in told]
        parts.append(_line(f"line {kind}", points))
        most = max((b.count for b in told), default=1)
        for (x, y), b in zip(points, told, strict=True):
            tip = f"{b.count} with mean score {b.score:.3f}, {b.accuracy:.3f} right"
            radius = 2.5 + 4.5 * (b.count / most) ** 0.5
            parts.append(
                f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">'
                f"<title>{escape(tip)}</title></circle>"
            )
    width = _LEFT + len(measured) * (_SIDE + _GAP)
    return _svg(width, _TOP + _SIDE + 44, "Reliability: mean score and share that is right", parts)


def coverage_plot(measured: Mapping[ScoreKind, Calibration]) -> Plot:
    """Return the share that is right against the share kept, a line for each kind.

    Args:
        measured: The calibration of each kind.
    """
    parts = _square(_LEFT, "right, by share kept")
    for place, (kind, one) in enumerate(measured.items()):
        points = [_point(_LEFT, p.coverage, p.accuracy) for p in _thinned(one.curve)]
        parts.append(_line(f"line {kind}", points))
        y = _TOP + 12 + 20 * place
        x = _LEFT + _SIDE + 16
        parts.append(_line(f"line {kind}", [(x, y), (x + 28, y)]))
        parts.append(_text(x + 34, y + 4, kind, "start"))
    title = "Coverage and accuracy when the least probable are left out"
    return _svg(_LEFT + _SIDE + 120, _TOP + _SIDE + 44, title, parts)


def intervals_plot(told: Intervals) -> Plot:
    """Return a bar for each headline figure with its interval as a whisker.

    Args:
        told: The figures; one with nothing counted has no bar.
    """
    height = _ROW * len(FIGURES)
    parts = []
    for tick in _TICKS:
        x = _NAMES + tick * _WIDTH
        parts.append(_line("grid", [(x, 6), (x, 6 + height)]))
        parts.append(_text(x, height + 22, f"{tick:.2f}", "middle"))
    for place, figure in enumerate(FIGURES):
        one, y = told.figures[figure.key], 6 + place * _ROW
        middle = y + _ROW / 2
        parts.append(_text(_NAMES - 8, middle + 4, figure.name, "end"))
        if one.value is None:
            parts.append(_text(_NAMES + 6, middle + 4, "–", "start"))
            continue
        parts.append(
            f'<rect class="bar" x="{_NAMES}" y="{y + 5:.1f}" width="{one.value * _WIDTH:.1f}" '
            f'height="{_ROW - 10:.1f}"/>'
        )
        end = one.value
        if one.low is not None and one.high is not None:
            low, high = (_NAMES + bound * _WIDTH for bound in (one.low, one.high))
            end = max(end, one.high)
            parts.append(_line("whisker", [(low, middle), (high, middle)]))
            parts += [_line("whisker", [(x, middle - 4), (x, middle + 4)]) for x in (low, high)]
        parts.append(_text(_NAMES + end * _WIDTH + 6, middle + 4, f"{one.value:.3f}", "start"))
    title = f"Headline figures with intervals of {told.level:.0%}"
    return _svg(_NAMES + _WIDTH + 50, height + 30, title, parts)


def growth_plot(
    lines: Mapping[ScoreKind, Sequence[tuple[int, float]]],
    unit: str,
    goal: Mapping[ScoreKind, float],
) -> Plot:
    """Return how figures grow with something counted, a line for each.

    Args:
        lines: For each figure its values from 0 to 1, each behind its count.
        unit: What is counted.
        goal: A value for each figure that is drawn as a level, such as what more would reach.
    """
    most = max((count for line in lines.values() for count, _ in line), default=0) or 1
    parts = _square(_LEFT, f"by {unit}", most)
    for place, (kind, line) in enumerate(lines.items()):
        points = [_point(_LEFT, count / most, value) for count, value in line]
        parts.append(_line(f"line {kind}", points))
        for (x, y), (count, value) in zip(points, line, strict=True):
            parts.append(
                f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="3">'
                f"<title>{count} {escape(unit)}: {value:.3f}</title></circle>"
            )
        if kind in goal:
            level = [_point(_LEFT, share, goal[kind]) for share in (0, 1)]
            parts.append(_line("ideal", level))
        y, x = _TOP + 12 + 20 * place, _LEFT + _SIDE + 16
        parts.append(_line(f"line {kind}", [(x, y), (x + 28, y)]))
        parts.append(_text(x + 34, y + 4, kind, "start"))
    return _svg(_LEFT + _SIDE + 120, _TOP + _SIDE + 44, f"Figures by {unit}", parts)


def _square(left: float, title: str, most: float = 1.0) -> list[str]:
    """Return the frame of a plot of a share by another, or by what reaches up to ``most``."""
    bottom = _TOP + _SIDE
    parts = [_text(left + _SIDE / 2, _TOP - 10, title, "middle")]
    for tick in _TICKS:
        x, y = _point(left, tick, tick)
        parts.append(_line("grid", [(left, y), (left + _SIDE, y)]))
        parts.append(_line("grid", [(x, _TOP), (x, bottom)]))
        parts.append(_text(x, bottom + 16, f"{tick * most:g}", "middle"))
        parts.append(_text(left - 6, y + 4, f"{tick:g}", "end"))
    corners = [(left, _TOP), (left, bottom), (left + _SIDE, bottom)]
    return [*parts, _line("axis", corners)]


def _point(left: float, x: float, y: float) -> tuple[float, float]:
    return left + x * _SIDE, _TOP + (1 - y) * _SIDE


def _line(classes: str, points: Sequence[tuple[float, float]]) -> str:
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{classes}" points="{joined}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _thinned(points: Sequence[CurvePoint]) -> Iterator[CurvePoint]:
    """Yield at most so many points as can be seen, the first and the last among them."""
    step = max(1, -(-len(points) // _MOST_POINTS))
    yield from points[:-1:step]
    yield from points[-1:]


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> Plot:
    body = "\n".join(parts)
    return Plot(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qs-plot" role="img" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'aria-label="{escape(title)}">\n<title>{escape(title)}</title>\n{body}\n</svg>'
    )
