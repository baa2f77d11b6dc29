"""Routes of products."""

from __future__ import annotations

from json.encoder import encode_basestring

from flask import Response

from almoxarife.contract.products import DEFAULT_FOUND, ProductQuery, ProductRequest, ProductRow
from almoxarife.features.products.service import Products
from almoxarife.features.products.store import Product
from almoxarife.hurry import may_take_long
from almoxarife.i18n import _
from almoxarife.routing.answers import answer_json, list_json, stream_list
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("produtos", _("Products"))


@routes.get(
    "/produtos",
    summary=_("All products in order of creation, or those that a search finds"),
    answers={200: [ProductRow]},
    short=True,
)
def products(query: ProductQuery) -> Response:
    """List every product; search with ``busca``, bound the list with ``limite``."""
    if query.search is None and query.limit is None:
        may_take_long()
        return stream_list([_encode(row) for row in page] for page in service(Products).everything())
    return answer_json(_found(service(Products), query.search or "", query.limit or DEFAULT_FOUND))


@routes.post("/produtos", summary=_("Create a product"), answers={201: ProductRow}, refusals=(409,))
def create(body: ProductRequest) -> Response:
    """Create a product; two names that look alike are one."""
    return answer_json(_encode(service(Products).create(body.name)), 201)


def _found(products: Products, text: str, limit: int) -> str:
    kept = products.found.get(text, limit)
    if kept is None:
        changes = products.found.changes
        kept = list_json(map(_encode, products.search(text, limit)))
        products.found.put(text, limit, kept, changes)
    return kept


def _encode(product: Product) -> str:
    """Return the JSON of a ``ProductRow``; written out because lists of 100,000 pass through here."""
    return f'{{"id":"p{product.number}","nome":{encode_basestring(product.name)}}}'
