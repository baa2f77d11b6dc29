"""What reaches the HTTP servers as bytes: requests that are none, too long, cut short, or two in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from .corpus import LARGEST
from .raw import chunks, connect, exchange, receive, request
from .running import ApiServer, Http, free_port

GOOD = b'{"nome": "Prego"}'
LENGTH = f"Content-Length: {len(GOOD)}"
CHUNKED = "Transfer-Encoding: chunked"
SMUGGLED = b"GET /saude HTTP/1.1\r\nHost: x\r\n\r\n"


class Shop(NamedTuple):
    """A server with one product, and somebody logged in."""

    server: ApiServer
    client: Http

    @property
    def port(self) -> int:
        return self.server.port

    def post(self, *headers: str, body: bytes = GOOD, path: str = "/produtos") -> bytes:
        """Return a request that would create a product if it were good."""
        return request("POST", path, *headers, body=body, token=self.client.token or "")


@pytest.fixture(scope="module", params=["granian", "waitress"])
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp(request.param) / "dados"
    server = ApiServer(folder, free_port(), "--servidor-http", request.param)
    client = server.log_in("admin", "1234", register=True)
    client.post("/produtos", {"nome": "Parafuso 10mm"})
    yield Shop(server, client)
    server.kill()


@pytest.fixture(autouse=True)
def _nothing_is_created(shop: Shop) -> Iterator[None]:
    """Whatever was sent: there is the one product that was there, and the next good request is answered."""
    yield
    assert [product["id"] for product in shop.client.get("/produtos").json()] == ["p1"]
    assert "Traceback" not in shop.server.output


EMPTY = b"{}"
EMPTY_LENGTH = "Content-Length: 2"
REFUSED = {
    "length and chunks": ((LENGTH, CHUNKED), chunks(), {400}),
    "chunks and length": ((CHUNKED, LENGTH), chunks(), {400}),
    "two lengths": ((LENGTH, "Content-Length: 2"), GOOD, {400}),
    "length with a plus": ((f"Content-Length: +{len(GOOD)}",), GOOD, {400}),
    "negative length": ((f"Content-Length: -{len(GOOD)}",), GOOD, {400}),
    "length that is no number": (("Content-Length: abc",), GOOD, {400}),
    "length beyond any number": ((f"Content-Length: {'9' * 30}",), GOOD, {400, 413}),
    "5 GB announced": (("Content-Length: 5000000000",), GOOD, {413}),
    "space before the colon": ((f"Content-Length : {len(GOOD)}",), GOOD, {400}),
    "folded header": (("X-A: b", " Content-Length: 17"), b"", {400}),
    "unknown coding": (("Transfer-Encoding: xchunked",), chunks(GOOD), {400, 501}),
    "coding after the chunks": (("Transfer-Encoding: chunked, gzip",), chunks(GOOD), {400, 501}),
    "bad chunk size": ((CHUNKED,), b"zz\r\n" + GOOD + b"\r\n0\r\n\r\n", {400}),
    "negative chunk size": ((CHUNKED,), b"-11\r\n" + GOOD + b"\r\n0\r\n\r\n", {400}),
    "NUL in a header": ((LENGTH, "X-A: b\0c"), GOOD, {400}),
    "one huge header": ((EMPTY_LENGTH, f"X-A: {'a' * 70_000}"), EMPTY, {400, 431}),
    "thousands of headers": (
        (EMPTY_LENGTH, *(f"X-{number}: a" for number in range(5_000))),
        EMPTY,
        {400, 431},
    ),
}


@pytest.mark.parametrize(("headers", "body", "statuses"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_request_is_refused_once(
    shop: Shop, headers: tuple[str, ...], body: bytes, statuses: set[int]
) -> None:
    received = exchange(shop.port, shop.post(*headers, body=body))

    assert len(received.statuses) == 1, received.data[:500]
    assert set(received.statuses) <= statuses, received.data[:500]


@pytest.mark.parametrize(
    "headers", [(LENGTH, CHUNKED), (CHUNKED, LENGTH)], ids=["length first", "chunks first"]
)
@pytest.mark.parametrize("shop", ["granian"], indirect=True)
def test_no_request_hides_in_another(shop: Shop, headers: tuple[str, str]) -> None:
    """RFC 9112 §6.3: who announces a body in two ways is answered, and the connection closed.

    Waitress goes by the chunks and stays open, which the RFC forbids only to whom a proxy stands before.
    """
    received = exchange(shop.port, shop.post(*headers, body=chunks() + SMUGGLED))

    assert received.statuses == [400]
    assert received.closed


UNREADABLE = {
    "no Host": b"GET /saude HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET /saude HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "a TLS greeting": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 600,
    "words": b"ola servidor, tudo bem?\r\n\r\n",
    "HTTP/0.9": b"GET /saude\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a method with an at": b"B@D /saude HTTP/1.1\r\nHost: x\r\n\r\n",
    "bytes in the address": b"GET /\xff\xfe\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "an address of 70,000 letters": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_changes_nothing(shop: Shop, data: bytes) -> None:
    received = exchange(shop.port, data, half_close=True)

    # Waitress takes HTTP/0.9 for a request without headers, and answers the address.
    assert all(400 <= status < 500 or data.endswith(b"/saude\r\n\r\n") for status in received.statuses)
    assert received.closed or received.statuses


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (f"Content-Length: {len(GOOD) + 1}", GOOD),
        (LENGTH, GOOD[:-1]),
        (CHUNKED, b"%x\r\n%s" % (len(GOOD), GOOD[:-1])),
        (CHUNKED, b"%x\r\n%s\r\n" % (len(GOOD) - 1, GOOD[:-1])),
    ],
    ids=["all but a space", "all but the end", "a cut chunk", "a missing chunk"],
)
def test_half_a_body_creates_nothing(shop: Shop, header: str, body: bytes) -> None:
    received = exchange(shop.port, shop.post(header, body=body), half_close=True)
    # Nobody may be there any more to be answered.
    assert set(received.statuses) <= {400}


@pytest.mark.parametrize("size", [LARGEST + 1, 3 * LARGEST, 7 * LARGEST])
@pytest.mark.parametrize("in_chunks", [False, True], ids=["length", "chunks"])
def test_a_client_that_sends_too_much_is_told_so(shop: Shop, size: int, in_chunks: bool) -> None:
    """It reads only when it has sent everything, as simple clients do."""
    body = GOOD.ljust(size)
    sent = (
        shop.post(CHUNKED, body=chunks(body))
        if in_chunks
        else shop.post(f"Content-Length: {size}", body=body)
    )
    with connect(shop.port) as connection:
        connection.sendall(sent)
        received = receive(connection)
    assert received.statuses == [413]
    assert b"1 MiB" in received.data


@pytest.mark.parametrize("token", ["", "x" * 43])
@pytest.mark.parametrize("late", [False, True], ids=["at once", "later"])
def test_the_connection_survives_a_refusal_before_the_body_was_read(
    shop: Shop, token: str, late: bool
) -> None:
    head = request("POST", "/produtos", LENGTH, token=token)
    with connect(shop.port) as connection:
        for _ in range(3):
            if late:
                connection.sendall(head)
                connection.sendall(GOOD)
            else:
                connection.sendall(head + GOOD)
            received = receive(connection, patience_s=0.1)
            assert received.statuses == [401]
            assert not received.closed
            connection.settimeout(10)


def test_two_requests_in_one_packet_are_answered_in_order(shop: Shop) -> None:
    received = exchange(shop.port, SMUGGLED + request("GET", "/nada") + request("GET", "/produtos"))
    assert received.statuses == [200, 404, 401]


def test_a_head_has_no_body_and_leaves_the_connection_in_order(shop: Shop) -> None:
    token = shop.client.token or ""
    for path in ("/saude", "/produtos", "/inventario", "/docs/swagger-ui-bundle.js"):
        both = request("HEAD", path, token=token) + request("GET", "/saude")
        received = exchange(shop.port, both)
        if received.closed:
            # Waitress closes after the head of a list, whose length it does not know.
            assert (received.statuses, b"{" in received.data) == ([200], False), path
            continue
        assert received.statuses == [200, 200], path
        assert received.data.count(b"\r\n\r\n") == 2
        assert b'{"estado":"ok"' in received.data.rpartition(b"\r\n\r\n")[2]


def test_a_client_that_asks_before_it_sends_may_send(shop: Shop) -> None:
    received = exchange(shop.port, request("POST", "/login", "Expect: 100-continue", LENGTH, body=GOOD))
    assert received.statuses in ([100, 400], [400])


def test_a_body_in_chunks_up_to_1_mib_is_read(shop: Shop) -> None:
    whole = b'{"username": "admin", "password": "errada"}'.ljust(LARGEST)
    pieces = [whole[:5], whole[5:700_000], whole[700_000:]]
    received = exchange(shop.port, request("POST", "/login", CHUNKED, body=chunks(*pieces)), patience_s=2)
    assert received.statuses == [401]
