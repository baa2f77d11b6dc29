"""Whoever starts a server on a network is told what to type at the other computers."""

from __future__ import annotations

import socket
from types import SimpleNamespace

import psutil
import pytest

from almoxarife.certificates import elsewhere
from almoxarife.config import Settings


def addresses(*texts: str) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(family=socket.AF_INET6 if ":" in text else socket.AF_INET, address=text)
        for text in texts
    ]


@pytest.mark.parametrize(
    ("host", "insecure", "told"),
    [
        ("0.0.0.0", False, ["https://192.168.0.10:5000", "https://10.1.2.3:5000"]),
        ("::", True, ["http://192.168.0.10:5000", "http://10.1.2.3:5000"]),
        ("127.0.0.1", False, []),
        ("192.168.0.10", False, []),
        ("loja.local", False, []),
    ],
)
def test_the_addresses_for_other_computers(
    monkeypatch: pytest.MonkeyPatch, host: str, insecure: bool, told: list[str]
) -> None:
    cards = {
        "eth0": addresses("192.168.0.10", "fe80::1"),
        "lo": addresses("127.0.0.1", "::1"),
        "old": addresses("192.168.7.7"),
        "wlan0": addresses("10.1.2.3", "169.254.3.4"),
    }
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: cards)
    monkeypatch.setattr(
        psutil, "net_if_stats", lambda: {name: SimpleNamespace(isup=name != "old") for name in cards}
    )
    assert elsewhere(Settings.from_environment(host=host, insecure=insecure)) == told
