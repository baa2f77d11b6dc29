"""Decisions of the product field: when to ask the server, what to offer, what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.errors import SessionExpired
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _
from almoxarife.names import fold

# Shorter than a pause between two letters, long enough for the burst of a scanner; what is typed while an answer is
# on its way waits for it, so the server gets one question at a time.
PAUSE_S = 0.04
OFFERED = 20


class PickerView(Protocol):
    """What the presenter tells the product field to do."""

    def set_product_text(self, text: str) -> None:
        """Put a text into the field."""

    def show_product_hint(self, text: str, *, chosen: bool) -> None:
        """Make a remark under the field; an empty text takes it back."""

    def show_product_error(self, text: str) -> None:
        """Say what is wrong with the field; an empty text takes it back."""

    def offer_products(self, products: Sequence[Product], marked: int) -> None:
        """Show the list under the field, with one line marked."""

    def offer_creation(self, name: str) -> None:
        """Show under the field that nothing was found, and the offer to create it."""

    def hide_offers(self) -> None:
        """Take the list away."""


class ProductPicker:
    """Follows what is typed into the product field until one product is chosen.

    ``search`` asks the server (text, limit) and runs in a thread. ``picked`` is called when a product
    has been chosen, ``waiting`` when Enter was pressed before the answer was there, ``undecided`` when
    the answer then did not decide, and ``create`` with a name when the person wants a new product.
    """

    def __init__(
        self,
        search: Callable[[str, int], list[Product]],
        calls: Jobs,
        timer: Timer,
        view: PickerView,
        *,
        picked: Callable[[Product], None],
        waiting: Callable[[], None],
        undecided: Callable[[], None],
        create: Callable[[str], None],
    ) -> None:
        self._search = search
        self._question: LatestOnly[list[Product]] = LatestOnly(calls)
        self._timer = timer
        self._view = view
        self._picked = picked
        self._waiting = waiting
        self._undecided = undecided
        self._create = create
        self._text = ""
        self._pause: object | None = None
        # What the server found, and for which text; None while it has not answered for the present one.
        self._found: list[Product] | None = None
        self._marked = 0
        self._moved = False
        self._offering = False
        # Whether the cursor has left the field: nothing may open over the field it is in then.
        self._left = False
        self.enter_waits = False
        self.chosen: Product | None = None

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._text

    @property
    def has_found(self) -> bool:
        """Whether there are products to choose from."""
        return bool(self._found)

    # -- what the person does

    def type(self, text: str) -> None:
        """Take a text typed into the field; the server is asked once the person pauses."""
        if text == self._text:
            return
        self._text = text
        self._left = False
        self._forget()
        if text.strip():
            self._pause = self._timer.call_later(PAUSE_S, self._ask)

    def press_enter(self) -> None:
        """Choose what is marked; ask at once when the answer is not there yet, as after a scan."""
        if self.chosen is not None:
            self._picked(self.chosen)
        elif not self._text.strip():
            self._view.show_product_error(_("Type part of the name, or the code, of a product."))
        elif self._found is None:
            self.enter_waits = True
            self._waiting()
            self._ask()
        elif not self._offering:
            self._offer()
        elif self._found:
            self.choose(self._marked)
        else:
            self._create(self._text.strip())

    def move(self, steps: int) -> None:
        """Mark another line of the list; shows the list again when it was put away."""
        if not self._found:
            return
        if self._offering:
            self._marked = max(0, min(len(self._found) - 1, self._marked + steps))
            self._moved = True
        self._offer()

    def press_tab(self) -> bool:
        """Choose what is certain, or was marked on purpose; return whether something was chosen."""
        if not self._offering or not self._found:
            return False
        product = self._found[self._marked] if self._moved else _exact(self._text.strip(), self._found)
        if product is not None:
            self.pick(product)
        return product is not None

    def come(self) -> None:
        """Take note that the cursor is in the field."""
        self._left = False

    def leave(self) -> None:
        """Put the list away because the cursor has left the field."""
        self._left = True
        self.put_away()

    def choose(self, line: int) -> None:
        """Choose a line of the list."""
        if self._found and 0 <= line < len(self._found):
            self.pick(self._found[line])

    def choose_creation(self) -> None:
        """Take up the offer to create what was not found."""
        self._create(self._text.strip())

    def put_away(self) -> bool:
        """Put the list away; return whether there was one."""
        was_offering = self._offering
        self._offering = False
        self._view.hide_offers()
        return was_offering

    # -- what the screen does

    def pick(self, product: Product) -> None:
        """Have this product chosen."""
        self._forget()
        self.chosen = product
        self._text = product.name
        self._view.set_product_text(product.name)
        self._view.show_product_hint(_("Product {id} chosen").format(id=product.id), chosen=True)
        self._picked(product)

    def clear(self) -> None:
        """Empty the field."""
        self._forget()
        self._text = ""
        self._view.set_product_text("")

    def resume(self) -> None:
        """Ask again what was not answered."""
        if self._text.strip() and self._found is None and self.chosen is None:
            self._ask()

    # -- asking

    def _forget(self) -> None:
        if self._pause is not None:
            self._timer.cancel(self._pause)
            self._pause = None
        self._question.forget()
        self.chosen = None
        self._found = None
        self._marked, self._moved = 0, False
        self.enter_waits = False
        self.put_away()
        self._view.show_product_hint("", chosen=False)
        self._view.show_product_error("")

    def _ask(self) -> None:
        if self._pause is not None:
            self._timer.cancel(self._pause)
            self._pause = None
        text = self._text.strip()
        self._view.show_product_error("")
        self._view.show_product_hint(_("Searching…"), chosen=False)
        self._question.ask(
            lambda: self._search(text, OFFERED), lambda found: self._take(text, found), self._failed
        )

    def _take(self, text: str, found: list[Product]) -> None:
        self._found = found
        self._view.show_product_hint("", chosen=False)
        exact = _exact(text, found)
        if exact is not None and (self.enter_waits or self._left):
            self.pick(exact)
        elif self.enter_waits or not self._left:
            self._offer()
            self._stop_waiting()

    def _failed(self, error: Exception) -> None:
        self._view.show_product_hint("", chosen=False)
        if not isinstance(error, SessionExpired):
            self._view.show_product_error(sentence(error))
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self.enter_waits:
            self.enter_waits = False
            self._undecided()

    def _offer(self) -> None:
        self._offering = True
        if self._found:
            self._view.offer_products(self._found, self._marked)
        else:
            self._view.offer_creation(self._text.strip())


def _exact(text: str, found: Sequence[Product]) -> Product | None:
    """Return the one product that a code, a whole name or the only match makes certain."""
    if len(found) == 1:
        return found[0]
    same = [product for product in found if fold(text) in (fold(product.id), fold(product.name))]
    return same[0] if len(same) == 1 else None
