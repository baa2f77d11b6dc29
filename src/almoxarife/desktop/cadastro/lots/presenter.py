"""Decisions of the tab with the lots and serial numbers of a product, and where each has been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.lots import StockLot
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.listing.growing import Growing, GrowingView
from almoxarife.desktop.cadastro.listing.presenter import Listing, ListView, ListWords
from almoxarife.desktop.cadastro.lots.steps import Step, row_of, tone_of
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.cadastro.records.common import matches
from almoxarife.desktop.kit.formats import format_date
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _, format_quantity, ngettext

# So many movements are shown at first, and more when the person gets to the end.
PAGE = 200


class LotsApi(Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def every_lot(self, product_id: str) -> list[StockLot]:
        """Return the lots of a product, the newest first, those that are used up included."""

    def lot_history(self, lot_id: str, after: int, limit: int) -> list[Step]:
        """Return the next movements of a lot after a place in the ledger, the oldest first."""


class LotsView(Protocol):
    """What the presenter tells the tab to do."""

    @property
    def list(self) -> ListView:
        """The lots."""

    @property
    def history(self) -> GrowingView:
        """Where the selected one has been."""

    def set_search(self, text: str) -> None:
        """Put a text into the search field, as if it had been typed."""

    def focus_search(self) -> None:
        """Put the cursor into the search field."""

    def select_row(self, row: int) -> None:
        """Select a lot."""

    def focus_list(self) -> None:
        """Put the keyboard into the list."""

    def show_title(self, text: str) -> None:
        """Say of which lot the movements are."""


class LotsPresenter(Page):
    """Lists the lots of the chosen product, and tells where the selected one has been."""

    def __init__(
        self,
        api: LotsApi,
        chosen: Chosen,
        calls: Jobs,
        timer: Timer,
        view: LotsView,
        *,
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._chosen = chosen
        self._view = view
        self._say = say
        self._lot: StockLot | None = None
        self.listing: Listing[StockLot] = Listing(
            self._fetch, calls, timer, view.list, ListWords(_row, _count, _empty, _tone), self._found
        )
        self.history: Growing[Step] = Growing(
            self._behind,
            calls,
            view.history,
            ListWords(row_of, _count_steps, lambda text: self._no_history(), tone_of),
            page=PAGE,
            more=N_("; go on down for newer ones"),
        )

    def start(self) -> None:
        """Show the lots as they are now; where one is wanted, where it has been."""
        if self._chosen.lot:
            self._view.set_search("")
        self.listing.ask()
        self._view.focus_search()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self.listing.forget()
        self._view.set_search("")
        self._choose(None)

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.listing.ask()

    def select(self, row: int) -> None:
        """Show where a lot has been."""
        self._choose(self.listing.items[row])

    def _fetch(self, text: str) -> list[StockLot]:
        return [lot for lot in self._api.every_lot(self._chosen.id) if matches(text, lot.number)]

    def _found(self, lots: list[StockLot]) -> None:
        wanted, self._chosen.lot = self._chosen.lot, ""
        # The one that was looked at before stays, without taking the keyboard from who is typing.
        key = (wanted or (self._lot.number if self._lot is not None else "")).casefold()
        row = next((row for row, lot in enumerate(lots) if lot.number.casefold() == key), None)
        if row is not None:
            self._view.select_row(row)
            self.select(row)
        else:
            self._choose(None)
        if wanted and row is not None:
            self._view.focus_list()
        elif wanted:
            said = _("There is no lot or serial number {number} of this product.")
            self._say(said.format(number=wanted), "danger")

    def _choose(self, lot: StockLot | None) -> None:
        self._lot = lot
        if lot is None:
            self._view.show_title(_("Where it has been"))
            self.history.forget()
        else:
            self._view.show_title(_("Where {number} has been").format(number=lot.number))
            self.history.ask()

    def _behind(self, last: Step | None) -> Callable[[], list[Step]]:
        assert self._lot is not None, "a lot comes first"
        lot_id, after = self._lot.id, 0 if last is None else last.movement.sequence
        return lambda: self._api.lot_history(lot_id, after, PAGE)

    def _no_history(self) -> str:
        if self._lot is None:
            return _("Select a lot or serial number to see where it has been.")
        return _("Nothing has been moved yet.")


def _row(lot: StockLot) -> tuple[str, ...]:
    expires = format_date(lot.expires_on) if lot.expires_on is not None else ""
    return (
        lot.number,
        _("{day}, expired").format(day=expires) if lot.expired else expires,
        format_quantity(lot.quantity),
    )


def _tone(lot: StockLot) -> Tone:
    if not lot.quantity:
        return "faded"
    return "out" if lot.expired else ""


def _count(lots: Sequence[StockLot]) -> str:
    return ngettext("{count} lot or serial number", "{count} lots or serial numbers", len(lots)).format(
        count=format_quantity(len(lots))
    )


def _count_steps(steps: Sequence[Step]) -> str:
    return ngettext("{count} movement", "{count} movements", len(steps)).format(
        count=format_quantity(len(steps))
    )


def _empty(searched: str) -> str:
    if searched:
        return _("Nothing found.")
    return _(
        "No lots or serial numbers. Of a product that is kept by them, each begins with the entry that names it."
    )
