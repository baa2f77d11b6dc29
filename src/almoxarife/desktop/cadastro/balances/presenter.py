"""Decisions of the screen that shows how much there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from almoxarife.client.balances import Balance, Wanted
from almoxarife.client.codes import Reading
from almoxarife.client.errors import SessionExpired
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.labels.lines import Line, of_product
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.presenter import Listing, ListView, ListWords
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import DateError, format_date, parse_date
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, ngettext

NOTHING = "–"
INDENT = "    "


class BalancesApi(Protocol):
    """What the screen asks of the server; each call runs in a thread."""

    def balances(self, text: str, wanted: Wanted) -> list[Balance]:
        """Return the balances of the products that a text means, of the first ones when it is empty."""

    def balance(self, product_id: str, wanted: Wanted) -> Balance:
        """Return the balances of a product, with its lots."""

    def every_place(self) -> list[Place]:
        """Return the shop's places, in the order of the tree."""


class BalancesView(Protocol):
    """What the presenter tells the screen to do."""

    @property
    def list(self) -> ListView:
        """The products with their balances."""

    def set_search(self, text: str) -> None:
        """Put a text into the search field, as if it had been typed."""

    def focus_search(self) -> None:
        """Put the cursor into the search field."""

    def choose_first(self) -> None:
        """Select the first product, as if the person had."""

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""

    def show_day_error(self, text: str) -> None:
        """Say what is wrong with the day; an empty text takes it back."""

    def show_details(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        """Show where the selected product is: place or lot, what is there, and with what is inside."""


class BalancesPresenter(Page):
    """Lists balances of a place and a day, and tells of one product where it is.

    ``open_card`` shows the card of a product, ``open_lot`` where a lot of it has been, ``open_reservations`` what is
    reserved of it, or of all, ``open_labels`` what is printed on its labels.
    """

    def __init__(
        self,
        api: BalancesApi,
        calls: Jobs,
        timer: Timer,
        view: BalancesView,
        *,
        today: Callable[[], date],
        open_card: Callable[[Product], None],
        open_lot: Callable[[Product, str], None],
        open_reservations: Callable[[Product | None], None],
        open_labels: Callable[[Sequence[Line]], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._today = today
        self._open_card = open_card
        self._open_lot = open_lot
        # Of the product whose details are shown.
        self._detailed: Balance | None = None
        self._open_reservations = open_reservations
        self._open_labels = open_labels
        self._places: dict[str, Place] = {}
        self._wanted = Wanted()
        # Whether what is searched for was scanned: then it is shown where it is.
        self._was_scanned = False
        self._question: LatestOnly[Balance] = LatestOnly(calls)
        words = ListWords[Balance](_row, _count, self._empty, _tone)
        self.listing: Listing[Balance] = Listing(
            lambda text: self._api.balances(text, self._wanted), calls, timer, view.list, words, self._found
        )

    def start(self) -> None:
        """Show what there is now."""
        self._load()
        self._view.focus_search()

    def reset(self) -> None:
        """Forget what somebody else had searched."""
        self._calls.drop(self)
        self._question.forget()
        self.listing.forget()
        self._view.set_search("")

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._load()

    def scan(self, reading: Reading) -> bool | None:
        """Find the product that was scanned, or show what there is at a place."""
        if reading.product is not None:
            self._view.set_search(reading.product.id)
            self._was_scanned = True
            self.listing.ask()
            return True
        place = self._places.get(reading.place_id)
        if place is None:
            return None
        self._view.set_place(place.path)
        return True

    def choose_place(self, label: str) -> None:
        """Show the balances of a place with all inside it; of everywhere for the first label."""
        place = next((place for place in self._places.values() if place.path == label), None)
        self._want(Wanted(place.id if place else "", self._wanted.on))

    def type_day(self, text: str) -> None:
        """Show the balances at the end of a day; of now for an empty text."""
        self._view.show_day_error("")
        try:
            day = parse_date(text, today=self._today()) if text.strip() else None
        except DateError as error:
            self._view.show_day_error(str(error))
            return
        self._want(Wanted(self._wanted.place_id, day))

    def select(self, row: int) -> None:
        """Tell where a product is."""
        balance, wanted = self.listing.items[row], self._wanted
        self._show_details(balance)
        self._question.ask(
            lambda: self._api.balance(balance.product_id, wanted), self._show_details, self._no_details
        )

    def open(self, row: int) -> None:
        """Show the stock card of a product."""
        balance = self.listing.items[row]
        self._open_card(Product(balance.product_id, balance.product_name))

    def open_detail(self, row: int) -> None:
        """Show where the lot of a row of the details has been; a row that is of no lot has no more to tell."""
        balance = self._detailed
        if balance is not None and row >= len(balance.places):
            product = Product(balance.product_id, balance.product_name)
            self._open_lot(product, balance.lots[row - len(balance.places)].number)

    def reservations(self, row: int | None) -> None:
        """Show what is reserved of a product; of all when none is selected."""
        balance = None if row is None else self.listing.items[row]
        self._open_reservations(
            None if balance is None else Product(balance.product_id, balance.product_name)
        )

    def label(self, row: int) -> None:
        """Print labels of a product."""
        balance = self.listing.items[row]
        self._open_labels([of_product(Product(balance.product_id, balance.product_name))])

    def _want(self, wanted: Wanted) -> None:
        if wanted != self._wanted:
            self._wanted = wanted
            self.listing.ask()

    def _load(self) -> None:
        self._calls.run(self._api.every_place, self._take_places, lambda error: None, self)
        self.listing.ask()

    def _take_places(self, places: list[Place]) -> None:
        self._places = {place.id: place for place in places}
        self._view.set_places([_("everywhere"), *(place.path for place in places)])

    def _found(self, balances: list[Balance]) -> None:
        self._question.forget()
        self._detailed = None
        self._view.show_details("", [])
        if self._was_scanned and balances:
            self._view.choose_first()
        self._was_scanned = False

    def _show_details(self, balance: Balance) -> None:
        rows = [
            (self._path(at.place_id), "", format_quantity(at.quantity), format_quantity(at.branch))
            for at in balance.places
        ]
        for lot in balance.lots:
            expires = format_date(lot.expires_on) if lot.expires_on else ""
            name = _("Lot {number} in {place}").format(number=lot.number, place=self._path(lot.place_id))
            rows.append((name, expires, format_quantity(lot.quantity), _("Enter: history")))
        self._detailed = balance
        self._view.show_details(balance.product_name, rows)

    def _no_details(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._detailed = None
            self._view.show_details(sentence(error), [])

    def _path(self, place_id: str) -> str:
        place = self._places.get(place_id)
        return place.path if place else place_id

    def _empty(self, searched: str) -> str:
        if searched:
            return _("Nothing found.")
        return _("Nothing in stock yet. What is registered as an entry appears here.")


def _row(balance: Balance) -> tuple[str, ...]:
    return (
        balance.product_id,
        balance.product_name,
        format_quantity(balance.total),
        _maybe(balance.reserved),
        _maybe(balance.available),
    )


def _maybe(number: Decimal | int | None) -> str:
    return NOTHING if number is None else format_quantity(number)


def _tone(balance: Balance) -> Tone:
    if balance.total < 0:
        return "out"
    return "" if balance.total else "faded"


def _count(balances: Sequence[Balance]) -> str:
    return ngettext(
        "{count} product. Enter opens its Kardex.", "{count} products. Enter opens the Kardex.", len(balances)
    ).format(count=len(balances))
