"""Decisions of the tab that says what to buy."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.errors import SessionExpired
from almoxarife.client.purchases import ForSupplier, Item, Order, Suggestion, WantedOrder
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.attempt import Attempt
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.scanned import ScannedRow, is_of
from almoxarife.desktop.cadastro.long_call import LongCall
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.purchases import sheet
from almoxarife.desktop.cadastro.purchases.horizon import USUAL, HorizonError, read_horizon
from almoxarife.desktop.cadastro.purchases.sheet import FORMATS
from almoxarife.desktop.cadastro.purchases.verbs import SuggestionApi, SuggestionView
from almoxarife.desktop.cadastro.purchases.wishing import Wishing
from almoxarife.desktop.cadastro.purchases.words import label_of, nothing_to_buy, rows_of, summary_of
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

ROLE = "operador"
DECIMALS = 4


class SuggestionPresenter(Page):
    """Shows what to buy from a supplier, lets quantities be changed, and passes them on.

    ``say`` puts a sentence into the status bar; ``write`` writes a file, in a thread, and raises FileTrouble.
    """

    def __init__(
        self,
        api: SuggestionApi,
        calls: Jobs,
        timer: Timer,
        view: SuggestionView,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        write: Callable[[str, bytes], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._write = write
        self._question: LatestOnly[Suggestion] = LatestOnly(calls)
        self._may_order = False
        self._found: Suggestion | None = None
        self._suppliers: list[ForSupplier] = []
        self._supplier: ForSupplier | None = None
        self._selected: Item | None = None
        # What a person said in place of what was suggested, by product.
        self._quantities: dict[str, Decimal | int] = {}
        self._scanned = ScannedRow(self._go_to, say)
        self.wishing = Wishing(view)
        self._attempt = Attempt(new_id)
        self._long = LongCall(api, calls, timer, view, new_id)
        self._period = dict(USUAL)
        self.busy = False

    def begin(self, account: Account) -> None:
        """Take note of whether this person may order."""
        self._may_order = may(account, ROLE)

    def start(self) -> None:
        """Work out what to buy, unless that is shown."""
        self.resume()
        self._view.focus_suppliers()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self._question.forget()
        self._long.stop()
        self._set_busy(False)
        for field, text in USUAL.items():
            self._view.set_period(field, text)
            self._view.show_period_error(field, "")
        self._forget("")

    def resume(self) -> None:
        """Work it out now that the server is back, unless it is shown."""
        if self._found is None:
            self.suggest()

    def suggest(self) -> None:
        """Work out what to buy now; changed quantities are forgotten."""
        if self.busy:
            return
        try:
            days, cover_days = read_horizon(self._period)
        except HorizonError as error:
            self._view.show_period_error(error.field, str(error))
            return
        self._set_busy(True)
        work_id = self._long.begin()
        self._question.ask(
            lambda: self._api.purchase_suggestion(days, cover_days, work_id), self._take, self._failed
        )

    def type_period(self, field: str, text: str) -> None:
        """Take a text typed in one of the fields with days."""
        if self._period[field] != text:
            self._period[field] = text
            self._view.show_period_error(field, "")

    def give_up(self) -> bool:
        """Wait no more for what is being worked out or written; tell whether something was."""
        if not self.busy:
            return False
        self._question.forget()
        self._calls.drop(self)
        self._long.stop()
        self._set_busy(False)
        self._say(_("Not waited for any longer."), "plain")
        return True

    def choose(self, label: str) -> None:
        """Show what to buy from another supplier."""
        self._supplier = next((one for one in self._suppliers if label_of(one) == label), None)
        self._show_items()

    def select(self, row: int) -> None:
        """Let the quantity of a row be changed."""
        if self._supplier is None:
            return
        item = self._selected = self._supplier.items[row]
        quantity = self._quantities.get(item.product_id, item.quantity)
        self._view.show_quantity_error("")
        self._view.ask_quantity(f"{item.product_name} ({item.unit})", format_quantity(quantity))

    def scan(self, reading: Reading) -> bool | None:
        """Let the quantity of the product that was scanned be changed, from whomever it is bought."""
        return self._scanned.find(reading, (is_of(reading, item.product_id) for _one, item in self._items))

    def put_quantity(self, text: str) -> None:
        """Buy another quantity of the selected product; zero leaves it out."""
        item = self._selected
        if item is None or self._supplier is None or self.busy:
            return
        try:
            quantity = parse_quantity(text, decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY, or_zero=True)
        except NumberError as error:
            self._view.show_quantity_error(str(error))
            return
        self._quantities[item.product_id] = quantity
        self._view.show_quantity_error("")
        self._view.change_items(rows_of(self._supplier, self._quantities))
        self._view.select_next()

    def copy(self) -> None:
        """Put the order to the supplier into the clipboard, ready to be sent."""
        supplier, found = self._supplier, self._found
        items = self._ordered()
        if found is None or supplier is None or not items:
            return
        wish = self.wishing.read(supplier, found.today)
        if wish is None:
            return
        self._view.copy_text(sheet.text(found, supplier, items, wish))
        self._say(_("Text copied. Paste it into the message to the supplier."), "success")

    def save(self, path: str) -> None:
        """Write what is bought from the supplier into a file; its ending says what: xlsx or csv."""
        supplier = self._supplier
        items = self._ordered() if path and not self.busy else []
        if supplier is None or not items:
            return
        file_format = next((one for one in FORMATS if path.lower().endswith(f".{one}")), None)
        if file_format is None:
            self._say(_("The file's name must end in .xlsx or .csv."), "danger")
            return
        self._set_busy(True)
        self._calls.run(
            lambda: self._write(path, sheet.content(supplier, items, file_format)),
            lambda nothing: self._done(_("Written: {path}").format(path=path)),
            self._not_done,
            self,
        )

    def order(self) -> None:
        """Write down that what is shown was ordered."""
        supplier, found = self._supplier, self._found
        items = self._ordered() if self._may_order and not self.busy else []
        if supplier is None or found is None or not items:
            return
        wish = self.wishing.read(supplier, found.today)
        if wish is None:
            return
        lines = [(item.product_id, item.quantity) for item in items]
        id = self._attempt.id_of((supplier.partner_id, wish, lines))
        wanted = WantedOrder(id, supplier.partner_id, wish.expected_on, lines, wish.note)
        self._set_busy(True)
        self._calls.run(
            lambda: self._api.place_order(wanted),
            lambda order: self._order_placed(supplier, order),
            self._not_ordered,
            self,
        )

    @property
    def _items(self) -> list[tuple[ForSupplier, Item]]:
        """What is to be bought from everybody."""
        return [(one, item) for one in self._suppliers for item in one.items]

    def _go_to(self, place: int) -> None:
        supplier, item = self._items[place]
        self._view.choose_supplier(label_of(supplier))
        self.choose(label_of(supplier))
        row = supplier.items.index(item)
        self.select(row)
        self._view.select_row(row)

    def _take(self, found: Suggestion) -> None:
        self._set_busy(False)
        self._found = found
        self._quantities.clear()
        self._attempt.forget()
        self._show_suppliers(found.suppliers)
        self._say("", "plain")

    def _order_placed(self, supplier: ForSupplier, order: Order) -> None:
        self._attempt.forget()
        self.wishing.forget(supplier)
        # What is on order is not suggested again; what was changed for others stays.
        self._show_suppliers([one for one in self._suppliers if one is not supplier])
        self._done(_("Order {id} is waited for: see the tab Orders.").format(id=order.id))

    def _show_suppliers(self, suppliers: list[ForSupplier]) -> None:
        self._suppliers = suppliers
        self._supplier = suppliers[0] if suppliers else None
        self._view.set_suppliers([label_of(one) for one in suppliers])
        self._show_items()

    def _show_items(self) -> None:
        self._selected = None
        self._view.ask_quantity("", "")
        self._view.show_quantity_error("")
        supplier = self._supplier
        self.wishing.show(supplier)
        self._view.show_items(rows_of(supplier, self._quantities) if supplier else [], nothing_to_buy())
        self._view.show_summary(summary_of(supplier, self._found) if supplier else "")
        self._allow()

    def _ordered(self) -> list[Item]:
        items = sheet.ordered(self._supplier.items, self._quantities) if self._supplier else []
        if self._supplier is not None and not items:
            self._say(_("Every quantity is zero: there is nothing to order."), "danger")
        return items

    def _done(self, text: str) -> None:
        self._set_busy(False)
        self._say(text, "success")

    def _not_done(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, SessionExpired):
            self._say(str(error) if isinstance(error, FileTrouble) else sentence(error), "danger")

    def _not_ordered(self, error: Exception) -> None:
        if self.wishing.takes(error):
            self._set_busy(False)
        else:
            self._not_done(error)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, SessionExpired):
            self._forget(sentence(error))

    def _forget(self, text: str) -> None:
        self._found = None
        self._attempt.forget()
        self._quantities.clear()
        self.wishing.clear()
        self._show_suppliers([])
        self._view.show_items([], text)

    def _set_busy(self, busy: bool) -> None:
        if not busy:
            self._long.end()
        self.busy = busy
        self._view.set_busy(busy)
        self._allow()

    def _allow(self) -> None:
        ready = self._supplier is not None and not self.busy
        self._view.allow(send=ready, order=ready and self._may_order)
