"""What is seen on a printed sheet: its dots as a picture, and the codes that a reader finds in it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import zxingcpp
from PIL.Image import Image

from almoxarife.features.labels import drawing
from almoxarife.features.labels.rules import sheets
from almoxarife.features.labels.rules.codes import Wanted, check_digit, code_of
from almoxarife.features.labels.rules.layout import Copies, Label

SHEETS = sheets.read_sheets(sheets.TABLE)
_POINT = 25.4 / 72


class Seen(NamedTuple):
    """A code that was read: where its middle is on which page, in mm from the upper left corner."""

    text: str
    kind: str
    page: int
    x: float
    y: float


def pictures(pdf: bytes, dpi: int) -> Iterator[Image]:
    """Yield the pages as a printer with so many dots per inch prints them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            # A printer's dots are where they are; a picture would be stretched to whole dots.
            width, height = (math.ceil(size * dpi / 72) * 72 / dpi for size in page.get_size())
            page.set_mediabox(0, page.get_height() - height, width, page.get_height())
            yield page.render(scale=dpi / 72, grayscale=True).to_pil()
    finally:
        document.close()


def read(pdf: bytes, dpi: int) -> list[Seen]:
    """Return every code on all pages."""
    found = []
    for number, picture in enumerate(pictures(pdf, dpi)):
        for code in zxingcpp.read_barcodes(picture):
            corners = (code.position.top_left, code.position.bottom_right)
            x, y = (sum(getattr(corner, axis) for corner in corners) / 2 * 25.4 / dpi for axis in ("x", "y"))
            found.append(Seen(code.text, code.format.name, number, x, y))
    return found


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return the width and height of each page, in mm."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(page.get_width() * _POINT, page.get_height() * _POINT) for page in document]
    finally:
        document.close()


def words(pdf: bytes) -> str:
    """Return all that can be read on the first page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text: str = document[0].get_textpage().get_text_bounded()
        return text
    finally:
        document.close()


def gtin(number: int) -> str:
    """Return a GTIN-13 of a Brazilian company's numbers."""
    digits = f"789{number:09d}"
    return digits + check_digit(digits)


def label(
    text: str,
    wanted: Wanted = "automatico",
    *,
    name: str = "Parafuso sextavado zincado 10 mm – caixa com 100",
    price: str = "R$ 1.234,50",
    shop: str = "Mercearia São João",
) -> Label:
    """Return a label with a code."""
    return Label(name, code_of(text, wanted), "", price, shop)


def drawn(
    sheet_id: str,
    labels: Sequence[Label],
    *,
    used: int = 0,
    shift: tuple[float, float] = (0, 0),
    each: int = 1,
) -> bytes:
    """Return the PDF of some labels."""
    copies = [Copies(one, each) for one in labels]
    return drawing.draw(SHEETS[sheet_id], copies, used=used, shift=shift, title="Etiquetas")
