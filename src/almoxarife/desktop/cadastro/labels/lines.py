"""What is to be labelled, and how it is cut into requests; plain values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from almoxarife.client.codes import Reading
from almoxarife.client.labels import Item
from almoxarife.client.lots import StockLot
from almoxarife.client.movements import Entry
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.contract.labels import MOST_LABELS
from almoxarife.i18n import _, format_quantity

LineKind = Literal["product", "place", "lot", "movement"]
# So many labels to a request: few enough that progress shows and stopping is felt at once.
PER_REQUEST = 300


@dataclass(frozen=True)
class Line:
    """Labels of one thing: its id on the wire (of a movement its sequence), its name, and what tells it apart.

    ``price`` of None: what the product's own field says.
    """

    kind: LineKind
    id: str
    name: str
    detail: str
    copies: int = 1
    price: Decimal | None = None

    @property
    def has_price(self) -> bool:
        """Whether a price may stand on its labels."""
        return self.kind != "place"

    def same_as(self, other: Line) -> bool:
        """Tell whether another line is of the same thing."""
        return (self.kind, self.id) == (other.kind, other.id)

    @property
    def item(self) -> Item:
        """Return it as the server is asked for it."""
        return Item(
            product_id=self.id if self.kind == "product" else None,
            place_id=self.id if self.kind == "place" else None,
            lot_id=self.id if self.kind == "lot" else None,
            movement=int(self.id) if self.kind == "movement" else None,
            copies=self.copies,
            price=self.price,
        )


@dataclass(frozen=True)
class Piece:
    """A part of all labels that fills whole sheets: its lines, of which ``begin`` is the place of the first.

    ``first``: where on its first sheet they begin.
    """

    lines: Sequence[Line]
    begin: int
    first: int

    @property
    def labels(self) -> int:
        """How many labels it has."""
        return labels_of(self.lines)


def of_product(product: Product) -> Line:
    """Return the label of a product."""
    return Line("product", product.id, product.name, product.id)


def of_place(place: Place) -> Line:
    """Return the label of a place."""
    return Line("place", place.id, place.path, place.id)


def of_lot(product: Product, lot: StockLot) -> Line:
    """Return the label of a lot."""
    return Line("lot", lot.id, product.name, _("Lot {number}").format(number=lot.number))


def of_reading(reading: Reading) -> list[Line]:
    """Return the labels of what was scanned: of each product of a kit, of a lot, or of a place."""
    if reading.place_id:
        return [Line("place", reading.place_id, reading.place_name, reading.place_id)]
    if reading.lot_id and reading.product is not None:
        detail = _("Lot {number}").format(number=reading.lot or reading.serial)
        return [Line("lot", reading.lot_id, reading.product.name, detail)]
    return [of_product(line.product) for line in reading.lines]


def of_entry(entry: Entry) -> Line:
    """Return the labels of what a movement brought: one for each unit, and for a part of one."""
    copies = max(1, math.ceil(abs(Decimal(entry.quantity))))
    detail = _("Movement No. {number}").format(number=format_quantity(entry.sequence))
    return Line("movement", str(entry.sequence), entry.product_name, detail, min(copies, MOST_LABELS))


def added(lines: Sequence[Line], new: Line) -> tuple[list[Line], int]:
    """Return the lines with another one, and its place; what is there already gets so many more copies."""
    for place, line in enumerate(lines):
        if line.same_as(new):
            more = replace(line, copies=min(line.copies + new.copies, MOST_LABELS))
            return [*lines[:place], more, *lines[place + 1 :]], place
    return [*lines, new], len(lines)


def labels_of(lines: Sequence[Line]) -> int:
    """Return how many labels some lines have."""
    return sum(line.copies for line in lines)


def sheets_of(labels: int, first: int, per_page: int) -> int:
    """Return how many sheets some labels take, the first one begun at a place from 1.

    >>> sheets_of(30, 1, 30), sheets_of(30, 2, 30)
    (1, 2)
    """
    return -(-(first - 1 + labels) // per_page) if labels else 0


def pieces_of(lines: Sequence[Line], first: int, per_page: int, labels: int = PER_REQUEST) -> list[Piece]:
    """Return some lines in pieces of whole sheets, each of about so many labels and of one sheet at least."""
    whole = max(1, labels // per_page) * per_page
    pieces: list[Piece] = []
    present: list[Line] = []
    room, begin, start = whole - (first - 1), 0, first
    for place, line in enumerate(lines):
        left = line.copies
        while left:
            if not present:
                begin = place
            part = min(left, room)
            present.append(replace(line, copies=part))
            left, room = left - part, room - part
            if not room:
                pieces.append(Piece(present, begin, start))
                present, room, start = [], whole, 1
    return [*pieces, Piece(present, begin, start)] if present else pieces
