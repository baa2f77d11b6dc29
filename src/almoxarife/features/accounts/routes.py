"""Routes of accounts."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Response, request

from almoxarife.clock import to_rfc3339
from almoxarife.config import is_loopback
from almoxarife.contract.accounts import Credentials, LoggedIn, PasswordChange
from almoxarife.contract.base import Done
from almoxarife.contract.sessions import SessionEnd, SessionRow
from almoxarife.features.accounts.rules import MAX_PROGRAM, Origin, Status
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.accounts.service.sessions import Sessions, row_of
from almoxarife.features.accounts.throttle import Throttle, network_of
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.names import fold, has_invisible
from almoxarife.routing.access import PUBLIC, Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("contas", _("Accounts"))
# What everybody may who has an account.
_READER = Access(least=Role.READER)


@routes.post(
    "/registrar_usuario_app",
    summary=_("Create an account"),
    answers={201: Done},
    refusals=(403, 409, 429),
    access=PUBLIC,
)
def register(body: Credentials) -> Response:
    """Make an account, which may have to wait for an administrator."""
    service(Throttle).registration(address=_address())
    status = service(Accounts).register(body.username, body.password)
    if status is Status.PENDING:
        text = _("User registered. An administrator has to approve it before you can log in.")
    else:
        text = _("User registered. You can log in now.")
    return answer(Done(message=text), 201)


@routes.post("/login", summary=_("Log in"), answers={200: LoggedIn}, refusals=(401, 403, 429), access=PUBLIC)
def log_in(body: Credentials) -> Response:
    """Give a new token for name and password."""
    origin = Origin(network_of(_address()), _program())
    usual = service(Sessions).is_usual(body.username, origin.address)
    with service(Throttle).guess(address=_address(), user=fold(body.username), usual=usual):
        token = service(Accounts).log_in(
            body.username, body.password, from_network=_from_network(), origin=origin
        )
    return answer(
        LoggedIn(
            message=_("You are logged in."),
            token=token.token,
            username=token.username,
            role=token.role,
            expires_at=to_rfc3339(token.expires_at),
        )
    )


@routes.post("/sair", summary=_("Log out: the token used ends"), answers={200: Done}, access=_READER)
def log_out() -> Response:
    """Revoke the token that was shown."""
    service(Accounts).log_out(caller())
    return answer(Done(message=_("You are logged out.")))


@routes.post(
    "/senha", summary=_("Change one's own password"), answers={200: Done}, refusals=(403, 429), access=_READER
)
def change_password(body: PasswordChange) -> Response:
    """Change the caller's password; the caller's other tokens end."""
    who = caller()
    # Whoever has a session is told from strangers already, whatever they do.
    with service(Throttle).guess(address=_address(), user=fold(who.username), usual=True):
        service(Accounts).change_password(who, body.current, body.new)
    return answer(Done(message=_("Password changed. Other sessions of yours have ended.")))


@routes.get("/sessoes", summary=_("Where one is logged in"), answers={200: [SessionRow]}, access=_READER)
def sessions() -> Response:
    """Show the caller's sessions."""
    who = caller()
    return answer_messages(row_of(one, who) for one in service(Sessions).own(who))


@routes.post(
    "/sessoes/encerrar",
    summary=_("End one of one's own sessions"),
    answers={200: Done},
    refusals=(404,),
    access=_READER,
)
def end_session(body: SessionEnd) -> Response:
    """End a session of the caller's."""
    service(Sessions).end(caller(), body.id)
    return answer(Done(message=_("The session has ended.")))


@routes.post(
    "/sessoes/encerrar_outras",
    summary=_("End all of one's own sessions but this one"),
    answers={200: Done},
    access=_READER,
)
def end_other_sessions() -> Response:
    """End the caller's sessions elsewhere."""
    service(Sessions).end_others(caller())
    return answer(Done(message=_("Your other sessions have ended.")))


def _from_network() -> bool:
    """Tell whether the client is on another machine; an address that cannot be read counts as one."""
    try:
        mapped = getattr(ip_address(_address()), "ipv4_mapped", None)
    except ValueError:
        return True
    return not is_loopback(str(mapped or _address()))


def _address() -> str:
    """Return the address from which the present request comes."""
    return request.remote_addr or ""


def _program() -> str:
    """Return what the client of the present request calls itself, as far as it can be shown to a person."""
    name = request.headers.get("User-Agent", "")[: MAX_PROGRAM * 4]
    return "".join(letter for letter in name if not has_invisible(letter))[:MAX_PROGRAM]
