"""Messages about movements, and the fast encoder of their rows."""

from __future__ import annotations

from decimal import Decimal
from json.encoder import encode_basestring
from typing import Annotated, NamedTuple

from pydantic import Field

from almoxarife.clock import to_rfc3339
from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, MAX_SEQUENCE, ProductMeant, WholeNumber
from almoxarife.i18n import _

# Quantities are whole numbers of 1/10,000 of a unit wherever they are stored.
QUANTITY_SCALE = 10_000


class LotOfRow(Message):
    """The lot that a movement names."""

    id: str
    number: str = Field(alias="numero")
    expires_on: str | None = Field(None, alias="validade", json_schema_extra={"format": "date"})


class ReasonOfRow(Message):
    """The reason that a movement gives."""

    id: str
    name: str = Field(alias="nome")


class PartnerOfRow(Message):
    """From whom goods came, or to whom they went."""

    id: str
    name: str = Field(alias="nome")


class EntryRow(Message):
    """An entry as every list and acknowledgement shows it."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    quantity: int | float = Field(alias="quantidade")
    username: str = Field(alias="registrado_por")
    recorded_at: str = Field(alias="timestamp", json_schema_extra={"format": "date-time"})
    sequence: int = Field(
        alias="sequencia", description=_("Position in the ledger: 1, 2, 3, … without gaps.")
    )
    receipt: str = Field(
        alias="recibo", description=_("Hash of the ledger up to this entry; keep the last one as a receipt.")
    )
    # From here on: only what there is to say, and nothing of a plain entry.
    kind: str | None = Field(None, alias="tipo")
    sign: int | None = Field(
        None,
        alias="sinal",
        description=_("Whether it adds to the shop's own stock: 1, takes from it: -1, or neither: 0."),
    )
    source: str | None = Field(None, alias="de")
    target: str | None = Field(None, alias="para")
    effective_at: str | None = Field(None, alias="data_efetiva", json_schema_extra={"format": "date-time"})
    lot: LotOfRow | None = Field(None, alias="lote")
    reverses: str | None = Field(None, alias="estorna", json_schema_extra={"format": "uuid"})
    reversed_by: str | None = Field(None, alias="estornado_por", json_schema_extra={"format": "uuid"})
    reason: ReasonOfRow | None = Field(None, alias="motivo")
    note: str | None = Field(None, alias="observacao")
    partner: PartnerOfRow | None = Field(None, alias="parceiro")
    document: str | None = Field(None, alias="documento")
    unit: str | None = Field(None, alias="unidade")
    typed_quantity: int | float | None = Field(None, alias="quantidade_digitada")
    unit_cost: int | float | None = Field(None, alias="custo_unitario")
    freight: int | float | None = Field(None, alias="frete")
    tax: int | float | None = Field(None, alias="imposto")
    discount: int | float | None = Field(None, alias="desconto")
    returns: str | None = Field(
        None,
        alias="devolve",
        description=_("Id of the movement whose goods come back."),
        json_schema_extra={"format": "uuid"},
    )


PageSize = Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)]


class EntryQuery(Query, defer_build=False):
    """Parameters of ``GET /inventario``."""

    after: Annotated[WholeNumber, Field(ge=0, le=MAX_SEQUENCE)] | None = Field(
        None,
        alias="depois_de",
        description=_("Cursor: only what comes after this “sequencia”, oldest first."),
    )
    limit: PageSize | None = Field(None, alias="limite", description=_("How many at the most."))
    latest: PageSize | None = Field(None, alias="ultimos", description=_("The newest so many, oldest first."))
    username: str | None = Field(
        None, alias="registrado_por", max_length=200, description=_("Only what this user registered.")
    )
    kind: str | None = Field(None, alias="tipo", max_length=30, description=_("Only this kind of movement."))
    place_id: str | None = Field(
        None, alias="local", max_length=30, description=_("Only what went to this location or came from it.")
    )
    product_id: ProductMeant | None = Field(None, alias="produto")
    lot_id: str | None = Field(
        None, alias="lote", max_length=30, description=_("Only movements of this lot or serial number.")
    )


class SummaryQuery(Query):
    """Parameters of ``GET /inventario/resumo``."""

    since: str = Field(
        alias="desde",
        description=_("RFC 3339 instant from which to count."),
        json_schema_extra={"format": "date-time"},
    )


class Summary(Message):
    """Totals of the entries recorded since an instant, up to ``sequencia``."""

    since: str = Field(alias="desde", json_schema_extra={"format": "date-time"})
    entries: int = Field(alias="entradas")
    quantity: int | float = Field(alias="quantidade")
    people: list[str] = Field(alias="pessoas")
    sequence: int = Field(alias="sequencia")


class Beside(NamedTuple):
    """What a row shows of a movement that is no plain entry; locations, lot and reason by their numbers.

    ``lot``: id, number and day of expiry; ``reason`` and ``partner``: id and name; quantities and money in 1/10,000.
    """

    kind: str
    sign: int
    source: int
    target: int
    effective_at: int
    lot: tuple[int, str, str | None] | None = None
    reverses: bytes | None = None
    reversed_by: bytes | None = None
    reason: tuple[int, str] | None = None
    note: str | None = None
    partner: tuple[int, str] | None = None
    document: str | None = None
    unit: str | None = None
    typed_quantity: int | None = None
    unit_cost: int | None = None
    freight: int | None = None
    tax: int | None = None
    discount: int | None = None
    returns: bytes | None = None


class EntryRecord(NamedTuple):
    """A stored movement on its way to the wire: raw id and hash, quantity in 1/10,000, instant in microseconds.

    ``quantity`` has its sign as seen from the shop's own stock; ``beside`` is None for plain entries.
    """

    sequence: int
    id: bytes
    product_id: int
    product_name: str
    quantity: int
    username: str
    recorded_at: int
    hash: bytes
    beside: Beside | None = None


def decimal_text(quantity: int) -> str:
    """Return a quantity of 1/10,000 units as exact JSON number text, an integer whenever it is whole."""
    whole, rest = divmod(abs(quantity), QUANTITY_SCALE)
    sign = "-" if quantity < 0 else ""
    return f"{sign}{whole}.{rest:04d}".rstrip("0") if rest else f"{sign}{whole}"


def number_on_wire(quantity: int) -> int | float:
    """Return a quantity of 1/10,000 units as a JSON number, an integer whenever it is whole."""
    whole, rest = divmod(quantity, QUANTITY_SCALE)
    return float(Decimal(decimal_text(quantity))) if rest else whole


def uuid_text(raw: bytes) -> str:
    """Return the usual form of a UUID of 16 bytes."""
    digits = raw.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def encode_row(record: EntryRecord) -> str:
    """Return the JSON of an ``EntryRow``; written out because lists of a million rows pass through here."""
    more = "" if record.beside is None else _encode_beside(record.beside)
    return (
        f'{{"id":"{uuid_text(record.id)}","produto_id":"p{record.product_id}",'
        f'"nome_produto":{encode_basestring(record.product_name)},'
        f'"quantidade":{decimal_text(record.quantity)},'
        f'"registrado_por":{encode_basestring(record.username)},'
        f'"timestamp":"{to_rfc3339(record.recorded_at)}",'
        f'"sequencia":{record.sequence},"recibo":"{record.hash.hex()}"{more}}}'
    )


def _encode_beside(beside: Beside) -> str:
    parts = [
        f',"tipo":"{beside.kind}","sinal":{beside.sign},"de":"l{beside.source}","para":"l{beside.target}"'
        f',"data_efetiva":"{to_rfc3339(beside.effective_at)}"'
    ]
    if beside.lot is not None:
        number, text, expires_on = beside.lot
        until = f',"validade":"{expires_on}"' if expires_on is not None else ""
        parts.append(f',"lote":{{"id":"v{number}","numero":{encode_basestring(text)}{until}}}')
    if beside.reverses is not None:
        parts.append(f',"estorna":"{uuid_text(beside.reverses)}"')
    if beside.reversed_by is not None:
        parts.append(f',"estornado_por":"{uuid_text(beside.reversed_by)}"')
    if beside.reason is not None:
        parts.append(f',"motivo":{{"id":"m{beside.reason[0]}","nome":{encode_basestring(beside.reason[1])}}}')
    if beside.partner is not None:
        parts.append(
            f',"parceiro":{{"id":"t{beside.partner[0]}","nome":{encode_basestring(beside.partner[1])}}}'
        )
    texts = (("observacao", beside.note), ("documento", beside.document), ("unidade", beside.unit))
    parts += [f',"{key}":{encode_basestring(text)}' for key, text in texts if text is not None]
    numbers = (
        ("quantidade_digitada", beside.typed_quantity),
        ("custo_unitario", beside.unit_cost),
        ("frete", beside.freight),
        ("imposto", beside.tax),
        ("desconto", beside.discount),
    )
    parts += [f',"{key}":{decimal_text(number)}' for key, number in numbers if number is not None]
    if beside.returns is not None:
        parts.append(f',"devolve":"{uuid_text(beside.returns)}"')
    return "".join(parts)
