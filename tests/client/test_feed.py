"""Reading the live feed, whatever it does."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from almoxarife.client import feed
from almoxarife.client.errors import (
    BadAnswer,
    ClientError,
    NoFeed,
    OtherLedger,
    SessionExpired,
    Unreachable,
)
from almoxarife.client.feed import News

from .alert_rows import alert_row
from .following import LIMIT_S, SILENCE_S, Following, chunk, event, receipt, stream
from .hostile import Behaviour, HostileServer, answer, close, hang, raw, trickle


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "FIRST_PAUSE_S", 0.05)


@pytest.fixture
def followings() -> Iterator[list[Following]]:
    made: list[Following] = []
    yield made
    for one in made:
        one.reader.stop()


@pytest.mark.parametrize("chunked", [True, False])
def test_entries_come_as_they_are_pushed(
    server: HostileServer, followings: list[Following], chunked: bool
) -> None:
    one = Following(server, stream(event(1) + event(2), chunked=chunked))
    followings.append(one)
    one.until_entries(2)
    assert one.sequences == [1, 2]
    assert one.entries[0].quantity == 50
    assert one.entries[0].receipt == receipt(1)
    assert one.look().live
    [request] = one.requests
    assert request == "GET /eventos?depois_de=0 HTTP/1.1"
    [seen] = [seen for seen in server.seen if "/eventos" in seen.line]
    assert seen.headers["authorization"] == "Bearer token"
    assert seen.headers["accept"] == "text/event-stream"


def test_it_goes_on_after_the_last_entry_that_came(
    server: HostileServer, followings: list[Following]
) -> None:
    one = Following(
        server,
        stream(event(7) + event(8), then=close),
        stream(event(8) + event(9) + event(10)[:40], then=close),
        stream(event(9) + event(10)),
        after=7,
    )
    followings.append(one)
    one.until_entries(3)
    assert one.sequences == [8, 9, 10]
    assert [line.split()[1] for line in one.requests] == [
        "/eventos?depois_de=6",
        "/eventos?depois_de=7",
        "/eventos?depois_de=8",
    ]


def test_silence_is_a_lost_connection(server: HostileServer, followings: list[Following]) -> None:
    one = Following(server, stream(event(1)), stream(event(1) + event(2)))
    followings.append(one)
    begin = time.monotonic()
    one.until_entries(2)
    assert time.monotonic() - begin > SILENCE_S
    assert isinstance(one.errors[0], Unreachable)


def test_heartbeats_keep_it_alive(server: HostileServer, followings: list[Following]) -> None:
    def beat(connection: socket.socket) -> None:
        for _ in range(10):
            time.sleep(SILENCE_S / 4)
            connection.sendall(b"3\r\n:\n\n\r\n")
        chunk(event(1))(connection)

    one = Following(server, stream("", then=beat))
    followings.append(one)
    one.until_entries(1)
    assert one.errors == []


def test_it_is_live_only_when_the_last_entry_has_come_again(
    server: HostileServer, followings: list[Following]
) -> None:
    def later(connection: socket.socket) -> None:
        time.sleep(SILENCE_S / 2)
        chunk(event(5))(connection)

    one = Following(server, stream("", then=later), after=5)
    followings.append(one)
    end = time.monotonic() + SILENCE_S / 4
    while time.monotonic() < end:
        assert not one.look().live
    while not one.look().live:
        assert time.monotonic() < end + LIMIT_S
    assert one.entries == []


@pytest.mark.parametrize(
    "first",
    [stream(event(5, "b")), answer(400, {"codigo": "cursor_no_futuro", "mensagem": "O cursor está além."})],
    ids=["another receipt", "too short"],
)
def test_another_ledger_ends_it(server: HostileServer, followings: list[Following], first: Behaviour) -> None:
    one = Following(server, first, after=5)
    followings.append(one)
    one.until_error(OtherLedger)
    assert one.news.over
    assert not one.news.live
    assert one.entries == []


def test_an_ended_session_ends_it(server: HostileServer, followings: list[Following]) -> None:
    refusal = answer(401, {"codigo": "token_invalido", "mensagem": "Sua sessão terminou. Entre de novo."})
    one = Following(server, refusal)
    followings.append(one)
    assert str(one.until_error(SessionExpired)) == "Sua sessão terminou. Entre de novo."
    assert one.news.over


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (answer(200, {"estado": "ok", "versao": "1", "eventos": None}), NoFeed),
        (answer(200, b"<html>Wi-Fi do hotel</html>", "Content-Type: text/html\r\n"), BadAnswer),
        (answer(302, b"", "Location: http://127.0.0.1:1/\r\n"), BadAnswer),
        (answer(503, {"codigo": "observadores_demais", "mensagem": "Programas demais."}), None),
        (close, Unreachable),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), Unreachable),
        (stream(event(3)), BadAnswer),
        (stream(event(1).replace("sequencia", "lugar")), BadAnswer),
        (stream("event: movimento\ndata: {\n\n"), BadAnswer),
        (stream("event: movimento\ndata: " + "x" * 70_000), BadAnswer),
        (stream("", then=raw(b"zz\r\n")), Unreachable),
    ],
    ids=[
        "none", "hotel", "redirection", "full", "nothing", "no HTTP",
        "gap", "shape", "no JSON", "endless", "bad chunk",
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_and_tried_again(
    server: HostileServer, followings: list[Following], behaviour: Behaviour, kind: type[ClientError] | None
) -> None:
    if kind is NoFeed:
        one = Following(server, stream(event(1)), first=[behaviour])
    else:
        one = Following(server, behaviour, stream(event(1)))
    followings.append(one)
    one.until_entries(1)
    assert one.look().live
    if kind is not None:
        assert kind in map(type, one.errors)


def test_other_kinds_of_events_are_left_alone(server: HostileServer, followings: list[Following]) -> None:
    one = Following(server, stream("event: novidade\ndata: {}\n\n" + event(1)))
    followings.append(one)
    one.until_entries(1)
    assert one.errors == []


@pytest.mark.parametrize("behaviour", [hang, stream(""), trickle(b"HTTP/1.1 200 OK\r\nX: ")])
def test_it_stops_at_once(server: HostileServer, behaviour: Behaviour) -> None:
    one = Following(server, behaviour)
    deadline = time.monotonic() + LIMIT_S
    while not one.requests:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    begin = time.monotonic()
    one.reader.stop()
    assert time.monotonic() - begin < 0.1
    for thread in [thread for thread in threading.enumerate() if thread.name == "feed"]:
        thread.join(2)
        assert not thread.is_alive()
    assert one.reader.take() == News([], live=False, error=one.reader.take().error)


def test_what_nobody_takes_waits_at_the_server(
    server: HostileServer, followings: list[Following], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MOST_WAITING", 10)
    one = Following(server, stream("".join(event(number) for number in range(1, 101))))
    followings.append(one)
    deadline = time.monotonic() + LIMIT_S
    while len(one.reader._entries) < 10 and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)
    assert len(one.reader._entries) == 10, "it goes on reading"
    first = one.reader.take(3)
    one.entries += first.entries
    assert len(first.entries) == 3
    one.until_entries(100)
    assert one.sequences == list(range(1, 101))


def test_alerts_come_in_between(server: HostileServer, followings: list[Following]) -> None:
    def told(kind: str, row: object) -> str:
        return f"event: {kind}\ndata: {json.dumps(row)}\n\n"

    good = told("alerta", alert_row(1)) + event(1) + told("alerta", alert_row(2, situacao="resolvido"))
    one = Following(server, stream(good, then=chunk(told("alerta", {"tipo": "novo"}) + event(2))))
    followings.append(one)
    one.until_entries(2)
    assert [(alert.id, alert.situation) for alert in one.alerts] == [("a1", "aberto"), ("a2", "resolvido")]
    # What was raised before is not told, and a kind of a newer server cannot be read.
    assert one.missed_alerts
    assert one.sequences == [1, 2]
