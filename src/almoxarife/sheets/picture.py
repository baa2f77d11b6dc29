"""A chart of bars as a picture (SVG 1.1), written by hand: a shop's server needs no drawing library.

The same ``Chart`` is what the windows draw on their canvas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from almoxarife.sheets.table import SCALE, CellKind

MEDIA_TYPE = "image/svg+xml"
WIDTH, HEIGHT = 960, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 60, 50, 110
_BAR, _LINE, _INK, _FAINT = "#2a78c2", "#d9730d", "#333333", "#cccccc"
_GRID_LINES = 4
# More names than this would lie on each other; then every so many bars one has its name.
_MOST_NAMES = 30
_LONGEST_NAME = 22
# XML 1.0 §2.2: a text may come with none of these.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


class Chart(NamedTuple):
    """Bars with their names; ``line``, where there is one, has a percentage (in 1/10,000 of one) for each bar."""

    title: str
    kind: CellKind
    names: Sequence[str]
    values: Sequence[int]
    line: Sequence[int] = ()


def svg(chart: Chart) -> str:
    """Return the picture of a chart; without bars it has a title and no more."""
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
            f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
            f"<title>{_clean(chart.title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<text x="{_LEFT}" y="28" font-size="18" fill="{_INK}">{_clean(chart.title)}</text>',
            *(_drawing(chart) if chart.values else ()),
            "</svg>\n",
        ]
    )


def _drawing(chart: Chart) -> Iterator[str]:
    width, height = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    highest = max(1, *chart.values)
    lowest = min(0, *chart.values)
    span = highest - lowest
    zero = _TOP + height * highest / span
    for step in range(_GRID_LINES + 1):
        y = _TOP + height * step / _GRID_LINES
        value = highest - span * step // _GRID_LINES
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_LEFT + width}" y2="{y:.1f}" stroke="{_FAINT}"/>'
        yield _text(_LEFT - 8, y + 4, _short_number(value, chart.kind), "end")
    step_width = width / len(chart.values)
    every = -(-len(chart.values) // _MOST_NAMES)
    for place, (name, value) in enumerate(zip(chart.names, chart.values, strict=True)):
        left = _LEFT + place * step_width
        top = _TOP + height * (highest - max(0, value)) / span
        bar = height * abs(value) / span
        yield (
            f'<rect x="{left + step_width * 0.1:.1f}" y="{top:.1f}" width="{step_width * 0.8:.1f}" '
            f'height="{bar:.1f}" fill="{_BAR}"><title>{_clean(name)}: '
            f"{_short_number(value, chart.kind)}</title></rect>"
        )
        if place % every == 0:
            yield _slanted(left + step_width / 2, _TOP + height + 14, _shortened(name))
    yield f'<line x1="{_LEFT}" y1="{zero:.1f}" x2="{_LEFT + width}" y2="{zero:.1f}" stroke="{_INK}"/>'
    if chart.line:
        yield from _line(chart.line, step_width, height)


def _line(line: Sequence[int], step_width: float, height: int) -> Iterator[str]:
    points = " ".join(
        f"{_LEFT + (place + 0.5) * step_width:.1f},{_TOP + height * (1 - share / (100 * SCALE)):.1f}"
        for place, share in enumerate(line)
    )
    yield f'<polyline points="{points}" fill="none" stroke="{_LINE}" stroke-width="2"/>'
    for percent in (0, 50, 100):
        yield _text(WIDTH - _RIGHT + 8, _TOP + height * (1 - percent / 100) + 4, f"{percent} %", "start")


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_INK}">{_clean(text)}</text>'


def _slanted(x: float, y: float, text: str) -> str:
    turned = f'transform="rotate(-40 {x:.1f} {y:.1f})"'
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="end" fill="{_INK}" {turned}>{_clean(text)}</text>'


def _clean(text: str) -> str:
    return escape(text.translate(_NOT_IN_XML))


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _short_number(value: int, kind: CellKind) -> str:
    """Return a number for an axis: grouped by points, with at most one decimal, ``1.234,5``."""
    whole = round(value * 10 / SCALE) if kind.is_scaled else value * 10
    grouped = f"{abs(whole) // 10:,}".replace(",", ".")
    decimal = f",{abs(whole) % 10}" if whole % 10 else ""
    return f"{'-' if whole < 0 else ''}{grouped}{decimal}"
