"""Routes of codes: those of a product, and what a scan stands for."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.codes import (
    CodeId,
    CodeLine,
    CodeRequest,
    CodeRow,
    Element,
    ReadingLine,
    ReadingPlace,
    ReadingQuery,
    ReadingRow,
)
from almoxarife.contract.movements import QUANTITY_SCALE, number_on_wire, uuid_text
from almoxarife.contract.products import ProductPath, ProductRow
from almoxarife.features.codes.service.codes import Codes, Listed, Part, Wish
from almoxarife.features.codes.service.found import Found
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("codigos", _("Codes"))
_READS = Access(least=Role.READER)
_WRITES = Access(least=Role.OPERATOR)
_MANAGES = Access(least=Role.MANAGER)


@routes.get(
    "/produtos/<produto_id>/codigos",
    summary=_("The codes that stand for a product, kits that it is in too"),
    answers={200: [CodeRow]},
    refusals=(404,),
    access=_READS,
)
def of_product(path: ProductPath) -> Response:
    """List the codes of a product, in order of creation."""
    return answer_messages(map(_row, service(Codes).of_product(path.product_id)))


@routes.post(
    "/produtos/<produto_id>/codigos",
    summary=_("Give a product a code; the same id again is the same code"),
    answers={201: CodeRow, 200: CodeRow},
    refusals=(404, 409),
    access=_WRITES,
)
def attach(path: ProductPath, body: CodeRequest) -> Response:
    """Give a product, or several as a kit, a code; answer 200 when it was there already."""
    parts = [Part(path.product_id, body.quantity, body.unit)]
    parts += [Part(one.product_id, one.quantity, one.unit) for one in body.others]
    wish = Wish(body.id, body.code, body.kind, body.supplier_id, parts)
    listed, replayed = service(Codes).attach(caller(), wish)
    return answer(_row(listed), HTTPStatus.OK if replayed else HTTPStatus.CREATED)


@routes.post(
    "/codigos/retirar",
    summary=_("Take a code away; another product may be given it from then on"),
    answers={200: CodeRow},
    refusals=(404,),
    access=_MANAGES,
)
def retire(body: CodeId) -> Response:
    """Take a code away."""
    return answer(_row(service(Codes).retire(caller(), body.id)))


@routes.get(
    "/codigos/leitura",
    summary=_("What a scan stands for: products, quantities, lot, days, serial number; or a place"),
    answers={200: ReadingRow},
    refusals=(404, 409),
    access=_READS,
)
def read(query: ReadingQuery) -> Response:
    """Tell what a scanned text stands for."""
    return answer(_reading(service(Codes).read(query.text, query.supplier_id)))


def _row(listed: Listed) -> CodeRow:
    row = listed.code.row
    return CodeRow(
        id=uuid_text(row.id),
        code=row.text,
        kind=row.kind,
        supplier_id=f"t{row.owner}" if row.owner > 0 else None,
        supplier_name=listed.supplier,
        lines=[
            CodeLine(
                product_id=f"p{line.product}",
                product_name=listed.names[line.product],
                quantity=number_on_wire(line.quantity),
                unit=line.unit,
            )
            for line in listed.code.lines
        ],
        created_at=to_rfc3339(row.created_at),
        active=row.retired_at is None,
    )


def _reading(found: Found) -> ReadingRow:
    said, place, lot = found.said, found.place, found.lot
    return ReadingRow(
        kind=found.kind,
        code=found.text,
        code_id=uuid_text(found.code_id) if found.code_id is not None else None,
        lines=[
            ReadingLine(
                product=ProductRow(id=f"p{line.product}", name=line.facts.name),
                quantity=_number(line.quantity),
                unit=line.unit,
                factor=_number(line.factor) or 0,
                tracking=line.facts.tracking,
            )
            for line in found.lines
        ],
        place=ReadingPlace(id=f"l{place.id}", name=place.name) if place is not None else None,
        lot_id=f"v{lot.number}" if lot is not None else None,
        lot=said.lot,
        expires_on=said.expires_on,
        made_on=said.made_on,
        serial=said.serial,
        price=_number(said.price),
        weight=_number(said.weight),
        elements=[
            Element(identifier=one.identifier, title=one.title, value=one.value) for one in said.elements
        ],
    )


def _number(value: Decimal | None) -> int | float | None:
    return None if value is None else number_on_wire(int(value * QUANTITY_SCALE))
