"""The table: for the person at the terminal, and for the documents."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bench.lines.every import line_of, title_in_portuguese
from bench.results import Figure, Goal, Row, Run
from bench.sizes import Sizes

_MARKS = {True: "✓", False: "✗", None: "?"}
_STYLES = {True: "green", False: "red", None: "yellow"}
_NAMES = str.maketrans("_", " ")


def show(run: Run, sizes: Sizes, console: Console) -> None:
    """Print the table in Portuguese; figures go by their ids. What else was measured is in the file."""
    table = Table(title="Medidas do almoxarife: mediana (menor–maior)", show_lines=True)
    for heading in ("Linha", "Medido", "Comparado com", "Metas"):
        table.add_column(heading)
    for row in run.rows:
        line = line_of(row.word)
        name = f"[bold]{row.word}[/]\n{title_in_portuguese(line, sizes)}"
        ours = _trouble(row) or _figure(row, line.ours)
        goals = "\n".join(_goal(row, goal, f"[{_STYLES[row.reached(goal)]}]") for goal in row.goals)
        table.add_row(name, ours, _figure(row, line.floor), goals)
    console.print(table)


def as_markdown(rows: Iterable[Row]) -> str:
    """Return the table of the documents."""
    lines = ["| work | measured | beside | goals |", "|---|---|---|---|"]
    for row in rows:
        line = line_of(row.word)
        if not row.goals:
            continue
        ours = _figure(row, line.ours) or ("failed" if row.failure else "not there yet")
        goals = "<br>".join(_goal(row, goal) for goal in row.goals)
        lines.append(f"| {row.title} | {ours} | {_figure(row, line.floor)} | {goals} |")
    return "\n".join(lines)


def number(value: float) -> str:
    """Return a value with three significant digits, thousands apart."""
    if abs(value) >= 1_000:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"


def _trouble(row: Row) -> str:
    if row.missing:
        return f"[yellow]falta: {escape(row.missing)}[/]"
    return f"[red]falhou: {escape(row.failure)}[/]" if row.failure else ""


def _figure(row: Row, name: str) -> str:
    figure = row.figures.get(name)
    return f"{name.translate(_NAMES)}: {_with_spread(figure)}" if figure else ""


def _with_spread(figure: Figure) -> str:
    if figure.lowest == figure.highest:
        return number(figure.median)
    return f"{number(figure.median)} ({number(figure.lowest)}–{number(figure.highest)})"


def _goal(row: Row, goal: Goal, style: str = "") -> str:
    figure = row.figures.get(goal.figure)
    value = f" {_with_spread(figure)}," if figure else ""
    mark = f"{style}{_MARKS[row.reached(goal)]}{'[/]' if style else ''}"
    return f"{mark} {goal.figure.translate(_NAMES)}:{value} {_bound(goal)}"


def _bound(goal: Goal) -> str:
    return f"{'≥' if goal.at_least else '≤'} {number(goal.bound)}"
