"""Sheets of labels of products, places and lots, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import bad_answer, read
from almoxarife.client.session import Session
from almoxarife.contract.labels import SheetRow

_ROWS = TypeAdapter(list[SheetRow])
_PDF = b"%PDF-"


@dataclass(frozen=True)
class Format:
    """A format of sheets or rolls; ``width`` and ``height`` of a label in mm, ``per_page`` of them on a page."""

    id: str
    name: str
    is_roll: bool
    width: float
    height: float
    columns: int
    rows: int

    @property
    def per_page(self) -> int:
        """Return how many labels are on a page."""
        return self.columns * self.rows


@dataclass(frozen=True)
class Item:
    """What some labels are of: exactly one of product, place, lot and movement (its sequence).

    Without ``copies`` one, of a movement as many as units; without ``price`` what the product's own field says.
    """

    product_id: str | None = None
    place_id: str | None = None
    lot_id: str | None = None
    movement: int | None = None
    copies: int | None = None
    price: Decimal | None = None


@dataclass(frozen=True)
class Measures:
    """A sheet or roll of one's own; lengths in mm, ``pitch_x`` and ``pitch_y`` from one label to the next."""

    page_width: Decimal | int
    page_height: Decimal | int
    columns: int
    rows: int
    width: Decimal | int
    height: Decimal | int
    left: Decimal | int
    top: Decimal | int
    pitch_x: Decimal | int
    pitch_y: Decimal | int
    dpi: int


@dataclass(frozen=True)
class Order:
    """Labels on a format; ``first``: where on the first sheet they begin, from 1.

    ``own``: measures of a sheet in place of the format.
    ``shift_x`` and ``shift_y`` move everything to the right and down, in mm, for a printer that is off.
    ``symbol``: ``automatico``, ``ean13``, ``code128`` or ``qr``, as the wire names it.
    """

    format_id: str
    items: Sequence[Item]
    first: int = 1
    symbol: str = "automatico"
    shows_price: bool = True
    shows_shop: bool = True
    shift_x: Decimal | int = 0
    shift_y: Decimal | int = 0
    own: Measures | None = None


def formats(session: Session) -> list[Format]:
    """Return the formats of the trade."""
    rows = read(_ROWS, session.request("GET", "/etiquetas/formatos"))
    return [Format(row.id, row.name, row.roll, row.width, row.height, row.columns, row.rows) for row in rows]


def pdf(session: Session, order: Order) -> bytes:
    """Return the sheets as PDF.

    Refused with ``etiqueta_nao_cabe``, ``etiquetas_demais``, ``formato_inexistente``, ``campo_invalido`` and the
    refusals of what is not there; ``field`` then names the item: ``itens[2].produto_id``.
    """
    body: dict[str, object] = {
        **_sheet(order),
        "itens": [_sent(item) for item in order.items],
        "posicao": order.first,
        "simbolo": order.symbol,
        "mostra_preco": order.shows_price,
        "mostra_loja": order.shows_shop,
        "desloca_x": str(order.shift_x),
        "desloca_y": str(order.shift_y),
    }
    # Nothing is written.
    answer = session.reply("POST", "/etiquetas", body=body, repeatable=True)
    if not answer.body.startswith(_PDF):
        raise bad_answer()
    return answer.body


def _sheet(order: Order) -> dict[str, object]:
    own = order.own
    if own is None:
        return {"formato": order.format_id}
    lengths = {
        "pagina_largura": own.page_width,
        "pagina_altura": own.page_height,
        "largura": own.width,
        "altura": own.height,
        "esquerda": own.left,
        "topo": own.top,
        "passo_x": own.pitch_x,
        "passo_y": own.pitch_y,
    }
    sent = {key: str(length) for key, length in lengths.items()}
    return {"medidas": {**sent, "colunas": own.columns, "linhas": own.rows, "dpi": own.dpi}}


def _sent(item: Item) -> dict[str, object]:
    fields = {
        "produto_id": item.product_id,
        "local_id": item.place_id,
        "lote_id": item.lot_id,
        "movimento": item.movement,
        "copias": item.copies,
        "preco": None if item.price is None else f"{item.price:f}",
    }
    return {key: value for key, value in fields.items() if value is not None}
