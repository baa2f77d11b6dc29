"""Routes of products."""

from __future__ import annotations

import json
from json.encoder import encode_basestring

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.conditions import IfMatch
from almoxarife.contract.products import (
    DEFAULT_FOUND,
    ChangeQuery,
    ChangeRow,
    MergeRequest,
    ProductChange,
    ProductDetails,
    ProductPath,
    ProductQuery,
    ProductRequest,
    ProductRow,
)
from almoxarife.contract.types import SITUATIONS
from almoxarife.contract.units import Conversions, ProductUnits
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.products.change_store import Change
from almoxarife.features.products.changing import WholeProduct
from almoxarife.features.products.service import Products
from almoxarife.features.products.shapes import details_of, units_of
from almoxarife.features.products.store import Product
from almoxarife.hurry import may_take_long
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.ids import number_after
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import (
    answer,
    answer_json,
    answer_list,
    answer_messages,
    list_json,
    stream_list,
)
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("produtos", _("Products"))
_READS = Access(least=Role.READER)
_WRITES = Access(least=Role.OPERATOR)
_MANAGES = Access(least=Role.MANAGER)


@routes.get(
    "/produtos",
    summary=_("All products in order of creation, or those that a search finds"),
    answers={200: [ProductRow]},
    refusals=(404,),
    access=_READS,
    short=True,
)
def products(query: ProductQuery) -> Response:
    """List every product; search with ``busca``, bound the list with ``limite``."""
    if query.is_plain:
        may_take_long()
        return stream_list([_encode(row) for row in page] for page in service(Products).everything())
    limit, active = query.limit or DEFAULT_FOUND, SITUATIONS[query.situation]
    if query.is_search:
        return answer_json(_found(service(Products), query.search or "", limit, active))
    may_take_long()
    found = service(Products).search(
        query.search or "",
        limit,
        active=active,
        category_id=query.category_id,
        after=number_after(query.after, "p"),
    )
    if query.details == "nao":
        return answer_list(map(_encode, found))
    whole = service(Products).details([one.number for one in found])
    return answer_messages(details_of(one) for one in whole)


@routes.post(
    "/produtos",
    summary=_("Create a product"),
    answers={201: ProductRow},
    refusals=(404, 409),
    access=_WRITES,
)
def create(body: ProductRequest) -> Response:
    """Create a product; two names that look alike are one."""
    details = body.said()
    del details["name"]
    return answer_json(_encode(service(Products).create(body.name, details)), 201)


@routes.get(
    "/produtos/<produto_id>",
    summary=_("All there is to know of a product"),
    answers={200: ProductDetails},
    refusals=(404,),
    access=_READS,
)
def product(path: ProductPath) -> Response:
    """Show a product."""
    return _answer(service(Products).get(path.product_id))


@routes.patch(
    "/produtos/<produto_id>",
    summary=_("Change a product"),
    answers={200: ProductDetails},
    refusals=(404, 409),
    access=_WRITES,
)
def change(path: ProductPath, header: IfMatch, body: ProductChange) -> Response:
    """Change what the body names of a product."""
    return _answer(service(ProductChanges).change(caller(), path.product_id, header.versions, body.said()))


@routes.get(
    "/produtos/<produto_id>/alteracoes",
    summary=_("Who changed what of a product, oldest first"),
    answers={200: [ChangeRow]},
    refusals=(404,),
    access=_READS,
)
def changes(path: ProductPath, query: ChangeQuery) -> Response:
    """Show the log of a product."""
    found = service(ProductChanges).changes(path.product_id, query.after, query.limit)
    return answer_messages(_change(one) for one in found)


@routes.post(
    "/produtos/<produto_id>/desativar",
    summary=_("Let a product without stock be used no more"),
    answers={200: ProductDetails},
    refusals=(404, 409),
    access=_MANAGES,
)
def deactivate(path: ProductPath) -> Response:
    """Deactivate a product."""
    return _answer(service(ProductChanges).deactivate(caller(), path.product_id))


@routes.post(
    "/produtos/<produto_id>/reativar",
    summary=_("Let a product be used again"),
    answers={200: ProductDetails},
    refusals=(404, 409),
    access=_MANAGES,
)
def reactivate(path: ProductPath) -> Response:
    """Reactivate a product."""
    return _answer(service(ProductChanges).reactivate(caller(), path.product_id))


@routes.post(
    "/produtos/<produto_id>/unir",
    summary=_("Let another product take the place of this one"),
    answers={200: ProductDetails},
    refusals=(404, 409),
    access=_MANAGES,
)
def merge(path: ProductPath, body: MergeRequest) -> Response:
    """Merge two products; answer with the one that stays."""
    return _answer(service(ProductChanges).merge(caller(), path.product_id, body.into_id))


@routes.get(
    "/produtos/<produto_id>/unidades",
    summary=_("The units in which a product can be typed"),
    answers={200: ProductUnits},
    refusals=(404,),
    access=_READS,
)
def units(path: ProductPath) -> Response:
    """Show a product's stock unit and conversions."""
    row, factors = service(ProductChanges).units(path.product_id)
    return answer(units_of(row, factors), version=row.version)


@routes.put(
    "/produtos/<produto_id>/unidades",
    summary=_("Set the units in which a product can be typed"),
    answers={200: ProductUnits},
    refusals=(404, 409),
    access=_WRITES,
)
def set_units(path: ProductPath, header: IfMatch, body: Conversions) -> Response:
    """Replace a product's conversions."""
    wanted = [(one.unit, one.factor) for one in body.conversions]
    row, factors = service(ProductChanges).set_units(caller(), path.product_id, header.versions, wanted)
    return answer(units_of(row, factors), version=row.version)


def _found(products: Products, text: str, limit: int, active: bool | None) -> str:
    key = (text, limit, active)
    kept = products.found.get(key)
    if kept is None:
        changes = products.found.changes
        kept = list_json(map(_encode, products.search(text, limit, active=active)))
        products.found.put(key, kept, changes)
    return kept


def _encode(product: Product) -> str:
    """Return the JSON of a ``ProductRow``; written out because lists of 100,000 pass through here."""
    return f'{{"id":"p{product.number}","nome":{encode_basestring(product.name)}}}'


def _answer(whole: WholeProduct) -> Response:
    return answer(details_of(whole), version=whole.row.version)


def _change(change: Change) -> ChangeRow:
    return ChangeRow(
        number=change.number,
        changed_at=to_rfc3339(change.changed_at),
        username=change.username,
        action=change.action,
        before=json.loads(change.before),
        after=json.loads(change.after),
    )
