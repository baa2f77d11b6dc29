"""What people read of an error: one table from class to status, code and sentence. Knows no HTTP library."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import NamedTuple

from almoxarife.clock import day_of
from almoxarife.contract.codes import Understood
from almoxarife.contract.movements import decimal_text, number_on_wire
from almoxarife.contract.problem import Problem
from almoxarife.errors import (
    DomainError,
    DuplicateKey,
    InvalidField,
    MissingVersion,
    NotJson,
    StaleVersion,
    Unavailable,
)
from almoxarife.features.accounts import rules as accounts
from almoxarife.features.health.rules import NoCertificate
from almoxarife.features.movements.rules import CursorAhead, TooManyWatchers
from almoxarife.features.periods import rules as periods
from almoxarife.features.products.rules import ProductExists, ProductNotFound
from almoxarife.features.users import rules as users
from almoxarife.i18n import N_, _, format_day, format_quantity
from almoxarife.ledger.rules import BalanceOutOfBounds, IdConflict
from almoxarife.names import has_invisible
from almoxarife.server.alert_refusals import ALERT_REFUSALS
from almoxarife.server.analysis_refusals import ANALYSIS_REFUSALS
from almoxarife.server.catalogue_refusals import CATALOGUE_REFUSALS
from almoxarife.server.code_refusals import CODE_REFUSALS
from almoxarife.server.count_refusals import COUNT_REFUSALS
from almoxarife.server.label_refusals import LABEL_REFUSALS
from almoxarife.server.purchase_refusals import PURCHASE_REFUSALS
from almoxarife.server.reasons import REASONS, label_of
from almoxarife.server.refusal import Refusal
from almoxarife.server.stock_refusals import STOCK_REFUSALS
from almoxarife.server.unavailable import UNAVAILABLE

# A product's name is shown whole. Every key that a client may repeat is shorter than a field.
_LONGEST_TEXT = 200
_LONGEST_FIELD = 80


class Answer(NamedTuple):
    """A refusal as it goes out: status, headers beyond those of every problem, and the problem's JSON."""

    status: HTTPStatus
    headers: Mapping[str, str]
    text: str


_S = HTTPStatus
REFUSALS: dict[type[DomainError], Refusal] = {
    NotJson: Refusal(_S.BAD_REQUEST, "json_invalido", N_("The body of the request is not valid JSON.")),
    DuplicateKey: Refusal(
        _S.BAD_REQUEST, "chave_repetida", N_("The field “{field}” appears twice in the request.")
    ),
    MissingVersion: Refusal(
        _S.PRECONDITION_REQUIRED,
        "falta_if_match",
        N_("Say which version you have seen: send its ETag as If-Match."),
        "If-Match",
    ),
    StaleVersion: Refusal(
        _S.PRECONDITION_FAILED,
        "versao_desatualizada",
        N_("Somebody has changed this meanwhile. Read it again and repeat your change."),
        "If-Match",
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
    accounts.AccountInactive: Refusal(
        _S.FORBIDDEN, "conta_desativada", N_("Your account is deactivated. Ask an administrator.")
    ),
    accounts.LastAdministrator: Refusal(
        _S.CONFLICT,
        "ultimo_administrador",
        N_("“{username}” is the last active administrator. Make somebody else one first."),
        "usuario",
    ),
    users.WrongStatus: Refusal(
        _S.CONFLICT,
        "situacao_impede",
        N_("The account “{username}” is “{status}”, which this does not apply to."),
        "usuario",
    ),
    users.OwnPassword: Refusal(
        _S.CONFLICT,
        "propria_senha",
        N_("Change your own password with your present one."),
        "usuario",
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
    accounts.Forbidden: Refusal(
        _S.FORBIDDEN, "proibido", N_("This takes at least the role “{least}”; yours is “{own}”.")
    ),
    accounts.AccountNotFound: Refusal(
        _S.NOT_FOUND, "conta_inexistente", N_("There is no account “{username}”."), "usuario"
    ),
    accounts.SessionNotFound: Refusal(
        _S.NOT_FOUND, "sessao_inexistente", N_("There is no such session, or it has ended already."), "id"
    ),
    accounts.TooManyAttempts: Refusal(
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
    TooManyWatchers: Refusal(
        _S.SERVICE_UNAVAILABLE,
        "observadores_demais",
        N_("Too many programs follow the movements at once. Wait {retry_after_s} s and try again."),
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
    periods.AlreadyClosed: Refusal(
        _S.CONFLICT, "periodo_ja_fechado", N_("Everything up to this day is closed already."), "ate"
    ),
    periods.NotClosed: Refusal(
        _S.CONFLICT, "periodo_nao_fechado", N_("This is not closed, so it cannot be opened again."), "desde"
    ),
    NoCertificate: Refusal(
        _S.NOT_FOUND, "sem_certificado", N_("This server does not encrypt, so it has no certificate.")
    ),
    Unavailable: Refusal(
        _S.SERVICE_UNAVAILABLE, "indisponivel", N_("The database cannot answer right now. Try again shortly.")
    ),
    **STOCK_REFUSALS,
    **LABEL_REFUSALS,
    **COUNT_REFUSALS,
    **CATALOGUE_REFUSALS,
    **CODE_REFUSALS,
    **ALERT_REFUSALS,
    **ANALYSIS_REFUSALS,
    **PURCHASE_REFUSALS,
}
# What an HTTP library refuses by itself.
HTTP_REFUSALS: dict[int, Refusal] = {
    404: Refusal(_S.NOT_FOUND, "nao_encontrado", N_("There is nothing at this address.")),
    405: Refusal(
        _S.METHOD_NOT_ALLOWED, "metodo_nao_permitido", N_("This address does not take this method.")
    ),
    413: Refusal(
        _S.REQUEST_ENTITY_TOO_LARGE, "corpo_grande_demais", N_("The request is larger than {limit} MiB.")
    ),
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
    412: N_("Changed meanwhile"),
    413: N_("Request too large"),
    415: N_("Unsupported content type"),
    428: N_("Version missing"),
    429: N_("Too many attempts"),
    500: N_("Internal error"),
    503: N_("Unavailable"),
}


def answer_to(error: DomainError) -> Answer:
    """Return the answer to a refusal of the domain."""
    parameters = error.parameters
    if isinstance(error, InvalidField):
        field = parameters["field"]
        invalid = Refusal(_S.BAD_REQUEST, "campo_invalido", REASONS[str(parameters["reason"])])
        return Answer(invalid.status, {}, _problem(invalid, {**parameters, "field": label_of(field)}, field))
    refusal = next(REFUSALS[kind] for kind in type(error).__mro__ if kind in REFUSALS)
    if isinstance(error, Unavailable):
        refusal = refusal._replace(message=UNAVAILABLE.get(str(parameters.get("reason")), refusal.message))
    return Answer(
        refusal.status, _headers(error, refusal), _problem(refusal, parameters, parameters.get("field"))
    )


def answer_to_http(status: int, *, largest_mib: int = 1) -> Answer:
    """Return the answer to a request that the HTTP library refused with a status; for 413, what may come at most."""
    refusal = HTTP_REFUSALS.get(status, _BAD_REQUEST if status < 500 else _INTERNAL)
    return Answer(refusal.status, {}, _problem(refusal, {"limit": largest_mib}, None))


def answer_to_unforeseen() -> Answer:
    """Return the answer to a request on which the program itself failed."""
    return Answer(_INTERNAL.status, {}, _problem(_INTERNAL, {}, None))


def _headers(error: DomainError, refusal: Refusal) -> dict[str, str]:
    headers = {}
    if refusal.status == _S.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="almoxarife"'
    # RFC 6750 §3.1: no error code for who showed no token at all.
    if isinstance(error, accounts.InvalidToken) and error.parameters.get("shown", True):
        headers["WWW-Authenticate"] += ', error="invalid_token"'
    if "retry_after_s" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after_s"])
    return headers


def _problem(refusal: Refusal, parameters: Mapping[str, object], field: object) -> str:
    values = {name: _shown_as(name, value) for name, value in parameters.items()}
    sentence = _(refusal.message).format_map(values)
    at_fault, line = field or refusal.field, None
    row = parameters.get("row")
    if isinstance(row, int):
        line = row + 1
        sentence = _("Row {line}: {sentence}").format(line=_shown(line), sentence=sentence)
        place = f"{parameters['rows']}[{row}]"
        at_fault = place if at_fault is None else f"{place}.{at_fault}"
    available = parameters.get("available")
    understood = parameters.get("understood")
    problem = Problem(
        title=_(_TITLES[refusal.status]),
        status=refusal.status,
        code=refusal.code,
        message=sentence,
        field=str(at_fault)[:_LONGEST_FIELD] if at_fault is not None else None,
        available=number_on_wire(available) if isinstance(available, int) else None,
        line=line,
        understood=Understood.model_validate(understood) if isinstance(understood, dict) else None,
    )
    return problem.model_dump_json(by_alias=True, exclude_none=True)


def _shown_as(name: str, value: object) -> object:
    if isinstance(value, int) and name == "available":
        return format_quantity(Decimal(decimal_text(value)))
    if isinstance(value, int) and name == "closed_until":
        # The instant belongs to the first open day.
        return format_day(day_of(value - 1))
    if isinstance(value, str) and name == "expires_on":
        return format_day(value)
    return _shown(value)


def _shown(value: object) -> object:
    """Return a parameter as a sentence may show it; a text may be whatever a client has sent."""
    if type(value) is int or isinstance(value, Decimal):
        return format_quantity(value)
    if isinstance(value, str):
        visible = "".join(
            character for character in value[: _LONGEST_TEXT + 1] if not has_invisible(character)
        )
        return visible if len(value) <= _LONGEST_TEXT else f"{visible[:_LONGEST_TEXT]}…"
    return value
