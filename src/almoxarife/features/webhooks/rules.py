"""Rules of webhooks: which addresses may be told, of what, how it is signed, and when it is tried again."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from almoxarife.clock import MICROSECONDS
from almoxarife.errors import DomainError, InvalidField
from almoxarife.names import has_invisible

# What the audit list calls it.
CREATED = "webhook.criar"
SWITCHED = "webhook.situacao"
MAX_URL = 500
MOST_WEBHOOKS = 20
# Movements told at once, and deliveries of movements that wait: what is beyond them waits in the ledger.
MOVEMENTS_AT_ONCE = 100
MOST_WAITING = 20
# Deliveries that arrived are listed so long.
MOST_DELIVERED = 1_000
FIRST_PAUSE_S = 5
LONGEST_PAUSE_S = 3_600
SIGNATURE = "Almoxarife-Assinatura"
DELIVERY = "Almoxarife-Entrega"
# Addresses that carry another one inside (NAT64 of RFC 6052, 6to4 of RFC 3056): where they lead is not to be seen.
_WRAPPERS = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("2002::/16"))
_PORTS = {"http": 80, "https": 443}


class Topic(StrEnum):
    """What a webhook is told of; the values are stored and go over the wire."""

    ALERTS = "alertas"
    MOVEMENTS = "movimentos"


class WebhookNotFound(DomainError):
    """No webhook has this id: ``webhook_id``."""


class WebhookExists(DomainError):
    """Another webhook has this id."""


class TooManyWebhooks(DomainError):
    """There are as many webhooks as are told: ``maximum``."""


class BadAddress(DomainError):
    """A webhook's address is none of http or https."""


class UnknownHost(DomainError):
    """The host of a webhook's address cannot be found: ``host``."""


class OwnNetwork(DomainError):
    """A webhook's address leads into the server's own network: ``host``, ``address``."""


class Target(NamedTuple):
    """Where a webhook's address leads; ``path`` with its query."""

    secure: bool
    host: str
    port: int
    path: str


class Webhook(NamedTuple):
    """A row of ``webhook``.

    ``topics``: separated by spaces. ``sequence``: up to which movement deliveries were written. ``claimed_until``:
    until then somebody is sending. ``next_at``: not before this instant. ``failures``: in a row; ``trouble``: of the
    last one.
    """

    number: int
    id: bytes
    url: str
    topics: str
    secret: str
    active: int
    account_id: int
    created_at: int
    sequence: int
    claimed_until: int = 0
    next_at: int = 0
    failures: int = 0
    trouble: str | None = None

    def wants(self, topic: Topic) -> bool:
        """Tell whether it is told of something."""
        return topic.value in self.topics.split()

    def says_the_same_as(self, other: Webhook) -> bool:
        """Tell whether another one with the same id asks for the same."""
        return (self.id, self.url, self.topics) == (other.id, other.url, other.topics)


class Delivery(NamedTuple):
    """A row of ``webhook_delivery``; ``body`` is kept until it has arrived, ``status`` is the last answer's."""

    webhook: int
    number: int
    topic: str
    body: str | None
    created_at: int
    attempts: int = 0
    tried_at: int | None = None
    status: int | None = None
    trouble: str | None = None
    delivered_at: int | None = None


class Outcome(NamedTuple):
    """What became of an attempt: the answer's status, or a word for why there was none."""

    status: int | None = None
    trouble: str | None = None

    @property
    def arrived(self) -> bool:
        """Whether the receiver has taken it: any status from 200 to 299."""
        return self.status is not None and 200 <= self.status < 300


def check_topics(topics: Sequence[str]) -> str:
    """Return what a webhook is told of as it is stored. Raises InvalidField."""
    options = [topic.value for topic in Topic]
    if not topics or any(topic not in options for topic in topics):
        raise InvalidField(field="eventos", reason="not_one_of", options=", ".join(options))
    return " ".join(option for option in options if option in topics)


def target_of(url: str) -> Target:
    """Return where an address leads. Raises BadAddress, InvalidField."""
    if len(url) > MAX_URL:
        raise InvalidField(field="url", reason="too_long", maximum=MAX_URL)
    # A line break within an address would end the line of a request.
    if has_invisible(url) or any(character.isspace() for character in url):
        raise BadAddress()
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode() if "%" not in (parts.hostname or "") else ""
    except ValueError:
        raise BadAddress() from None
    # A name and a password before the host make an address look as if it led elsewhere.
    if parts.scheme not in _PORTS or not host or port == 0 or "@" in parts.netloc or parts.fragment:
        raise BadAddress()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii() or "\\" in url:
        raise BadAddress()
    return Target(parts.scheme == "https", host, port or _PORTS[parts.scheme], path)


def check_addresses(host: str, addresses: Sequence[str], allowed: Sequence[str]) -> None:
    """Refuse a host of which any address is not on the public internet, unless it is allowed. Raises OwnNetwork.

    ``allowed``: hosts by name, addresses, or networks such as ``10.0.0.0/8``.
    """
    if host.lower() in (name.lower() for name in allowed):
        return
    networks = [ip_network(name, strict=False) for name in allowed if _is_network(name)]
    for text in addresses:
        address = _plain(text)
        if not is_public(address) and not any(address in network for network in networks):
            raise OwnNetwork(host=host, address=text)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether an address is one of the public internet, by the registries of IANA that Python knows."""
    wrapped = isinstance(address, IPv6Address) and any(address in network for network in _WRAPPERS)
    return address.is_global and not address.is_multicast and not address.is_reserved and not wrapped


def pause_after(failures: int) -> int:
    """Return how long to wait after so many failures in a row, in microseconds: 5 s, 10 s, 20 s … up to an hour."""
    return min(FIRST_PAUSE_S << min(failures - 1, 20), LONGEST_PAUSE_S) * MICROSECONDS


def signature(secret: str, instant_s: int, body: bytes) -> str:
    """Return the value of the header that proves who sent a body, and when.

    ``t=<seconds since the epoch>,v1=<hexadecimal HMAC-SHA256 (RFC 2104) of "<seconds>." and the body>``.
    """
    signed = hmac.new(secret.encode(), f"{instant_s}.".encode() + body, hashlib.sha256)
    return f"t={instant_s},v1={signed.hexdigest()}"


def delivery_id(webhook: Webhook, number: int) -> str:
    """Return the id of a delivery, by which a receiver tells one that comes again."""
    return str(uuid5(UUID(bytes=webhook.id), str(number)))


def _plain(text: str) -> IPv4Address | IPv6Address:
    address = ip_address(text.split("%", maxsplit=1)[0])
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_network(name: str) -> bool:
    try:
        ip_network(name, strict=False)
    except ValueError:
        return False
    return True
