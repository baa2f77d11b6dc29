"""Codes of products, and what a scan stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import quote

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_day, read_instant, read_quantity
from almoxarife.client.errors import Refused
from almoxarife.client.movements import Entry, read_entry, sent_fields
from almoxarife.client.products import Product
from almoxarife.client.session import Session
from almoxarife.contract.codes import CodeLine, CodeRow, ReadingRow, ScanAnswer, Understood

_ROW = TypeAdapter(CodeRow)
_ROWS = TypeAdapter(list[CodeRow])
_READING = TypeAdapter(ReadingRow)
_SCAN = TypeAdapter(ScanAnswer)
_UNDERSTOOD = TypeAdapter(Understood)


@dataclass(frozen=True)
class Line:
    """So much of a product that one scan of a code stands for."""

    product_id: str
    product_name: str
    quantity: Decimal | int
    unit: str


@dataclass(frozen=True)
class Code:
    """A code in its normal form; ``kind``: ``gtin``, ``proprio``, ``fornecedor`` or ``balanca``.

    ``lines``: one, or those of a kit. ``active``: false once it was taken away.
    """

    id: str
    text: str
    kind: str
    supplier_id: str | None
    supplier_name: str | None
    lines: tuple[Line, ...]
    created_at: datetime
    active: bool


@dataclass(frozen=True)
class Part:
    """So many of a unit of a product; an empty ``unit`` stands for the product's stock unit."""

    product_id: str
    quantity: Decimal | int = 1
    unit: str = ""


@dataclass(frozen=True)
class NewCode:
    """A code that a product is to be given; ``id`` comes from ``movements.new_id``, once, before the first attempt.

    An empty ``kind`` lets the server tell it by the text; an empty ``unit`` stands for the product's stock unit.
    ``others``: what else one scan stands for, of a kit.
    """

    id: str
    text: str
    kind: str = ""
    supplier_id: str = ""
    quantity: Decimal | int = 1
    unit: str = ""
    others: Sequence[Part] = ()


@dataclass(frozen=True)
class ReadLine:
    """So much of a product that a scan stands for; ``quantity`` is None where a label tells the price alone.

    ``factor``: how many of the stock unit are in one of ``unit``. ``tracking``: ``nenhum``, ``lote`` or ``serie``.
    """

    product: Product
    quantity: Decimal | int | None
    unit: str
    factor: Decimal | int
    tracking: str


@dataclass(frozen=True)
class Reading:
    """What a scan stands for; ``kind``: that of the code, ``gs1``, or of a label ``produto``, ``lote`` or ``local``.

    ``place_id`` and ``place_name`` are of the label of a place, which has no lines; ``lot_id`` of the label of a lot.
    ``text``: the code that was found, in its normal form. ``weight`` in kilograms. ``elements``: identifier, title
    and value of all that a GS1 string says.
    """

    kind: str
    text: str
    code_id: str | None
    lines: tuple[ReadLine, ...]
    lot: str | None = None
    expires_on: date | None = None
    made_on: date | None = None
    serial: str | None = None
    price: Decimal | int | None = None
    weight: Decimal | int | None = None
    elements: tuple[tuple[str, str, str], ...] = ()
    lot_id: str = ""
    place_id: str = ""
    place_name: str = ""

    @property
    def product(self) -> Product | None:
        """The first product that it stands for; None of the label of a place."""
        return self.lines[0].product if self.lines else None

    @property
    def is_kit(self) -> bool:
        """Whether one scan stands for several products: those go to ``register_scan``."""
        return len(self.lines) > 1


def of_product(session: Session, product_id: str) -> list[Code]:
    """Return the codes that stand for a product, kits that it is in too, in order of creation."""
    return [_code(row) for row in read(_ROWS, session.request("GET", _address(product_id)))]


def attach(session: Session, product_id: str, new: NewCode) -> Code:
    """Give a product a code; the same id again is the same code.

    Refused with ``codigo_em_uso`` (whose, says the message) or ``digito_verificador`` (the right one: ``understood``).
    """
    body: dict[str, object] = {"id": new.id, "codigo": new.text, **_amount(new.quantity, new.unit)}
    if new.kind:
        body["tipo"] = new.kind
    if new.supplier_id:
        body["fornecedor_id"] = new.supplier_id
    if new.others:
        body["outros"] = [
            {"produto_id": part.product_id, **_amount(part.quantity, part.unit)} for part in new.others
        ]
    return _code(read(_ROW, session.request("POST", _address(product_id), body=body)))


def retire(session: Session, code_id: str) -> Code:
    """Take a code away; another product may be given it from then on."""
    # Done twice it is done once.
    return _code(read(_ROW, session.request("POST", "/codigos/retirar", body={"id": code_id})))


def read_scan(session: Session, text: str, supplier_id: str = "") -> Reading:
    """Return what a scan stands for.

    Refused with ``codigo_desconhecido`` when nobody has this code, ``digito_verificador`` when it cannot be right
    (``understood`` tells what could be read of either), ``etiqueta_desconhecida`` for a label of nothing that is here,
    ``codigo_ambiguo`` when several suppliers have it, ``produto_inativo`` or ``produto_unido``, and for each fault of a
    GS1 string its own code (``gs1_…``).
    """
    query: dict[str, str | int] = {"texto": text}
    if supplier_id:
        query["fornecedor_id"] = supplier_id
    return _reading(read(_READING, session.request("GET", "/codigos/leitura", query=query)))


def understood(refusal: Refused) -> Understood | None:
    """Return what could be read of a scan that was refused, None where that is nothing."""
    return read(_UNDERSTOOD, refusal.understood) if refusal.understood else None


def register_scan(
    session: Session, id: str, kind: str, text: str, fields: Mapping[str, object] | None = None
) -> list[Entry]:
    """Register all that one scan stands for, together or not at all; the same id again is the same scan.

    ``fields``: ``quantidade`` (how many times it was scanned), ``fornecedor_id``, and what ``movements.register``
    takes of places, lot, partner, reason, note, document and day.
    """
    body = {"id": id, "tipo": kind, "codigo": text, **sent_fields(fields or {})}
    answer = read(_SCAN, session.request("POST", "/inventario/leitura", body=body))
    return [read_entry(row) for row in answer.rows]


def _address(product_id: str) -> str:
    return f"/produtos/{quote(product_id, safe='')}/codigos"


def _amount(quantity: Decimal | int, unit: str) -> dict[str, object]:
    # As text, which is exact where a float need not be.
    return {"quantidade": f"{Decimal(quantity):f}", **({"unidade": unit} if unit else {})}


def _code(row: CodeRow) -> Code:
    return Code(
        row.id,
        row.code,
        row.kind,
        row.supplier_id,
        row.supplier_name,
        tuple(map(_line, row.lines)),
        read_instant(row.created_at),
        row.active,
    )


def _line(row: CodeLine) -> Line:
    return Line(row.product_id, row.product_name, read_quantity(row.quantity), row.unit)


def _reading(row: ReadingRow) -> Reading:
    return Reading(
        row.kind,
        row.code,
        row.code_id,
        tuple(
            ReadLine(
                Product(one.product.id, one.product.name),
                None if one.quantity is None else read_quantity(one.quantity),
                one.unit,
                read_quantity(one.factor),
                one.tracking,
            )
            for one in row.lines
        ),
        row.lot,
        read_day(row.expires_on),
        read_day(row.made_on),
        row.serial,
        None if row.price is None else read_quantity(row.price),
        None if row.weight is None else read_quantity(row.weight),
        tuple((one.identifier, one.title, one.value) for one in row.elements),
        row.lot_id or "",
        row.place.id if row.place is not None else "",
        row.place.name if row.place is not None else "",
    )
