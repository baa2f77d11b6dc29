"""What granian says of a request, in the words of WSGI."""

from __future__ import annotations

import pytest

from almoxarife.features.accounts.throttle import network_of
from almoxarife.server.rsgi_environ import complete, environ_of, short_environ_of

from .scopes import scope_of


def test_what_was_begun_shortly_is_completed_once() -> None:
    scope = scope_of(host="x", remote_addr="10.0.0.1")
    environ = short_environ_of(scope)
    assert "REMOTE_ADDR" not in environ
    complete(environ)
    complete(environ)
    assert environ == environ_of(scope)
    assert (environ["REMOTE_ADDR"], environ["HTTP_REMOTE_ADDR"]) == ("192.0.2.1", "10.0.0.1")


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
    told = environ_of(scope_of(client=client))["REMOTE_ADDR"]
    assert (told, network_of(told)) == (address, network)
