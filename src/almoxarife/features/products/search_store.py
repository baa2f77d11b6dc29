"""The SQL that finds products: by the beginning of a name, by any part of it, by category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    column,
    func,
    select,
    table,
    text,
)

from almoxarife.features.products.store import Product
from almoxarife.features.products.tables import product
from almoxarife.storage.database import Database
from almoxarife.storage.prepared import Prepared


class Found(NamedTuple):
    """A product that a search has found, with the text in which it was found."""

    number: int
    name: str
    search_text: str


_FOUND = select(product.c.id, product.c.name, product.c.search_text)
# No name has it: the last character of all is not assigned.
_BEHIND_EVERYTHING = "\U0010ffff"
_INDEX = table("product_search", column("rowid"), column("search_text"))
_SHORTEST_INDEXED = 3
_LIKE = re.compile("[/%_]")


def get(database: Database, number: int, active: bool | None = None) -> Product | None:
    """Return the product with a number, if it is (or is not) in use as wanted."""
    rows = database.rows(_by_number(active), {"number": number})
    return Product(*rows[0]) if rows else None


def beginning_with(database: Database, text: str, how_many: int, active: bool | None = None) -> list[Found]:
    """Return products whose search form begins with a text, in its order."""
    values = {"first": text, "last": text + _BEHIND_EVERYTHING, "how_many": how_many}
    return list(map(Found._make, database.rows(_beginning(active), values)))


def containing(
    database: Database, words: Sequence[str], how_many: int, active: bool | None = None
) -> list[Found]:
    """Return products whose search form has every word (or part of a word), in no order that matters."""
    indexed = [word for word in words if len(word) >= _SHORTEST_INDEXED] if database.is_sqlite else []
    others = [word for word in words if word not in indexed]
    values: dict[str, object] = {"how_many": how_many}
    if indexed:
        values["phrases"] = " AND ".join('"' + word.replace('"', '""') + '"' for word in indexed)
    for number, word in enumerate(others):
        values[f"part{number}"] = word if database.is_sqlite else _pattern(word)
    question = _containing(
        is_sqlite=database.is_sqlite, indexed=bool(indexed), others=len(others), active=active
    )
    return list(map(Found._make, database.rows(question, values)))


def filtered(
    connection: Connection,
    *,
    words: Sequence[str],
    active: bool | None,
    categories: Sequence[int] | None,
    after: int,
    how_many: int,
) -> list[Product]:
    """Return products after a number that have all words and lie in one of some categories (None: anywhere).

    In order of creation. It looks at each of them: for lists that people page through, not for each keystroke.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    statement: Select[Any] = select(product.c.id, product.c.name).where(product.c.id > after)
    statement = _in_use(statement, active).where(*(_has(word, is_sqlite=is_sqlite) for word in words))
    if categories is not None:
        statement = statement.where(product.c.category_id.in_(categories))
    return [Product(*row) for row in connection.execute(statement.order_by(product.c.id).limit(how_many))]


def _in_use(statement: Select[Any], active: bool | None) -> Select[Any]:
    return statement if active is None else statement.where(product.c.active == int(active))


def _has(word: str, *, is_sqlite: bool) -> ColumnElement[bool]:
    if is_sqlite:
        # Faster than LIKE, and without its signs.
        return func.instr(product.c.search_text, word) > 0
    return product.c.search_text.like(_pattern(word), escape="/")


def _pattern(word: str) -> str:
    return f"%{_LIKE.sub(lambda sign: f'/{sign[0]}', word)}%"


@lru_cache
def _by_number(active: bool | None) -> Prepared:
    return Prepared(
        _in_use(select(product.c.id, product.c.name), active).where(product.c.id == bindparam("number"))
    )


@lru_cache
def _beginning(active: bool | None) -> Prepared:
    return Prepared(
        _in_use(_FOUND, active)
        .where(product.c.search_text >= bindparam("first"), product.c.search_text < bindparam("last"))
        .order_by(product.c.search_text, product.c.id)
        .limit(bindparam("how_many"))
    )


@lru_cache
def _containing(*, is_sqlite: bool, indexed: bool, others: int, active: bool | None) -> Prepared:
    parts: list[BindParameter[str]] = [bindparam(f"part{number}") for number in range(others)]
    statement = _in_use(_FOUND, active).limit(bindparam("how_many"))
    if is_sqlite:
        statement = statement.where(*(func.instr(product.c.search_text, part) > 0 for part in parts))
    else:
        statement = statement.where(*(product.c.search_text.like(part, escape="/") for part in parts))
    if indexed:
        # An index of three letters each; its rows come in order of creation, and it stops at the limit.
        match = text("product_search MATCH :phrases")
        statement = statement.select_from(_INDEX.join(product, _INDEX.c.rowid == product.c.id)).where(match)
    return Prepared(statement)
