"""What granian says of a request, in the words of WSGI."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from almoxarife.features.accounts.throttle import network_of
from almoxarife.server.rsgi_environ import environ_of


@pytest.mark.parametrize(
    ("client", "address", "network"),
    [
        ("192.0.2.1:4711", "192.0.2.1", "192.0.2.1"),
        ("[2001:db8:0:1::7]:4711", "2001:db8:0:1::7", "2001:db8:0:1::"),
        ("[::1]:4711", "::1", "::1"),
    ],
)
def test_an_address_is_one_without_port_and_brackets(client: str, address: str, network: str) -> None:
    """With brackets nobody could read it as one, and each machine of a network would count by itself."""
    scope = SimpleNamespace(
        server="[::1]:5000",
        client=client,
        method="GET",
        path="/",
        query_string="",
        http_version="1.1",
        scheme="http",
        headers={},
    )
    told = environ_of(scope)["REMOTE_ADDR"]
    assert (told, network_of(told)) == (address, network)
