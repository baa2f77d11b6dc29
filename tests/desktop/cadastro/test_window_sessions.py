"""The register program in a real window: where one is logged in, and ending that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from almoxarife.client.sessions import OpenSession
from almoxarife.desktop.cadastro.record.view import RecordPanel

from .cutting import cut_off
from .fake_api import FakeApi
from .window import ProgramWindow

NOON = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
HERE = OpenSession("aa", "maria", "127.0.0.1", "almoxarife-cadastro/0.1.0", NOON, NOON, current=True)
THERE = replace(HERE, id="bb", address="192.0.2.7", program="almoxarife-monitor/0.1.0", current=False)
FOREIGN = replace(THERE, id="cc", username="joão", program="curl/8.1")


def select(at_work: ProgramWindow, panel: RecordPanel, row: int) -> None:
    """Select a row with the keyboard."""
    at_work.wait(lambda: bool(panel.list.table.visible_rows))
    panel.list.table.tree.focus_force()
    at_work.press("Home", *["Down"] * row)


@pytest.mark.parametrize("size", ["834x584", "1024x640"])
def test_ones_own_sessions(api: FakeApi, at_work: ProgramWindow, size: str) -> None:
    at_work.program.window.geometry(size)
    api.shop_sessions = [HERE, THERE]
    at_work.program.flow.go("password")
    account = at_work.program.account
    assert at_work.screen == "password"
    at_work.wait(lambda: at_work.has_focus(account.password.fields["current"].entry))
    account.tabs.select(account.sessions)
    panel = account.sessions
    at_work.wait(lambda: len(panel.list.table.visible_rows) == 2)
    first, second = panel.list.table.visible_rows
    assert (first[0], first[-1]) == ("programa de cadastro", "agora, aqui")
    assert second[0] == "monitor"
    select(at_work, panel, 1)
    at_work.wait(panel.form.actions["end"].winfo_ismapped)
    assert cut_off(at_work) == []
    api.shop_sessions = [HERE]
    panel.form.actions["end"].invoke()
    at_work.wait(lambda: at_work.said == "✓ monitor, 192.0.2.7: encerrada.")
    assert api.kept == [("end_own_session", "bb")]
    at_work.wait(lambda: len(panel.list.table.visible_rows) == 1)
    # The present one is ended by logging out.
    select(at_work, panel, 0)
    at_work.update()
    assert not panel.form.actions["end"].winfo_ismapped()


@pytest.mark.parametrize("size", ["834x584", "1024x640"])
def test_an_administrator_ends_anybodys(api: FakeApi, at_work: ProgramWindow, size: str) -> None:
    at_work.program.window.geometry(size)
    api.shop_sessions = [HERE, FOREIGN]
    at_work.program.flow.go("users")
    users = at_work.program.users
    users.tabs.select(users.sessions)
    at_work.wait(lambda: len(users.sessions.list.table.visible_rows) == 2)
    assert users.sessions.list.table.visible_rows[1][:2] == ("joão", "curl/8.1")
    select(at_work, users.sessions, 1)
    at_work.wait(users.sessions.form.actions["end"].winfo_ismapped)
    assert cut_off(at_work) == []
    form = users.sessions.form
    assert form.title == "joão: curl/8.1, 192.0.2.7"
    shown = {name: field.text for name, field in form.fields.items()}
    assert (shown["address"], shown["program"]) == ("192.0.2.7", "curl/8.1")
    assert shown["since"] == shown["used"] == f"{NOON.astimezone():%d/%m/%y %H:%M}"
    assert all(field.entry.instate(["readonly"]) for field in form.fields.values())
    users.sessions.form.actions["end"].invoke()
    at_work.wait(lambda: api.kept == [("end_session_of", "joão", "cc")])
