"""Whether the server works, and where its live feed is."""

from __future__ import annotations

from flask import Response

from almoxarife import __version__
from almoxarife.contract.health import Health
from almoxarife.features.health.service import Pulse
from almoxarife.i18n import _
from almoxarife.routing.access import PUBLIC
from almoxarife.routing.answers import answer
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("saude", _("Server"))


@routes.get("/saude", summary=_("Whether the server works"), answers={200: Health}, access=PUBLIC)
def health() -> Response:
    """Answer ok when the database answers."""
    service(Pulse).check()
    return answer(Health(state="ok", version=__version__))
