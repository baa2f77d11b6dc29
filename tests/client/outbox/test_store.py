"""What the outbox keeps, in its file."""

from __future__ import annotations

import sqlite3
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from almoxarife.client.errors import OutboxFailed
from almoxarife.client.outbox import store
from almoxarife.client.outbox.file import FILE_NAME, VERSION
from almoxarife.client.outbox.rows import Counts, Problem, Receipt
from almoxarife.client.outbox.store import Outbox

from .ledger import SERVER, movement


def test_movements_are_kept_in_order_and_each_once(outbox: Outbox, tmp_path: Path) -> None:
    outbox.put("maria", [movement(2), movement(1)])
    outbox.put("maria", [movement(2)])
    outbox.close()
    again = Outbox(tmp_path, SERVER)
    assert [kept.id for kept in again.open_ones()] == [movement(2).id, movement(1).id]
    assert again.next("maria") == again.open_ones()[0]
    assert again.counts() == Counts(waiting=2)
    again.close()


def test_each_user_and_each_server_has_its_own(outbox: Outbox, tmp_path: Path) -> None:
    other = Outbox(tmp_path, "http://loja:5000")
    outbox.put("maria", [movement(1)])
    other.put("maria", [movement(1)])
    outbox.put("joão", [movement(2)])
    other.note_sent(movement(1).id, {}, Receipt(1, "a"))
    assert [kept.state for kept in outbox.open_ones()] == ["waiting", "waiting"]
    assert outbox.next("ana") is None
    next_of_joao = outbox.next("joão")
    assert next_of_joao is not None
    assert next_of_joao.id == movement(2).id
    other.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the user's folder private by itself")
def test_the_file_is_private_and_flushed_at_every_commit(outbox: Outbox, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.touch(0o644)
    outbox.put("maria", [movement(1)])
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    connection = outbox._file._held.connection()
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_refused_one_waits_for_a_decision(outbox: Outbox) -> None:
    outbox.put("maria", [movement(1), movement(2), movement(3)])
    for number in (1, 2, 3):
        outbox.note_refused(
            movement(number).id, Problem("Não há tanto.", "estoque_insuficiente", "quantidade")
        )
    assert outbox.counts() == Counts(refused=3)
    assert outbox.next("maria") is None
    outbox.send_again([movement(1).id])
    outbox.put("maria", [movement(2, 5)])
    outbox.discard([movement(3).id])
    assert [(kept.id, kept.body["quantidade"]) for kept in outbox.open_ones()] == [
        (movement(1).id, 1),
        (movement(2).id, 5),
    ]
    assert outbox.counts() == Counts(waiting=2)


def test_what_may_have_left_is_not_discarded(outbox: Outbox) -> None:
    outbox.put("maria", [movement(1), movement(2)])
    outbox.note_unanswered(movement(1).id, Problem("O servidor não responde."))
    outbox.discard([movement(1).id, movement(2).id])
    (kept,) = outbox.open_ones()
    assert (kept.id, kept.tried, kept.problem) == (movement(1).id, 1, Problem("O servidor não responde."))


def test_what_was_sent_is_not_sent_again_by_whoever_comes_late(outbox: Outbox) -> None:
    outbox.put("maria", [movement(1)])
    outbox.note_sent(movement(1).id, {"sequencia": 7}, Receipt(7, "a"))
    outbox.note_refused(movement(1).id, Problem("Não."))
    outbox.put("maria", [movement(1)])
    outbox.send_again([movement(1).id])
    (kept,) = outbox.find([movement(1).id])
    assert (kept.state, kept.answer) == ("sent", {"sequencia": 7})


def test_the_last_receipt_is_the_highest(outbox: Outbox) -> None:
    outbox.put("maria", [movement(1), movement(2), movement(3)])
    assert outbox.receipt() is None
    for number, sequence in ((1, 4), (2, 9), (3, 6)):
        outbox.note_sent(movement(number).id, {}, Receipt(sequence, f"hash {sequence}"))
    assert outbox.receipt() == Receipt(9, "hash 9")
    assert [receipt.sequence for receipt in outbox.receipts()] == [9, 6, 4]
    assert outbox.note_missing(Receipt(6, "hash 6")) == 1
    assert outbox.counts() == Counts(missing=1)
    assert outbox.receipt() == Receipt(6, "hash 6")
    assert outbox.note_missing(None) == 2
    assert outbox.receipt() is None


def test_what_was_settled_long_ago_is_forgotten_and_nothing_else(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.put("maria", [movement(number) for number in (1, 2, 3, 4)])
    outbox.note_sent(movement(1).id, {}, Receipt(1, "a"))
    outbox.note_refused(movement(2).id, Problem("Não."))
    outbox.note_refused(movement(3).id, Problem("Não."))
    outbox.discard([movement(3).id])
    outbox.forget_old()
    assert len(outbox.find([movement(number).id for number in (1, 2, 3, 4)])) == 4
    monkeypatch.setattr(store, "KEPT_FOR", timedelta(seconds=-1))
    outbox.forget_old()
    assert [kept.state for kept in outbox.find([movement(number).id for number in (1, 2, 3, 4)])] == [
        "refused",
        "waiting",
    ]


def test_a_damaged_file_is_put_aside_whole(
    outbox: Outbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    outbox.put("maria", [movement(1)])
    outbox.close()
    (tmp_path / FILE_NAME).write_bytes(b"no database " * 1_000)
    with caplog.at_level("CRITICAL"):
        outbox.put("maria", [movement(2)])
    assert [kept.id for kept in outbox.open_ones()] == [movement(2).id]
    assert outbox.damaged is not None
    assert outbox.damaged.read_bytes().startswith(b"no database")


def test_a_file_of_a_newer_version_is_left_alone(outbox: Outbox, tmp_path: Path) -> None:
    outbox.put("maria", [movement(1)])
    outbox.close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(OutboxFailed, match="versão mais nova"):
        outbox.counts()


def test_a_file_that_cannot_grow_is_said_and_nothing_is_kept_by_halves(outbox: Outbox) -> None:
    outbox.put("maria", [movement(1)])
    connection = outbox._file._held.connection()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [movement(number, observacao="x" * 1_000) for number in range(2, 40)]
    with pytest.raises(OutboxFailed, match="não conseguiu guardar o movimento"):
        outbox.put("maria", many)
    connection.execute("PRAGMA max_page_count = 100000")
    assert outbox.counts() == Counts(waiting=1)
    outbox.put("maria", many)
    assert outbox.counts() == Counts(waiting=39)


def test_the_instant_of_the_click_is_kept(outbox: Outbox) -> None:
    before = datetime.now(UTC)
    outbox.put("maria", [movement(1)])
    (kept,) = outbox.open_ones()
    assert before <= kept.made_at <= datetime.now(UTC)
