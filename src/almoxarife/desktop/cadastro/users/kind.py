"""Accounts, as an administrator sees and changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from almoxarife.client.users import User
from almoxarife.desktop.cadastro.record.kind import Choice, RecordAction, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches
from almoxarife.desktop.cadastro.users.api import UsersApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _

PENDING, ACTIVE, SHUT_OUT = "pendente", "ativa", "desativada"
STATUS = {PENDING: N_("waits for approval"), ACTIVE: N_("in use"), SHUT_OUT: N_("shut out")}
ROLES = {
    "leitor": N_("leitor: only looks"),
    "operador": N_("operador: registers"),
    "gerente": N_("gerente: adjusts, reverses"),
    "administrador": N_("administrador: everything"),
}


def users(api: UsersApi) -> RecordKind[User]:
    """Return how accounts are listed and changed; people make them themselves, on the first screen."""

    def fetch(text: str) -> list[User]:
        found = [user for user in api.users() if matches(text, user.username)]
        # Who waits wants something.
        return sorted(found, key=lambda user: user.status != PENDING)

    def roles() -> Sequence[Choice]:
        return [Choice(_(word), role) for role, word in ROLES.items()]

    def change(user: User, values: Mapping[str, str]) -> None:
        if values["papel"] != user.role:
            api.set_role(user.username, values["papel"])
        if values["senha_nova"]:
            api.reset_password(user.username, values["senha_nova"])

    return RecordKind(
        words=RecordWords(
            title=N_("Users"),
            new="",
            empty=N_("No users."),
            saved=N_("User changed."),
            hint=N_("Choose a user in the list"),
        ),
        columns=[
            Column(_("User"), "m" * 10, stretch=True),
            Column(_("Role"), "administrador", spare=1),
            Column(_("Status"), "desativadaa"),
        ],
        row=lambda user: (user.username, user.role, _status(user)),
        name=lambda user: user.username,
        is_active=lambda user: user.status != SHUT_OUT,
        fields=[
            RecordField("papel", N_("Role"), "choice", choices=roles),
            RecordField("senha_nova", N_("New password (empty: keeps the old one)"), "secret"),
        ],
        fetch=fetch,
        values=lambda user: {"papel": user.role, "senha_nova": ""},
        change=change,
        actions=_actions(api),
    )


def _status(user: User) -> str:
    return _(STATUS[user.status]) if user.status in STATUS else user.status


def _actions(api: UsersApi) -> tuple[RecordAction[User], ...]:
    return (
        RecordAction(
            "approve",
            N_("Approve"),
            applies=lambda user: user.status == PENDING,
            run=lambda user: api.approve(user.username),
            done=N_("{name} may log in now."),
        ),
        RecordAction(
            "shut_out",
            N_("Shut out"),
            applies=lambda user: user.status == ACTIVE,
            run=lambda user: api.deactivate(user.username),
            done=N_("{name} may no longer log in."),
        ),
        RecordAction(
            "let_in",
            N_("Let in again"),
            applies=lambda user: user.status == SHUT_OUT,
            run=lambda user: api.reactivate(user.username),
            done=N_("{name} may log in now."),
        ),
    )
