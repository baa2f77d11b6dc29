"""One exchange ends in time and in bounded memory, whatever the server does."""

from __future__ import annotations

import time

import pytest

from almoxarife.client import transport
from almoxarife.client.transport import Broken, TooLong, Wire

from .hostile import HostileServer, answer, close, hang, raw, trickle


def exchange(server: HostileServer, limit_s: float = 0.4, token: str | None = None) -> transport.Reply:
    wire = Wire(trust_environment=False)
    return wire.exchange("GET", server.url + "/saude", token=token, limit_s=limit_s)


def test_a_complete_answer_comes_back_as_it_is(server: HostileServer) -> None:
    server.behaviours = [answer(418, b"\xff", "X-Kind: tea\r\n")]
    reply = exchange(server)
    assert (reply.status, reply.headers["x-kind"], reply.body) == (418, "tea", b"\xff")


@pytest.mark.parametrize(
    "behaviour",
    [
        hang,
        trickle(b""),
        trickle(b"HTTP/1.1 200 OK\r\nX-Slow: "),
        trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
        trickle(b"HTTP/1.1 200 OK\r\n\r\n"),
        trickle(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
    ],
    ids=["hang", "status", "header", "body", "body without length", "chunk size"],
)
def test_an_exchange_ends_when_its_time_is_over(server: HostileServer, behaviour: object) -> None:
    server.behaviours = [behaviour]  # type: ignore[list-item]
    begin = time.monotonic()
    with pytest.raises(Broken) as caught:
        exchange(server)
    assert caught.value.timed_out
    assert time.monotonic() - begin < 2


@pytest.mark.parametrize(
    "behaviour",
    [
        close,
        raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{"),
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        raw(b"HTTP/1.1 999999 \r\nContent-Length: -5\r\n\r\n"),
        answer(200, b"\x1f\x8bnot gzip", "Content-Encoding: gzip\r\n"),
    ],
    ids=["nothing", "no HTTP", "cut", "bad chunk", "bad status", "bad encoding"],
)
def test_a_broken_answer_is_told_apart_from_a_slow_one(server: HostileServer, behaviour: object) -> None:
    server.behaviours = [behaviour]  # type: ignore[list-item]
    with pytest.raises(Broken) as caught:
        exchange(server, limit_s=3)
    assert not caught.value.timed_out


def test_an_answer_without_end_is_not_kept(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LONGEST_ANSWER_BYTES", 1_000)
    server.behaviours = [answer(200, b"x" * 200_000)]
    with pytest.raises(TooLong):
        exchange(server, limit_s=3)


def test_a_redirection_is_not_followed(server: HostileServer) -> None:
    server.behaviours = [answer(302, b"", "Location: http://example.invalid/\r\n")]
    assert exchange(server).status == 302


def test_the_connection_is_kept(server: HostileServer) -> None:
    server.behaviours = [answer(200, {})]
    wire = Wire(trust_environment=False)
    for _ in range(3):
        wire.exchange("GET", server.url + "/saude")
    wire.close()
    assert len(server.seen) == 3
    assert len({seen.headers["host"] for seen in server.seen}) == 1


def test_nothing_of_netrc_replaces_the_token(
    server: HostileServer, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w", encoding="utf-8") as file:
        file.write("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", netrc)
    server.behaviours = [answer(200, {})]
    wire = Wire(trust_environment=True)
    wire.exchange("GET", server.url, token="secret")
    wire.exchange("GET", server.url)
    assert server.seen[0].headers["authorization"] == "Bearer secret"
    assert "authorization" not in server.seen[1].headers
