"""Who is let in, and from where on."""

from __future__ import annotations

import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from almoxarife.contract.movements import encode_row
from almoxarife.feed import app
from tests.databases import only_sqlite
from tests.server.running import PROBLEM, wait_until

from .conftest import Shop
from .in_process import RunningFeed
from .watching import Watch, refusal


@only_sqlite
@pytest.mark.parametrize(
    "header", ["", "abc", "Basic abc", "Bearer", "Bearer a b", f"Bearer {'x' * 201}", "Bearer x"]
)
def test_without_a_good_token_nobody_is_let_in(feed: RunningFeed, header: str) -> None:
    answer = refusal(feed.url, Authorization=header) if header else refusal(feed.url)
    assert answer.status == 401
    assert answer.headers["Content-Type"] == PROBLEM
    shown = ', error="invalid_token"' if header else ""
    assert answer.headers["WWW-Authenticate"] == f'Bearer realm="almoxarife"{shown}'
    assert answer.json() == {
        "type": "about:blank",
        "title": "Sem acesso",
        "status": 401,
        "codigo": "token_invalido",
        "mensagem": "Sua sessão terminou. Entre de novo.",
    }


def test_a_token_that_has_ended_is_refused_at_once(feed: RunningFeed, shop: Shop) -> None:
    token = shop.log_in()
    Watch(feed.url, token).close()
    shop.log_out(token)
    assert refusal(feed.url, token).status == 401


@only_sqlite
@pytest.mark.parametrize("text", ["-1", "+1", "1.0", "1e3", "x", "%20", "", "9" * 20, "%D9%A1", "1,2"])
def test_a_cursor_must_be_a_whole_number(feed: RunningFeed, shop: Shop, text: str) -> None:
    answer = refusal(f"{feed.url}?depois_de={text}", shop.token)
    assert (answer.status, answer.json()["codigo"]) == (400, "campo_invalido")
    assert answer.json()["campo"] == "depois_de"
    assert "número inteiro" in answer.json()["mensagem"]


@only_sqlite
def test_a_cursor_has_a_bound(feed: RunningFeed, shop: Shop) -> None:
    answer = refusal(f"{feed.url}?depois_de={2**63}", shop.token)
    assert "9.223.372.036.854.775.807" in answer.json()["mensagem"]
    answer = refusal(feed.url, shop.token, Last_Event_ID="-3")
    assert (answer.status, answer.json()["campo"]) == (400, "Last-Event-ID")


def test_a_cursor_beyond_the_end_is_refused_as_the_api_does(feed: RunningFeed, shop: Shop) -> None:
    shop.register(3)
    for answer in (
        refusal(f"{feed.url}?depois_de=4", shop.token),
        refusal(feed.url, shop.token, Last_Event_ID="4"),
    ):
        assert (answer.status, answer.json()["codigo"]) == (400, "cursor_no_futuro")
        assert answer.json()["mensagem"].endswith("está em 3.")


@only_sqlite
def test_other_addresses_and_methods_are_refused(feed: RunningFeed, shop: Shop) -> None:
    lost = refusal(feed.url + "/mais", shop.token)
    assert (lost.status, lost.json()["codigo"]) == (404, "nao_encontrado")
    for method in ("POST", "PUT", "DELETE", "HEAD"):
        answer = refusal(feed.url, shop.token, method=method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET")
        assert answer.headers["Content-Type"] == PROBLEM


def test_an_event_is_the_row_of_the_list(feed: RunningFeed, shop: Shop) -> None:
    watch = Watch(feed.url, shop.token, after=0)
    shop.register(2)
    watch.wait_for(2)
    watch.close()
    assert watch.response.headers["Content-Type"] == "text/event-stream"
    assert watch.response.headers["Cache-Control"] == "no-store"
    assert watch.ids == [1, 2]
    rows = [encode_row(record) for record in shop.movements.following(0, 10)]
    assert [
        (event["sequencia"], event["recibo"] in row) for event, row in zip(watch.events, rows, strict=True)
    ] == [
        (1, True),
        (2, True),
    ]
    assert [set(event) for event in watch.events] == [
        {
            "id",
            "produto_id",
            "nome_produto",
            "quantidade",
            "registrado_por",
            "timestamp",
            "sequencia",
            "recibo",
        }
    ] * 2


def test_without_a_cursor_it_begins_now(feed: RunningFeed, shop: Shop) -> None:
    # Registered a moment ago: acknowledged, and perhaps not yet come round to the feed.
    for round_ in range(1, 6):
        shop.register()
        watch = Watch(feed.url, shop.token)
        last = shop.register()
        watch.wait_for(1)
        watch.close()
        assert watch.ids == [last] == [2 * round_]


def test_both_ways_to_resume_are_the_same_and_the_header_wins(feed: RunningFeed, shop: Shop) -> None:
    shop.register(9)
    watches = [
        Watch(feed.url, shop.token, after=4),
        Watch(feed.url, shop.token, Last_Event_ID="4"),
        Watch(feed.url, shop.token, after=1, Last_Event_ID="4"),
        Watch(feed.url, shop.token, after=4, Last_Event_ID=""),
    ]
    shop.register()
    for watch in watches:
        watch.wait_for(6)
        watch.close()
        assert watch.ids == [5, 6, 7, 8, 9, 10]


def test_a_cursor_that_was_just_acknowledged_is_not_in_the_future(feed: RunningFeed, shop: Shop) -> None:
    for _ in range(20):
        last = shop.register()
        Watch(feed.url, shop.token, after=last).close()


@only_sqlite
def test_there_is_a_bound_to_watchers(feed: RunningFeed, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MOST_WATCHERS", 2)
    watches = [Watch(feed.url, shop.token) for _ in range(2)]
    answer = refusal(feed.url, shop.token)
    assert (answer.status, answer.json()["codigo"]) == (503, "observadores_demais")
    assert answer.headers["Retry-After"] == "10"
    watches[0].close()
    wait_until(lambda: feed.watchers < 2, 5)
    watches[1].close()
    Watch(feed.url, shop.token).close()


@only_sqlite
def test_a_connection_that_says_nothing_is_closed_and_a_watcher_is_not(feed: RunningFeed, shop: Shop) -> None:
    watch = Watch(feed.url, shop.token)
    parts = urlsplit(feed.url)
    for said in (b"", b"GET /eventos HTTP/1.1\r\nHost: a\r\nX-Slow: "):
        with closing(socket.create_connection((parts.hostname or "", parts.port or 0))) as silent:
            silent.settimeout(10)
            silent.sendall(said)
            assert silent.recv(100) == b""
    shop.register()
    watch.wait_for(1)
    watch.close()


@only_sqlite
def test_what_is_no_http_is_refused(feed: RunningFeed) -> None:
    parts = urlsplit(feed.url)
    with closing(socket.create_connection((parts.hostname or "", parts.port or 0))) as stranger:
        stranger.settimeout(10)
        stranger.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert stranger.recv(1_000).startswith(b"HTTP/1.0 400")


@only_sqlite
def test_http_1_0_gets_events_without_chunks(feed: RunningFeed, shop: Shop) -> None:
    shop.register(2)
    parts = urlsplit(feed.url)
    with closing(socket.create_connection((parts.hostname or "", parts.port or 0))) as old:
        old.settimeout(10)
        old.sendall(
            f"GET /eventos?depois_de=1 HTTP/1.0\r\nAuthorization: Bearer {shop.token}\r\n\r\n".encode()
        )
        text = b""
        while b"id: 2\n" not in text:
            text += old.recv(1_000)
        shop.register()
        while b"id: 3\n" not in text:
            text += old.recv(1_000)
    assert b"\r\n" not in text.split(b"\r\n\r\n", 1)[1]
