"""Decisions about codes that nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from almoxarife.client.codes import Code, NewCode
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.partners import Partner
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, ngettext


class UnknownApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def attach_code(self, product_id: str, new: NewCode) -> Code:
        """Give a product a code; the same id again is the same code."""


class UnknownView(Protocol):
    """What the presenter tells the strip to do."""

    @property
    def product(self) -> LookupView:
        """The field for the product that gets the code."""

    def show_code(self, text: str, more: str) -> None:
        """Ask what to do about a code; an empty text asks nothing."""

    def open_product(self, is_open: bool) -> None:
        """Ask which product gets the code, with the cursor there; or put the cursor back to where it was."""

    def set_busy(self, busy: bool) -> None:
        """Show that the code is being given to the product."""


@dataclass(frozen=True)
class UnknownCode:
    """A code: what the scanner sent, the part that a product is given, its kind, and how to scan it once more.

    ``supplier``: whose own code it would be; None for everybody's.
    """

    scan: str
    text: str
    kind: str
    supplier: Partner | None
    again: Callable[[], None]

    def is_as(self, other: UnknownCode) -> bool:
        """Tell whether another one is the same code: of two suppliers the same text is two codes."""
        return (self.scan, self.supplier_id) == (other.scan, other.supplier_id)

    @property
    def supplier_id(self) -> str:
        """The id of whose code it would be; empty for everybody's."""
        return self.supplier.id if self.supplier is not None else ""

    @property
    def new_kind(self) -> str:
        """The kind with which a product is given it; empty for a supplier's, which the server knows by him."""
        return self.kind if self.supplier is None else ""

    @property
    def name(self) -> str:
        """The code as people are told of it."""
        if self.supplier is None:
            return self.text
        return _("{code} (of {supplier})").format(code=self.text, supplier=self.supplier.name)


class UnknownPresenter:
    """Asks about one code after another, while scanning goes on.

    ``create`` leads to a new product; ``known`` is told what the scanner sent when it stands for something now.
    """

    def __init__(
        self,
        api: UnknownApi,
        calls: Jobs,
        timer: Timer,
        view: UnknownView,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        create: Callable[[str], None],
        known: Callable[[str], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._new_id = new_id
        self._say = say
        self._create = create
        self._known = known
        self._codes: list[UnknownCode] = []
        # The id under which the present code is given; kept until the server has answered definitely.
        self._id = ""
        self._busy = False
        self._creating = False
        self.picker: Lookup[Product] = Lookup(
            api.search,
            calls,
            timer,
            view.product,
            LookupWords.of_product(),
            picked=self._attach,
            waiting=lambda: None,
            undecided=lambda: None,
        )

    def add(self, code: UnknownCode) -> None:
        """Ask about a code as well; each scan of it counts once it is known."""
        self._codes.append(code)
        self._show()

    def create(self) -> None:
        """Go and create the product that has this code."""
        if self._codes and not self._busy:
            self._creating = True
            self._create("")

    def attach(self) -> None:
        """Ask which product has this code."""
        if self._codes and not self._busy:
            self._view.open_product(True)

    def leave(self) -> None:
        """Let the code be unknown."""
        if self._codes and not self._busy:
            self._drop(self._codes[0])
            self._show()
            self._say("", "plain")

    def close(self) -> None:
        """Ask no longer which product it is."""
        if not self._busy:
            self.picker.clear()
            self._view.open_product(False)

    def takes(self, product: Product) -> bool:
        """Take a product that was created; return False when it was not for a code."""
        if not (self._creating and self._codes):
            return False
        self._creating = False
        self._attach(product)
        return True

    def given_up(self) -> None:
        """Take note that no product is made."""
        self._creating = False

    def reset(self) -> None:
        """Forget what somebody else had scanned."""
        self._calls.drop(self)
        self._set_busy(False)
        self._codes.clear()
        self._creating = False
        self._show()

    def _attach(self, product: Product) -> None:
        if not self._codes or self._busy:
            return
        code = self._codes[0]
        self._id = self._id or self._new_id()
        new = NewCode(self._id, code.text, code.new_kind, code.supplier_id)
        self._set_busy(True)
        self._calls.run(
            lambda: self._api.attach_code(product.id, new),
            lambda answer: self._attached(code, product),
            self._failed,
            self,
        )

    def _attached(self, code: UnknownCode, product: Product) -> None:
        self._set_busy(False)
        self._known(code.scan)
        scans = self._drop(code)
        self._show()
        for one in scans:
            one.again()
        text = _("{code} is a code of {product} now.")
        self._say(text.format(code=code.name, product=product.name), "success")

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, Refused):
            # Another product may be chosen, under another id.
            self._id = ""
        self._view.open_product(True)
        self._view.product.show_error(sentence(error))

    def _drop(self, code: UnknownCode) -> list[UnknownCode]:
        dropped = [one for one in self._codes if one.is_as(code)]
        self._codes = [one for one in self._codes if not one.is_as(code)]
        self._id = ""
        self.close()
        return dropped

    def _show(self) -> None:
        if not self._codes:
            self._view.show_code("", "")
            return
        others = len({(code.scan, code.supplier_id) for code in self._codes}) - 1
        more = ngettext("and {count} more code", "and {count} more codes", others) if others else ""
        self._view.show_code(self._codes[0].name, more.format(count=format_quantity(others)))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
