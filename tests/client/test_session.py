"""Retries, refusals and sentences of a session."""

from __future__ import annotations

import threading
import time

import pytest

from almoxarife.client import session as session_module
from almoxarife.client.errors import (
    BadAnswer,
    ClientError,
    Refused,
    SessionExpired,
    TimedOut,
    Unavailable,
    Unreachable,
)
from almoxarife.client.session import Session

from .hostile import HostileServer, answer, close, hang, raw


class Pauses(list[float]):
    """Stands for sleep: keeps the seconds it was asked for."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def session(server: HostileServer, pauses: Pauses) -> Session:
    return Session(server.url, sleep=pauses)


def refusal(session: Session, method: str = "GET", body: dict[str, object] | None = None) -> ClientError:
    with pytest.raises(ClientError) as caught:
        session.request(method, "/inventario", body=body)
    return caught.value


def test_a_get_is_repeated_until_the_server_is_back(
    server: HostileServer, session: Session, pauses: Pauses
) -> None:
    server.behaviours = [close, answer(500, b"<html>"), answer(200, [])]
    assert session.request("GET", "/produtos") == []
    assert len(pauses) == 2
    assert 0.1 < pauses[0] < pauses[1] < 1


def test_attempts_end(server: HostileServer, session: Session, pauses: Pauses) -> None:
    server.behaviours = [close]
    error = refusal(session)
    assert type(error) is Unreachable
    assert error.message == (
        f"O servidor em {server.url} não responde. Verifique se ele está ligado e se a rede funciona."
    )
    assert len(server.seen) == session_module.ATTEMPTS


def test_a_post_without_id_is_sent_once(server: HostileServer, session: Session) -> None:
    server.behaviours = [close, answer(200, {})]
    assert isinstance(refusal(session, "POST", {"produto_id": "p1"}), Unreachable)
    assert len(server.seen) == 1


def test_a_post_with_id_is_repeated_unchanged(server: HostileServer, session: Session) -> None:
    server.behaviours = [close, answer(201, {"ok": True})]
    assert session.request("POST", "/inventario", body={"id": "a", "quantidade": 1}) == {"ok": True}
    assert [seen.body for seen in server.seen] == ['{"id": "a", "quantidade": 1}'] * 2


def test_the_wish_of_the_server_is_respected(server: HostileServer, session: Session, pauses: Pauses) -> None:
    server.behaviours = [answer(503, {"mensagem": "Já volto."}, "Retry-After: 2\r\n"), answer(200, 1)]
    assert session.request("GET", "/produtos") == 1
    assert 2 <= pauses[0] < 3


@pytest.mark.parametrize("wish", ["600", "Wed, 21 Oct 2099 07:28:00 GMT"])
def test_a_long_wish_is_told_and_not_waited_for(
    server: HostileServer, session: Session, pauses: Pauses, wish: str
) -> None:
    problem = {"codigo": "muitas_tentativas", "mensagem": "Tente daqui a 10 minutos."}
    server.behaviours = [answer(429, problem, f"Retry-After: {wish}\r\n")]
    error = refusal(session)
    assert isinstance(error, Unavailable)
    assert (error.message, error.code, error.status) == (
        "Tente daqui a 10 minutos.",
        "muitas_tentativas",
        429,
    )
    assert (error.retry_after_s or 0) >= 600
    assert pauses == []


@pytest.mark.parametrize("wish", ["soon", "-5", "1e9", "9" * 5000])
def test_a_senseless_wish_is_ignored(
    server: HostileServer, session: Session, pauses: Pauses, wish: str
) -> None:
    server.behaviours = [answer(503, b"", f"Retry-After: {wish}\r\n"), answer(200, 1)]
    assert session.request("GET", "/produtos") == 1
    assert pauses[0] < 1


def test_a_call_ends_although_every_attempt_is_slow(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_module, "EXCHANGE_LIMIT_S", 0.3)
    monkeypatch.setattr(session_module, "CALL_LIMIT_S", 0.7)
    server.behaviours = [hang]
    begin = time.monotonic()
    assert isinstance(refusal(Session(server.url)), TimedOut)
    assert time.monotonic() - begin < 2.5


@pytest.mark.parametrize(
    "behaviour",
    [
        answer(200, b"<html>hello"),
        answer(200, b"\xff\xfe"),
        answer(200, b"[" * 100_000),
        answer(404, b"<html>not here"),
        answer(302, b"", "Location: /\r\n"),
        answer(400, {"error": "no sentence"}),
        answer(400, ["mensagem"]),
    ],
)
def test_an_answer_that_is_not_ours_is_said_to_be_so(
    server: HostileServer, session: Session, behaviour: object
) -> None:
    server.behaviours = [behaviour]  # type: ignore[list-item]
    error = refusal(session)
    assert isinstance(error, BadAnswer)
    assert "não é a API deste sistema" in error.message


def test_what_is_no_http_counts_as_no_answer(server: HostileServer, session: Session) -> None:
    server.behaviours = [raw(b"SSH-2.0\r\n")]
    assert isinstance(refusal(session), Unreachable)


def test_a_refusal_carries_the_sentence_of_the_api(server: HostileServer, session: Session) -> None:
    problem = {"codigo": "campo_invalido", "mensagem": "Use um número inteiro.", "campo": "quantidade"}
    server.behaviours = [answer(400, problem)]
    error = refusal(session, "POST", {"id": "a"})
    assert type(error) is Refused
    assert (error.message, error.code, error.field) == (
        "Use um número inteiro.",
        "campo_invalido",
        "quantidade",
    )
    assert len(server.seen) == 1


def test_a_500_without_json_has_a_sentence(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(500, b"<html>Traceback")]
    error = refusal(session)
    assert isinstance(error, Unavailable)
    assert error.message == "O servidor não pode atender agora. Espere um momento e tente de novo."


def test_401_with_a_token_is_an_expired_session(server: HostileServer, session: Session) -> None:
    session.token = "old"
    server.behaviours = [answer(401, {"codigo": "token_invalido", "mensagem": "Entre de novo."})]
    error = refusal(session)
    assert isinstance(error, SessionExpired)
    assert (error.message, len(server.seen)) == ("Entre de novo.", 1)


@pytest.mark.parametrize(("token", "code"), [(None, ""), ("t", "credenciais_invalidas")])
def test_a_wrong_password_is_no_expired_session(
    server: HostileServer, session: Session, token: str | None, code: str
) -> None:
    session.token = token
    server.behaviours = [answer(401, {"codigo": code, "mensagem": "Usuário ou senha incorretos."})]
    assert type(refusal(session)) is Refused


def test_what_was_sent_with_the_old_token_is_sent_again_with_the_new(
    server: HostileServer, session: Session
) -> None:
    session.token = "old"
    expired = answer(401, {"mensagem": "Entre de novo."})

    def log_in_meanwhile(connection: object) -> None:
        session.token = "new"
        expired(connection)  # type: ignore[arg-type]

    server.behaviours = [log_in_meanwhile, answer(200, "ok")]
    assert session.request("POST", "/produtos", body={"nome": "x"}) == "ok"
    assert server.seen[1].headers["authorization"] == "Bearer new"


def test_no_proxy_comes_between_this_machine_and_itself(
    server: HostileServer, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    server.behaviours = [answer(200, 1)]
    assert session.request("GET", "/saude") == 1


def test_threads_share_a_session(server: HostileServer, session: Session) -> None:
    server.behaviours = [answer(200, 1)]
    answers: list[object] = []

    def ask() -> None:
        answers.extend(session.request("GET", "/saude") for _ in range(10))

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert answers == [1] * 50
