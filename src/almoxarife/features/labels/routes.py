"""Routes of labels."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.labels import LabelItem, LabelsRequest, OwnSheet, SheetRow
from almoxarife.features.labels.rules.sheets import Sheet
from almoxarife.features.labels.rules.wishes import Wish
from almoxarife.features.labels.service import Labels, Order
from almoxarife.hurry import may_take_long
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("etiquetas", _("Labels"))
_READER = Access(least=Role.READER)
PDF = "application/pdf"
# The largest request, with every key of every item.
LARGEST_BODY_BYTES = 2 * 1024 * 1024


@routes.get(
    "/etiquetas/formatos",
    summary=_("The formats of sheets and rolls that labels are printed on"),
    answers={200: [SheetRow]},
    access=_READER,
)
def formats() -> Response:
    """List the formats of the trade."""
    return answer_messages(map(_row, service(Labels).formats()))


@routes.post(
    "/etiquetas",
    summary=_("Labels of products, places and lots as PDF"),
    answers={200: (PDF,)},
    refusals=(404,),
    access=_READER,
    largest_body=LARGEST_BODY_BYTES,
)
def labels(body: LabelsRequest) -> Response:
    """Draw labels."""
    may_take_long()
    found = service(Labels)
    own = body.own_sheet
    sheet = found.sheet(body.sheet_id, None if own is None else lambda: _own(own))
    pdf = found.pdf(sheet, _order(body))
    response = Response(pdf, content_type=PDF)
    response.headers["Content-Disposition"] = 'inline; filename="etiquetas.pdf"'
    return response


def _own(sheet: OwnSheet) -> Sheet:
    width, height = float(sheet.width), float(sheet.height)
    return Sheet(
        "",
        "",
        float(sheet.page_width),
        float(sheet.page_height),
        sheet.columns,
        sheet.rows,
        width,
        height,
        float(sheet.left or 0),
        float(sheet.top or 0),
        width if sheet.pitch_x is None else float(sheet.pitch_x),
        height if sheet.pitch_y is None else float(sheet.pitch_y),
        sheet.dpi,
    )


def _order(body: LabelsRequest) -> Order:
    return Order(
        list(map(_wish, body.items)),
        symbol=body.symbol,
        first=body.first,
        shift_x=float(body.shift_x or 0),
        shift_y=float(body.shift_y or 0),
        shows_price=body.shows_price,
        shows_shop=body.shows_shop,
    )


def _wish(item: LabelItem) -> Wish:
    return Wish(
        item.product_id,
        item.place_id,
        item.lot_id,
        item.movement,
        item.copies,
        item.code,
        item.price,
    )


def _row(sheet: Sheet) -> SheetRow:
    return SheetRow(roll=sheet.is_roll, **sheet._asdict())
