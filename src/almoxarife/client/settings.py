"""How the shop works: its name, how stock is valued, whether balances may go below zero."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract.settings import SettingsRow

_ROW = TypeAdapter(SettingsRow)


@dataclass(frozen=True)
class Shop:
    """The shop's settings; ``cost_method``: ``medio`` or ``peps``, as the wire names them.

    ``scale_masks``: what stands where on the labels of its scales, empty for none. ``expiry_warning_days``: how many
    days before it expires a lot is warned of.
    """

    name: str
    cost_method: str
    allows_negative: bool
    scale_masks: str = ""
    expiry_warning_days: int = 30


def now(session: Session) -> Shop:
    """Return how the shop works."""
    return _shop(session.request("GET", "/configuracoes"))


def change(session: Session, values: dict[str, object]) -> Shop:
    """Set some settings, by their keys on the wire; the others stay as they are."""
    # Set again to what it is already, a setting does not change.
    return _shop(session.request("PUT", "/configuracoes", body=values, repeatable=True))


def _shop(answer: object) -> Shop:
    row = read(_ROW, answer)
    return Shop(row.name, row.cost_method, row.allows_negative, row.scale_masks, row.expiry_warning_days)
