"""Of what an analysis is: a place, a category, a product."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.categories import Category
from almoxarife.client.codes import Reading
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class FiltersApi(Protocol):
    """What the filters ask of the server; each call runs in a thread."""

    def every_place(self) -> list[Place]:
        """Return the shop's places, in the order of the tree."""

    def categories(self) -> list[Category]:
        """Return every category, each below its parent."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""


class FiltersView(Protocol):
    """What is shown of the filters."""

    @property
    def product(self) -> LookupView:
        """The product field."""

    def focus_product(self) -> None:
        """Put the cursor into the product field."""

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""

    def set_categories(self, labels: Sequence[str]) -> None:
        """Set which categories can be chosen."""

    def press_analyse(self) -> None:
        """Do as if the person had pressed the button."""


class _ProductFilter(Lookup[Product]):
    """A product may be chosen or left out: then Enter goes on as in the other fields."""

    go: Callable[[], None]

    def press_enter(self) -> None:
        if self.chosen is not None or not self.text.strip():
            self.go()
        else:
            super().press_enter()


class Filters:
    """Follows what is chosen; ids of "" mean everything."""

    def __init__(self, api: FiltersApi, calls: Jobs, timer: Timer, view: FiltersView) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._places: list[Place] = []
        self._categories: list[Category] = []
        self.place_id = ""
        self.category_id = ""
        self.product = _ProductFilter(
            api.search,
            calls,
            timer,
            view.product,
            LookupWords.of_product(),
            picked=lambda product: None,
            waiting=lambda: None,
            undecided=view.focus_product,
        )
        self.product.go = view.press_analyse

    @property
    def product_id(self) -> str:
        """The product that is chosen."""
        return self.product.chosen.id if self.product.chosen is not None else ""

    def is_right(self) -> bool:
        """Tell whether what stands in the product field is a product or nothing; if not, it is said there."""
        if self.product.chosen is not None or not self.product.text.strip():
            return True
        self._view.product.show_error(_("Choose a product of the list, or leave the field empty."))
        return False

    def ask(self) -> None:
        """Ask for the places and categories there are."""
        self._calls.run(self._api.every_place, self._take_places, lambda error: None, self)
        self._calls.run(self._api.categories, self._take_categories, lambda error: None, self)

    def forget(self) -> None:
        """Forget what somebody else had chosen."""
        self._calls.drop(self)
        self.product.clear()
        self._places, self._categories = [], []
        self.place_id = self.category_id = ""
        self._view.set_places([])
        self._view.set_categories([])

    def choose_place(self, label: str) -> None:
        """Look at a place with all inside it; at the whole shop for the first label."""
        self.place_id = next((place.id for place in self._places if place.path == label), "")

    def scan(self, reading: Reading) -> bool | None:
        """Choose the product or place that was scanned; None where it is unknown here."""
        if reading.product is not None:
            self.product.pick(reading.product)
            return True
        path = next((place.path for place in self._places if place.id == reading.place_id), None)
        if path is None:
            return None
        self._view.set_place(path)
        return True

    def choose_category(self, label: str) -> None:
        """Look at the products of a category and of those below it; at all for the first label."""
        self.category_id = next((one.id for one in self._categories if _path(one) == label), "")

    def _take_places(self, places: list[Place]) -> None:
        self._places = places
        self._view.set_places([_("everywhere"), *(place.path for place in places)])

    def _take_categories(self, categories: list[Category]) -> None:
        self._categories = categories
        self._view.set_categories([_("all categories"), *map(_path, categories)])


def _path(category: Category) -> str:
    return " / ".join(category.path)
