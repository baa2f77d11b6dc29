"""Writes what was measured into the documents, so that no figure in them is typed by hand."""

from __future__ import annotations

import re
from pathlib import Path

from bench import pictures
from bench.pictures import points_of
from bench.results import Run
from bench.table import as_markdown, number

PAGES = ("performance.md", "scaling.md")
_BLOCK = re.compile(r"(<!-- bench: (?P<name>[\w-]+) -->\n).*?(<!-- /bench -->)", re.DOTALL)
# Entries of a day for which the page on scaling is worked out: a corner shop, a shop, a warehouse, a large one.
_DAYS = (1_000, 10_000, 100_000, 1_000_000)
_YEARS = 10
_DAYS_A_YEAR = 300
_HOURS_A_DAY = 10


def write_all(run: Run, folder: Path) -> list[Path]:
    """Write blocks and pictures of the documents in a folder; return the files."""
    written = pictures.draw(run, folder / "images")
    for name in PAGES:
        path = folder / name
        path.write_text(filled(path.read_text(encoding="utf-8"), run), encoding="utf-8")
        written.append(path)
    return written


def filled(text: str, run: Run) -> str:
    """Return a page with every block as the run has it."""
    return _BLOCK.sub(lambda match: f"{match[1]}{BLOCKS[match['name']](run)}\n{match[3]}", text)


def _machine(run: Run) -> str:
    names = {
        "measured_at": "measured",
        "memory_gb": "memory (GB)",
        "sync_of_4_kib_ms": "4 KiB written and synced (ms)",
        "load_before": "load before",
        "product_names": "names of products",
    }
    lines = ["| | |", "|---|---|"]
    lines += [f"| {names.get(name, name)} | {value} |" for name, value in run.machine.items()]
    lines += [f"| {name.replace('_', ' ')} | {value} |" for name, value in run.versions.items() if value]
    return "\n".join(lines)


def _unreached(run: Run) -> str:
    lines = [
        f"- **{row.word}**: {goal.figure.replace('_', ' ')}"
        for row in run.rows
        for goal in row.goals
        if row.reached(goal) is False
    ]
    lines += [f"- **{row.word}**: not there yet" for row in run.rows if row.missing and row.goals]
    return "\n".join(lines) or "- nothing."


def _history(run: Run) -> str:
    lines = [
        "| movements | durable entry (ms) | newest 100 (ms) | poll (ms) | original's poll (ms) | database (MB) |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for point in points_of(run, "movements", "history_curve"):
        values = [
            number(point[name]) if name in point else ""
            for name in ("entry_ms", "newest_ms", "poll_ms", "original_poll_ms", "database_mb")
        ]
        lines.append(f"| {point['movements']:,.0f} | {' | '.join(values)} |")
    return "\n".join(lines)


def _watchers(run: Run) -> str:
    lines = [
        "| watchers | delivery p50 (ms) | delivery p99 (ms) | lost or twice | POST p50 meanwhile (ms) | kB each |",
        "|---:|---:|---:|---:|---:|---:|",
    ]
    for point in points_of(run, "watchers", "watchers_curve", "watchers", "many_watchers"):
        values = [
            number(point[name])
            for name in (
                "delivery_p50_ms",
                "delivery_p99_ms",
                "lost_or_twice",
                "post_p50_ms",
                "kb_per_watcher",
            )
        ]
        lines.append(f"| {point['watchers']:,.0f} | {' | '.join(values)} |")
    return "\n".join(lines)


def _rates(run: Run) -> str:
    named = {
        "entry_history": "entries, SQLite, long ledger",
        "entry_postgresql": "entries, PostgreSQL",
        "newest": "newest 100 entries",
        "poll": "polls with nothing new",
        "search": "product searches",
    }
    lines = [
        "| one machine, {connections} clients at once | a second | in a day of {hours} hours |",
        "|---|---:|---:|",
    ]
    for id, name in named.items():
        row = run.row(id)
        if row is not None:
            rate = row.figures["requests_per_second"].median
            lines.append(f"| {name} | {number(rate)} | {number(rate * 3_600 * _HOURS_A_DAY)} |")
    return "\n".join(lines).format(connections=run.sizes["connections"], hours=_HOURS_A_DAY)


def _years(run: Run) -> str:
    history, entries, verify = run.row("history_curve"), run.row("entry_history"), run.row("verify")
    lines = [
        f"| entries a day | of what the machine can take | movements in {_YEARS} years | database (GB) | `verificar` |",
        "|---:|---:|---:|---:|---:|",
    ]
    if history is None or entries is None or verify is None or len(history.points) < 2:
        return "\n".join(lines)
    first, last = history.points[0], history.points[-1]
    bytes_each = (last["database_mb"] - first["database_mb"]) * 1e6 / (last["movements"] - first["movements"])
    possible = entries.figures["requests_per_second"].median * 3_600 * _HOURS_A_DAY
    for day in _DAYS:
        movements = day * _DAYS_A_YEAR * _YEARS
        minutes = movements / verify.figures["rows_per_second"].median / 60
        share = f"{number(100 * day / possible)} %"
        lines.append(
            f"| {day:,} | {share} | {movements:,} | {number(movements * bytes_each / 1e9)} | {number(minutes)} min |"
        )
    return "\n".join(lines)


# What the pages hold, by the names in their marks.
BLOCKS = {
    "machine": _machine,
    "unreached": _unreached,
    "table": lambda run: as_markdown(run.rows),
    "history": _history,
    "watchers": _watchers,
    "rates": _rates,
    "years": _years,
}
