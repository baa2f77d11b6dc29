"""Counts of what is on the shelves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.counts import CountedRow, CountRow, ItemRow, LineRow

_COUNT = TypeAdapter(CountRow)
_COUNTS = TypeAdapter(list[CountRow])
_LINES = TypeAdapter(list[LineRow])
_COUNTED = TypeAdapter(CountedRow)
_ITEMS = TypeAdapter(list[ItemRow])
OPEN, REVIEW = "aberta", "em_revisao"


@dataclass(frozen=True)
class Count:
    """A count with its id (``c1``, …); an empty ``place`` stands for the whole shop.

    ``expected``, ``counted``, ``different``: how many items; ``recount``: how many are to be counted anew,
    ``unknown`` how many texts are no product, ``twice`` how many serial numbers were seen more than once. 0 in
    lists; None: hidden from who asks. ``note``: why it is done; ``category``: its path.
    """

    id: str
    state: str
    place_id: str
    place: str
    abc: str
    products: int | None
    blind: bool
    expected: int = 0
    counted: int = 0
    recount: int = 0
    unknown: int = 0
    different: int | None = None
    note: str = ""
    opened_by: str = ""
    twice: int = 0
    category: str = ""

    @property
    def missing(self) -> int:
        """How many of the items that are expected nobody has counted."""
        return self.expected - self.counted


@dataclass(frozen=True)
class Wanted:
    """What is to be counted; ``id`` comes from ``movements.new_id``. Empty texts stand for everything."""

    id: str
    place_id: str = ""
    category_id: str = ""
    abc: str = ""
    products: Sequence[str] = ()
    blind: bool = False
    note: str = ""


@dataclass(frozen=True)
class Seen:
    """What somebody saw; ``id`` comes from ``movements.new_id``, once, before the first attempt.

    Either ``product_id`` or ``text`` (what was scanned and is no product). ``lot`` or ``serial`` of a tracked product.
    ``replaces``: the id of the line that this one corrects. An empty ``unit`` stands for the stock unit.
    """

    id: str
    quantity: Decimal | int
    product_id: str = ""
    text: str = ""
    place_id: str = ""
    lot: str = ""
    serial: str = ""
    recount: bool = False
    replaces: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a count; ``total`` of one just counted.

    ``twice``: another one shows the same serial number. ``expected``: what the ledger said then; None: hidden.
    """

    id: str
    number: int
    name: str
    is_product: bool
    place: str
    lot: str
    quantity: Decimal | int
    username: str
    at: datetime
    round: int = 0
    replaces: int | None = None
    total: Decimal | int | None = None
    twice: bool = False
    expected: Decimal | int | None = None


@dataclass(frozen=True)
class Item:
    """What was found of a product at a place, of a tracked one of a lot; None: nobody counted it, or it is hidden."""

    product_id: str
    product_name: str
    place_id: str
    place: str
    lot: str
    counted: Decimal | int | None
    expected: Decimal | int | None
    difference: Decimal | int | None
    people: tuple[str, ...]
    moved: bool = False
    twice: bool = False
    recount: bool = False
    reviewed: bool = False


def unfinished(session: Session) -> list[Count]:
    """Return the counts that have not ended, newest first."""
    query: dict[str, str | int] = {"situacao": "em_andamento", "limite": 100}
    return [read_count(row) for row in read(_COUNTS, session.request("GET", "/contagens", query=query))]


def get(session: Session, count_id: str) -> Count:
    """Return a count, and how far it is."""
    return read_count(read(_COUNT, session.request("GET", address(count_id))))


def begin(session: Session, wanted: Wanted) -> Count:
    """Begin a count; Refused with ``contagem_sobreposta`` while another one is about the same."""
    body: dict[str, object] = {"id": wanted.id, "cega": wanted.blind}
    if wanted.place_id:
        body["local_id"] = wanted.place_id
    if wanted.category_id:
        body["categoria_id"] = wanted.category_id
    if wanted.abc:
        body["classe"] = wanted.abc
    if wanted.products:
        body["produtos"] = list(wanted.products)
    if wanted.note:
        body["observacao"] = wanted.note
    return read_count(read(_COUNT, session.request("POST", "/contagens", body=body)))


def add(session: Session, count_id: str, seen: Seen) -> Line:
    """Count something; the same id again is the same line."""
    # As text, which is exact where a float need not be.
    body: dict[str, object] = {"id": seen.id, "quantidade": f"{Decimal(seen.quantity):f}"}
    texts = {
        "produto_id": seen.product_id,
        "texto": seen.text,
        "local_id": seen.place_id,
        "serie": seen.serial,
        "substitui": seen.replaces,
        "unidade": seen.unit,
    }
    body |= {key: text for key, text in texts.items() if text}
    if seen.lot:
        body["lote"] = {"numero": seen.lot}
    if seen.recount:
        body["recontagem"] = True
    return _counted(read(_COUNTED, session.request("POST", f"{address(count_id)}/linhas", body=body)))


def void(session: Session, count_id: str, id: str, line_id: str) -> Line:
    """Take a line back that was a mistake."""
    body = {"id": id, "substitui": line_id, "anula": True}
    return _counted(read(_COUNTED, session.request("POST", f"{address(count_id)}/linhas", body=body)))


def latest(session: Session, count_id: str, how_many: int) -> list[Line]:
    """Return the newest lines of a count, the newest first."""
    query: dict[str, str | int] = {"ultimas": how_many}
    rows = read(_LINES, session.request("GET", f"{address(count_id)}/linhas", query=query))
    return [read_line(row) for row in reversed(rows)]


def unknown(session: Session, count_id: str) -> list[Line]:
    """Return what was scanned, is no product, and was not resolved."""
    query: dict[str, str | int] = {"desconhecidas": "true"}
    rows = read(_LINES, session.request("GET", f"{address(count_id)}/linhas", query=query))
    return [read_line(row) for row in rows]


def items(session: Session, count_id: str, wanted: str, limit: int, skip: int = 0) -> list[Item]:
    """Return what was found, without the first ones; ``wanted`` as ``GET /contagens/{contagem_id}/itens`` names it.

    Refused with ``contagem_cega`` while it is hidden.
    """
    query: dict[str, str | int] = {"situacao": wanted, "pular": skip, "limite": limit}
    rows = read(_ITEMS, session.request("GET", f"{address(count_id)}/itens", query=query))
    return [_item(row) for row in rows]


def close(session: Session, count_id: str) -> Count:
    """Let nothing more be counted."""
    # What is closed is closed, however often.
    return read_count(read(_COUNT, session.request("POST", f"{address(count_id)}/encerrar", repeatable=True)))


def address(count_id: str) -> str:
    """Return where a count is asked for."""
    return f"/contagens/{quote(count_id, safe='')}"


def read_count(row: CountRow) -> Count:
    """Return a count, as an answer tells it."""
    count = Count(
        row.id,
        row.state,
        row.place_id or "",
        row.place_name or "",
        row.abc or "",
        row.products,
        row.blind,
        note=row.note or "",
        opened_by=row.opened_by,
        category=row.category_name or "",
    )
    known = row.progress
    if known is None:
        return count
    return replace(
        count,
        expected=known.expected,
        counted=known.counted,
        recount=known.recount,
        unknown=known.unknown,
        different=known.different,
        twice=known.twice,
    )


def read_line(row: LineRow) -> Line:
    """Return a line, as an answer tells it."""
    return Line(
        row.id,
        row.number,
        row.product_name or row.text or "",
        row.product_id is not None,
        row.place_name,
        row.lot or "",
        read_quantity(row.quantity),
        row.username,
        read_instant(row.counted_at),
        row.round,
        row.replaces,
        twice=row.twice,
        expected=None if row.expected is None else read_quantity(row.expected),
    )


def _counted(row: CountedRow) -> Line:
    return replace(read_line(row), total=read_quantity(row.total))


def _item(row: ItemRow) -> Item:
    counted, expected, difference = (
        None if number is None else read_quantity(number)
        for number in (row.counted, row.expected, row.difference)
    )
    return Item(
        row.product_id,
        row.product_name,
        row.place_id,
        row.place_name,
        row.lot or "",
        counted,
        expected,
        difference,
        tuple(row.people),
        row.moved,
        row.twice,
        row.recount,
        row.reviewed,
    )
