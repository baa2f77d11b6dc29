"""Products, as the form that changes one of them sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from almoxarife.client.places import SEPARATOR
from almoxarife.client.products import ProductFacts
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import switches
from almoxarife.desktop.cadastro.shop_api import ShopApi
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _, ngettext

LISTED = 200
TRACKING = {
    "nenhum": N_("by quantity alone"),
    "lote": N_("by lot"),
    "serie": N_("by serial number"),
}


def products(api: ShopApi) -> RecordKind[ProductFacts]:
    """Return how products are listed and changed; they are made by their name alone, with the field above."""

    def units() -> Sequence[Choice]:
        return [Choice(f"{unit.code} · {unit.name}", unit.code) for unit in api.units()]

    def categories() -> Sequence[Choice]:
        return [
            Choice(_("(none)"), ""),
            *(Choice(SEPARATOR.join(one.path), one.id) for one in api.categories()),
        ]

    def tracking() -> Sequence[Choice]:
        return [Choice(_(word).capitalize(), way) for way, word in TRACKING.items()]

    return RecordKind(
        words=RecordWords(
            title=N_("Products"),
            new="",
            empty=N_("No products yet. Create the first one above."),
            saved=N_("Product changed: {name}."),
            hint=N_("Choose a product in the list"),
        ),
        columns=[
            Column(_("Code"), "p9999999"),
            Column(_("Product"), "m" * 9, stretch=True),
            Column(_("Unit"), "MMMM", spare=1),
        ],
        row=lambda product: (product.id, product.name, product.unit),
        name=lambda product: f"{product.name} ({product.id})",
        is_active=lambda product: product.active,
        fields=[
            RecordField("nome", N_("Name"), missing=N_("Type the name.")),
            RecordField("unidade", N_("Unit"), "choice", choices=units),
            RecordField("categoria_id", N_("Category"), "choice", choices=categories),
            RecordField("rastreio", N_("Tracked"), "choice", choices=tracking),
            RecordField("observacoes", N_("Notes")),
        ],
        fetch=lambda text: api.search_facts(text, LISTED),
        values=lambda product: {
            "nome": product.name,
            "unidade": product.unit,
            "categoria_id": product.category_id or "",
            "rastreio": product.tracking,
            "observacoes": product.notes,
        },
        change=lambda product, values: api.change_product(product, _changed(product, values)),
        actions=switches(lambda product: product.active, api.set_product_active),
    )


def _changed(product: ProductFacts, values: Mapping[str, str]) -> dict[str, object]:
    """Return what is different now: what is not sent stays, and unit and tracking cannot always be changed."""
    before: Mapping[str, object] = {
        "nome": product.name,
        "unidade": product.unit,
        "categoria_id": product.category_id,
        "rastreio": product.tracking,
        "observacoes": product.notes,
    }
    after: dict[str, object] = {**values, "categoria_id": values["categoria_id"] or None}
    return {name: value for name, value in after.items() if value != before[name]}


def count_text(found: Sequence[ProductFacts]) -> str:
    """Return how many products are listed, and what can be done with one."""
    if len(found) >= LISTED:
        return _("The first {count}; type to find others. Enter registers an entry, F2 changes.").format(
            count=LISTED
        )
    return ngettext(
        "{count} product. Enter registers an entry, F2 changes it.",
        "{count} products. Enter registers an entry of one, F2 changes it.",
        len(found),
    ).format(count=len(found))
