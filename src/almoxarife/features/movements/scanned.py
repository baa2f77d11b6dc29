"""From a request that names a code to one that names a product."""

from __future__ import annotations

from uuid import UUID, uuid5

from sqlalchemy import Connection

from almoxarife.contract.codes import ScanRequest
from almoxarife.contract.movement_requests import EntryRequest, LotInput
from almoxarife.errors import InvalidField
from almoxarife.features.codes.rules.scans import Said
from almoxarife.features.codes.service.found import Found, FoundLine, only_line, quantity_of, require_products
from almoxarife.features.codes.service.reading import Asked, CodeReader
from almoxarife.features.movements.rules import check_id
from almoxarife.features.movements.stock_rules import WORDS
from almoxarife.features.products.rules import BY_SERIAL, NO_TRACKING
from almoxarife.ledger.rules import Kind

_KINDS = [word for kind, word in WORDS.items() if kind != Kind.REVERSAL]
_LOT_FIELDS = ("lot", "lot_id", "serial")


def with_code(
    connection: Connection, codes: CodeReader, body: EntryRequest, kind: Kind, recorded: int | None
) -> EntryRequest:
    """Return a request that names a code as one that names product, quantity, unit and lot.

    ``recorded``: the product of the movement that is there already under its id. Raises InvalidField, KitCode,
    LabelOfPlace and what ``CodeReader.read`` raises.
    """
    assert body.code is not None
    if kind == Kind.REVERSAL:
        raise InvalidField(field="codigo", reason="not_for_kind", kind=WORDS[kind])
    for name, field in (("product_id", "produto_id"), ("unit", "unidade")):
        if name in body.model_fields_set:
            raise InvalidField(field="codigo", reason="not_together", other=field)
    found = codes.read(connection, Asked(body.code, body.supplier_id, recorded=recorded))
    line = only_line(found, "codigo")
    times = body.quantity if "quantity" in body.model_fields_set else None
    told = {} if any(getattr(body, name) is not None for name in _LOT_FIELDS) else _lot(line, found.said)
    return body.model_copy(
        update={
            "product_id": f"p{line.product}",
            "quantity": quantity_of(line, times),
            "unit": line.unit if line.unit != line.facts.unit else None,
            "code": None,
            **told,
        }
    )


def requests_of(body: ScanRequest, found: Found) -> list[EntryRequest]:
    """Return what a scan asks for, a request for each of its lines. Raises InvalidField, LabelOfPlace.

    The id of each is made of the scan's: UUIDv5 (RFC 9562) with its place as the name.
    """
    if body.kind == WORDS[Kind.REVERSAL]:
        raise InvalidField(field="tipo", reason="unknown_kind", choices=", ".join(_KINDS))
    require_products(found, "codigo")
    fields = body.said()
    for name in ("id", "code", "supplier_id", "quantity"):
        fields.pop(name, None)
    if len(found.lines) > 1:
        for name, key in (("lot", "lote"), ("lot_id", "lote_id"), ("serial", "serie")):
            if fields.get(name) is not None:
                raise InvalidField(field=key, reason="not_of_kit")
    requests = []
    for place, line in enumerate(found.lines):
        told = {} if any(fields.get(name) is not None for name in _LOT_FIELDS) else _lot(line, found.said)
        if line.unit != line.facts.unit:
            told["unit"] = line.unit
        requests.append(
            EntryRequest(
                **{
                    **fields,
                    **told,
                    "id": line_id(body.id, place),
                    "product_id": f"p{line.product}",
                    "quantity": quantity_of(line, body.quantity),
                }
            )
        )
    return requests


def line_id(scan_id: str | None, place: int) -> str | None:
    """Return the id of a line of a scan; None where the scan has none. Raises InvalidField."""
    if scan_id is None:
        return None
    return str(uuid5(UUID(bytes=check_id(scan_id)), str(place)))


def _lot(line: FoundLine, said: Said) -> dict[str, object]:
    """Return lot or serial number as a scan tells them, of a product of which they are told apart."""
    if line.facts.tracking == NO_TRACKING:
        return {}
    if line.facts.tracking == BY_SERIAL:
        return {"serial": said.serial} if said.serial is not None else {}
    if said.lot is None:
        return {}
    return {"lot": LotInput(number=said.lot, made_on=said.made_on, expires_on=said.expires_on)}
