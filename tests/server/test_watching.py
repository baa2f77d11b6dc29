"""What is seen of every request: its id in answer and log, how slow it was, and what is counted."""

from __future__ import annotations

import json
import logging
import re

import pytest

from almoxarife.logs import JsonLines
from almoxarife.server.watching import Observer

from .fixtures import StartServer

OURS = re.compile("[0-9a-f]{6}-[0-9]+")


@pytest.mark.parametrize("http_server", ["granian", "waitress"])
def test_every_answer_has_an_id_and_what_is_counted_stays_here(
    start_server: StartServer, http_server: str
) -> None:
    server = start_server("--servidor-http", http_server, "--metricas", "--lento-ms", "1")
    client = server.log_in("admin", "1234", register=True)
    client.post("/produtos", {"nome": "Parafuso 10mm"})
    # On the loop at once and with the commit, refused, streamed, and without a route.
    answers = [
        client.get("/saude"),
        client.get("/produtos"),
        client.get("/nada"),
        client.post("/inventario", {"produto_id": "p1", "quantidade": 1}),
        client.post("/inventario", {"produto_id": "p9", "quantidade": 1}),
        client.post("/inventario", {"tipo": "saida", "produto_id": "p1", "quantidade": 9}),
        client.get("/inventario"),
    ]
    ids = [answer.headers.get_all("X-Request-Id") for answer in answers]
    assert all(found is not None and len(found) == 1 and OURS.fullmatch(found[0]) for found in ids), ids
    assert len({found[0] for found in ids if found}) == len(answers)
    for given, kept in (("caixa-1.A_b", True), ("a" * 65, False), ("a b", False), ("ação", False)):
        named = client.send("GET", "/produtos", headers={"X-Request-Id": given})
        assert (named.headers["X-Request-Id"] == given) is kept

    shown = client.get("/metricas")
    assert shown.status == 200
    assert shown.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    text = shown.body.decode()
    assert 'almoxarife_requests_total{method="POST",status="201"} 3' in text
    assert "almoxarife_ledger_sequence 1\n" in text
    assert all(
        re.fullmatch(r"(# (HELP|TYPE) .+)|([a-z_]+(\{.+\})? [0-9.e+]+)", line) for line in text.splitlines()
    )
    # Through a proxy of this computer it is somebody elsewhere who asks.
    assert client.send("GET", "/metricas", headers={"X-Forwarded-For": "192.0.2.7"}).status == 404

    # Every line of the log is one object; the log-in took longer than a millisecond.
    lines = [json.loads(line) for line in server.output.splitlines() if line.startswith("{")]
    slow = [
        line
        for line in lines
        if line["message"].startswith("slow request: POST /login was answered with 200")
    ]
    assert slow
    assert OURS.fullmatch(slow[0]["request_id"])


def test_without_being_asked_nothing_is_shown(start_server: StartServer) -> None:
    server = start_server()
    assert server.connect().get("/metricas").status == 404
    assert "slow request" not in server.output


def test_what_a_client_sends_makes_no_line_of_its_own() -> None:
    record = logging.LogRecord(
        "almoxarife",
        logging.WARNING,
        __file__,
        1,
        "asked for %s",
        ("\n2026 CRITICAL\u2028\x85\x1b[2J",),
        None,
    )
    line = JsonLines(lambda: "a-1").format(record)
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line)["message"] == "asked for \n2026 CRITICAL\u2028\x85\x1b[2J"
    assert json.loads(line)["request_id"] == "a-1"


def test_only_what_is_slow_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    for limit_s in (0.0, 60.0):
        observer = Observer(slow_s=limit_s)
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/saldos", "QUERY_STRING": "produto_id=p1"}
        observer.begin(environ)
        observer.end(environ, 200)
    (record,) = caplog.records
    assert "/saldos" in record.getMessage()
    assert "p1" not in record.getMessage()
