"""The restore drill: the database is gone, a copy made under load is put back, and the outboxes bring the rest."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from almoxarife.features.backups.rules import Copy
from almoxarife.features.backups.service import Backups
from almoxarife.ledger.rules import QUANTITY_SCALE
from soak.databases import DATABASES, Kept
from soak.desks import Desk
from soak.line import Outcome, Tell, silent, total
from soak.preloaded import PreloadedApi
from soak.shops import running_shop
from soak.stored import read
from tests.server.running import ApiServer, almoxarife, is_free, wait_until

TITLE = "a copy under load, the database deleted, the copy put back, the outboxes sent again"
# Half of them on SQLite, half on PostgreSQL.
TIMES = 40
_DESKS = 3
_CONTROLS = 1
_LIMIT_S = 60.0


class _Place(NamedTuple):
    """Where a drill is held: the API, its database, its copies, those who register."""

    server: ApiServer
    database: Kept
    backups: Backups
    desks: Sequence[Desk]

    @property
    def clicks(self) -> int:
        """How many movements were registered so far."""
        return sum(len(desk.clicked) for desk in self.desks)

    def wait_for(self, more: int) -> None:
        """Return when so many more movements were registered."""
        wanted = self.clicks + more
        wait_until(lambda: self.clicks >= wanted, _LIMIT_S)

    def command(self, *words: str) -> None:
        """Run a command on the database; fail where it does."""
        where = "--banco", self.database.url, "--dados", str(self.server.data_dir)
        done = almoxarife(*words, *where, **self.database.environment)
        assert done.returncode == 0, done


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Hold so many drills."""
    halves = {"sqlite": times - times // 2, "postgresql": times // 2}
    return total(
        drill(dice, half, folder / name, tell, database=name) for name, half in halves.items() if half
    )


def control(dice: random.Random, folder: Path) -> Outcome:
    """Hold one without outboxes: nobody has what the copy lacks."""
    return drill(dice, _CONTROLS, folder, silent, outbox=False)


def drill(
    dice: random.Random,
    times: int,
    folder: Path,
    tell: Tell,
    *,
    database: str = "sqlite",
    outbox: bool = True,
) -> Outcome:
    """Hold drills one after the other on one ledger of a database of ``DATABASES``; ``outbox``: see ``Desk``."""
    with ExitStack() as stack:
        kept = stack.enter_context(DATABASES[database](folder))
        options = "--banco", kept.url, "--copiar-a-cada", "0"
        server, at = stack.enter_context(running_shop(folder, *options, program=PreloadedApi))
        desks = [
            Desk(at, folder / f"desk-{number}", random.Random(dice.getrandbits(64)), outbox=outbox)
            for number in range(_DESKS)
        ]
        for desk in desks:
            stack.callback(desk.close)
        place = _Place(server, kept, Backups(kept.url, server.data_dir / "copias"), desks)
        lost = twice = wrong = 0
        for number in range(times):
            unnoticed = _hold(place, dice)
            found = _compared(place)
            lost, twice, wrong = found.lost, found.twice, wrong + found.wrong + unnoticed * outbox
            tell(f"{number + 1}: {place.clicks} registered, {lost} lost")
        return Outcome(times, place.clicks, lost, twice, wrong)


def _hold(place: _Place, dice: random.Random) -> int:
    """Hold one drill; return how many desks did not notice exactly what the restored ledger lacked of theirs."""
    for desk in place.desks:
        desk.begin()
    place.wait_for(dice.randint(5, 50))
    place.command("copiar")
    place.wait_for(dice.randint(10, 60))
    place.server.process.kill()
    place.server.process.wait()
    wait_until(lambda: is_free(place.server.port), _LIMIT_S)
    place.database.delete()
    # Meanwhile, people go on.
    time.sleep(dice.uniform(0, 0.5))
    copy = _drawn(place.backups.listing(), dice)
    heard = [len(desk.missing) for desk in place.desks]
    lacking = [
        sum(1 for receipt in desk.receipts() if receipt.sequence > copy.note.sequence) for desk in place.desks
    ]
    place.command("restaurar", str(copy.path), "--sim")
    place.server.restart()
    for desk in place.desks:
        desk.end()
    noticed = [desk.missing[before:] for desk, before in zip(place.desks, heard, strict=True)]
    return sum(1 for seen, there in zip(noticed, lacking, strict=True) if seen != ([there] if there else []))


def _drawn(copies: list[Copy], dice: random.Random) -> Copy:
    """Return the newest copy, or now and then the one before."""
    return copies[1] if len(copies) > 1 and dice.random() < 0.25 else copies[0]


def _compared(place: _Place) -> Outcome:
    """Compare the ledger with what was registered, and with every receipt that the desks hold."""
    stored = read(place.database.url)
    clicked = {id: quantity for desk in place.desks for id, quantity in desk.clicked.items()}
    receipts = {row.sequence: row.receipt for row in stored.rows}
    strange = sum(1 for row in stored.rows if row.quantity != clicked.get(row.id, 0) * QUANTITY_SCALE)
    broken = sum(
        1
        for desk in place.desks
        for receipt in desk.receipts()
        if receipts.get(receipt.sequence) != receipt.hash
    )
    wrong = stored.findings + strange + broken
    return Outcome(0, len(clicked), stored.lost(set(clicked)), stored.twice, wrong)
