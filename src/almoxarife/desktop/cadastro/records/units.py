"""Units of measure, as the register program keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.client.units import Unit
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _

MOST_DECIMALS = 4


def units(api: ShopApi) -> RecordKind[Unit]:
    """Return how units are listed and made; they are never changed, since quantities are written in them."""

    def decimals() -> Sequence[Choice]:
        return [Choice(str(count), str(count)) for count in range(MOST_DECIMALS + 1)]

    return RecordKind(
        words=RecordWords(
            title=N_("Units"),
            new=N_("New unit"),
            empty=N_("No units yet. Create the first one at the right."),
            saved=N_("Unit saved: {name}."),
        ),
        columns=[
            Column(_("Code"), "MMMMMM"),
            Column(_("Name"), "m" * 10, stretch=True),
            Column(_("Decimals"), "0", align="right", spare=1),
        ],
        row=lambda one: (one.code, one.name, str(one.decimals)),
        name=lambda one: one.code,
        is_active=lambda one: True,
        fields=[
            RecordField("codigo", N_("Code (such as SC)"), missing=N_("Type the code.")),
            RecordField("nome", N_("Name"), missing=N_("Type the name.")),
            RecordField("decimais", N_("Decimals"), "choice", choices=decimals),
        ],
        fetch=lambda text: [one for one in api.units() if matches(text, one.code, one.name)],
        values=lambda one: {"codigo": one.code, "nome": one.name, "decimais": str(one.decimals)},
        create=lambda values: api.create_unit(
            values["codigo"].upper(), values["nome"], int(values["decimais"])
        ),
    )
