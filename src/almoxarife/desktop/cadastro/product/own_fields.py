"""The fields of a product that the shop has made up itself: names and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from almoxarife.client.products import ProductFacts
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.record.kind import RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, removal, wrong
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _
from almoxarife.names import fold

NAME, VALUE = "campo", "valor"


@dataclass(frozen=True)
class OwnField:
    """One of them, with the product as it was when it was read."""

    name: str
    value: str
    product: ProductFacts


def own_fields(api: Api, chosen: Chosen) -> RecordKind[OwnField]:
    """Return how the own fields of the chosen product are listed, made, changed and removed."""

    def fetch(text: str) -> list[OwnField]:
        product = api.facts(chosen.id)
        every = [OwnField(name, value, product) for name, value in product.fields.items()]
        return [one for one in every if matches(text, one.name, one.value)]

    def create(values: Mapping[str, str]) -> None:
        product = api.facts(chosen.id)
        if fold(values[NAME]) in map(fold, product.fields):
            raise wrong(NAME, _("This field is in the list: choose it there to change it."))
        api.set_own_fields(product.id, product.version, {**product.fields, values[NAME]: values[VALUE]})

    def change(one: OwnField, values: Mapping[str, str]) -> None:
        fields = {**one.product.fields, one.name: values[VALUE]}
        api.set_own_fields(one.product.id, one.product.version, fields)

    def remove(one: OwnField) -> None:
        left = {name: value for name, value in one.product.fields.items() if name != one.name}
        api.set_own_fields(one.product.id, one.product.version, left)

    return RecordKind(
        words=RecordWords(
            title=N_("Own fields"),
            new=N_("New own field"),
            empty=N_("No own fields yet, such as the brand. Create the first one at the right."),
            saved=N_("Own field saved: {name}."),
        ),
        columns=[Column(_("Field"), "m" * 6), Column(_("What it says"), "m" * 5, stretch=True)],
        row=lambda one: (one.name, one.value),
        name=lambda one: one.name,
        is_active=lambda one: True,
        fields=[
            RecordField(NAME, N_("Field (such as brand)"), fixed=True, missing=N_("Type the name.")),
            RecordField(VALUE, N_("What it says"), missing=N_("Type what it says.")),
        ],
        fetch=fetch,
        values=lambda one: {NAME: one.name, VALUE: one.value},
        create=create,
        change=change,
        actions=(removal(remove),),
        said_at={"campos": VALUE},
    )
