"""Decisions of the screen that creates and lists products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.errors import Refused, SessionExpired, Unreachable
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, ngettext

PAUSE_S = 0.04
LISTED = 200


class ProductsApi(Protocol):
    """What the screen asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means, the first ones when it is empty."""

    def create(self, name: str) -> Product:
        """Create a product."""


class ProductsView(Protocol):
    """What the presenter tells the screen to do."""

    def set_name(self, text: str) -> None:
        """Put a text into the field for a new name."""

    def set_search(self, text: str) -> None:
        """Put a text into the search field, as if it had been typed."""

    def focus_name(self) -> None:
        """Put the cursor into the field for a new name."""

    def show_name_error(self, text: str) -> None:
        """Say what is wrong with the new name; an empty text takes it back."""

    def set_busy(self, busy: bool) -> None:
        """Show that a product is being created, and take no other meanwhile."""

    def show_products(self, products: Sequence[Product]) -> None:
        """Show the products found."""

    def show_count(self, text: str) -> None:
        """Say how many were found."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the products when there are none."""


class ProductsPresenter:
    """Creates products and finds them.

    ``created`` is called when one was made on the way to an entry, ``cancelled`` when the person gave that up.
    """

    def __init__(
        self,
        api: ProductsApi,
        calls: Jobs,
        timer: Timer,
        view: ProductsView,
        *,
        say: Callable[[str, MessageKind], None],
        created: Callable[[Product], None],
        cancelled: Callable[[], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._timer = timer
        self._view = view
        self._say = say
        self._created = created
        self._cancelled = cancelled
        self._busy = False
        self._for_entry = False
        self._text = ""
        self._pause: object | None = None
        self._question: LatestOnly[list[Product]] = LatestOnly(calls)

    def start(self, name: str = "") -> None:
        """Show the screen; with a name that an entry needs, ready to create it."""
        if name:
            self._for_entry = True
            self._view.set_name(name)
            self._view.show_name_error("")
        self._view.focus_name()
        self._ask()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._ask()

    def leave(self) -> None:
        """Take note that another screen is shown: no entry waits for the next product any more."""
        self._for_entry = False

    def reset(self) -> None:
        """Forget what somebody else had typed."""
        self._calls.drop(self)
        self._set_ready()
        self._for_entry = False
        self._view.set_name("")
        self._view.set_search("")

    def cancel(self) -> None:
        """Give the new product up."""
        if self._busy:
            return
        self._view.set_name("")
        if self._for_entry:
            self._cancelled()

    def create(self, name: str) -> None:
        """Create a product of that name."""
        if self._busy:
            return
        self._view.show_name_error("")
        name = name.strip()
        if not name:
            self._refuse(_("Type the name of the new product."))
            return
        self._busy = True
        self._view.set_busy(True)
        self._say("", "plain")
        self._calls.run(
            lambda: self._api.create(name), self._done, lambda error: self._failed(name, error), self
        )

    def type_search(self, text: str) -> None:
        """Search for a text once the person pauses."""
        self._text = text
        if self._pause is not None:
            self._timer.cancel(self._pause)
        self._pause = self._timer.call_later(PAUSE_S, self._ask)

    def _done(self, product: Product) -> None:
        self._set_ready()
        self._view.set_name("")
        if self._for_entry:
            self._for_entry = False
            self._created(product)
        else:
            self._view.focus_name()
            self._ask()
        self._say(_("Product created: {name} ({id}).").format(name=product.name, id=product.id), "success")

    def _failed(self, name: str, error: Exception) -> None:
        self._set_ready()
        if isinstance(error, SessionExpired):
            return
        text = sentence(error)
        if isinstance(error, Refused) and (error.field == "nome" or error.code == "produto_existente"):
            self._refuse(text)
            if error.code == "produto_existente":
                # There it is, ready to be used.
                self._view.set_search(name)
            return
        if isinstance(error, Unreachable):
            text += " " + _("The product may have been created: search for it before you try again.")
        self._say(text, "danger")
        self._view.focus_name()

    def _refuse(self, text: str) -> None:
        self._view.show_name_error(text)
        self._view.focus_name()

    def _set_ready(self) -> None:
        self._busy = False
        self._view.set_busy(False)

    def _ask(self) -> None:
        self._pause = None
        text = self._text.strip()
        self._question.ask(lambda: self._api.search(text, LISTED), self._found, self._search_failed)

    def _found(self, products: list[Product]) -> None:
        if self._text.strip():
            self._view.show_empty(_("Nothing found. Try part of the name, or create the product above."))
        else:
            self._view.show_empty(_("No products yet. Create the first one above."))
        self._view.show_products(products)
        text = ngettext(
            "{count} product. Enter or a double click registers an entry.",
            "{count} products. Enter or a double click registers an entry of one.",
            len(products),
        ).format(count=len(products))
        if len(products) >= LISTED:
            text = _(
                "The first {count}; type to find others. Enter or a double click registers an entry of one."
            )
            text = text.format(count=LISTED)
        self._view.show_count(text if products else "")

    def _search_failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_products([])
            self._view.show_count("")
            self._view.show_empty(sentence(error))
