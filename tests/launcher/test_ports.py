"""What is said about a port that cannot be used, on systems that tell more and less about it."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from types import SimpleNamespace

import psutil
import pytest

from almoxarife.config import Settings
from almoxarife.launcher import ports


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def refusal(host: str, port: int) -> str | None:
    return ports.refusal(Settings.from_environment(host=host, port=port))


def test_a_free_port_is_not_refused(free_port: int) -> None:
    assert refusal("127.0.0.1", free_port) is None


def test_a_port_taken_on_one_address_is_refused_on_all(taken_port: int) -> None:
    assert f"A porta {taken_port} está em uso" in str(refusal("0.0.0.0", taken_port))


def test_an_address_of_another_computer_is_refused() -> None:
    assert refusal("203.0.113.7", 5000) == (
        "O endereço 203.0.113.7 não é deste computador; escolha outro com --host."
    )


def test_the_holder_is_found_where_only_own_processes_may_be_seen(
    taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(kind: str) -> None:
        raise psutil.AccessDenied

    monkeypatch.setattr(psutil, "net_connections", refuse)

    holder = ports.holder_of("127.0.0.1", taken_port)

    assert holder is not None
    assert holder.pid == os.getpid()


def test_a_holder_that_the_system_does_not_tell_is_still_described(
    taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = SimpleNamespace(ip="127.0.0.1", port=taken_port)
    secret = SimpleNamespace(status=psutil.CONN_LISTEN, laddr=address, pid=None)
    monkeypatch.setattr(psutil, "net_connections", lambda kind: [secret])

    assert "programa de outro usuário, ou do sistema" in str(refusal("127.0.0.1", taken_port))


def test_a_long_command_is_shortened() -> None:
    assert ports._shorten("python -c '\n" + "x" * 500).endswith("x…")
    assert len(ports._shorten("x" * 500)) == ports.COMMAND_LENGTH
