"""SQLite without a lock around each value."""

from __future__ import annotations

import _sqlite3
import subprocess
import sys

import pytest

from almoxarife import sqlite_locks

# Both in processes of their own: it is for the whole process, and before anything is opened.
_WITHOUT = """
from almoxarife import sqlite_locks

print(sqlite_locks.do_without_where_unused())
import sqlite3

connection = sqlite3.connect(":memory:")
print(connection.execute("SELECT sum(value) FROM json_each('[1, 2, 39]')").fetchone())
# Asked for once more: too late, and nothing is touched.
print(sqlite_locks.do_without_where_unused())
print(connection.execute("SELECT 'still there'").fetchone())
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(_sqlite3, "__file__"), reason="SQLite may not be within reach"
)
def test_a_process_can_do_without_before_it_opens_anything() -> None:
    said = subprocess.run([sys.executable, "-c", _WITHOUT], check=True, capture_output=True, text=True)
    assert said.stdout.splitlines() == ["True", "(42,)", "False", "('still there',)"]


def test_where_sqlite_is_not_within_reach_everything_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sqlite3, "__file__", __file__, raising=False)
    assert sqlite_locks.do_without() is False
