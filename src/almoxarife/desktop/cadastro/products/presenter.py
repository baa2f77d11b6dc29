"""Decisions of the screen that creates, lists and changes products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.errors import Refused, SessionExpired, Unreachable
from almoxarife.client.products import Product, ProductFacts
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.labels.lines import Line, of_product
from almoxarife.desktop.cadastro.listing.presenter import Listing, ListView, ListWords
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.products.kind import count_text
from almoxarife.desktop.cadastro.record.form import FormView, RecordForm
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

# Who may create and change products.
ROLE = "operador"


class ProductsView(Protocol):
    """What the presenter tells the screen to do."""

    @property
    def list(self) -> ListView:
        """The products found."""

    @property
    def form(self) -> FormView:
        """The form for one of them."""

    def set_name(self, text: str) -> None:
        """Put a text into the field for a new name."""

    def set_search(self, text: str) -> None:
        """Put a text into the search field, as if it had been typed."""

    def focus_name(self) -> None:
        """Put the cursor into the field for a new name, or into the search where none can be made."""

    def focus_list(self) -> None:
        """Put the cursor back into the list."""

    def show_name_error(self, text: str) -> None:
        """Say what is wrong with the new name; an empty text takes it back."""

    def set_creating(self, busy: bool) -> None:
        """Show that a product is being created, and take no other meanwhile."""

    def allow_changes(self, allowed: bool) -> None:
        """Show what makes and changes products, or take it away."""

    def open_form(self, is_open: bool) -> None:
        """Show the form beside the list, or take it away."""


class ProductsPresenter(Page):
    """Creates products, finds them, and changes one.

    ``created`` is called when one was made on the way to a movement, ``cancelled`` when the person gave that up,
    ``use`` when they want an entry of one, ``details`` when they want to see all about one, ``label`` when they want
    labels of one.
    """

    def __init__(
        self,
        kind: RecordKind[ProductFacts],
        create: Callable[[str], Product],
        calls: Jobs,
        timer: Timer,
        view: ProductsView,
        *,
        say: Callable[[str, MessageKind], None],
        created: Callable[[Product], None],
        cancelled: Callable[[], None],
        use: Callable[[Product], None],
        details: Callable[[Product], None],
        label: Callable[[Sequence[Line]], None],
    ) -> None:
        self._create = create
        self._calls = calls
        self._view = view
        self._say = say
        self._created = created
        self._cancelled = cancelled
        self._use = use
        self._details = details
        self._label = label
        self._busy = False
        self._for_movement = False
        self._may_change = False
        words = ListWords[ProductFacts](
            kind.row, count_text, self._empty, lambda product: "" if product.active else "struck"
        )
        self.listing: Listing[ProductFacts] = Listing(kind.fetch, calls, timer, view.list, words)
        self.form: RecordForm[ProductFacts] = RecordForm(kind, calls, view.form, say=say, kept=self._kept)

    def begin(self, account: Account) -> None:
        """Show what this person may do."""
        self._may_change = may(account, ROLE)
        self._view.allow_changes(self._may_change)

    def start(self) -> None:
        """Show the screen."""
        self._view.focus_name()
        self.listing.ask()

    def create_for_movement(self, name: str) -> None:
        """Show the screen ready to create a product that a movement needs."""
        self._for_movement = True
        self._view.set_name(name)
        self._view.show_name_error("")
        self.start()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.listing.ask()

    def scan(self, reading: Reading) -> bool | None:
        """Find the product that was scanned."""
        if reading.product is None:
            return None
        self._view.set_search(reading.product.id)
        self._view.focus_list()
        return True

    def leave(self) -> None:
        """Take note that another screen is shown: no movement waits for the next product any more."""
        self._for_movement = False

    def reset(self) -> None:
        """Forget what somebody else had typed."""
        self._calls.drop(self)
        self._set_ready()
        self._for_movement = False
        self._view.set_name("")
        self._view.set_search("")
        self.form.reset()
        self._view.open_form(False)

    def cancel(self) -> None:
        """Give the new product up."""
        if self._busy:
            return
        self._view.set_name("")
        if self._for_movement:
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
        self._view.set_creating(True)
        self._say("", "plain")
        self._calls.run(lambda: self._create(name), self._done, lambda error: self._failed(name, error), self)

    def use(self, place: int) -> None:
        """Register an entry of a product of the list; who may not register looks at it."""
        product = self.listing.items[place]
        if product.active and self._may_change:
            self._use(Product(product.id, product.name))

    def select(self, place: int) -> None:
        """Fill the open form in with another product of the list."""
        if self.form.chosen is not None:
            self.form.show(self.listing.items[place])

    def edit(self, place: int) -> None:
        """Open the form for a product of the list."""
        if self._may_change:
            self._view.open_form(True)
            self.form.load()
            self.form.show(self.listing.items[place])
            self.form.focus()

    def open_details(self, place: int) -> None:
        """Show all about a product of the list."""
        product = self.listing.items[place]
        self._details(Product(product.id, product.name))

    def open_label(self, place: int) -> None:
        """Print labels of a product of the list."""
        product = self.listing.items[place]
        self._label([of_product(Product(product.id, product.name))])

    def close_form(self) -> None:
        """Leave the form without keeping what is filled in."""
        self.form.show(None)
        self._view.open_form(False)
        self._view.focus_list()

    def _kept(self) -> None:
        self._view.open_form(False)
        self._view.focus_list()
        self.listing.ask()

    def _done(self, product: Product) -> None:
        self._set_ready()
        self._view.set_name("")
        if self._for_movement:
            self._for_movement = False
            self._created(product)
        else:
            self._view.focus_name()
            self.listing.ask()
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
        self._view.set_creating(False)

    def _empty(self, searched: str) -> str:
        if searched:
            return _("Nothing found. Try part of the name, or create the product above.")
        return _("No products yet. Create the first one above.")
