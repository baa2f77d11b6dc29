"""What a form for movements consists of, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from almoxarife.client.movements import Entry
from almoxarife.desktop.kit import kinds
from almoxarife.desktop.kit.formats import format_signed
from almoxarife.i18n import N_, _, format_quantity

DetailKind = Literal["text", "date", "money", "choice", "partner"]
# When a detail is asked for: always, beside the quantity, among “more details”, or for products tracked by lot or by
# serial number.
Asked = Literal["always", "beside", "folded", "lot", "serial"]
Choices = Literal["kinds", "units", "places", "reasons", "lots", "returned"]

PRODUCT, QUANTITY = "product", "quantity"


@dataclass(frozen=True)
class Detail:
    """A field besides product and quantity.

    ``name`` is what presenter and view call it, ``wire`` its key in the request, with a point before a part of
    it. ``missing`` is said when nothing was filled in; without it the field may stay empty.
    """

    name: str
    label: str
    wire: str
    asked: Asked = "folded"
    kind: DetailKind = "text"
    choices: Choices | None = None
    # What stands for no choice; None when there is no such thing.
    blank: str | None = None
    missing: str = ""
    # Of which kind alone; of all when empty.
    of_kind: str = ""
    # Of how many columns.
    width: int = 1

    @property
    def of_product(self) -> bool:
        """Whether it is about one product alone, and not about all that is registered together."""
        return self.asked in ("lot", "serial", "beside") or self.kind == "money" or self.choices == "returned"


@dataclass(frozen=True)
class MovementForm:
    """A screen: its words (message ids), the kinds it registers, the first one unless told, and its fields."""

    title: str
    action: str
    busy: str
    last: str
    empty: str
    kinds: tuple[str, ...]
    details: tuple[Detail, ...]
    # The sign of the quantity says which way it goes.
    signed: bool = False


REGISTERED: Mapping[str, str] = {
    kinds.ENTRY: N_("Entry registered: {quantity} of {product}."),
    kinds.ISSUE: N_("Issue registered: {quantity} of {product}."),
    kinds.TRANSFER: N_("Transfer registered: {quantity} of {product}."),
    kinds.LOSS: N_("Loss registered: {quantity} of {product}."),
    kinds.ADJUSTMENT: N_("Adjustment registered: {quantity} of {product}."),
    kinds.CUSTOMER_RETURN: N_("Customer return registered: {quantity} of {product}."),
    kinds.SUPPLIER_RETURN: N_("Return to supplier registered: {quantity} of {product}."),
    kinds.REVERSAL: N_("Reversed: {quantity} of {product}."),
}

KIND = Detail("kind", N_("Kind"), "tipo", kind="choice", choices="kinds")
UNIT = Detail("unit", N_("Unit"), "unidade", asked="beside", kind="choice", choices="units")
PLACE = Detail("place", N_("Place"), "local_id", kind="choice", choices="places", blank=N_("usual place"))
PARTNER_SUPPLIER = Detail("partner", N_("Supplier"), "parceiro_id", kind="partner")
PARTNER_CUSTOMER = Detail("partner", N_("Customer"), "parceiro_id", kind="partner")
DOCUMENT = Detail("document", N_("Document"), "documento")
DATE = Detail("date", N_("Date (today when empty)"), "data_efetiva", kind="date")
NOTE = Detail("note", N_("Note"), "observacao")
RETURNED = Detail(
    "returned",
    N_("Comes back from the sale"),
    "devolve",
    kind="choice",
    choices="returned",
    blank=N_("not told"),
    of_kind=kinds.CUSTOMER_RETURN,
    width=2,
)
RETURNED_TO_SUPPLIER = replace(
    RETURNED, label=N_("Goes back from the purchase"), of_kind=kinds.SUPPLIER_RETURN
)
LOT_OUT = Detail(
    "lot",
    N_("Lot"),
    "lote_id",
    asked="lot",
    kind="choice",
    choices="lots",
    blank="",
    missing=N_("Choose the lot."),
    width=2,
)
SERIAL = Detail(
    "serial", N_("Serial number"), "serie", asked="serial", missing=N_("Type or scan the serial number.")
)


def registered_text(entry: Entry) -> str:
    """Return the sentence for a movement that has been registered."""
    number = entry.quantity
    if entry.kind == kinds.ADJUSTMENT:
        quantity = format_signed(number)
    else:
        quantity = format_quantity(-number if number < 0 else number)
    text = _(REGISTERED[entry.kind if entry.kind in REGISTERED else kinds.ENTRY])
    return text.format(quantity=quantity, product=entry.product_name)
