"""Drawing sheets of labels as PDF.

The letters are Bitstream Vera's, which reportlab brings along: it has what WinAnsi has and some more (Ω, ≥, ł), and a
font that is in the file is the same at every printer. Bars are rectangles, whole dots wide and on whole dots.
"""

from __future__ import annotations

import io
import math
import time
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any, NamedTuple

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from almoxarife.errors import DomainError, in_row
from almoxarife.features.labels.rules.codes import Code, ean_modules, runs, shown_text
from almoxarife.features.labels.rules.layout import POINT, Copies, Label, Layout, lay_out
from almoxarife.features.labels.rules.sheets import Sheet, snapped
from almoxarife.features.labels.rules.words import printable

_FONTS = {False: ("almoxarife-vera", "Vera.ttf"), True: ("almoxarife-vera-bold", "VeraBd.ttf")}
_MM = 72 / 25.4
# Between labels others get their turn: a page takes longer than an entry may wait.
_TURN_S = 0.02
_PAUSE_S = 0.001
# Which of the eight masks a QR code gets. Any can be read; weighing all of them takes seven times as long.
_QR_MASK = 0


class Matrix(NamedTuple):
    """The dark modules of a code, row by row as (begin, width); bars alone are one row."""

    modules: int
    rows: list[list[tuple[int, int]]]


def draw(
    sheet: Sheet,
    copies: Iterable[Copies],
    *,
    used: int,
    shift: tuple[float, float],
    title: str,
    done: Callable[[int], None] = lambda labels: None,
) -> bytes:
    """Return the PDF of some labels, the first one behind ``used`` places of the first page.

    ``shift``: how far everything is moved to the right and downwards, in mm. ``done`` is told of labels that are
    drawn. Raises LabelDoesNotFit with the label's place in ``copies`` as ``row``.
    """
    _register()
    file = io.BytesIO()
    canvas = Canvas(
        file,
        pagesize=(sheet.page_width * _MM, sheet.page_height * _MM),
        pageCompression=1,
        invariant=1,
    )
    canvas.setTitle(title)
    canvas.setCreator("almoxarife")
    # A viewer that makes the page smaller to fit it onto the paper moves every label.
    canvas.setViewerPreference("PrintScaling", "None")
    _Pages(canvas, sheet, used, shift, done).add_all(copies)
    canvas.save()
    return file.getvalue()


def measure(text: str, size: float, *, bold: bool) -> float:
    """Return the width in mm, at a size in points, of a text of letters that both fonts have."""
    return sum(map(_widths(bold).__getitem__, text)) * size * POINT / 1_000


def has_letter(character: str) -> bool:
    """Tell whether both fonts have a letter."""
    return character in _letters()


def arranged(sheet: Sheet, label: Label) -> tuple[Layout, Matrix]:
    """Return what stands where on a label, and the modules of its code. Raises LabelDoesNotFit."""
    _register()
    label = Label(
        printable(label.name, has_letter),
        label.code,
        *(printable(text, has_letter) for text in (label.detail, label.price, label.shop)),
    )
    shown = printable(shown_text(label.code), has_letter)
    matrix = matrix_of(label.code)
    return lay_out(sheet, label, shown, matrix.modules, measure), matrix


def matrix_of(code: Code) -> Matrix:
    """Return the modules of a code."""
    if code.kind == "ean":
        modules = ean_modules(code.text)
    elif code.kind == "code128":
        bars: Any = Code128(code.text)
        bars.validate()
        bars.encode()
        # reportlab writes widths as letters: capital ones are bars.
        modules = "".join(
            ("1" if part.isupper() else "0") * (ord(part.lower()) - ord("a") + 1) for part in bars.decompose()
        )
    else:
        return _qr(code.text)
    return Matrix(len(modules), [runs(modules)])


class _Pages:
    """Puts labels on pages, one after the other."""

    def __init__(
        self,
        canvas: Canvas,
        sheet: Sheet,
        used: int,
        shift: tuple[float, float],
        done: Callable[[int], None],
    ) -> None:
        self._canvas = canvas
        self._sheet = sheet
        self._place = used
        self._shift = shift
        self._done = done
        self._turn_ends = time.monotonic() + _TURN_S

    def add_all(self, copies: Iterable[Copies]) -> None:
        for row, (label, how_many) in enumerate(copies):
            try:
                layout, matrix = arranged(self._sheet, label)
            except DomainError as refusal:
                raise in_row(refusal, "itens", row) from None
            if how_many == 1:
                self._put(partial(self._draw, layout, matrix))
                continue
            # What is the same on many labels is in the file once.
            form, high, wide = f"label{row}", self._sheet.height * _MM, self._sheet.width * _MM
            self._canvas.beginForm(form, 0, -math.ceil(high), math.ceil(wide), 0)
            self._draw(layout, matrix)
            self._canvas.endForm()
            for _copy in range(how_many):
                self._put(partial(self._canvas.doForm, form))

    def _put(self, mark: Callable[[], object]) -> None:
        """Let one label be drawn at its place."""
        self._begin()
        mark()
        self._canvas.restoreState()
        self._place += 1
        self._done(1)
        self._let_others()

    def _begin(self) -> None:
        """Go to the next label's corner."""
        if self._place == self._sheet.per_page:
            self._canvas.showPage()
            self._place = 0
        x, y = self._sheet.corner(self._place)
        x, y = snapped(x + self._shift[0], self._sheet.dot), snapped(y + self._shift[1], self._sheet.dot)
        self._canvas.saveState()
        self._canvas.translate(x * _MM, (self._sheet.page_height - y) * _MM)

    def _draw(self, layout: Layout, matrix: Matrix) -> None:
        bars, canvas = layout.bars, self._canvas
        canvas.saveState()
        canvas.translate(bars.x * _MM, -bars.y * _MM)
        # One module is one across from here on, and one row of them one down.
        canvas.scale(bars.module * _MM, -bars.height / len(matrix.rows) * _MM)
        canvas.drawPath(_rectangles(matrix), stroke=0, fill=1)
        canvas.restoreState()
        for text in layout.texts:
            canvas.setFont(_FONTS[text.bold][0], text.size)
            canvas.drawString(text.x * _MM, -text.y * _MM, text.text)

    def _let_others(self) -> None:
        if time.monotonic() > self._turn_ends:
            time.sleep(_PAUSE_S)
            self._turn_ends = time.monotonic() + _TURN_S


def _rectangles(matrix: Matrix) -> PDFPathObject:
    """Return the dark modules as rectangles of whole numbers; reportlab takes most of its time for fractions."""
    return PDFPathObject(
        [f"{begin} {row} {width} 1 re" for row, dark in enumerate(matrix.rows) for begin, width in dark]
    )


@cache
def _register() -> None:
    for name, file in _FONTS.values():
        pdfmetrics.registerFont(TTFont(name, file))


@cache
def _letters() -> frozenset[str]:
    return frozenset(_widths(False)) & frozenset(_widths(True))


@cache
def _widths(bold: bool) -> dict[str, float]:
    """Return the widths of a font's letters, in 1/1,000 of its size."""
    _register()
    face: Any = pdfmetrics.getFont(_FONTS[bold][0])
    return {chr(number): face.face.charWidths[number] for number in face.face.charToGlyph}


def _qr(text: str) -> Matrix:
    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.version = code.calculate_version()
    code.makeImpl(False, _QR_MASK)
    rows = [runs("".join("1" if dark else "0" for dark in row)) for row in code.modules]
    return Matrix(len(rows), rows)
