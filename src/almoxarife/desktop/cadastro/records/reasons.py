"""Reasons, as the register program keeps them."""

from __future__ import annotations

from almoxarife.client.reasons import Reason
from almoxarife.desktop.cadastro.record.kind import RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, switches
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _


def reasons(api: ShopApi) -> RecordKind[Reason]:
    """Return how reasons are listed and kept."""
    return RecordKind(
        words=RecordWords(
            title=N_("Reasons"),
            new=N_("New reason"),
            empty=N_("No reasons yet. Create the first one at the right."),
            saved=N_("Reason saved: {name}."),
        ),
        columns=[Column(_("Code"), "m99999"), Column(_("Reason"), "m" * 11, stretch=True)],
        row=lambda one: (one.id, one.name),
        name=lambda one: one.name,
        is_active=lambda one: one.active,
        fields=[RecordField("nome", N_("Name"), missing=N_("Type the name."))],
        fetch=lambda text: [one for one in api.every_reason() if matches(text, one.name, one.id)],
        values=lambda one: {"nome": one.name},
        create=lambda values: api.create_reason(values["nome"]),
        change=lambda one, values: api.change_reason(one, values["nome"]),
        actions=switches(lambda one: one.active, api.set_reason_active),
    )
