"""What the screen for labels has around it."""

from __future__ import annotations

from typing import Protocol

from almoxarife.client.labels import Format, Order
from almoxarife.client.lots import StockLot
from almoxarife.client.places import Place
from almoxarife.client.products import Product


class LabelsPageApi(Protocol):
    """What the screen asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def places(self) -> list[Place]:
        """Return the places in use, in the order of the tree."""

    def lots(self, product_id: str) -> list[StockLot]:
        """Return the lots of a product that are in stock."""

    def label_formats(self) -> list[Format]:
        """Return the formats of sheets and rolls."""

    def labels(self, order: Order) -> bytes:
        """Return sheets of labels as PDF."""


class Desk(Protocol):
    """What becomes of finished sheets; each call runs in a thread and may raise FileTrouble."""

    def write_whole(self, path: str, content: bytes) -> None:
        """Write a file."""

    def show(self, name: str, content: bytes) -> None:
        """Let the system's program show it."""

    def print_out(self, name: str, content: bytes) -> None:
        """Print it."""
