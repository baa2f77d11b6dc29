"""The log of a product: who changed what, and when, one line for each thing changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from almoxarife.client.products import Change
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.record.kind import RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _

NOTHING = "–"
_NAMES = {
    "nome": N_("Name"),
    "unidade": N_("Unit"),
    "decimais": N_("Decimals"),
    "rastreio": N_("Tracked"),
    "categoria_id": N_("Category"),
    "observacoes": N_("Notes"),
    "campos": N_("Own fields"),
    "ativo": N_("In use"),
    "unido_a": N_("Merged into"),
    "unido": N_("Took the place of"),
    "conversoes": N_("Pack units"),
    "foto": N_("Picture"),
    "codigo": N_("Code"),
}
# Of the digest by which the log tells pictures apart.
_DIGEST_SHOWN = 8


@dataclass(frozen=True)
class ChangedThing:
    """One thing that was changed."""

    when: datetime
    username: str
    what: str
    before: str
    after: str


def changes(api: Api, chosen: Chosen) -> RecordKind[ChangedThing]:
    """Return how the log of the chosen product is listed; nothing is ever changed in it."""

    def fetch(text: str) -> list[ChangedThing]:
        every = [thing for one in reversed(api.changes_of(chosen.id)) for thing in things(one)]
        return [one for one in every if matches(text, one.username, one.what, one.before, one.after)]

    return RecordKind(
        words=RecordWords(
            title=N_("Changes"),
            new="",
            empty=N_("Nothing has been changed since this product was created."),
            saved="",
            hint=N_("Choose a change"),
        ),
        columns=[
            Column(_("When"), "00/00/00 00:00"),
            Column(_("What"), "m" * 6, stretch=True),
            Column(_("Who"), "m" * 7, spare=1),
        ],
        row=lambda one: (_when(one), one.what, one.username),
        name=lambda one: f"{_when(one)} · {one.username}",
        is_active=lambda one: True,
        fields=[
            RecordField("o_que", N_("What")),
            RecordField("antes", N_("Before")),
            RecordField("depois", N_("After")),
        ],
        fetch=fetch,
        values=lambda one: {"o_que": one.what, "antes": one.before, "depois": one.after},
    )


def things(change: Change) -> list[ChangedThing]:
    """Return the things that one change changed, by the words of the screens."""
    return [
        ChangedThing(
            change.changed_at.astimezone(),
            change.username,
            _(_NAMES[key]) if key in _NAMES else key,
            _text(key, change.before.get(key)),
            _text(key, change.after.get(key)),
        )
        for key in dict.fromkeys([*change.before, *change.after])
    ]


def _when(one: ChangedThing) -> str:
    return f"{one.when:%d/%m/%y %H:%M}"


def _text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return " · ".join(f"{name}: {one}" for name, one in value.items()) or NOTHING
    if value is None or value == "":
        return NOTHING
    return str(value)[:_DIGEST_SHOWN] if key == "foto" else str(value)
