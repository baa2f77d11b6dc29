"""Which products a text means."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.features.products import search_store as store
from almoxarife.features.products.rules import number_of
from almoxarife.features.products.store import Product
from almoxarife.names import has_invisible, search_form
from almoxarife.storage.database import Database

# Of several words, so many times what is wanted is looked at for those that begin with the first one.
_CANDIDATES = 2


def words_of(text: str) -> list[str] | None:
    """Return the words of a search, None when no name has them."""
    words = search_form(text).split()
    # No name has such characters, and PostgreSQL refuses to be asked about some.
    return None if any(has_invisible(word) for word in words) else words


def search(
    database: Database, words: list[str], limit: int, active: bool | None, by_code: Sequence[int] = ()
) -> list[Product]:
    """Return at most ``limit`` products: by their numbers (of a code), by id, or by parts of the name."""
    number = number_of(words[0]) if len(words) == 1 else None
    exact = [store.get(database, one, active) for one in (*by_code, number) if one]
    by_name = _by_name(database, words, limit, active) if words else []
    return list(dict.fromkeys(found for found in (*exact, *by_name) if found is not None))[:limit]


def _by_name(database: Database, words: list[str], limit: int, active: bool | None) -> list[Product]:
    """Return products that have all words, first those that begin with the first one, then by name.

    Where more have them than are wanted, which of them are shown is the order of their creation: to sort
    100,000 names at each keystroke would take longer than typing the next letter.
    """
    first = words[0]
    found = store.beginning_with(database, first, limit, active) if len(words) == 1 else []
    if len(found) < limit:
        enough = limit + len(found) if len(words) == 1 else _CANDIDATES * limit
        found = list({*found, *store.containing(database, words, enough, active)})
        found.sort(key=lambda one: (not one.search_text.startswith(first), one.search_text, one.number))
    return [Product(one.number, one.name) for one in found[:limit]]
