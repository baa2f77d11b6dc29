"""Finding what a label may be of by typing: products by asking the server, places among those that are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.labels.lines import Line, of_place, of_product
from almoxarife.names import fold, search_form

# Places come first where they are meant by their code; else there is room for some behind the products.
PLACES_OFFERED = 6


class Finder:
    """Looks for products and places that a text means; the places are those that were asked for last."""

    def __init__(self, search: Callable[[str, int], list[Product]]) -> None:
        self._search = search
        self.places: Sequence[Place] = ()

    def __call__(self, text: str, limit: int) -> list[Line]:
        """Return at most so many lines."""
        exact = [place for place in self.places if fold(text) == fold(place.id)]
        words = search_form(text).split()
        meant = [
            place
            for place in self.places
            if place not in exact and all(word in search_form(place.path) for word in words)
        ]
        products = self._search(text, limit - len(exact))
        room = max(PLACES_OFFERED, limit - len(exact) - len(products))
        places = [of_place(place) for place in meant[:room]]
        found = [of_product(product) for product in products][: limit - len(exact) - len(places)]
        return [*map(of_place, exact), *found, *places]
