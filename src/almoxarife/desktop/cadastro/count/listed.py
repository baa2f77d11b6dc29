"""Decisions of the list of products that a new count is about, each named by a code."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Protocol

from almoxarife.client.codes import Reading
from almoxarife.client.errors import SessionExpired
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.count.reading_codes import CodeRead, lines_of, read_codes
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, ngettext

# A longer list is better made by category.
MOST_PRODUCTS = 10_000
# So many codes are asked for in one job: the list fills while the rest is read, and can be emptied meanwhile.
AT_ONCE = 25


class ListedApi(Protocol):
    """What the list asks of the server; each call runs in a thread."""

    def read_scan(self, text: str, supplier_id: str = "") -> Reading:
        """Return what a code stands for."""


class ListedView(Protocol):
    """What the presenter tells the form to do."""

    def show_list(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show what is in the list."""

    def show_listed(self, text: str) -> None:
        """Say in one line what is in the list."""

    def focus_list(self) -> None:
        """Put the keyboard into the list, its first row selected."""


class Listed:
    """Products by scanned, typed or pasted codes; what is no product stands above the others, with the reason.

    ``read`` is called when nothing waits to be read any more.
    """

    def __init__(
        self,
        api: ListedApi,
        calls: Jobs,
        view: ListedView,
        *,
        say: Callable[[str, MessageKind], None],
        read: Callable[[], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._read = read
        # Of each the order in which they came.
        self._products: dict[str, Product] = {}
        self._wrong: dict[str, str] = {}
        self._waiting: dict[str, None] = {}
        self._out = False

    @property
    def product_ids(self) -> tuple[str, ...]:
        """The ids of the products in the list."""
        return tuple(self._products)

    @property
    def wrong(self) -> int:
        """How many texts are no product."""
        return len(self._wrong)

    @property
    def is_waiting(self) -> bool:
        """Whether something is still to be read."""
        return bool(self._waiting)

    def add(self, text: str) -> bool:
        """Take codes, one a line, or several in a line; return False when they are too many, and take none."""
        known = self._wrong.keys() | self._waiting.keys()
        new = [line for line in lines_of(text) if line not in known]
        if len(self._products) + len(known) + len(new) > MOST_PRODUCTS:
            return False
        self._waiting |= dict.fromkeys(new)
        self._show()
        self.resume()
        return True

    def take(self, reading: Reading) -> None:
        """Take what was scanned; of a kit each product."""
        for line in reading.lines:
            self._products[line.product.id] = line.product
        self._show()
        names = ", ".join(line.product.name for line in reading.lines)
        self._say(_("{name}: in the list of the count.").format(name=names), "success")

    def resume(self) -> None:
        """Read what waits."""
        if self._out or not self._waiting:
            return
        lines = list(self._waiting)[:AT_ONCE]
        self._out = True
        self._calls.run(lambda: read_codes(self._api.read_scan, lines), self._done, self._failed, self)

    def remove(self, row: int | None) -> None:
        """Take the selected row off the list."""
        places: list[tuple[MutableMapping[str, Any], str]] = [
            *((self._wrong, text) for text in self._wrong),
            *((self._waiting, text) for text in self._waiting),
            *((self._products, product_id) for product_id in reversed(self._products)),
        ]
        if row is None or row >= len(places):
            self._say(_("Select what is to leave the list."), "plain")
            return
        kept, key = places[row]
        kept.pop(key)
        self._show()
        if places[1:]:
            self._view.focus_list()

    def remove_wrong(self) -> None:
        """Take everything off the list that is no product."""
        self._wrong.clear()
        self._show()

    def clear(self) -> None:
        """Empty the list, and read nothing more."""
        self._calls.drop(self)
        self._out = False
        for kept in (self._products, self._wrong, self._waiting):
            kept.clear()
        self._show()

    def _done(self, found: list[CodeRead]) -> None:
        self._out = False
        for one in found:
            # What was taken off meanwhile stays off.
            if one.line not in self._waiting:
                continue
            if one.why:
                self._wrong[one.text] = one.why
            else:
                self._products |= {product.id: product for product in one.products}
        for one in found:
            self._waiting.pop(one.line, None)
        self._show()
        if self._waiting:
            self.resume()
        else:
            self._read()

    def _failed(self, error: Exception) -> None:
        # What waits is read when the server is back, or when somebody adds something.
        self._out = False
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")

    def _show(self) -> None:
        rows = [(text, f"⚠ {why}") for text, why in self._wrong.items()]
        rows += [(text, _("being read…")) for text in self._waiting]
        rows += [(product.id, product.name) for product in reversed(self._products.values())]
        wrong = self.wrong
        tones: list[Tone] = ["changed" if place < wrong else "" for place in range(len(rows))]
        self._view.show_list(rows, tones)
        said = []
        for count, text in (
            (
                len(self._products),
                ngettext("{count} product in the list", "{count} products in the list", len(self._products)),
            ),
            (wrong, _("{count} of no product")),
            (len(self._waiting), _("{count} being read")),
        ):
            if count:
                said.append(text.format(count=format_quantity(count)))
        self._view.show_listed(" · ".join(said))
