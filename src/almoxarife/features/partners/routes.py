"""Routes of partners."""

from __future__ import annotations

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.conditions import IfMatch
from almoxarife.contract.partners import (
    PartnerChange,
    PartnerPath,
    PartnerQuery,
    PartnerRequest,
    PartnerRow,
)
from almoxarife.contract.types import SITUATIONS
from almoxarife.features.partners.rules import written_document
from almoxarife.features.partners.service import Partners
from almoxarife.features.partners.store import Partner
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.ids import number_after
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("parceiros", _("Partners"))
_READS = Access(least=Role.READER)
_WRITES = Access(least=Role.OPERATOR)
_MANAGES = Access(least=Role.MANAGER)


@routes.get(
    "/parceiros",
    summary=_("Suppliers and customers in order of creation, or those that a search finds"),
    answers={200: [PartnerRow]},
    access=_READS,
)
def partners(query: PartnerQuery) -> Response:
    """List partners, page by page."""
    found = service(Partners).search(
        query.search,
        query.limit,
        kind=query.kind,
        active=SITUATIONS[query.situation],
        after=number_after(query.after, "t"),
    )
    return answer_messages(_row(one) for one in found)


@routes.post(
    "/parceiros",
    summary=_("Create a supplier or customer"),
    answers={201: PartnerRow},
    refusals=(409,),
    access=_WRITES,
)
def create(body: PartnerRequest) -> Response:
    """Make a partner."""
    return _answer(service(Partners).create(body.said()), 201)


@routes.get(
    "/parceiros/<parceiro_id>",
    summary=_("A supplier or customer"),
    answers={200: PartnerRow},
    refusals=(404,),
    access=_READS,
)
def partner(path: PartnerPath) -> Response:
    """Show a partner."""
    return _answer(service(Partners).get(path.partner_id))


@routes.patch(
    "/parceiros/<parceiro_id>",
    summary=_("Change a supplier or customer"),
    answers={200: PartnerRow},
    refusals=(404, 409),
    access=_WRITES,
)
def change(path: PartnerPath, header: IfMatch, body: PartnerChange) -> Response:
    """Change what the body names of a partner."""
    return _answer(service(Partners).change(path.partner_id, header.versions, body.said()))


@routes.post(
    "/parceiros/<parceiro_id>/desativar",
    summary=_("Let a supplier or customer be used no more"),
    answers={200: PartnerRow},
    refusals=(404,),
    access=_MANAGES,
)
def deactivate(path: PartnerPath) -> Response:
    """Deactivate a partner."""
    return _answer(service(Partners).switch(path.partner_id, active=False))


@routes.post(
    "/parceiros/<parceiro_id>/reativar",
    summary=_("Let a supplier or customer be used again"),
    answers={200: PartnerRow},
    refusals=(404,),
    access=_MANAGES,
)
def reactivate(path: PartnerPath) -> Response:
    """Reactivate a partner."""
    return _answer(service(Partners).switch(path.partner_id, active=True))


def _answer(partner: Partner, status: int = 200) -> Response:
    return answer(_row(partner), status, version=partner.version)


def _row(partner: Partner) -> PartnerRow:
    return PartnerRow(
        id=f"t{partner.number}",
        kind=partner.kind,
        name=partner.name,
        document=written_document(partner.document) if partner.document else None,
        email=partner.email,
        phone=partner.phone,
        notes=partner.notes,
        active=bool(partner.active),
        created_at=to_rfc3339(partner.created_at),
        version=partner.version,
    )
