"""A real shop's year of sales, as movements: an opening entry of each product, then exits and returns."""

from __future__ import annotations

import csv
import lzma
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import (
    ADJUSTMENT_LOCATION,
    CUSTOMER_LOCATION,
    DEFAULT_LOCATION,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    Detail,
    Draft,
    Kind,
)
from almoxarife.ledger.store import Appended, append
from almoxarife.storage.database import Database

# 541,909 rows (UCI Online Retail, CC BY 4.0), where the machine has them; they stay outside the project.
REAL_SALES = Path(__file__).parents[2] / "shared" / "data" / "vendas_reais.csv.xz"
# What the shop has bought before its year begins.
OPENED_AT = int(datetime(2010, 11, 30, tzinfo=UTC).timestamp()) * 1_000_000
_DRAFTS_AT_ONCE = 2_000
_YEAR_US = 365 * 86_400_000_000
# The file tells no cost: goods are taken to cost so much of the first price at which they were sold.
_COST_SHARE = Decimal("0.6")

# Codes differ in nothing but the case of a letter where people typed them.
SUM_BY_CODE = "SELECT lower(StockCode), sum(CAST(Quantity AS INTEGER)) FROM sales GROUP BY lower(StockCode)"
_SUM_UNTIL = SUM_BY_CODE.replace("GROUP", "WHERE InvoiceDate <= ? GROUP")


class Sale(NamedTuple):
    """A row of the file: so many of a product went out (or, negative, came back) at an instant (microseconds)."""

    code: str
    name: str
    quantity: int
    at: int
    price: Decimal
    is_return: bool


class Loaded(NamedTuple):
    """What was written: each code's product, what was opened with, and the number of movements."""

    products: dict[str, int]
    opened: dict[str, int]
    movements: int


def raw_rows(limit: int | None = None) -> Iterator[list[str]]:
    """Yield the rows of the file as they stand there, without the heading."""
    with lzma.open(REAL_SALES, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from islice(rows, limit)


def read(limit: int | None = None) -> Iterator[Sale]:
    """Yield the rows of the file that moved something."""
    for invoice, code, name, quantity, at, price, _customer, _country in raw_rows(limit):
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        if int(quantity):
            yield Sale(
                code.casefold(),
                f"{name.strip()} [{code.casefold()}]".strip(),
                int(quantity),
                int(moment.timestamp()) * 1_000_000,
                Decimal(price),
                is_return=invoice.startswith("C"),
            )


def load(database: Database, sales: Sequence[Sale], years: int = 1) -> Loaded:
    """Write sales into an empty database: for each product an opening entry of all that will go out, then each row.

    ``years``: the same so many times, each a year after the one before.
    """
    accounts = Accounts(database, registration="aberto", on_network=False)
    accounts.register("loja", "1234")
    account = accounts.listing()[0].id
    names: dict[str, str] = {}
    prices: dict[str, Decimal] = {}
    opened: Counter[str] = Counter()
    for sale in sales:
        names.setdefault(sale.code, sale.name)
        if sale.price > 0:
            prices.setdefault(sale.code, sale.price)
        opened[sale.code] += max(0, sale.quantity)
    Products(database).create_all(list(names.values()))
    products = {code: number for number, code in enumerate(names, 1)}
    drafts = [
        _opening(products[code], units, prices.get(code, Decimal(0)), account)
        for code, units in opened.items()
        if units
    ]
    drafts += [_draft(sale, products[sale.code], account) for sale in sales]
    for year in range(1, years):
        drafts += [_later(draft, year) for draft in drafts[: len(drafts) // year]]
    for start in range(0, len(drafts), _DRAFTS_AT_ONCE):
        with database.unit_of_work() as connection:
            outcomes = append(connection, drafts[start : start + _DRAFTS_AT_ONCE], now_us())
            refused = [one for one in outcomes if not isinstance(one, Appended)]
            if refused:
                raise refused[0]
    return Loaded(products, opened, len(drafts))


def sums_by_another(rows: Iterable[Sequence[str]], until: str = "9999") -> dict[str, int]:
    """Return what went out of each code up to an instant, as SQLite's own SQL sums the file's rows up."""
    with closing(sqlite3.connect(":memory:")) as stranger:
        stranger.execute("CREATE TABLE sales (StockCode TEXT, Quantity TEXT, InvoiceDate TEXT)")
        values = ((row[1], row[3], row[4]) for row in rows)
        stranger.executemany("INSERT INTO sales VALUES (?, ?, ?)", values)
        return dict(stranger.execute(_SUM_UNTIL, (until,)))


def _later(draft: Draft, years: int) -> Draft:
    at = (draft.effective_at or OPENED_AT) + years * _YEAR_US
    return draft._replace(id=uuid4().bytes, effective_at=at)


def _opening(product: int, units: int, price: Decimal, account: int) -> Draft:
    cost = int(price * _COST_SHARE * QUANTITY_SCALE)
    return Draft(
        uuid4().bytes,
        Kind.ENTRY,
        product,
        SUPPLIER_LOCATION,
        DEFAULT_LOCATION,
        units * QUANTITY_SCALE,
        account,
        OPENED_AT,
        Detail(unit_cost=cost) if cost else None,
    )


def _draft(sale: Sale, product: int, account: int) -> Draft:
    units = abs(sale.quantity) * QUANTITY_SCALE
    if sale.quantity > 0:
        kind, source, target = Kind.ISSUE, DEFAULT_LOCATION, CUSTOMER_LOCATION
    elif sale.is_return:
        kind, source, target = Kind.CUSTOMER_RETURN, CUSTOMER_LOCATION, DEFAULT_LOCATION
    else:
        kind, source, target = Kind.ADJUSTMENT, ADJUSTMENT_LOCATION, DEFAULT_LOCATION
    return Draft(uuid4().bytes, kind, product, source, target, units, account, sale.at)
