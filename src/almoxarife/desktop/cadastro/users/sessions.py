"""Sessions, one's own or everybody's: where somebody is logged in, and ending that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from almoxarife.client.sessions import OpenSession
from almoxarife.desktop.cadastro.record.kind import RecordAction, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches
from almoxarife.desktop.cadastro.users.api import UsersApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _

# What our programs call themselves → how people call them.
_PROGRAMS = {
    "almoxarife-cadastro": N_("register program"),
    "almoxarife-monitor": N_("monitor"),
}


def own_sessions(api: UsersApi) -> RecordKind[OpenSession]:
    """Return how one's own sessions are listed and ended."""
    return _kind(api.own_sessions, api.end_own_session, [], lambda session: (), _where)


def all_sessions(api: UsersApi) -> RecordKind[OpenSession]:
    """Return how everybody's sessions are listed and ended."""
    user = Column(_("User"), "m" * 7)
    return _kind(
        api.all_sessions,
        api.end_session_of,
        [user],
        lambda session: (session.username,),
        lambda session: f"{session.username}: {_where(session)}",
    )


def program_of(session: OpenSession) -> str:
    """Return what the program of a session is called."""
    name = session.program.partition("/")[0]
    return _(_PROGRAMS[name]) if name in _PROGRAMS else session.program


def _where(session: OpenSession) -> str:
    return f"{program_of(session)}, {session.address}"


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone():%d/%m/%y %H:%M}"


def _used(session: OpenSession) -> str:
    return _("now, here") if session.current else _instant(session.used_at)


def _values(session: OpenSession) -> Mapping[str, str]:
    """Return what the list may have no room for, and what tells one from another."""
    return {
        "program": program_of(session),
        "address": session.address,
        "since": _instant(session.created_at),
        "used": _used(session),
    }


def _kind(
    every: Callable[[], list[OpenSession]],
    end: Callable[[OpenSession], None],
    first: Sequence[Column],
    cells: Callable[[OpenSession], tuple[str, ...]],
    name: Callable[[OpenSession], str],
) -> RecordKind[OpenSession]:
    def fetch(text: str) -> list[OpenSession]:
        return [one for one in every() if matches(text, one.username, program_of(one), one.address)]

    def row(session: OpenSession) -> tuple[str, ...]:
        return (*cells(session), program_of(session), session.address, _used(session))

    return RecordKind(
        words=RecordWords(
            title=N_("Sessions"),
            new="",
            empty=N_("Nobody is logged in."),
            saved="",
            hint=N_("Choose a session in the list"),
        ),
        columns=[
            *first,
            Column(_("Program"), "programa", stretch=True),
            Column(_("Address"), "255.255.255.255", spare=2),
            Column(_("Last use"), "31/12/26 23:59", spare=1),
        ],
        row=row,
        name=name,
        is_active=lambda session: True,
        fields=[
            RecordField("used", N_("Last use")),
            RecordField("since", N_("Since")),
            RecordField("address", N_("Address")),
            RecordField("program", N_("Program")),
        ],
        fetch=fetch,
        values=_values,
        actions=(
            RecordAction(
                "end",
                N_("End this session"),
                # One's own present one is ended by logging out.
                applies=lambda session: not session.current,
                run=end,
                done=N_("{name}: ended."),
            ),
        ),
    )
