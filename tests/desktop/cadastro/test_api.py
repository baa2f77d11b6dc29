"""Of several log-ins under way only the newest one counts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.session import Session
from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.api import Api


def test_a_log_in_answered_late_does_not_replace_a_newer_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun, answer = threading.Event(), threading.Event()

    def log_in(session: Session, username: str, password: str) -> Account:
        if username == "maria":
            begun.set()
            answer.wait(10)
        session.token = f"token of {username}"
        return Account(username, "operador")

    monkeypatch.setattr("almoxarife.client.accounts.log_in", log_in)
    api = Api("http://127.0.0.1:5000", Visit(tmp_path, "http://127.0.0.1:5000"))
    slow = threading.Thread(target=lambda: api.log_in("maria", "segredo"))
    slow.start()
    assert begun.wait(10)
    api.log_in("joão", "outra")
    answer.set()
    slow.join()
    assert api._session.token == "token of joão"
