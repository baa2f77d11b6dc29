"""A server that is killed in the middle of its work has kept every entry that it acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

from almoxarife.features.verification.service import verify_everything
from almoxarife.storage.database import Database
from tests.databases import only_sqlite

from .appending import acknowledged_ids, prepare_shop, stored_ids

ROUNDS = 4


@only_sqlite
def test_no_acknowledged_entry_is_lost_by_a_kill(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    prepare_shop(database)
    acknowledged: set[UUID] = set()
    for number in range(ROUNDS):
        printed = tmp_path / f"acknowledged-{number}"
        with printed.open("wb") as output:
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.storage.appending", database_url],
                stdout=output,
                cwd=Path(__file__).parents[2],
            )
        _wait_for_first_line(printed, child)
        time.sleep(random.uniform(0.05, 0.25))
        child.kill()
        child.wait()
        now = acknowledged_ids(printed.read_text(encoding="ascii"))
        assert len(now) > 5
        acknowledged |= now
        assert acknowledged <= stored_ids(database)
        report = verify_everything(database)
        assert report.findings == ()
        # At most one entry of each of its threads was written and not yet acknowledged.
        assert len(acknowledged) <= report.rows <= len(acknowledged) + 4 * (number + 1)


def _wait_for_first_line(path: Path, child: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while path.stat().st_size == 0:
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
