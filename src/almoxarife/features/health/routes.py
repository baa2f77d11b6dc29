"""Whether the server works, and where its live feed is."""

from __future__ import annotations

import re

from flask import Response

from almoxarife import __version__
from almoxarife.clock import to_rfc3339
from almoxarife.contract.health import FEED_PATH, OK, READ_ONLY, Health
from almoxarife.features.health.service import Pulse
from almoxarife.i18n import _
from almoxarife.routing.access import PUBLIC
from almoxarife.routing.answers import answer
from almoxarife.routing.present import present_environ
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

# A name, an IPv4 address, or an IPv6 address in brackets; then perhaps a port.
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d*)?")

PEM = "application/x-pem-file"

routes = Routes("saude", _("Server"))


@routes.get("/saude", summary=_("Whether the server works"), answers={200: Health}, access=PUBLIC, short=True)
def health() -> Response:
    """Answer ok when the database answers."""
    pulse = service(Pulse)
    pulse.check()
    port = pulse.feed_port()
    around = pulse.surroundings()
    return answer(
        Health(
            state=OK if pulse.takes_writes() else READ_ONLY,
            version=__version__,
            events_url=_feed_address(port) if port is not None else None,
            last_copy_at=to_rfc3339(around.last_copy_at) if around.last_copy_at is not None else None,
            free_bytes=around.free_bytes,
        )
    )


@routes.get(
    "/certificado",
    summary=_("The authority that vouches for this server, in PEM"),
    answers={200: (PEM,)},
    refusals=(404,),
    access=PUBLIC,
)
def certificate() -> Response:
    """Show whom a client would have to trust; whether it does, people decide by the fingerprint."""
    return Response(service(Pulse).authority(), content_type=PEM)


def _feed_address(port: int) -> str:
    """Return the feed's address under the name by which the client has found us.

    What cannot be a name is not repeated; the address on which the request came in takes its place.
    """
    environ = present_environ()
    found = _HOST.fullmatch(environ.get("HTTP_HOST", ""))
    host = found[1] if found else environ["SERVER_NAME"]
    return f"{environ['wsgi.url_scheme']}://{host}:{port}{FEED_PATH}"
