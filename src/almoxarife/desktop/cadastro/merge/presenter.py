"""Decisions about letting another product take the place of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.errors import Refused, SessionExpired, Unreachable
from almoxarife.client.products import Product, ProductFacts
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class MergeApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def merge(self, product_id: str, into_id: str) -> ProductFacts:
        """Let another product take the place of one; return the one that stays."""


class MergeView(Protocol):
    """What the presenter tells the tab to do."""

    @property
    def product(self) -> LookupView:
        """The field for the product that stays."""

    def focus_product(self) -> None:
        """Put the cursor into the field."""

    def focus_button(self) -> None:
        """Put the keyboard on the button."""

    def ask(self, text: str) -> None:
        """Ask whether to do it."""

    def stop_asking(self) -> None:
        """Ask no more."""

    def set_busy(self, busy: bool) -> None:
        """Show that it is being done."""


class MergePresenter(Page):
    """Finds the product that stays, asks once, and merges; ``merged`` is called with it."""

    def __init__(
        self,
        api: MergeApi,
        chosen: Chosen,
        calls: Jobs,
        timer: Timer,
        view: MergeView,
        *,
        say: Callable[[str, MessageKind], None],
        merged: Callable[[Product], None],
    ) -> None:
        self._api = api
        self._chosen = chosen
        self._calls = calls
        self._view = view
        self._say = say
        self._merged = merged
        self._busy = False
        # The product that goes and the one that stays, while the person is asked.
        self._asked: tuple[Product, Product] | None = None
        self.picker: Lookup[Product] = Lookup(
            api.search,
            calls,
            timer,
            view.product,
            LookupWords.of_product(),
            picked=lambda product: view.focus_button(),
            waiting=lambda: None,
            undecided=view.focus_product,
            dropped=self.cancel,
        )

    def start(self) -> None:
        """Put the cursor where the other product is found."""
        self._view.focus_product()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.picker.resume()

    def leave(self) -> None:
        """Ask no more."""
        self.cancel()

    def reset(self) -> None:
        """Forget what was chosen for another product."""
        self._calls.drop(self)
        self._set_busy(False)
        self.cancel()
        self.picker.clear()

    def press(self) -> None:
        """Ask whether to merge; what is missing is said at the field."""
        goes, stays = self._chosen.product, self.picker.chosen
        if self._busy or goes is None:
            return
        if stays is None:
            self._view.product.show_error(_("Choose the product that stays."))
            self._view.focus_product()
            return
        self._asked = (goes, stays)
        text = _("Merge {goes} into {stays}? There is no way back.")
        self._view.ask(text.format(goes=goes.id, stays=stays.id))

    def cancel(self) -> None:
        """Leave both as they are."""
        self._asked = None
        self._view.stop_asking()

    def confirm(self) -> None:
        """Merge what was asked about."""
        asked = self._asked
        self.cancel()
        if asked is None:
            return
        goes, stays = asked
        self._set_busy(True)
        self._say("", "plain")
        self._calls.run(lambda: self._api.merge(goes.id, stays.id), self._done, self._failed, self)

    def _done(self, stays: ProductFacts) -> None:
        self._set_busy(False)
        self._merged(Product(stays.id, stays.name))
        self._say(_("Merged: what comes now is registered as {name}.").format(name=stays.name), "success")

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        text = sentence(error)
        if isinstance(error, Unreachable):
            text += " " + _("It may have been done: look at the changes before you try again.")
        if isinstance(error, Refused):
            self._view.product.show_error(text)
            self._view.focus_product()
        else:
            self._say(text, "danger")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
