"""What goes through the whole ledger: its proof, the whole list, the import of a file."""

from __future__ import annotations

import csv
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from pathlib import Path

from almoxarife.cli.commands import cli
from bench.commands import Failed, Finished, timed
from bench.ground import Api, Ground
from bench.ledgers import DATABASE_NAME, random_id
from bench.results import Measured, Missing
from bench.servers import module

_LOOK_S = 0.05
_SETTLE_S = 1.0


def verification(ground: Ground) -> Measured:
    """Measure `verificar` beside reading and hashing the same rows."""
    rows = ground.sizes.movements
    data = ground.data(rows, ground.sizes.products)
    ours, floor = [], []
    for turn in range(ground.sizes.repeats):
        ground.say(f"{turn + 1}/{ground.sizes.repeats}")
        ours.append(timed(module("almoxarife", "verificar", "--dados", str(data)), ground.file("ours.log")))
        command = module("bench.programs.hash_rows", str(data / DATABASE_NAME))
        floor.append(timed(command, ground.file("floor.log")))
    measured = Measured()
    measured.add("rows_per_second", *(rows / done.seconds for done in ours))
    measured.add("floor_rows_per_second", *(rows / done.seconds for done in floor))
    measured.add("share_of_floor", *(its.seconds / our.seconds for our, its in zip(ours, floor, strict=True)))
    measured.add("peak_mb", *(done.peak_mb for done in ours))
    return measured


def whole_list(ground: Ground) -> Measured:
    """Measure the whole list beside reading its rows and encoding them to JSON."""
    measured = Measured()
    data = ground.data(ground.sizes.movements, ground.sizes.products)
    ours, floor, growth = [], [], []
    with ground.api(data) as api:
        api.head()
        time.sleep(_SETTLE_S)
        before = api.server.rss_mb()
        for turn in range(ground.sizes.repeats):
            ground.say(f"{turn + 1}/{ground.sizes.repeats}")
            rate, highest = _download(ground, api)
            ours.append(rate)
            growth.append(highest - before)
            command = module("bench.programs.encode_rows", str(data / DATABASE_NAME))
            said = json.loads(timed(command, ground.file("floor.log")).output)
            floor.append(said["rows"] / said["seconds"])
    measured.add("rows_per_second", *ours)
    measured.add("floor_rows_per_second", *floor)
    measured.add("share_of_floor", *(our / its for our, its in zip(ours, floor, strict=True)))
    measured.add("memory_growth_mb", *growth)
    return measured


def _download(ground: Ground, api: Api) -> tuple[float, float]:
    """Return rows per second of one download, and the most memory that the API held meanwhile."""
    command = module("bench.programs.download", str(api.server.port), "/inventario", api.token)
    highest = 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            highest = max(highest, api.server.rss_mb())
            time.sleep(_LOOK_S)
        assert process.stdout is not None
        said = json.loads(process.stdout.read())
    if said["status"] != 200 or said["rows"] != ground.sizes.movements:
        raise Failed(f"the whole list had {said['rows']} rows, status {said['status']}")
    return said["rows"] / said["seconds"], highest


def importing(ground: Ground) -> Measured:
    """Measure the import of a file of entries beside the same file's `.import` by SQLite's command line."""
    if "importar" not in cli.commands:
        raise Missing("almoxarife importar")
    sqlite = shutil.which("sqlite3")
    if sqlite is None:
        raise Missing("sqlite3 (Debian: apt-get install sqlite3)")
    rows, products = ground.sizes.imported, ground.sizes.products
    file = _entries_file(ground.file("entradas.csv"), rows, products)
    ours, floor = [], []
    for turn in range(ground.sizes.repeats):
        ground.say(f"{turn + 1}/{ground.sizes.repeats}")
        ours.append(_import(ground, file))
        floor.append(_sqlite_import(ground, sqlite, file))
    measured = Measured()
    measured.add("rows_per_second", *(rows / done.seconds for done in ours))
    measured.add("floor_rows_per_second", *(rows / done.seconds for done in floor))
    measured.add("share_of_floor", *(its.seconds / our.seconds for our, its in zip(ours, floor, strict=True)))
    measured.add("peak_mb", *(done.peak_mb for done in ours))
    return measured


def _entries_file(path: Path, rows: int, products: int) -> Path:
    choose = random.Random(4)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "produto_id", "quantidade"))
        for _ in range(rows):
            id = uuid.UUID(bytes=random_id(choose))
            writer.writerow((id, f"p{choose.randint(1, products)}", choose.randint(1, 500)))
    return path


def _import(ground: Ground, file: Path) -> Finished:
    data = ground.data(0, ground.sizes.products)
    done = timed(module("almoxarife", "importar", str(file), "--dados", str(data)), ground.file("ours.log"))
    _expect(data / DATABASE_NAME, "movement", ground.sizes.imported)
    shutil.rmtree(data)
    return done


def _sqlite_import(ground: Ground, sqlite: str, file: Path) -> Finished:
    """Load the file into a table with the same indexes: on id, account and order, instant, and product.

    The file has neither account nor instant; these two are filled in order of the rows, as they are here, too.
    """
    path = ground.file("chao.db")
    script = f"""
        CREATE TABLE movement (id TEXT NOT NULL UNIQUE, produto_id TEXT NOT NULL, quantidade INTEGER NOT NULL);
        CREATE INDEX by_account ON movement (length(id));
        CREATE INDEX by_instant ON movement (length(id));
        CREATE INDEX by_product ON movement (produto_id);
        .import --csv --skip 1 {file} movement
    """
    done = timed(
        [sqlite, str(path)], ground.file("floor.log"), text="\n".join(map(str.strip, script.splitlines()))
    )
    _expect(path, "movement", ground.sizes.imported)
    path.unlink()
    return done


def _expect(path: Path, table: str, rows: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (found,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a name of ours
    if found != rows:
        raise Failed(f"{found} rows of {rows} were imported: {sys.argv[0]}")
