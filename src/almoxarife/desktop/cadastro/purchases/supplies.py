"""How products are bought, as managers list and say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from almoxarife.client.partners import Partner
from almoxarife.client.products import Product
from almoxarife.client.supplies import Supply, SupplyWish
from almoxarife.contract.types import MAX_PAGE, MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.listing.paged import PAGE
from almoxarife.desktop.cadastro.product_typed import product_text, product_typed
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, removal, wrong
from almoxarife.desktop.kit.formats import NumberError, parse_quantity, parse_whole
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _, format_quantity

ROLE = "gerente"
PRODUCT, SUPPLIER, DAYS, PACK = "produto_id", "parceiro_id", "prazo_dias", "embalagem"
CUSTOMER = "cliente"
DECIMALS = 4
MOST_DAYS = 730


class SuppliesApi(Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def supplies(self, after: str, limit: int) -> list[Supply]:
        """Return how the next products behind one are bought of which somebody has said it."""

    def put_supply(self, wish: SupplyWish) -> None:
        """Say how a product is bought."""

    def remove_supply(self, supply: Supply) -> None:
        """Say no more how a product is bought."""

    def every_partner(self, text: str) -> list[Partner]:
        """Return the partners that a text means, those no longer in use included."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""


def supplies(api: SuppliesApi) -> RecordKind[Supply]:
    """Return how it is listed and kept from whom products are bought."""
    return RecordKind(
        words=RecordWords(
            title=N_("Buying data"),
            new=N_("How a product is bought"),
            empty=N_("Nothing is said yet. Say at the right from whom a product is bought."),
            saved=N_("Saved: {name}."),
        ),
        columns=[
            Column(_("Product"), "m" * 8, stretch=True),
            Column(_("Supplier"), "m" * 8, spare=1),
            Column(_("Takes (days)"), "999", align="right"),
            Column(_("Pack"), "9.999", align="right", spare=2),
        ],
        row=lambda one: (
            one.product_name,
            one.partner_name or "–",
            format_quantity(one.wish.lead_days),
            "–" if one.wish.pack is None else format_quantity(one.wish.pack),
        ),
        name=lambda one: one.product_name,
        is_active=lambda one: True,
        fields=[
            RecordField(PRODUCT, N_("Product, name or code"), missing=N_("Type the product."), fixed=True),
            RecordField(SUPPLIER, N_("Supplier"), "choice", choices=lambda: _suppliers(api)),
            RecordField(DAYS, N_("Days until it comes")),
            RecordField(PACK, N_("Bought in packs of")),
        ],
        fetch=lambda text: _behind(api, text, ""),
        behind=lambda text, last: _behind(api, text, last.wish.product_id),
        values=_values,
        create=lambda values: api.put_supply(_wish(api, values)),
        change=lambda one, values: api.put_supply(_wish(api, {**values, PRODUCT: one.wish.product_id})),
        actions=(removal(api.remove_supply),),
        finds=lambda reading: reading.product.name if reading.product is not None else "",
        role=ROLE,
    )


def _behind(api: SuppliesApi, text: str, after: str) -> list[Supply]:
    """Return the next ones behind a product that a text means, as many as the list takes at a time."""
    if not text:
        return api.supplies(after, PAGE)
    found: list[Supply] = []
    while len(found) < PAGE:
        page = api.supplies(after, MAX_PAGE)
        found += (one for one in page if matches(text, one.product_name, one.partner_name))
        if len(page) < MAX_PAGE:
            break
        after = page[-1].wish.product_id
    return found[:PAGE]


def _suppliers(api: SuppliesApi) -> Sequence[Choice]:
    # Those from whom nothing is bought any more are there to be shown where they still stand.
    every = [one for one in api.every_partner("") if one.kind != CUSTOMER]
    every.sort(key=lambda one: (not one.active, one.name.casefold()))
    return [Choice(_("(from nobody yet)"), ""), *(Choice(_named(one), one.id) for one in every)]


def _named(partner: Partner) -> str:
    name = f"{partner.name} ({partner.id})"
    return name if partner.active else _("{name}, no longer in use").format(name=name)


def _values(one: Supply) -> Mapping[str, str]:
    return {
        PRODUCT: product_text(one.wish.product_id, one.product_name),
        SUPPLIER: one.wish.partner_id,
        DAYS: str(one.wish.lead_days),
        PACK: "" if one.wish.pack is None else format_quantity(one.wish.pack),
    }


def _wish(api: SuppliesApi, values: Mapping[str, str]) -> SupplyWish:
    product_id = product_typed(values[PRODUCT], PRODUCT, api.search)
    try:
        days = 0 if values[DAYS] in ("", "0") else parse_whole(values[DAYS], maximum=MOST_DAYS)
    except NumberError as error:
        raise wrong(DAYS, str(error)) from None
    try:
        typed = values[PACK]
        pack = parse_quantity(typed, decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY) if typed else None
    except NumberError as error:
        raise wrong(PACK, str(error)) from None
    return SupplyWish(product_id, values[SUPPLIER], days, pack)
