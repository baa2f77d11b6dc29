"""Kinds of movement: the word, the colour and the sign that they are shown with."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from almoxarife.desktop.kit.formats import format_signed
from almoxarife.i18n import N_, _, format_quantity

Tone = Literal["in", "out", "moved", "changed", "struck", "faded", ""]

ENTRY, ISSUE, TRANSFER = "entrada", "saida", "transferencia"
LOSS, ADJUSTMENT = "perda", "ajuste"
CUSTOMER_RETURN, SUPPLIER_RETURN, REVERSAL = "devolucao_cliente", "devolucao_fornecedor", "estorno"

_WORDS = {
    ENTRY: N_("entry"),
    ISSUE: N_("issue"),
    TRANSFER: N_("transfer"),
    LOSS: N_("loss"),
    ADJUSTMENT: N_("adjustment"),
    CUSTOMER_RETURN: N_("customer return"),
    SUPPLIER_RETURN: N_("return to supplier"),
    REVERSAL: N_("reversal"),
}
_TONES: dict[str, Tone] = {
    ENTRY: "in",
    CUSTOMER_RETURN: "in",
    ISSUE: "out",
    SUPPLIER_RETURN: "out",
    LOSS: "out",
    TRANSFER: "moved",
    ADJUSTMENT: "changed",
    REVERSAL: "changed",
}
KINDS = tuple(_WORDS)
# What comes back by each kind of return.
RETURNED_BY = {CUSTOMER_RETURN: ISSUE, SUPPLIER_RETURN: ENTRY}


def kind_word(kind: str) -> str:
    """Return the word for a kind of the wire; a kind of a newer server as it is."""
    return _(_WORDS[kind]) if kind in _WORDS else kind


def linked_kind(kind: str, of: int | None, reversal: int | None = None) -> str:
    """Return the word for a kind with the numbers of what it takes back or brings back, and of its own reversal."""
    word = kind_word(kind)
    if of is not None:
        word = _("{kind} of No. {number}").format(kind=word, number=format_quantity(of))
    if reversal is not None:
        word = _("{kind}, reversed by No. {number}").format(kind=word, number=format_quantity(reversal))
    return word


def kind_tone(kind: str, *, is_reversed: bool = False) -> Tone:
    """Return the colour of a kind, by name; what was taken back is struck through, and so is what took it back."""
    if is_reversed or kind == REVERSAL:
        return "struck"
    return _TONES.get(kind, "")


def kind_quantity(kind: str, quantity: Decimal | int) -> str:
    """Return a signed quantity of the wire as it is shown; what only changes its place has another sign."""
    if kind == TRANSFER:
        return f"⇄ {format_quantity(-quantity if quantity < 0 else quantity)}"
    return format_signed(quantity)
