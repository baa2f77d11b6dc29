"""Suppliers and customers, as the register program keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from almoxarife.client.partners import Partner
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import switches
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _

KINDS = {"fornecedor": N_("Supplier"), "cliente": N_("Customer"), "ambos": N_("Supplier and customer")}


def partners(api: ShopApi) -> RecordKind[Partner]:
    """Return how suppliers and customers are listed and kept."""

    def kinds() -> Sequence[Choice]:
        return [Choice(_(word), kind) for kind, word in KINDS.items()]

    return RecordKind(
        words=RecordWords(
            title=N_("Partners"),
            new=N_("New partner"),
            empty=N_("No suppliers or customers yet. Create the first one at the right."),
            saved=N_("Partner saved: {name}."),
        ),
        columns=[
            Column(_("Code"), "t99999"),
            Column(_("Name"), "m" * 8, stretch=True),
            Column(_("CPF/CNPJ"), "00.WWW.000/00WW-00", spare=1),
        ],
        row=lambda one: (one.id, one.name, one.document or ""),
        name=lambda one: one.name,
        is_active=lambda one: one.active,
        fields=[
            RecordField("nome", N_("Name"), missing=N_("Type the name.")),
            RecordField("tipo", N_("Kind"), "choice", choices=kinds),
            RecordField("documento", N_("CPF/CNPJ")),
            RecordField("telefone", N_("Phone")),
            RecordField("email", N_("E-mail")),
            RecordField("observacoes", N_("Notes")),
        ],
        fetch=api.every_partner,
        values=lambda one: {
            "nome": one.name,
            "tipo": one.kind,
            "documento": one.document or "",
            "telefone": one.phone,
            "email": one.email,
            "observacoes": one.notes,
        },
        create=lambda values: api.create_partner(_body(values)),
        change=lambda one, values: api.change_partner(one, _body(values)),
        actions=switches(lambda one: one.active, api.set_partner_active),
    )


def _body(values: Mapping[str, str]) -> dict[str, object]:
    return {**values, "documento": values["documento"] or None}
