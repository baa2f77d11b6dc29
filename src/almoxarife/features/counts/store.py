"""The SQL of counts, their lines and what was said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import BigInteger, Connection, bindparam, cast, delete, func, insert, or_, select, update

from almoxarife.features.counts.rules import UNFINISHED, Count, Line, Review, State
from almoxarife.features.counts.tables import (
    count_adjustment,
    count_interval,
    count_line,
    count_product,
    count_review,
    last_count,
    stock_count,
)
from almoxarife.storage.upsert import insert_or_update

_LINE = tuple(column for column in count_line.c if column.name != "checksum")
_COUNT = select(stock_count).where(stock_count.c.id == bindparam("number"))
_BY_CLIENT_ID = select(stock_count).where(stock_count.c.client_id == bindparam("client_id"))
_UNFINISHED = select(stock_count).where(stock_count.c.state.in_([int(state) for state in UNFINISHED]))
_PRODUCTS = select(count_product.c.product_id).where(count_product.c.count_id == bindparam("number"))
_LINES = select(*_LINE).where(count_line.c.count_id == bindparam("number"))
_LINE_BY_ID = select(*_LINE).where(count_line.c.id == bindparam("id"))
_ALL_LINES = select(*_LINE, count_line.c.checksum).order_by(count_line.c.count_id, count_line.c.number)
_REVIEWS = (
    select(count_review).where(count_review.c.count_id == bindparam("number")).order_by(count_review.c.number)
)
_ROWS_PER_WRITE = 1_000
_later = count_line.alias("later")
_CORRECTION = select(_later.c.number).where(
    _later.c.count_id == count_line.c.count_id, _later.c.replaces == count_line.c.number
)


def next_number(connection: Connection) -> int:
    """Return the number of the next count; the table must be locked."""
    number: int = connection.execute(select(func.coalesce(func.max(stock_count.c.id), 0) + 1)).scalar_one()
    return number


def add(connection: Connection, row: Count, products: Sequence[int]) -> None:
    """Add a count, and which products it is about where it is not about all of them."""
    connection.execute(insert(stock_count), _values(row))
    for start in range(0, len(products), _ROWS_PER_WRITE):
        some = products[start : start + _ROWS_PER_WRITE]
        connection.execute(
            insert(count_product), [{"count_id": row.number, "product_id": one} for one in some]
        )


def replace(connection: Connection, row: Count) -> None:
    """Write what became of a count that has not ended."""
    connection.execute(update(stock_count).where(stock_count.c.id == row.number).values(_values(row)))


def get(connection: Connection, number: int, *, hold: bool = False) -> Count | None:
    """Return the count with a number; ``hold``: nobody else changes it or counts before the transaction ends."""
    statement = _COUNT.with_for_update() if hold else _COUNT
    row = connection.execute(statement, {"number": number}).one_or_none()
    return Count._make(row) if row else None


def by_client_id(connection: Connection, client_id: bytes) -> Count | None:
    """Return the count that a client has made under an id."""
    row = connection.execute(_BY_CLIENT_ID, {"client_id": client_id}).one_or_none()
    return Count._make(row) if row else None


def unfinished(connection: Connection) -> list[Count]:
    """Return the counts that have not ended."""
    return [Count._make(row) for row in connection.execute(_UNFINISHED)]


def listing(
    connection: Connection, states: Sequence[State], before: int | None, how_many: int
) -> list[Count]:
    """Return counts in some of the states, newest first, those before a number."""
    statement = select(stock_count).where(stock_count.c.state.in_([int(state) for state in states]))
    if before is not None:
        statement = statement.where(stock_count.c.id < before)
    found = connection.execute(statement.order_by(stock_count.c.id.desc()).limit(how_many))
    return [Count._make(row) for row in found]


def products(connection: Connection, number: int) -> set[int]:
    """Return the products that a count is about, of one that is not about all."""
    return set(connection.execute(_PRODUCTS, {"number": number}).scalars())


def is_about(connection: Connection, number: int, product: int) -> bool:
    """Tell whether a product is one of those that a count is about."""
    statement = _PRODUCTS.where(count_product.c.product_id == product)
    return connection.execute(statement, {"number": number}).first() is not None


def next_line(connection: Connection, number: int) -> int:
    """Return the number of a count's next line; the count must be held."""
    found: int = connection.execute(
        select(func.coalesce(func.max(count_line.c.number), 0) + 1).where(count_line.c.count_id == number)
    ).scalar_one()
    return found


def add_line(connection: Connection, line: Line, checksum: bytes) -> None:
    """Add a line."""
    values = dict(zip([column.name for column in _LINE], line, strict=True))
    connection.execute(insert(count_line), {**values, "checksum": checksum})


def line_by_id(connection: Connection, client_id: bytes) -> Line | None:
    """Return the line that a client has made under an id."""
    row = connection.execute(_LINE_BY_ID, {"id": client_id}).one_or_none()
    return Line._make(row) if row else None


def lines(connection: Connection, number: int) -> list[Line]:
    """Return every line of a count, in order."""
    found = connection.execute(_LINES.order_by(count_line.c.number), {"number": number})
    return [Line._make(row) for row in found]


def lines_of_product(connection: Connection, number: int, product: int) -> list[Line]:
    """Return a count's lines of one product, in order, those that were corrected too."""
    statement = _LINES.where(count_line.c.product_id == product).order_by(count_line.c.number)
    return [Line._make(row) for row in connection.execute(statement, {"number": number})]


def lines_of_lots(
    connection: Connection, number: int, products: Sequence[int], lots: Sequence[str]
) -> list[Line]:
    """Return a count's lines of some products with some lots or serial numbers, and those that correct them."""
    own = select(count_line.c.number).where(
        count_line.c.count_id == number, count_line.c.product_id.in_(products), count_line.c.lot.in_(lots)
    )
    statement = _LINES.where(or_(count_line.c.number.in_(own), count_line.c.replaces.in_(own)))
    return [Line._make(row) for row in connection.execute(statement, {"number": number})]


def total_of(connection: Connection, line: Line) -> int:
    """Return what was counted of a line's item in its round, without what was corrected, in 1/10,000."""
    total = cast(func.coalesce(func.sum(count_line.c.quantity), 0), BigInteger)
    statement = select(total).where(
        count_line.c.count_id == line.count_id,
        count_line.c.product_id == line.product,
        count_line.c.location_id == line.place,
        count_line.c.lot == line.lot,
        count_line.c.round == line.round,
        ~_CORRECTION.exists(),
    )
    found: int = connection.execute(statement).scalar_one()
    return found


def replaced(connection: Connection, number: int, line: int) -> bool:
    """Tell whether another line corrects a line."""
    statement = select(count_line.c.number).where(
        count_line.c.count_id == number, count_line.c.replaces == line
    )
    return connection.execute(statement).first() is not None


def page(
    connection: Connection, number: int, after: int, how_many: int, *, newest: bool, unknown: bool
) -> list[Line]:
    """Return lines of a count in order, after a number, or the newest; ``unknown``: only what nobody resolved."""
    statement = _LINES.where(count_line.c.number > after)
    if unknown:
        statement = statement.where(
            count_line.c.product_id.is_(None), count_line.c.quantity > 0, ~_CORRECTION.exists()
        )
    order = count_line.c.number.desc() if newest else count_line.c.number
    found = connection.execute(statement.order_by(order).limit(how_many), {"number": number})
    return sorted((Line._make(row) for row in found), key=lambda line: line.number)


def rows(connection: Connection) -> Iterator[tuple[Line, bytes]]:
    """Yield every line of every count with its checksum."""
    for row in connection.execute(_ALL_LINES):
        yield Line._make(row[:-1]), row[-1]


def reviews(connection: Connection, number: int) -> list[Review]:
    """Return what was said of the items of a count, in order."""
    return [Review._make(row) for row in connection.execute(_REVIEWS, {"number": number})]


def add_reviews(connection: Connection, new: Sequence[Review]) -> None:
    """Add what is said of items."""
    names = [column.name for column in count_review.c]
    connection.execute(insert(count_review), [dict(zip(names, one, strict=True)) for one in new])


def add_adjustments(connection: Connection, number: int, sequences: Sequence[int]) -> None:
    """Write down which movements a count led to."""
    if sequences:
        connection.execute(
            insert(count_adjustment), [{"count_id": number, "sequence": one} for one in sequences]
        )


def adjustments(connection: Connection, number: int) -> list[int]:
    """Return the sequences of the movements that a count led to."""
    statement = select(count_adjustment.c.sequence).where(count_adjustment.c.count_id == number)
    return list(connection.execute(statement.order_by(count_adjustment.c.sequence)).scalars())


def note_counted(connection: Connection, number: int, counted: Mapping[tuple[int, int], int]) -> None:
    """Write down when products at places were last counted, by product and place."""
    statement = insert_or_update(connection, last_count)
    changed = {name: statement.excluded[name] for name in ("counted_at", "count_id")}
    rows = [
        {"product_id": product, "location_id": place, "counted_at": at, "count_id": number}
        for (product, place), at in sorted(counted.items())
    ]
    for start in range(0, len(rows), _ROWS_PER_WRITE):
        connection.execute(
            statement.on_conflict_do_update(index_elements=["product_id", "location_id"], set_=changed),
            rows[start : start + _ROWS_PER_WRITE],
        )


def last_counted(connection: Connection) -> dict[tuple[int, int], int]:
    """Return when each product was last counted at each place."""
    columns = (last_count.c.product_id, last_count.c.location_id, last_count.c.counted_at)
    return {(row[0], row[1]): row[2] for row in connection.execute(select(*columns))}


def intervals(connection: Connection) -> dict[str, int]:
    """Return after how many days a class is counted again, of those that the shop has set."""
    return {row.abc: row.days for row in connection.execute(select(count_interval))}


def set_intervals(connection: Connection, days: Mapping[str, int]) -> None:
    """Set after how many days classes are counted again; the table must be locked."""
    connection.execute(delete(count_interval).where(count_interval.c.abc.in_(list(days))))
    connection.execute(insert(count_interval), [{"abc": name, "days": days[name]} for name in days])


def _values(row: Count) -> dict[str, object]:
    return dict(zip([column.name for column in stock_count.c], row, strict=True))
