"""Decisions of the form that begins a count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from almoxarife.client.categories import Category
from almoxarife.client.codes import Reading
from almoxarife.client.counts import Count, Wanted
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.count.begin import Begin, BeginApi
from almoxarife.desktop.cadastro.count.listed import MOST_PRODUCTS, Listed, ListedApi, ListedView
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, ngettext

FieldName = Literal["place", "what", "note", "products"]
FIELDS: tuple[FieldName, ...] = ("place", "what", "note", "products")
CLASSES = ("A", "B", "C")
# The server names its fields otherwise.
_FIELDS: dict[str, FieldName] = {
    "local_id": "place",
    "categoria_id": "what",
    "classe": "what",
    "observacao": "note",
    "produtos": "products",
}


@dataclass(frozen=True)
class Filled:
    """What stands in the form; ``products``: codes that are not in the list yet."""

    place: str = ""
    what: str = ""
    products: str = ""
    blind: bool = False
    note: str = ""


class BeginningApi(BeginApi, ListedApi, Protocol):
    """What the form asks of the server; each call runs in a thread."""

    def places(self) -> list[Place]:
        """Return the places in use, in the order of the tree."""

    def categories(self) -> list[Category]:
        """Return the categories, each below its parent."""


class BeginningView(ListedView, Protocol):
    """What the presenter tells the form to do."""

    def set_options(self, field: FieldName, labels: Sequence[str]) -> None:
        """Set what can be chosen; the first one stands for everything."""

    def choose_place(self, label: str) -> None:
        """Choose a place, as if the person had."""

    def clear(self) -> None:
        """Choose everything, and empty the other fields."""

    def clear_products(self) -> None:
        """Empty the field for codes."""

    def show_error(self, field: FieldName, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def focus_field(self, field: FieldName) -> None:
        """Put the cursor into a field."""

    def set_busy(self, busy: bool) -> None:
        """Show that a count is being begun, and take no other meanwhile."""


class Beginning:
    """Begins a count of a place, a category, a class or a list; ``begun`` is called with it."""

    def __init__(
        self,
        api: BeginningApi,
        calls: Jobs,
        view: BeginningView,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        begun: Callable[[Count], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._begun = begun
        self._places: dict[str, str] = {}
        self._categories: dict[str, str] = {}
        self._begin = Begin(
            api,
            calls,
            set_busy=view.set_busy,
            new_id=new_id,
            say=say,
            begun=self._done,
            refused=self._refused,
        )
        self.listed = Listed(api, calls, view, say=say, read=self._all_read)
        # What is begun as soon as each code of the list was read.
        self._waiting: Filled | None = None

    def load(self) -> None:
        """Ask what can be chosen, and read what is left of the list."""
        self._waiting = None
        self.listed.resume()
        self._calls.run(self._api.categories, self._take_categories, lambda error: None, self)

    def take_places(self, places: Sequence[Place]) -> None:
        """Take note of the places in use."""
        self._places = {place.path: place.id for place in places}
        self._view.set_options("place", [_("the whole shop"), *self._places])

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        self._calls.drop(self)
        self._begin.reset()
        self._forget()

    def add_products(self, text: str) -> bool:
        """Put codes into the list; return False when they are too many, which was said."""
        self._waiting = None
        if self.listed.add(text):
            self._view.show_error("products", "")
            self._view.clear_products()
            return True
        said = _("At most {count} products at a time.").format(count=format_quantity(MOST_PRODUCTS))
        self._refuse("products", said)
        return False

    def take(self, reading: Reading) -> bool:
        """Put what was scanned into the list, or choose the place whose label it was; False: one not known yet."""
        if not reading.place_id:
            self.listed.take(reading)
            return True
        path = next((path for path, id in self._places.items() if id == reading.place_id), "")
        if path:
            self._view.choose_place(path)
        return bool(path)

    def enter(self, filled: Filled) -> None:
        """Put the codes that were typed into the list; begin where there are none."""
        if filled.products.strip():
            self.add_products(filled.products)
        else:
            self.submit(filled)

    def submit(self, filled: Filled) -> None:
        """Begin a count of what the fields and the list say."""
        for field in FIELDS:
            self._view.show_error(field, "")
        if filled.products.strip() and not self.add_products(filled.products):
            return
        filled = replace(filled, products="")
        if self.listed.is_waiting:
            self._waiting = filled
            # What was asked for may have found no server.
            self.listed.resume()
            return
        abc = next((name for name in CLASSES if _("class {abc}").format(abc=name) == filled.what), "")
        category = self._categories.get(filled.what, "")
        if self.listed.wrong:
            said = ngettext(
                "{count} code of the list is of no product. Take it off (Del).",
                "{count} codes of the list are of no product. Take off one (Del) or all (Shift+Del).",
                self.listed.wrong,
            )
            self._view.show_error("products", said.format(count=format_quantity(self.listed.wrong)))
            self._view.focus_list()
        elif self.listed.product_ids and (abc or category):
            self._refuse("products", _("Choose “everything” beside a list."))
        else:
            place, products = self._places.get(filled.place, ""), self.listed.product_ids
            self._begin(Wanted("", place, category, abc, products, filled.blind, filled.note.strip()))

    def _all_read(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self.submit(waiting)

    def _forget(self) -> None:
        self._waiting = None
        self.listed.clear()
        self._view.clear()

    def _done(self, count: Count) -> None:
        self._forget()
        self._begun(count)

    def _refused(self, field: str, text: str) -> bool:
        own = _FIELDS.get(field.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0])
        if own is not None:
            self._refuse(own, text)
        return own is not None

    def _refuse(self, field: FieldName, text: str) -> None:
        self._view.show_error(field, text)
        self._view.focus_field(field)

    def _take_categories(self, categories: list[Category]) -> None:
        named = {" / ".join(one.path): one.id for one in categories}
        self._categories = {_("category {name}").format(name=name): id for name, id in named.items()}
        classes = [_("class {abc}").format(abc=name) for name in CLASSES]
        self._view.set_options("what", [_("everything"), *classes, *self._categories])
