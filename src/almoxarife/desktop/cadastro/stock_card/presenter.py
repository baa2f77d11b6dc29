"""Decisions of the screen with the stock card of a product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, Protocol

from almoxarife.client.codes import Reading
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.client.reports import Amount, Card, CardLine, Explanation
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.cadastro.stock_card.wanted import WantedCard
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import DateError, format_money, format_signed, parse_date
from almoxarife.desktop.kit.kinds import Tone, kind_tone, linked_kind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

DayField = Literal["since", "until"]
_FIELD_OF: dict[str | None, DayField] = {"de": "since", "ate": "until"}


class StockCardApi(Protocol):
    """What the screen asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def every_place(self) -> list[Place]:
        """Return the shop's places, in the order of the tree."""

    def stock_card(self, wanted: WantedCard) -> Card:
        """Return a product's card."""

    def explanation(self, wanted: WantedCard) -> Explanation:
        """Return why a balance is what it is."""


class StockCardView(Protocol):
    """What the presenter tells the screen to do."""

    @property
    def product(self) -> LookupView:
        """The product field."""

    def focus_product(self) -> None:
        """Put the cursor into the product field."""

    def focus_lines(self) -> None:
        """Put the keyboard into the card."""

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""

    def show_day_error(self, field: DayField, text: str) -> None:
        """Say what is wrong with a day; an empty text takes it back."""

    def show_lines(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the lines of the card, the oldest first."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the lines when there are none."""

    def show_closing(self, text: str) -> None:
        """Say what there is in the end."""

    def show_explanation(self, lines: Sequence[str]) -> None:
        """Show why the balance is what it is, in place of the card; no lines show the card again."""


class StockCardPresenter(Page):
    """Shows the card of a product at a place over a range of days, and explains it."""

    def __init__(
        self, api: StockCardApi, calls: Jobs, timer: Timer, view: StockCardView, today: Callable[[], date]
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._today = today
        self._places: dict[str, Place] = {}
        self._place_id = ""
        self._days: dict[DayField, date | None] = {"since": None, "until": None}
        self._explained = False
        self._card: LatestOnly[Card] = LatestOnly(calls)
        self._why: LatestOnly[Explanation] = LatestOnly(calls)
        self.picker: Lookup[Product] = Lookup(
            api.search,
            calls,
            timer,
            view.product,
            LookupWords.of_product(),
            picked=lambda product: self._picked(),
            waiting=lambda: None,
            undecided=view.focus_product,
            dropped=self._forget,
        )

    def start(self) -> None:
        """Show the card as it is now."""
        self._calls.run(self._api.every_place, self._take_places, lambda error: None, self)
        self._ask()
        self._view.focus_product()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self.picker.clear()
        self._forget()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.picker.resume()
        self._ask()

    def open(self, product: Product) -> None:
        """Show the card of a product that was found elsewhere."""
        self.picker.pick(product)

    def scan(self, reading: Reading) -> bool | None:
        """Show the card of the product that was scanned, or what happened at a place."""
        if reading.product is not None:
            self.open(reading.product)
            return True
        place = self._places.get(reading.place_id)
        if place is None:
            return None
        self._view.set_place(place.path)
        return True

    def choose_place(self, label: str) -> None:
        """Show the card of a place with all inside it; of the whole shop for the first label."""
        place = next((place for place in self._places.values() if place.path == label), None)
        place_id = place.id if place else ""
        if place_id != self._place_id:
            self._place_id = place_id
            self._ask()

    def type_day(self, field: DayField, text: str) -> None:
        """Show the card from or to a day; without bound for an empty text."""
        self._view.show_day_error(field, "")
        try:
            day = parse_date(text, today=self._today()) if text.strip() else None
        except DateError as error:
            self._view.show_day_error(field, str(error))
            return
        if day != self._days[field]:
            self._days[field] = day
            self._ask()

    def explain(self) -> None:
        """Tell why the balance is what it is, or show the card again."""
        if self._explained:
            self._show_card_again()
            return
        wanted = self._wanted()
        if wanted is None:
            self._view.product.show_error(_("Choose a product first."))
            self._view.focus_product()
            return
        self._why.ask(lambda: self._api.explanation(wanted), self._take_explanation, self._failed)

    def leave_explanation(self) -> bool:
        """Show the card again; return whether something else was shown."""
        was_explained = self._explained
        self._show_card_again()
        return was_explained

    def _picked(self) -> None:
        self._show_card_again()
        self._ask()
        self._view.focus_lines()

    def _forget(self) -> None:
        self._card.forget()
        self._show_card_again()
        self._view.show_lines([], [])
        self._view.show_closing("")
        self._view.show_empty(_("Choose a product to see its Kardex."))

    def _wanted(self) -> WantedCard | None:
        product = self.picker.chosen
        if product is None:
            return None
        return WantedCard(product.id, self._place_id, self._days["since"], self._days["until"])

    def _ask(self) -> None:
        wanted = self._wanted()
        if wanted is None:
            self._forget()
            return
        self._view.show_empty(_("Loading…"))
        self._card.ask(lambda: self._api.stock_card(wanted), self._take_card, self._failed)

    def _take_places(self, places: list[Place]) -> None:
        self._places = {place.id: place for place in places}
        self._view.set_places([_("whole shop"), *(place.path for place in places)])

    def _take_card(self, card: Card) -> None:
        rows = [self._row(line) for line in card.lines]
        tones = [_tone(line) for line in card.lines]
        if self._days["since"] is not None:
            rows.insert(0, _first_row(card.opening))
            tones.insert(0, "faded")
        self._view.show_empty(_("No movements in this time."))
        self._view.show_lines(rows, tones)
        self._view.show_closing(_closing(card))

    def _take_explanation(self, explanation: Explanation) -> None:
        self._explained = True
        self._view.show_explanation([*explanation.summary, "", *explanation.steps])

    def _show_card_again(self) -> None:
        self._why.forget()
        self._explained = False
        self._view.show_explanation([])

    def _failed(self, error: Exception) -> None:
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, Refused) and error.field in _FIELD_OF:
            self._view.show_day_error(_FIELD_OF[error.field], sentence(error))
        self._view.show_lines([], [])
        self._view.show_closing("")
        self._view.show_empty(sentence(error))

    @staticmethod
    def _row(line: CardLine) -> tuple[str, ...]:
        when = line.effective_at.astimezone()
        return (
            f"{when:%d/%m/%y %H:%M}",
            format_quantity(line.sequence),
            linked_kind(line.kind, line.reverses or line.returns, line.reversed_by),
            format_signed(line.change),
            format_money(line.unit_cost),
            format_quantity(line.after.quantity),
            format_money(line.after.unit_value),
            format_money(line.after.value),
        )


def _first_row(opening: Amount) -> tuple[str, ...]:
    amounts = (format_money(opening.unit_value), format_money(opening.value))
    return ("", "", _("brought forward"), "", "", format_quantity(opening.quantity), *amounts)


def _tone(line: CardLine) -> Tone:
    return kind_tone(line.kind, is_reversed=line.reversed_by is not None)


def _closing(card: Card) -> str:
    text = _("Balance {quantity} · average cost R$ {unit_value} · value R$ {value} ({method})")
    shown = text.format(
        quantity=format_quantity(card.closing.quantity),
        unit_value=format_money(card.closing.unit_value),
        value=format_money(card.closing.value),
        method=_("FIFO") if card.method == "peps" else _("moving average"),
    )
    return f"{shown} {_('Only the first lines are shown: choose fewer days.')}" if card.more else shown
