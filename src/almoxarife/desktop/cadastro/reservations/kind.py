"""Reservations, as the register program lists, makes and cancels them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from almoxarife.client.reservations import Reservation, Wish
from almoxarife.clock import shop_zone
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.record.kind import Choice, RecordAction, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, wrong
from almoxarife.desktop.kit.formats import DateError, NumberError, format_date, parse_date, parse_quantity
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _, format_quantity

PRODUCT, QUANTITY, PLACE, UNTIL, NOTE = "produto_id", "quantidade", "local_id", "vence_em", "observacao"
DECIMALS = 4


@dataclass(frozen=True)
class Listed:
    """A reservation, with the path of its place."""

    reservation: Reservation
    place: str


def reservations(api: Api, chosen: Chosen, today: Callable[[], date]) -> RecordKind[Listed]:
    """Return how reservations are listed, made for the chosen product, and cancelled."""

    def fetch(text: str) -> list[Listed]:
        names = api.place_names()
        every = [Listed(one, names.get(one.place_id, one.place_id)) for one in api.reservations()]
        of_product = [one for one in every if one.reservation.product_id == text.lower()]
        return of_product or [one for one in every if matches(text, *_told(one))]

    return RecordKind(
        words=RecordWords(
            title=N_("Reservations"),
            new=N_("New reservation"),
            empty=N_("Nothing is reserved. Reserve something at the right."),
            saved=N_("Reserved: {name}."),
        ),
        columns=_columns(),
        row=lambda one: (
            one.reservation.product_name,
            format_quantity(one.reservation.quantity),
            format_date(_last_day(one.reservation)),
            one.reservation.note,
            one.place,
            one.reservation.username,
        ),
        name=lambda one: f"{format_quantity(one.reservation.quantity)} · {one.reservation.product_name}",
        is_active=lambda one: True,
        fields=_fields(api, chosen),
        fetch=fetch,
        values=_values,
        create=lambda values: api.reserve(_wish(values, today())),
        actions=(
            RecordAction(
                "cancel",
                N_("Cancel it"),
                applies=lambda one: True,
                run=lambda one: api.cancel_reservation(one.reservation.id),
                done=N_("{name}: reserved no more."),
            ),
        ),
    )


def _columns() -> list[Column]:
    return [
        Column(_("Product"), "m" * 8, stretch=True),
        Column(_("Quantity"), "999.999", align="right"),
        Column(_("Until"), "00/00/0000", spare=1),
        Column(_("For whom"), "m" * 7, spare=2),
        Column(_("Place"), "m" * 7, spare=3),
        Column(_("Who"), "m" * 6, spare=4),
    ]


def _fields(api: Api, chosen: Chosen) -> list[RecordField]:
    def products() -> Sequence[Choice]:
        # Those of the list are there to be shown; the first one is what a new one is of.
        names = {one.product_id: one.product_name for one in api.reservations()}
        first = {} if chosen.product is None else {chosen.product.id: chosen.product.name}
        return [Choice(f"{name} ({id})", id) for id, name in {**first, **names}.items()]

    def places() -> Sequence[Choice]:
        # The default place comes first.
        every = sorted(api.places(), key=lambda place: not place.default)
        return [Choice(place.path, place.id) for place in every]

    return [
        RecordField(
            PRODUCT, N_("Product"), "choice", choices=products, missing=N_("Select it in Balances first.")
        ),
        RecordField(QUANTITY, N_("Quantity"), missing=N_("Type the quantity.")),
        RecordField(PLACE, N_("Place"), "choice", choices=places),
        RecordField(UNTIL, N_("Until the end of"), missing=N_("Type the last day.")),
        RecordField(NOTE, N_("For whom, or why")),
    ]


def _values(one: Listed) -> Mapping[str, str]:
    return {
        PRODUCT: one.reservation.product_id,
        QUANTITY: format_quantity(one.reservation.quantity),
        PLACE: one.reservation.place_id,
        UNTIL: format_date(_last_day(one.reservation)),
        NOTE: one.reservation.note,
    }


def _told(one: Listed) -> tuple[str, ...]:
    found = one.reservation
    return (found.product_id, found.product_name, one.place, found.note, found.username)


def _wish(values: Mapping[str, str], today: date) -> Wish:
    try:
        quantity = parse_quantity(values[QUANTITY], decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY)
    except NumberError as error:
        raise wrong(QUANTITY, str(error)) from None
    try:
        until = parse_date(values[UNTIL], today=today)
    except DateError as error:
        raise wrong(UNTIL, str(error)) from None
    if until < today:
        raise wrong(UNTIL, _("The day is over. Type today or a later one."))
    return Wish(values[PRODUCT], quantity, until, values[PLACE], values[NOTE])


def _last_day(reservation: Reservation) -> date:
    # One that ends as a day begins counts to the end of the day before.
    return (reservation.expires_at.astimezone(shop_zone()) - timedelta(microseconds=1)).date()
