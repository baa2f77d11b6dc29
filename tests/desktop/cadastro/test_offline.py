"""Logging in while the server is away, and what becomes of it when it is back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.alone import passes
from almoxarife.client.errors import ClientError, Refused, SessionExpired, Unavailable, Unreachable
from almoxarife.client.session import Session
from almoxarife.client.visit.session import listening
from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.offline import OfflineWork
from almoxarife.desktop.cadastro.pages import pages_of

from .fakes import FakeJobs, FakeTimer

URL = "http://127.0.0.1:5000"
AWAY = Unreachable("O servidor não responde.")
WRONG = Refused("Usuário ou senha incorretos.", status=401, code="credenciais_invalidas")


class Server:
    """Answers log-ins and movements, or not."""

    def __init__(self) -> None:
        self.trouble: ClientError | None = None
        self.role = "operador"
        self.posted: list[str] = []
        self.log_ins = 0

    def log_in(self, session: Session, username: str, password: str) -> Account:
        if self.trouble is not None:
            raise self.trouble
        self.log_ins += 1
        session.token = f"token {self.log_ins}"
        return Account("Maria", self.role)

    def post(self, session: Session, body: dict[str, object], token: str) -> dict[str, object]:
        if self.trouble is not None:
            raise self.trouble
        self.posted.append(token)
        return body


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    server = Server()
    monkeypatch.setattr("almoxarife.client.accounts.log_in", server.log_in)
    monkeypatch.setattr("almoxarife.client.movements.post", server.post)
    monkeypatch.setattr(passes, "_N", 1 << 4)
    return server


@pytest.fixture
def start(tmp_path: Path) -> Callable[[], Api]:
    """Start the program's side of the calls anew."""
    return lambda: Api(URL, Visit(tmp_path, URL))


@pytest.fixture
def api(server: Server, start: Callable[[], Api]) -> Api:
    """Somebody was let in while the server was away."""
    start().log_in("maria", "segredo")
    server.trouble = AWAY
    api = start()
    assert api.lets_somebody_in
    with listening() as heard:
        account = api.log_in("maria", "segredo")
    assert account == Account("Maria", "operador", offline=True)
    assert heard.trouble is AWAY
    return api


def test_without_the_server_there_is_nothing_to_do_but_register() -> None:
    assert pages_of(Account("maria", "operador", offline=True)) == ["entry", "issue", "transfer"]
    assert pages_of(Account("maria", "administrador", offline=True))[-1] == "adjustment"
    assert pages_of(Account("maria", "leitor", offline=True)) == []


def test_what_waits_is_sent_when_the_server_is_back(server: Server, api: Api) -> None:
    with pytest.raises(Unreachable):
        api.post("Maria", {"id": "1"})
    assert server.posted == []
    server.trouble = None
    api.post("Maria", {"id": "1"})
    assert server.posted == ["token 2"]
    assert api.come_in() == Account("Maria", "operador")
    assert server.log_ins == 2


def test_a_password_that_the_server_takes_no_longer_is_asked_for_anew(
    server: Server, api: Api, start: Callable[[], Api]
) -> None:
    server.trouble = WRONG
    with pytest.raises(SessionExpired, match=r"não deixou você entrar: Usuário ou senha incorretos\."):
        api.post("Maria", {"id": "1"})
    server.trouble = AWAY
    assert not start().lets_somebody_in
    with pytest.raises(SessionExpired):
        api.come_in()
    server.trouble = None
    api.log_in("maria", "nova")
    api.post("Maria", {"id": "1"})
    assert server.posted == ["token 2"]


def test_who_has_logged_out_is_not_logged_in_when_the_server_is_back(server: Server, api: Api) -> None:
    api.log_out()
    server.trouble = None
    with pytest.raises(SessionExpired):
        api.post("Maria", {"id": "1"})
    assert server.log_ins == 1


def test_who_was_let_in_meanwhile_is_not_shut_out_by_a_refusal(
    server: Server, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_late(_session: Session, _username: str, _password: str) -> Account:
        monkeypatch.setattr("almoxarife.client.accounts.log_in", server.log_in)
        assert api.log_in("maria", "segredo").offline
        raise WRONG

    monkeypatch.setattr("almoxarife.client.accounts.log_in", refuse_late)
    with pytest.raises(SessionExpired):
        api.come_in()
    server.trouble = None
    assert api.come_in() == Account("Maria", "operador")


def test_nobody_is_asked_for_a_password_while_a_stranger_answers() -> None:
    calls = SimpleNamespace(connected=False, meets_stranger=False)
    work = OfflineWork(
        cast(Flow, None),
        cast(Any, None),
        cast(Api, SimpleNamespace(lets_somebody_in=True)),
        cast(Calls, calls),
        FakeTimer(),
    )
    assert "últimos 3 dias" in work.advice()
    calls.meets_stranger = True
    assert work.advice() == ""


def test_a_late_answer_about_somebody_who_was_here_before_is_nobodys() -> None:
    jobs, shown = FakeJobs(), list[str]()
    here: list[Account] = []
    flow = SimpleNamespace(
        here="entry", logged_in=here.append, say=lambda text, kind: None, server_back=lambda: None
    )
    view = SimpleNamespace(show_account=shown.append)
    server = SimpleNamespace(come_in=lambda: Account("Maria", "administrador"))
    work = OfflineWork(cast(Flow, flow), view, cast(Api, server), cast(Calls, jobs), FakeTimer())
    work.logged_in(Account("Maria", "administrador", offline=True))
    jobs.held = True
    work.server_back()
    work.logged_in(Account("João", "operador", offline=True))
    jobs.release()
    assert [account.username for account in here] == ["Maria", "João"]
    server.come_in = lambda: Account("João", "operador")
    work.server_back()
    assert (here[-1], len(here)) == (Account("João", "operador"), 3)


@pytest.mark.parametrize(
    "trouble",
    [AWAY, Unavailable("Indisponível.", status=503), Unavailable("Espere.", status=429)],
)
def test_who_is_not_known_here_hears_of_the_server(
    server: Server, start: Callable[[], Api], trouble: ClientError
) -> None:
    server.role = "leitor"
    start().log_in("maria", "segredo")
    server.trouble = trouble
    for username in ("maria", "joão"):
        with pytest.raises(type(trouble)):
            start().log_in(username, "segredo")


def test_a_server_in_trouble_is_away_but_one_that_asks_for_patience_is_not(
    server: Server, start: Callable[[], Api]
) -> None:
    start().log_in("maria", "segredo")
    server.trouble = Unavailable("Indisponível.", status=503)
    assert start().log_in("maria", "segredo").offline
    server.trouble = Unavailable("Espere.", status=429)
    with pytest.raises(Unavailable):
        start().log_in("maria", "segredo")
    server.trouble = AWAY
    with pytest.raises(Refused, match="neste computador"):
        start().log_in("maria", "errada")
