"""Decisions of the form that begins a count."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from almoxarife.client.categories import Category
from almoxarife.client.counts import Count, Wanted
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.count.begin import Begin, BeginApi
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

FieldName = Literal["place", "what", "products"]
FIELDS: tuple[FieldName, ...] = ("place", "what", "products")
CLASSES = ("A", "B", "C")
# A longer list is better made by category.
MOST_PRODUCTS = 10_000
# The server names its fields otherwise.
_FIELDS: dict[str, FieldName] = {
    "local_id": "place",
    "categoria_id": "what",
    "classe": "what",
    "produtos": "products",
}


class BeginningApi(BeginApi, Protocol):
    """What the form asks of the server; each call runs in a thread."""

    def places(self) -> list[Place]:
        """Return the places in use, in the order of the tree."""

    def categories(self) -> list[Category]:
        """Return the categories, each below its parent."""


class BeginningView(Protocol):
    """What the presenter tells the form to do."""

    def set_options(self, field: FieldName, labels: Sequence[str]) -> None:
        """Set what can be chosen; the first one stands for everything."""

    def clear(self) -> None:
        """Choose everything, and no list of products."""

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

    def load(self) -> None:
        """Ask what can be chosen."""
        self._calls.run(self._api.categories, self._take_categories, lambda error: None, self)

    def take_places(self, places: Sequence[Place]) -> None:
        """Take note of the places in use."""
        self._places = {place.path: place.id for place in places}
        self._view.set_options("place", [_("the whole shop"), *self._places])

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        self._calls.drop(self)
        self._begin.reset()
        self._view.clear()

    def submit(self, place: str, what: str, products: str, blind: bool) -> None:
        """Begin a count of what the fields say."""
        for field in FIELDS:
            self._view.show_error(field, "")
        listed = [word.lower() for word in re.split(r"[\s,;]+", products) if word]
        abc = next((name for name in CLASSES if _("class {abc}").format(abc=name) == what), "")
        category = self._categories.get(what, "")
        if listed and (abc or category):
            self._refuse("products", _("Choose “everything” beside a list."))
        elif len(listed) > MOST_PRODUCTS:
            text = _("At most {count} products at a time.")
            self._refuse("products", text.format(count=format_quantity(MOST_PRODUCTS)))
        else:
            self._begin(Wanted("", self._places.get(place, ""), category, abc, tuple(listed), blind))

    def _done(self, count: Count) -> None:
        self._view.clear()
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
