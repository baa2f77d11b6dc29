"""The SQL of codes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from almoxarife.features.codes.tables import code, code_line
from almoxarife.storage.database import Database
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order


class Row(NamedTuple):
    """A row of ``code``, without its checksum; instants in microseconds."""

    number: int
    id: bytes
    kind: str
    owner: int
    text: str
    key: str
    account_id: int
    created_at: int
    retired_at: int | None


class Line(NamedTuple):
    """A row of ``code_line``, without its checksum; ``quantity`` of ``unit`` in 1/10,000."""

    code: int
    place: int
    product: int
    unit: str
    quantity: int


class Code(NamedTuple):
    """A code and what one scan of it stands for."""

    row: Row
    lines: tuple[Line, ...]


_COLUMNS = [column for column in code.c if column is not code.c.checksum]
_LINE_COLUMNS = [column for column in code_line.c if column is not code_line.c.checksum]
_KEYS_PER_READ = 500
_NEXT_NUMBER = select(func.coalesce(func.max(code.c.id), 0) + 1)
_BY_ID = select(*_COLUMNS).where(code.c.code_id == bindparam("code_id"))
_BY_KEYS = (
    select(*_COLUMNS).where(code.c.key.in_(bindparam("keys", expanding=True))).order_by(code.c.owner, "id")
)
_OF_PRODUCT = (
    select(*_COLUMNS)
    .where(
        code.c.id.in_(select(code_line.c.code).where(code_line.c.product_id == bindparam("product"))),
        code.c.retired_at.is_(None),
    )
    .order_by(code.c.id)
    .limit(bindparam("how_many"))
)
_OF_KIND = (
    select(*_COLUMNS)
    .where(
        code.c.id.in_(
            select(code_line.c.code).where(code_line.c.product_id.in_(bindparam("products", expanding=True)))
        ),
        code.c.kind == bindparam("kind"),
        code.c.retired_at.is_(None),
    )
    .order_by(code.c.id)
)
_LINES = (
    select(*_LINE_COLUMNS)
    .where(code_line.c.code.in_(bindparam("numbers", expanding=True)))
    .order_by(code_line.c.code, code_line.c.place)
)
_RETIRE = update(code).where(code.c.id == bindparam("number"))
# Of the exact code that somebody types into a search: everybody's before the scale's before suppliers'.
_PRODUCTS = Prepared(
    select(code_line.c.product_id)
    .join_from(code, code_line, code.c.id == code_line.c.code)
    .where(
        code.c.key.in_([bindparam("first"), bindparam("second"), bindparam("third")]),
        code.c.retired_at.is_(None),
    )
    .order_by(code.c.owner, code.c.id, code_line.c.place)
    .limit(bindparam("how_many"))
)
_ROWS = Prepared(
    select(*_COLUMNS, code.c.checksum)
    .where(code.c.id > bindparam("after"))
    .order_by(code.c.id)
    .limit(bindparam("how_many"))
)
_LINE_ROWS = select(*_LINE_COLUMNS, code_line.c.checksum).order_by(code_line.c.code, code_line.c.place)


def next_number(connection: Connection) -> int:
    """Return the number of the next code; nobody else may make one meanwhile."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def get(connection: Connection, code_id: bytes) -> Code | None:
    """Return the code with an id."""
    row = connection.execute(_BY_ID, {"code_id": code_id}).one_or_none()
    return _with_lines(connection, [Row._make(row)])[0] if row else None


def with_keys(connection: Connection, keys: Collection[str], *, retired: bool) -> list[Code]:
    """Return the codes that have one of some keys, whosever they are; also those taken away where it is wished."""
    wanted = sorted(keys)
    rows = [
        Row._make(row)
        for start in range(0, len(wanted), _KEYS_PER_READ)
        for row in connection.execute(_BY_KEYS, {"keys": wanted[start : start + _KEYS_PER_READ]})
    ]
    return _with_lines(connection, [row for row in rows if retired or row.retired_at is None])


def of_product(connection: Connection, product: int, how_many: int) -> list[Code]:
    """Return the codes not taken away that a product is in, in order of creation."""
    rows = connection.execute(_OF_PRODUCT, {"product": product, "how_many": how_many})
    return _with_lines(connection, list(map(Row._make, rows)))


def of_kind(connection: Connection, kind: str, numbers: Sequence[int]) -> list[Code]:
    """Return the codes of a kind that some products are in, not taken away, those of a product in order of creation."""
    rows = [
        Row._make(row)
        for start in range(0, len(numbers), _KEYS_PER_READ)
        for row in connection.execute(
            _OF_KIND, {"kind": kind, "products": numbers[start : start + _KEYS_PER_READ]}
        )
    ]
    return _with_lines(connection, rows)


def products(database: Database, keys: Sequence[str], how_many: int) -> list[int]:
    """Return the numbers of the products that one to three keys stand for."""
    first, *others = keys
    second, third = (*others, first, first)[:2]
    values = {"first": first, "second": second, "third": third, "how_many": how_many}
    return [row[0] for row in database.rows(_PRODUCTS, values)]


def add(
    connection: Connection, rows: Sequence[tuple[Row, bytes]], lines: Sequence[tuple[Line, bytes]]
) -> None:
    """Add codes and their lines, each with its checksum. Raises IntegrityError when a key is taken."""
    for table, columns, new in ((code, _COLUMNS, rows), (code_line, _LINE_COLUMNS, lines)):
        names = [column.name for column in columns]
        values = [{**dict(zip(names, one, strict=True)), "checksum": checksum} for one, checksum in new]
        connection.execute(insert(table), values)


def retire(connection: Connection, number: int, now: int, checksum: bytes) -> None:
    """Take a code away."""
    connection.execute(_RETIRE.values(retired_at=now, checksum=checksum), {"number": number})


def rows(connection: Connection) -> Iterator[tuple[Row, bytes]]:
    """Yield every code as it is written, with its checksum. Raises UnreadableRow."""
    for page in in_order(connection, _ROWS):
        for row in page:
            yield Row._make(row[:-1]), row[-1]


def line_rows(connection: Connection) -> Iterator[tuple[Line, bytes]]:
    """Yield every line as it is written, with its checksum."""
    for row in connection.execute(_LINE_ROWS):
        yield Line._make(row[:-1]), row[-1]


def _with_lines(connection: Connection, rows: list[Row]) -> list[Code]:
    numbers = [row.number for row in rows]
    lines: dict[int, list[Line]] = {}
    for start in range(0, len(numbers), _KEYS_PER_READ):
        for row in connection.execute(_LINES, {"numbers": numbers[start : start + _KEYS_PER_READ]}):
            lines.setdefault(row[0], []).append(Line._make(row))
    return [Code(row, tuple(lines[row.number])) for row in rows]
