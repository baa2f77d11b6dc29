"""What a form has to know of the product that was chosen: its unit, whether it asks for a lot, and which there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.lots import StockLot
from almoxarife.client.movements import Entry
from almoxarife.client.places import Place
from almoxarife.client.products import ProductFacts, Units
from almoxarife.client.reasons import Reason
from almoxarife.desktop.cadastro.movement.form import Choices, MovementForm
from almoxarife.desktop.cadastro.movement.reading import Option
from almoxarife.desktop.kit.formats import format_date
from almoxarife.desktop.kit.kinds import RETURNED_BY, kind_word
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

LOT, SERIAL = "lote", "serie"
# What a product asks for, by its tracking.
_ASKED = {LOT: "lot", SERIAL: "serial"}
# Of a product about which nothing is known: the server judges.
MOST_DECIMALS = 4


class FactsApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def facts(self, product_id: str) -> ProductFacts:
        """Return all about a product."""

    def units_of(self, product_id: str) -> Units:
        """Return the units in which a product can be typed."""

    def places(self) -> list[Place]:
        """Return the places in use, in the order of the tree."""

    def reasons(self) -> list[Reason]:
        """Return the reasons in use."""

    def lots(self, product_id: str) -> list[StockLot]:
        """Return the lots of a product that are in stock, first expired first."""

    def last_of_product(self, product_id: str, kind: str) -> list[Entry]:
        """Return the last movements of a product of one kind, the newest first."""


class Facts:
    """Keeps the choices of a form up to date; ``changed`` is told whenever there is something new.

    Nobody waits for it: what is not known yet, or cannot be had, is for the server to judge.
    """

    def __init__(self, api: FactsApi, calls: Jobs, form: MovementForm, changed: Callable[[], None]) -> None:
        self._api = api
        self._calls = calls
        self._form = form
        self._changed = changed
        self._wanted = {detail.choices for detail in form.details}
        self.product: ProductFacts | None = None
        self._units: Units | None = None
        self._places: list[Place] = []
        self._reasons: list[Reason] = []
        self._lots: list[StockLot] = []
        self._kind = form.kinds[0]
        self._returned: list[Entry] = []
        self._product_jobs = object()

    def load(self) -> None:
        """Ask for what does not depend on the product."""
        if "places" in self._wanted:
            self._calls.run(self._api.places, self._take_places, self._nothing, self)
        if "reasons" in self._wanted:
            self._calls.run(self._api.reasons, self._take_reasons, self._nothing, self)

    def ask(self, product_id: str) -> None:
        """Ask for all about a product."""
        self.forget()
        self._calls.run(
            lambda: (self._api.facts(product_id), self._api.units_of(product_id)),
            self._take_product,
            self._nothing,
            self._product_jobs,
        )

    def forget(self) -> None:
        """Know nothing of a product."""
        self._calls.drop(self._product_jobs)
        self.product, self._units, self._lots, self._returned = None, None, [], []

    def follow(self, kind: str) -> None:
        """Ask for what can come back by a kind of movement, if anything can."""
        self._kind = kind
        self._ask_returned()

    def decimals(self, unit: str) -> int:
        """Return how many decimals a quantity may have in a unit; an empty one is the stock unit."""
        if self.product is None or unit not in ("", self.product.unit):
            return MOST_DECIMALS
        return self.product.decimals

    @property
    def asked(self) -> set[str]:
        """When details are to be asked for now."""
        asked = {"always", "beside", "folded"}
        if self.product is not None and self.product.tracking in _ASKED:
            asked.add(_ASKED[self.product.tracking])
        return asked

    def lot_id(self, number: str) -> str | None:
        """Return the id of the lot in stock that has a number."""
        return next((lot.id for lot in self._lots if lot.number == number), None)

    def options(self, choices: Choices, blank: str | None) -> list[Option]:
        """Return what can be chosen."""
        first = [Option(_(blank) if blank else "", None)] if blank is not None else []
        return first + self._options(choices)

    def _options(self, choices: Choices) -> list[Option]:
        if choices == "kinds":
            return [
                Option(kind_word(kind).capitalize(), kind if number else None)
                for number, kind in enumerate(self._form.kinds)
            ]
        if choices == "units":
            return self._unit_options()
        if choices == "places":
            return [Option(place.path, place.id) for place in self._places]
        if choices == "reasons":
            return [Option(reason.name, reason.id) for reason in self._reasons]
        if choices == "returned":
            return [Option(returned_text(entry), entry.id) for entry in self._returned]
        return [Option(lot_text(lot), lot.id) for lot in self._lots]

    def _unit_options(self) -> list[Option]:
        if self._units is None:
            return []
        stock = self._units.unit
        return [Option(stock, None)] + [
            Option(f"{code} ({format_quantity(factor)} {stock})" if factor != 1 else code, code)
            for code, factor in self._units.factors.items()
        ]

    def _take_places(self, places: list[Place]) -> None:
        self._places = places
        self._changed()

    def _take_reasons(self, reasons: list[Reason]) -> None:
        self._reasons = reasons
        self._changed()

    def _take_product(self, found: tuple[ProductFacts, Units]) -> None:
        product, self._units = found
        self.product = product
        self._changed()
        if product.tracking == LOT and "lots" in self._wanted:
            self._calls.run(
                lambda: self._api.lots(product.id), self._take_lots, self._nothing, self._product_jobs
            )
        self._ask_returned()

    def _ask_returned(self) -> None:
        product, kind = self.product, RETURNED_BY.get(self._kind)
        if product is None or kind is None:
            return
        self._calls.run(
            lambda: self._api.last_of_product(product.id, kind),
            self._take_returned,
            self._nothing,
            self._product_jobs,
        )

    def _take_lots(self, lots: list[StockLot]) -> None:
        self._lots = lots
        self._changed()

    def _take_returned(self, entries: list[Entry]) -> None:
        self._returned = [entry for entry in entries if entry.reversed_by is None]
        self._changed()

    def _nothing(self, error: Exception) -> None:
        """Leave the choices as they are."""


def lot_text(lot: StockLot) -> str:
    """Return a lot as it is offered: number, what there is of it, when it expires."""
    parts = [lot.number, format_quantity(lot.quantity)]
    if lot.expires_on is not None:
        expires = _("expired {date}") if lot.expired else _("expires {date}")
        parts.append(expires.format(date=format_date(lot.expires_on)))
    return " · ".join(parts)


def returned_text(entry: Entry) -> str:
    """Return a movement whose goods may come back as it is offered: number, day, how much, with whom, document."""
    number = entry.quantity
    quantity = format_quantity(-number if number < 0 else number)
    parts = [_("No. {number}").format(number=format_quantity(entry.sequence))]
    parts += [format_date((entry.effective_at or entry.recorded_at).astimezone().date()), quantity]
    return " · ".join([*parts, *(text for text in (entry.partner, entry.document) if text)])
