"""The register program, its real window, is killed between the click and the answer, and started again."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from almoxarife.client.outbox.file import FILE_NAME
from almoxarife.desktop.cadastro.movement.form import REGISTERED
from almoxarife.desktop.kit.kinds import ENTRY
from almoxarife.i18n import _, format_quantity
from soak.clicks import Ledger
from soak.line import Outcome, Tell, silent, total
from soak.windows import LIMIT_S, MOMENTS, Copy, Moment, Workplace, running, type_entry, workplace

TITLE = "the register program's window killed between the click and the answer, and started again"
TIMES = 1_000
# After Enter was pressed, mostly much shorter, because the outbox has the movement soon; and after the answer had come.
_LONGEST_AFTER_ENTER_S, _LONGEST_AFTER_ANSWER_S = 0.06, 0.2
# The keys before Enter are taken meanwhile.
_TAKEN_S = 0.1
_POLL_S = 0.05
_LAST_ROWS = 20

Between = Callable[[Path], None]


class Left(NamedTuple):
    """What a program that was killed has left of a click: whether it was kept, sent and answered."""

    kept: bool
    arrived: bool
    answered: bool

    @property
    def words(self) -> str:
        """How far it had come."""
        if not self.kept:
            return "not kept yet"
        if self.answered:
            return "answered"
        return "at the server, not answered" if self.arrived else "kept, not at the server"


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Kill it so many times, at every moment equally often."""
    with workplace(folder) as at:
        return kill(at, dice, [MOMENTS[number % len(MOMENTS)] for number in range(times)], folder, tell)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Take the outbox away with the program, and give what waits a new id as who keeps none would."""
    with workplace(folder) as at:
        return total(
            [
                kill(at, dice, ["arrives"], folder / "lost", silent, between=throw_away),
                kill(at, dice, ["answered"], folder / "twice", silent, between=give_new_ids),
            ]
        )


def kill(
    at: Workplace,
    dice: random.Random,
    moments: Iterable[Moment],
    folder: Path,
    tell: Tell,
    *,
    between: Between = lambda client: None,
) -> Outcome:
    """Type entries of a product of its own, each of another quantity, and kill the program at these moments.

    A click that was not taken is made again, as a person does who does not find it. ``between``: what happens to the
    program's files before it is started again; a control.
    """
    client = folder / "client"
    at.http.close()
    product = at.http.post("/produtos", {"nome": f"Produto {folder.name}"}).json()["id"]
    ways: Counter[str] = Counter()
    clicks, number, wrong = 1, 0, 0
    shown_taken: set[int] = set()
    for number, moment in enumerate(moments, start=1):
        with running(at, client) as copy:
            _click_and_die(at, copy, dice, product, clicks, moment)
        left = _left(at, client, product, clicks)
        ways[left.words] += 1
        said = _was_said(copy, clicks)
        wrong += said and not left.kept
        if said or left.kept:
            shown_taken.add(clicks)
            clicks += 1
        between(client)
        tell(f"{number} killed, {dict(ways)}")
    with running(at, client):
        _wait_until_sent(client)
    at.http.close()
    found = Counter(row["quantidade"] for row in Ledger(at.http).rows() if row["produto_id"] == product)
    expected = Counter(shown_taken)
    wrong += at.output.read_text(encoding="utf-8").count("Traceback")
    figures = ", ".join(f"{count} {words}" for words, count in sorted(ways.items()))
    return Outcome(
        number,
        len(shown_taken),
        (expected - found).total(),
        (found - expected).total(),
        wrong,
        f"when it was killed: {figures}",
    )


def throw_away(client: Path) -> None:
    """Leave nothing of what the program had kept."""
    shutil.rmtree(client)


def give_new_ids(client: Path) -> None:
    """Let what waits go out as a movement of its own, as from a program that makes the id when it sends."""
    with closing(sqlite3.connect(client / FILE_NAME)) as database, database:
        for id, body in database.execute("SELECT id, body FROM movement WHERE state = 'waiting'").fetchall():
            new = str(uuid4())
            changed = json.dumps({**json.loads(body), "id": new})
            database.execute("UPDATE movement SET id = ?, body = ? WHERE id = ?", (new, changed, id))


def _click_and_die(
    at: Workplace, copy: Copy, dice: random.Random, product: str, quantity: int, moment: Moment
) -> None:
    type_entry(at, product, quantity)
    time.sleep(_TAKEN_S)
    at.proxy.arm(moment, copy.kill)
    at.desk.x11.press("Return")
    if moment == "kept":
        copy.wait_for("kept")
    elif moment == "told":
        assert at.proxy.passed.wait(LIMIT_S), copy.told
        time.sleep(dice.random() * _LONGEST_AFTER_ANSWER_S)
    elif moment == "pressed":
        time.sleep(dice.random() ** 3 * _LONGEST_AFTER_ENTER_S)
    else:
        # The proxy kills it.
        copy.wait_for("ended")
    copy.kill()


def _was_said(copy: Copy, quantity: int) -> bool:
    """Tell whether the window has said that the movement is registered, or kept."""
    registered = _(REGISTERED[ENTRY]).partition("{product}")[0].format(quantity=format_quantity(quantity))
    kept = _("Kept on this computer; it is registered as soon as the server answers.")
    return any(said.startswith((f"said success {registered}", f"said plain {kept}")) for said in copy.told)


def _left(at: Workplace, client: Path, product: str, quantity: int) -> Left:
    states = {
        json.loads(body)["quantidade"]: state
        for body, state in _rows(client, "SELECT body, state FROM movement")
    }
    state = states.get(quantity)
    # The server ends a connection that rests; this opens another one.
    at.http.close()
    last = at.http.get(f"/inventario?ultimos={_LAST_ROWS}").json()
    arrived = any((row["produto_id"], row["quantidade"]) == (product, quantity) for row in last)
    return Left(state is not None, arrived, state == "sent")


def _wait_until_sent(client: Path) -> None:
    end = time.monotonic() + LIMIT_S
    while _rows(client, "SELECT 1 FROM movement WHERE state <> 'sent'"):
        if time.monotonic() > end:
            # What is missing then is counted.
            return
        time.sleep(_POLL_S)


def _rows(client: Path, question: str) -> list[tuple[Any, ...]]:
    """Read the outbox as it is, and change nothing of what a killed program has left; nothing where there is none."""
    path = client / FILE_NAME
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as database:
        try:
            return database.execute(question).fetchall()
        except sqlite3.OperationalError:
            # It was killed before the file had its tables.
            return []
