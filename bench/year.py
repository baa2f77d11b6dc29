"""A real shop's year in figures: ``python -m bench.year [sqlite|postgresql] [rows]``, in the environment ``.venv``.

Imports the sales as movements, compares the balances with what SQLite's command line sums up from the file, and
measures what people wait for: the valuation, each product's stock card, value and balances of all products, and each
analysis of a year.
"""

from __future__ import annotations

import csv
import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from flask.testing import FlaskClient
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from almoxarife.config import Settings
from almoxarife.features.analysis.rules.asked import AnalysisName
from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.server.app import create_app
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from bench import consumption, sales
from bench.agreement import ONE, Rows, differences
from bench.postgresql import durable_server

_HEADING = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
_EVERYTHING = {
    "valor do estoque": "/estoque/valor?em={}",
    "saldos": "/estoque/saldos?em={}",
    "saldos de um local": "/estoque/saldos?em={}&local_id=l2",
}
# The app, and the header that lets it in.
Client = tuple[FlaskClient, dict[str, str]]
_SCOPES = ("", "&local_id=l2")
_PERIOD = ("2010-12-01", "2011-11-30")
_DAYS = [f"2011-{month:02d}-28" for month in range(1, 13)]


@click.command(
    help="Importa as vendas reais de um ano e mede Kardex, valor do estoque e saldos em qualquer dia."
)
@click.argument("banco", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.argument("linhas", type=int, required=False)
@click.option("--anos", "years", type=int, default=1, help="O mesmo ano tantas vezes, um depois do outro.")
def measure(banco: str, linhas: int | None, years: int) -> None:
    """Measure and print."""
    if not sales.REAL_SALES.exists():
        raise click.ClickException(f"faltam as vendas reais: {sales.REAL_SALES}")
    with TemporaryDirectory(prefix="almoxarife-ano-") as folder, _database(banco, Path(folder)) as url:
        table = Table(title=f"Um ano de vendas reais, {banco}")
        for heading in ("o que", "quanto"):
            table.add_column(heading)
        for what, figure in _figures(url, Path(folder), linhas, years):
            table.add_row(what, figure)
        Console(width=120).print(table)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{(folder / 'almoxarife.db').as_posix()}"
        return
    folder.chmod(0o755)
    with durable_server(folder) as (url, _version):
        yield url


def _figures(url: str, folder: Path, limit: int | None, years: int) -> Iterator[tuple[str, str]]:
    database = Database(url)
    schema.migrate(database)
    year = list(sales.read(limit))
    seconds, loaded = _timed(partial(sales.load, database, year, years))
    yield "movimentos · produtos", f"{loaded.movements:,} · {len(loaded.products):,}"
    yield "importação (s)", f"{seconds:.1f}"
    for method in (Method.FIFO, Method.AVERAGE):
        seconds, _ = _timed(Costs(database, partial(_chosen, method)).bring_up_to_date)
        yield f"custo de todos os movimentos, {method} (s)", f"{seconds:.1f}"
    client = _client(url, folder)
    balances = {row["produto_id"]: row["saldo"] for row in _ask(client, "/estoque/saldos")}
    sums = _sums_by_command_line(folder, limit)
    different = [
        code
        for code, number in loaded.products.items()
        if balances.get(f"p{number}", 0) != years * (loaded.opened[code] - sums[code])
    ]
    yield "saldos diferentes da soma do sqlite3", str(len(different))
    if years == 1:
        curve, stock = consumption.by_another(sales.raw_rows(limit), *_PERIOD)
        unlike = differences(partial(_scaled_rows, client), loaded.products, curve, stock, 365)
        yield "curva, giro e cobertura diferentes da SQL do SQLite", str(len(unlike))
    cards = [_usual(client, f"/kardex?produto_id=p{number}") for number in loaded.products.values()]
    yield "Kardex (ms): mediana dos produtos · o pior", _milliseconds(cards)
    for what, path in _EVERYTHING.items():
        times = [_usual(client, path.format(day)) for day in _DAYS]
        yield f"{what}, 12 dias (ms): mediana · o pior", _milliseconds(times)
    for name in AnalysisName:
        times = [
            _usual(client, f"/analises/{name}?desde={_PERIOD[0]}&ate={_PERIOD[1]}{of}") for of in _SCOPES
        ]
        yield (
            f"análise {name} (ms): da loja · de um local",
            " · ".join(f"{time * 1000:.0f}" for time in times),
        )
    database.close()


def _chosen(method: Method, _connection: Connection) -> Method:
    return method


def _client(url: str, folder: Path) -> Client:
    app = create_app(Settings.from_environment(data_dir=folder, database_url=url))
    client = app.test_client()
    answer = client.post("/login", json={"username": "loja", "password": "1234"})
    return client, {"Authorization": f"Bearer {answer.get_json()['token']}"}


def _ask(client: Client, path: str) -> Any:
    answer = client[0].get(path, headers=client[1])
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data, parse_float=Decimal)


def _scaled_rows(client: Client, name: str) -> Rows:
    """Return what an analysis of the year finds, its numbers in 1/10,000."""
    rows: list[dict[str, Any]] = _ask(client, f"/analises/{name}?desde={_PERIOD[0]}&ate={_PERIOD[1]}")[
        "linhas"
    ]
    return [
        {key: int(cell * ONE) if isinstance(cell, int | Decimal) else cell for key, cell in row.items()}
        for row in rows
    ]


def _sums_by_command_line(folder: Path, limit: int | None) -> dict[str, int]:
    """Return what went out of each code, as the sqlite3 program sums up the file's rows."""
    path = folder / "vendas.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_HEADING + "\n")
        csv.writer(file).writerows(sales.raw_rows(limit))
    script = f".mode csv\n.import {path.as_posix()} sales\n{sales.SUM_BY_CODE};\n"
    program = shutil.which("sqlite3")
    if program is None:
        raise click.ClickException("falta o programa sqlite3.")
    answer = subprocess.run([program, ":memory:"], input=script, capture_output=True, text=True, check=True)
    return {code: int(units) for code, units in csv.reader(answer.stdout.splitlines())}


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begin = time.perf_counter()
    done = work()
    return time.perf_counter() - begin, done


def _usual(client: Client, path: str) -> float:
    """Return the middle one of three times, so that one that somebody else disturbed does not count."""
    return statistics.median(_timed(partial(_ask, client, path))[0] for _ in range(3))


def _milliseconds(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} · {max(seconds) * 1000:.1f}"


if __name__ == "__main__":
    sys.exit(measure())
