"""Routes of pictures of products."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.base import Done
from almoxarife.contract.products import PictureRow, ProductPath
from almoxarife.features.pictures.rules import MAX_BYTES, MEDIA_TYPES
from almoxarife.features.pictures.service import Pictures
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("fotos", _("Pictures of products"))
_READS = Access(least=Role.READER)
_WRITES = Access(least=Role.OPERATOR)


@routes.get(
    "/produtos/<produto_id>/foto",
    summary=_("The picture of a product"),
    answers={200: MEDIA_TYPES},
    refusals=(404,),
    access=_READS,
)
def picture(path: ProductPath) -> Response:
    """Show a product's picture."""
    found = service(Pictures).get(path.product_id)
    response = Response(found.content, content_type=found.media_type)
    response.set_etag(found.digest.hex())
    # Whatever else its bytes may be read as, a browser shows a picture or nothing.
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@routes.put(
    "/produtos/<produto_id>/foto",
    summary=_("Give a product a picture"),
    answers={200: PictureRow},
    refusals=(404,),
    access=_WRITES,
    largest_body=MAX_BYTES,
    takes=MEDIA_TYPES,
)
def put(path: ProductPath, content: bytes) -> Response:
    """Keep a picture in place of the one that there was."""
    kept = service(Pictures).put(caller(), path.product_id, content)
    return answer(PictureRow(media_type=kept.media_type, size=len(kept.content), digest=kept.digest.hex()))


@routes.delete(
    "/produtos/<produto_id>/foto",
    summary=_("Take the picture of a product away"),
    answers={200: Done},
    refusals=(404,),
    access=_WRITES,
)
def remove(path: ProductPath) -> Response:
    """Forget a product's picture."""
    service(Pictures).remove(caller(), path.product_id)
    return answer(Done(message=_("The picture is gone.")))
