"""Categories of products, as the register program keeps them."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.client.categories import Category
from almoxarife.client.places import SEPARATOR
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches
from almoxarife.desktop.cadastro.records.places import INDENT
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _


def categories(api: ShopApi) -> RecordKind[Category]:
    """Return how categories are listed and kept."""

    def parents() -> Sequence[Choice]:
        return [
            Choice(_("(below no other)"), ""),
            *(Choice(SEPARATOR.join(one.path), one.id) for one in api.categories()),
        ]

    return RecordKind(
        words=RecordWords(
            title=N_("Categories"),
            new=N_("New category"),
            empty=N_("No categories yet. Create the first one at the right."),
            saved=N_("Category saved: {name}."),
        ),
        columns=[Column(_("Code"), "c99999"), Column(_("Category"), "m" * 11, stretch=True)],
        row=lambda one: (one.id, INDENT * (len(one.path) - 1) + one.name),
        name=lambda one: one.name,
        is_active=lambda one: True,
        fields=[
            RecordField("nome", N_("Name"), missing=N_("Type the name.")),
            RecordField("pai_id", N_("Below"), "choice", choices=parents),
        ],
        fetch=lambda text: [one for one in api.categories() if matches(text, *one.path, one.id)],
        values=lambda one: {"nome": one.name, "pai_id": one.parent_id or ""},
        create=lambda values: api.create_category(values["nome"], values["pai_id"]),
        change=lambda one, values: api.change_category(one, values["nome"], values["pai_id"]),
    )
