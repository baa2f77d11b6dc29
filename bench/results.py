"""What was measured: figures, goals, rows; and their form as JSON."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple


class Missing(Exception):
    """A line cannot be measured: the text says what is not there."""


class Goal(NamedTuple):
    """A bound for the median of a figure."""

    figure: str
    bound: float
    at_least: bool


def at_least(figure: str, bound: float) -> Goal:
    """Return the goal that a figure reaches a bound."""
    return Goal(figure, bound, at_least=True)


def at_most(figure: str, bound: float) -> Goal:
    """Return the goal that a figure stays within a bound."""
    return Goal(figure, bound, at_least=False)


class Figure(NamedTuple):
    """The values of one figure, one a repetition; the name ends with the unit."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    @property
    def lowest(self) -> float:
        """The smallest value."""
        return min(self.values)

    @property
    def highest(self) -> float:
        """The largest value."""
        return max(self.values)


# A point of a picture: the names and values of one measurement.
Point = dict[str, float]


@dataclass
class Measured:
    """What a line has measured: its figures, and points of a picture."""

    figures: dict[str, Figure] = field(default_factory=dict)
    points: list[Point] = field(default_factory=list)

    def add(self, name: str, *values: float) -> None:
        """Add a figure."""
        self.figures[name] = Figure(values)


@dataclass
class Row:
    """One line of the table; ``missing`` says what was not there to be measured, ``failure`` what went wrong."""

    id: str
    word: str
    title: str
    goals: tuple[Goal, ...]
    figures: dict[str, Figure]
    points: list[Point]
    missing: str = ""
    failure: str = ""
    load_before: float = 0.0
    took_s: float = 0.0

    def reached(self, goal: Goal) -> bool | None:
        """Tell whether a goal was reached; None when its figure was not measured."""
        figure = self.figures.get(goal.figure)
        if figure is None:
            return None
        return figure.median >= goal.bound if goal.at_least else figure.median <= goal.bound


@dataclass
class Run:
    """Everything that one run has measured, and where."""

    machine: dict[str, Any]
    versions: dict[str, str]
    sizes: dict[str, Any]
    rows: list[Row] = field(default_factory=list)

    def row(self, id: str) -> Row | None:
        """Return a row that was measured."""
        return next((row for row in self.rows if row.id == id and row.figures), None)


def write(run: Run, path: Path) -> None:
    """Write a run as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "machine": run.machine,
        "versions": run.versions,
        "sizes": run.sizes,
        "rows": [_row_as_json(row) for row in run.rows],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Run:
    """Read a run that was written."""
    content = json.loads(path.read_text(encoding="utf-8"))
    rows = [_row_of_json(row) for row in content["rows"]]
    return Run(content["machine"], content["versions"], content["sizes"], rows)


def _row_as_json(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "word": row.word,
        "title": row.title,
        "missing": row.missing,
        "failure": row.failure,
        "load_before": round(row.load_before, 2),
        "took_s": round(row.took_s, 1),
        "figures": {
            name: {
                "median": _rounded(figure.median),
                "lowest": _rounded(figure.lowest),
                "highest": _rounded(figure.highest),
                "values": [_rounded(value) for value in figure.values],
            }
            for name, figure in row.figures.items()
        },
        "goals": [{**goal._asdict(), "reached": row.reached(goal)} for goal in row.goals],
        "points": [{name: _rounded(value) for name, value in point.items()} for point in row.points],
    }


def _row_of_json(content: dict[str, Any]) -> Row:
    return Row(
        id=content["id"],
        word=content["word"],
        title=content["title"],
        goals=tuple(Goal(goal["figure"], goal["bound"], goal["at_least"]) for goal in content["goals"]),
        figures={name: Figure(tuple(figure["values"])) for name, figure in content["figures"].items()},
        points=content["points"],
        missing=content["missing"],
        failure=content["failure"],
        load_before=content["load_before"],
        took_s=content["took_s"],
    )


def _rounded(value: float) -> float:
    """Return a value with four significant digits: no more of it is true."""
    return float(f"{value:.4g}")
