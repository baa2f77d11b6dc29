"""The command line of the benchmark."""

from __future__ import annotations

import compileall
import dataclasses
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.status import Status

from bench import machine, pages, table
from bench.ground import Ground
from bench.lines.every import LINES, Line, title, title_in_portuguese
from bench.results import Missing, Row, Run, read, write
from bench.servers import ROOT
from bench.sizes import FULL, QUICK, Sizes

# What a run is compared with later; the documents show it.
LAST_FULL_RUN = ROOT / "docs" / "performance.json"
FOLDER = ROOT / ".bench"
_QUIET_LOAD = 0.3
_WIDTH = 150


@click.command(help="Mede o almoxarife, cada linha ao lado do que se compara com ela, e mostra a tabela.")
@click.option(
    "--linhas", "words", metavar="NOMES", help=f"Só estas: {', '.join(line.word for line in LINES)}."
)
@click.option("--rapido", "quick", is_flag=True, help="Quantidades pequenas, para experimentar.")
@click.option(
    "--dados", "folder", type=Path, default=FOLDER, help="Pasta dos bancos de dados medidos (.bench)."
)
@click.option(
    "--arquivo",
    "file",
    type=Path,
    help="Onde fica o resultado (JSON); docs/performance.json se tudo se mede.",
)
@click.option(
    "--pagina", "only_pages", is_flag=True, help="Não mede: escreve as páginas e figuras a partir do JSON."
)
def measure(*, words: str | None, quick: bool, folder: Path, file: Path | None, only_pages: bool) -> None:
    """Measure, print the table, write the result."""
    # Into a file it is as wide as people read it later.
    console = Console() if sys.stdout.isatty() else Console(width=_WIDTH)
    if only_pages:
        for path in pages.write_all(read(file or LAST_FULL_RUN), ROOT / "docs"):
            console.print(path.relative_to(ROOT).as_posix())
        return
    lines = chosen(words)
    whole = not quick and len(lines) == len(LINES)
    target = file or (LAST_FULL_RUN if whole else FOLDER / "resultado.json")
    sizes = QUICK if quick else FULL
    # Asked to end, it ends what it has started, as with Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # As after a first start, also where Python may not keep by itself what it has compiled.
    compileall.compile_dir(ROOT / "src", quiet=1)
    run = measure_lines(lines, sizes, folder.absolute(), console, lambda run: write(run, target))
    table.show(run, sizes, console)
    console.print(f"Resultado: {target}")
    if any(row.failure for row in run.rows):
        raise SystemExit(1)


def chosen(words: str | None) -> list[Line]:
    """Return the lines that are asked for, in the order of the table; a word chooses those that begin with it, too.

    Raises BadParameter.
    """
    if words is None:
        return list(LINES)
    wanted = [word.strip() for word in words.split(",")]
    for word in wanted:
        if not any(_means(word, line) for line in LINES):
            raise click.BadParameter(f"não há a linha “{word}”.", param_hint="--linhas")
    return [line for line in LINES if any(_means(word, line) for word in wanted)]


def measure_lines(
    lines: list[Line], sizes: Sizes, folder: Path, console: Console, keep: Callable[[Run], None]
) -> Run:
    """Measure some lines, one after the other; ``keep`` is called with the run after each."""
    run = Run(machine.describe(folder), machine.versions(), dataclasses.asdict(sizes))
    load = os.getloadavg()[0]
    if load > _QUIET_LOAD:
        console.print(f"[yellow]A máquina não está parada (carga {load:.2f}): os números vão variar.[/]")
    with console.status("") as status:
        for line in lines:
            row = _measure(line, sizes, folder, status)
            run.rows.append(row)
            keep(run)
            ending = (row.missing and f"falta {row.missing}") or row.failure or "medido"
            console.print(f"{line.word}: {ending} ({row.took_s:.0f} s)", markup=False)
    return run


def _measure(line: Line, sizes: Sizes, folder: Path, status: Status) -> Row:
    name = title_in_portuguese(line, sizes)
    ground = Ground(sizes, folder, lambda text: status.update(f"{name}: {text}"))
    ground.begin_line()
    row = Row(line.id, line.word, title(line, sizes), line.goals, {}, [], load_before=os.getloadavg()[0])
    begin = time.monotonic()
    try:
        measured = line.measure(ground)
    except Missing as reason:
        row.missing = str(reason)
    except Exception as reason:  # noqa: BLE001 - one line that breaks must not take along what the others measured
        row.failure = f"{type(reason).__name__}: {reason}"
    else:
        row.figures, row.points = measured.figures, measured.points
    finally:
        if not row.figures:
            ground.keep_logs(line.word)
        ground.end_line()
    row.took_s = time.monotonic() - begin
    return row


def _means(word: str, line: Line) -> bool:
    return line.word == word or line.word.startswith(f"{word}-")
