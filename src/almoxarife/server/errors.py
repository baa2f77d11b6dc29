"""What the client sees of an error: one table from class to status, code and sentence."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from almoxarife.contract.problem import MEDIA_TYPE, Problem
from almoxarife.errors import DomainError, InvalidField, Unavailable
from almoxarife.features.accounts import rules as accounts
from almoxarife.features.accounts.throttle import TooManyAttempts
from almoxarife.features.movements.rules import CursorAhead
from almoxarife.features.products.rules import ProductExists, ProductNotFound
from almoxarife.i18n import N_, _, format_quantity
from almoxarife.ledger.rules import BalanceOutOfBounds, IdConflict
from almoxarife.names import has_invisible
from almoxarife.routing.json_body import DuplicateKey, NotJson
from almoxarife.server.reasons import REASONS, label_of

_logger = logging.getLogger(__name__)

# A product's name is shown whole. Every key that a client may repeat is shorter than a field.
_LONGEST_TEXT = 200
_LONGEST_FIELD = 80


class Refusal(NamedTuple):
    """Status, stable code, sentence (its parameters are the error's), and the field at fault if always one."""

    status: HTTPStatus
    code: str
    message: str
    field: str | None = None


_S = HTTPStatus
REFUSALS: dict[type[DomainError], Refusal] = {
    NotJson: Refusal(_S.BAD_REQUEST, "json_invalido", N_("The body of the request is not valid JSON.")),
    DuplicateKey: Refusal(
        _S.BAD_REQUEST, "chave_repetida", N_("The field “{field}” appears twice in the request.")
    ),
    accounts.UsernameTaken: Refusal(
        _S.CONFLICT, "usuario_existente", N_("This user name is taken. Choose another."), "username"
    ),
    accounts.WrongCredentials: Refusal(
        _S.UNAUTHORIZED, "credenciais_invalidas", N_("Wrong user or password.")
    ),
    accounts.WrongCurrentPassword: Refusal(
        _S.FORBIDDEN, "senha_atual_incorreta", N_("This is not your present password."), "senha_atual"
    ),
    accounts.AccountPending: Refusal(
        _S.FORBIDDEN, "conta_pendente", N_("Your account waits for an administrator's approval.")
    ),
    accounts.WeakPasswordOnNetwork: Refusal(
        _S.FORBIDDEN,
        "senha_fraca_na_rede",
        N_("Your password is too weak for the network. Change it on the computer where the server runs."),
    ),
    accounts.RegistrationClosed: Refusal(
        _S.FORBIDDEN, "registro_fechado", N_("Registration is closed. Ask an administrator for an account.")
    ),
    accounts.InvalidToken: Refusal(
        _S.UNAUTHORIZED, "token_invalido", N_("Your session has ended. Log in again.")
    ),
    accounts.Forbidden: Refusal(_S.FORBIDDEN, "proibido", N_("Only the role “{role}” may do this.")),
    accounts.AccountNotFound: Refusal(
        _S.NOT_FOUND, "conta_inexistente", N_("There is no account “{username}”."), "usuario"
    ),
    TooManyAttempts: Refusal(
        _S.TOO_MANY_REQUESTS,
        "muitas_tentativas",
        N_("Too many attempts. Wait {retry_after_s} s and try again."),
    ),
    ProductExists: Refusal(
        _S.CONFLICT, "produto_existente", N_("The product “{name}” exists already."), "nome"
    ),
    ProductNotFound: Refusal(
        _S.NOT_FOUND, "produto_inexistente", N_("There is no product “{product_id}”."), "produto_id"
    ),
    CursorAhead: Refusal(
        _S.BAD_REQUEST,
        "cursor_no_futuro",
        N_("The cursor lies beyond the end of the ledger, which is at {head}."),
        "depois_de",
    ),
    IdConflict: Refusal(
        _S.CONFLICT, "id_em_conflito", N_("This id belongs to an entry with other content."), "id"
    ),
    BalanceOutOfBounds: Refusal(
        _S.BAD_REQUEST,
        "saldo_fora_do_limite",
        N_("With this quantity the stock would be larger than the system can hold."),
        "quantidade",
    ),
    Unavailable: Refusal(
        _S.SERVICE_UNAVAILABLE, "indisponivel", N_("The database cannot answer right now. Try again shortly.")
    ),
}
# What Flask and Werkzeug refuse by themselves.
HTTP_REFUSALS: dict[int, Refusal] = {
    404: Refusal(_S.NOT_FOUND, "nao_encontrado", N_("There is nothing at this address.")),
    405: Refusal(
        _S.METHOD_NOT_ALLOWED, "metodo_nao_permitido", N_("This address does not take this method.")
    ),
    413: Refusal(_S.REQUEST_ENTITY_TOO_LARGE, "corpo_grande_demais", N_("The request is larger than 1 MiB.")),
    415: Refusal(
        _S.UNSUPPORTED_MEDIA_TYPE, "tipo_de_conteudo", N_("Send JSON: Content-Type: application/json.")
    ),
}
_BAD_REQUEST = Refusal(_S.BAD_REQUEST, "pedido_invalido", N_("The request cannot be read."))
_INTERNAL = Refusal(
    _S.INTERNAL_SERVER_ERROR,
    "erro_interno",
    N_("Something unforeseen happened in the server. Try again; if it goes on, look at its log."),
)
_TITLES = {
    400: N_("Invalid request"),
    401: N_("Not logged in"),
    403: N_("Not allowed"),
    404: N_("Not found"),
    405: N_("Method not allowed"),
    409: N_("Conflict"),
    413: N_("Request too large"),
    415: N_("Unsupported content type"),
    429: N_("Too many attempts"),
    500: N_("Internal error"),
    503: N_("Unavailable"),
}


def install(app: Flask) -> None:
    """Let an app answer every error as a problem."""
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unforeseen)


def _domain_error(error: DomainError) -> Response:
    if isinstance(error, InvalidField):
        return _invalid_field(error)
    refusal = next(REFUSALS[kind] for kind in type(error).__mro__ if kind in REFUSALS)
    response = _problem(refusal, error.parameters, error.parameters.get("field"))
    if isinstance(error, accounts.InvalidToken):
        # RFC 6750 §3.1: no error code for who showed no token at all.
        shown = error.parameters.get("shown", True)
        response.headers["WWW-Authenticate"] = (
            'Bearer realm="almoxarife", error="invalid_token"' if shown else 'Bearer realm="almoxarife"'
        )
    elif refusal.status == _S.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="almoxarife"'
    if "retry_after_s" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after_s"])
    if isinstance(error, Unavailable):
        _logger.warning("the database cannot serve: %s", type(error.__cause__).__name__)
    return response


def _invalid_field(error: InvalidField) -> Response:
    field = error.parameters["field"]
    sentence = REASONS[str(error.parameters["reason"])]
    parameters = {**error.parameters, "field": label_of(field)}
    return _problem(Refusal(_S.BAD_REQUEST, "campo_invalido", sentence), parameters, field)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    refusal = HTTP_REFUSALS.get(status, _BAD_REQUEST if status < 500 else _INTERNAL)
    response = _problem(refusal, {}, None)
    # Allow (RFC 9110 §15.5.6) of a 405.
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _unforeseen(error: Exception) -> Response:
    _logger.error("unforeseen error", exc_info=error)
    return _problem(_INTERNAL, {}, None)


def _problem(refusal: Refusal, parameters: Mapping[str, object], field: object) -> Response:
    values = {name: _shown(value) for name, value in parameters.items()}
    at_fault = refusal.field or field
    problem = Problem(
        title=_(_TITLES[refusal.status]),
        status=refusal.status,
        code=refusal.code,
        message=_(refusal.message).format_map(values),
        field=str(at_fault)[:_LONGEST_FIELD] if at_fault is not None else None,
    )
    text = problem.model_dump_json(by_alias=True, exclude_none=True)
    return Response(text, refusal.status, content_type=MEDIA_TYPE)


def _shown(value: object) -> object:
    """Return a parameter as a sentence may show it; a text may be whatever a client has sent."""
    if type(value) is int:
        return format_quantity(value)
    if isinstance(value, str):
        visible = "".join(
            character for character in value[: _LONGEST_TEXT + 1] if not has_invisible(character)
        )
        return visible if len(value) <= _LONGEST_TEXT else f"{visible[:_LONGEST_TEXT]}…"
    return value
