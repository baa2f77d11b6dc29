"""What every line stands on: sizes, ledgers, and the programs that are measured."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psutil

from almoxarife.storage.database import Database
from bench.ledgers import PASSWORD, USERNAME, Ledgers, fill
from bench.load import Load, Request, press
from bench.results import Missing
from bench.servers import ROOT, NotStarted, Server, ask, free_port, module, running
from bench.sizes import Sizes

_WARM_UP_S = 1
_FEED_LIMIT_S = 10.0
_LOOK_S = 0.05
_WITHOUT_END_S = 3_600


class Api:
    """A running API, or another program that speaks its wire."""

    def __init__(self, server: Server) -> None:
        self.server = server

    @cached_property
    def token(self) -> str:
        """The token of the account that measures; it logs in when first asked for. Raises NotStarted."""
        body = json.dumps({"username": USERNAME, "password": PASSWORD})
        status, answer = ask(self.server.host, self.server.port, "/login", method="POST", body=body)
        if status != 200:
            raise NotStarted(f"the log-in was answered with {status}: {answer[:200]!r}")
        token: str = json.loads(answer)["token"]
        return token

    def get(self, path: str) -> object:
        """Return the JSON of an answer. Raises NotStarted when it is a refusal."""
        status, body = ask(self.server.host, self.server.port, path, token=self.token)
        if status != 200:
            raise NotStarted(f"GET {path} was answered with {status}: {body[:200]!r}")
        return json.loads(body)

    def head(self) -> int:
        """Return the number of the last movement, 0 when there is none."""
        latest = self.get("/inventario?ultimos=1")
        assert isinstance(latest, list)
        return int(latest[0]["sequencia"]) if latest else 0

    def events_address(self) -> str:
        """Return where the live feed is; it may come a little after the API. Raises Missing when there is none."""
        deadline = time.monotonic() + _FEED_LIMIT_S
        while time.monotonic() < deadline:
            health = self.get("/saude")
            assert isinstance(health, dict)
            if health.get("eventos"):
                return str(health["eventos"])
            time.sleep(_LOOK_S)
        raise Missing("eventos em GET /saude")

    def feed(self) -> psutil.Process:
        """Return the process of the live feed. Raises Missing, NotStarted."""
        port = urlsplit(self.events_address()).port
        for process in self.server.processes():
            for connection in process.net_connections(kind="tcp"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                    return process
        raise NotStarted(f"no process of the API listens on port {port}, where its feed should be")


class Target(NamedTuple):
    """What load is put on."""

    server: Server
    token: str
    request: Request
    connections: int


class Ground:
    """Gives the lines what they need; each line works in a folder of its own that goes when it ends."""

    def __init__(self, sizes: Sizes, folder: Path, say: Callable[[str], None]) -> None:
        self.sizes = sizes
        self.say = say
        self._ledgers = Ledgers(folder / "livros")
        self._work = folder / "trabalho"
        self._logs = folder / "registros"
        self._made = 0
        self.postgresql_version = ""

    def begin_line(self) -> None:
        """Forget what a run that was broken off has left."""
        self.end_line()
        self._work.mkdir(parents=True)

    def keep_logs(self, word: str) -> None:
        """Keep what the programs of a line have said, because it was not measured."""
        self._logs.mkdir(parents=True, exist_ok=True)
        for path in self._work.glob("*.log"):
            shutil.copyfile(path, self._logs / f"{word}-{path.name}")

    def end_line(self) -> None:
        """Forget what the line has made."""
        shutil.rmtree(self._work, ignore_errors=True)

    def folder(self) -> Path:
        """Return the path of a new folder, which is not made yet."""
        self._made += 1
        return self._work / f"{self._made}"

    def file(self, name: str) -> Path:
        """Return the path of a file of the line."""
        return self._work / name

    def data(self, movements: int, products: int) -> Path:
        """Return a data folder of the API, this line's own, with so much in it."""
        self.say(f"{movements:,} movimentos, {products:,} produtos".replace(",", "."))
        return self._ledgers.copy(movements, products, self.folder())

    @contextmanager
    def api(self, data: Path, *options: str) -> Iterator[Api]:
        """Run the API on a data folder, as people start it."""
        port = free_port()
        words = ["--porta", str(port), "--dados", str(data), *options]
        command = [sys.executable, str(ROOT / "api.py"), *words]
        with running(command, port, "/saude", self.file("api.log")) as server:
            yield Api(server)

    @contextmanager
    def bare_flask(self) -> Iterator[Server]:
        """Run the floor of most lines."""
        port = free_port()
        command = module("bench.programs.bare_flask", str(port))
        with running(command, port, "/", self.file("flask.log")) as server:
            yield server

    @contextmanager
    def original(self, movements: int, products: int) -> Iterator[Api]:
        """Run the original's design with so much in its lists."""
        port = free_port()
        command = module("bench.programs.original", str(port), str(movements), str(products))
        with running(command, port, "/produtos", self.file("original.log")) as server:
            ask(
                *(server.host, server.port, "/registrar_usuario_app"),
                method="POST",
                body=json.dumps({"username": USERNAME, "password": PASSWORD}),
            )
            yield Api(server)

    @contextmanager
    def entries_coming_in(self, api: Api) -> Iterator[None]:
        """Let entries come in at a steady rate meanwhile."""
        words = [str(self.sizes.few_products), str(self.sizes.entries_per_second), str(_WITHOUT_END_S)]
        command = module("bench.programs.post", str(api.server.port), api.token, *words)
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            try:
                yield
                if process.poll() is not None:
                    raise NotStarted("the entries that were to come in meanwhile have ended")
            finally:
                process.kill()

    @contextmanager
    def postgresql(self, movements: int, products: int) -> Iterator[str]:
        """Run a PostgreSQL server with so much in its database; yield the database's address."""
        from bench.postgresql import durable_server

        self.say("PostgreSQL")
        with durable_server(self._work) as (url, version):
            self.postgresql_version = version
            with closing(Database(url)) as database:
                fill(database, movements, products)
            yield url

    def in_turn(self, *targets: Target) -> list[list[Load]]:
        """Put load on several things in turn, so that what else the machine does falls on all; return their loads.

        Before the first turn each is warmed up.
        """
        for target in targets:
            self._press(target, _WARM_UP_S)
        loads: list[list[Load]] = [[] for _ in targets]
        for turn in range(self.sizes.repeats):
            for target, seen in zip(targets, loads, strict=True):
                self.say(f"{turn + 1}/{self.sizes.repeats}: {target.request.path} ({target.connections})")
                seen.append(self._press(target, self.sizes.seconds))
        return loads

    def _press(self, target: Target, seconds: int) -> Load:
        return press(
            target.server, target.token, target.request, connections=target.connections, seconds=seconds
        )
