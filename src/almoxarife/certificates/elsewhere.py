"""Where other computers reach this one."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import replace

from almoxarife.config import Settings

# A computer with more networks than these has somebody who knows their addresses.
MOST = 3


def elsewhere(settings: Settings) -> list[str]:
    """Return the API's addresses for other computers, where ``settings.address`` is for this one alone."""
    if not _is_every_address(settings.host):
        return []
    import psutil

    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    found = [
        one.address
        for name, addresses in sorted(psutil.net_if_addrs().items())
        for one in addresses
        if name in up and one.family == socket.AF_INET and _reaches_others(one.address)
    ]
    return [replace(settings, host=address).address for address in found[:MOST]]


def _is_every_address(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False


def _reaches_others(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_loopback or parsed.is_link_local or parsed.is_unspecified)
