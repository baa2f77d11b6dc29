"""The pictures of the documents: cost against history, delivery against watchers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.results import Point, Run

_SIZE_INCHES = (8.0, 4.5)
_DOTS_PER_INCH = 110
_HISTORY = (
    ("original_poll_ms", "original: poll (whole list)", "#b3261e"),
    ("newest_ms", "newest 100 entries", "#1f6f8b"),
    ("entry_ms", "durable entry", "#2e7d32"),
    ("poll_ms", "poll, nothing new", "#8a6d00"),
)
_WATCHERS = (
    ("delivery_p99_ms", "delivery p99", "#b3261e"),
    ("delivery_p50_ms", "delivery p50", "#1f6f8b"),
    ("post_p50_ms", "POST p50 meanwhile", "#2e7d32"),
)


def draw(run: Run, folder: Path) -> list[Path]:
    """Draw the pictures, with what the run has points for; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    history = folder / "desempenho-historia.png"
    points = points_of(run, "movements", "history_curve")
    _draw(history, points, "movements", _HISTORY, "movements in the ledger", "ms per request")
    watchers = folder / "desempenho-monitores.png"
    points = points_of(run, "watchers", "watchers_curve", "watchers", "many_watchers")
    _draw(watchers, points, "watchers", _WATCHERS, "watchers", "ms")
    return [history, watchers]


def points_of(run: Run, across: str, *ids: str) -> list[Point]:
    """Return the points of some rows in the order of one of their values."""
    rows = [row for row in run.rows if row.id in ids]
    return sorted((point for row in rows for point in row.points), key=lambda point: point[across])


def _draw(
    path: Path,
    points: Sequence[Point],
    across: str,
    curves: Sequence[tuple[str, str, str]],
    x_label: str,
    y_label: str,
) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=_SIZE_INCHES, dpi=_DOTS_PER_INCH)
    for name, label, colour in curves:
        known = [(point[across], point[name]) for point in points if name in point]
        if known:
            axes.plot(*zip(*known, strict=True), marker="o", label=label, color=colour)
    _dress(axes, x_label, y_label)
    figure.tight_layout()
    # Without it each drawing of the same figures would be another file.
    figure.savefig(path, metadata={"Software": None})
    plt.close(figure)


def _dress(axes: Any, x_label: str, y_label: str) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel(x_label)
    axes.set_ylabel(y_label)
    axes.grid(visible=True, which="major", alpha=0.3)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _position: f"{value:,g}" if value < 1 else f"{value:,.0f}")
    if axes.has_data():
        axes.legend(frameon=False)
    else:
        axes.text(0.5, 0.5, "not measured yet", transform=axes.transAxes, ha="center")
