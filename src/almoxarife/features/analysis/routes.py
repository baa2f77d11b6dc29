"""Routes of analyses."""

from __future__ import annotations

from flask import Response, request

from almoxarife.contract.analysis import Analysis, AnalysisPath, AnalysisQuery
from almoxarife.features.analysis.files import MEDIA_TYPES, Format, content, file_name
from almoxarife.features.analysis.rules.asked import Asked, Step
from almoxarife.features.analysis.service import Analyses
from almoxarife.features.products.service import Products
from almoxarife.features.progress.service import Works
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("analises", _("Analyses"))


@routes.get(
    "/analises/<nome>",
    summary=_("An analysis of the movements as table, sheet or picture"),
    answers={200: (Analysis, *(MEDIA_TYPES[one] for one in Format if one is not Format.JSON))},
    refusals=(404, 409),
    access=Access(least=Role.READER),
)
def analysis(path: AnalysisPath, query: AnalysisQuery) -> Response:
    """Analyse the movements."""
    wanted = Format(query.format) if query.format is not None else _accepted()
    with service(Works).followed(caller(), query.work_id):
        found = service(Analyses).analyse(path.name, _asked(query))
        pieces = content(found, wanted)
        if wanted is Format.WORKBOOK:
            # It is long to write, and comes in one piece.
            pieces = iter(list(pieces))
    response = Response(pieces, content_type=_content_type(wanted))
    if wanted is not Format.JSON:
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, wanted)}"'
    response.vary.add("Accept")
    return response


def _asked(query: AnalysisQuery) -> Asked:
    return Asked(
        since=query.since,
        until=query.until,
        place_id=query.place_id,
        category_id=query.category_id,
        product_id=query.product_id and service(Products).meant(query.product_id),
        limit_a=query.limit_a * 10_000,
        limit_b=query.limit_b * 10_000,
        idle_days=query.idle_days,
        step=Step(query.step),
        most_rows=query.limit,
    )


def _accepted() -> Format:
    """Return the format that the request's Accept header likes best; JSON where it does not say."""
    best = request.accept_mimetypes.best_match(list(MEDIA_TYPES.values()), MEDIA_TYPES[Format.JSON])
    return next(one for one, media_type in MEDIA_TYPES.items() if media_type == best)


def _content_type(wanted: Format) -> str:
    media_type = MEDIA_TYPES[wanted]
    return f"{media_type}; charset=utf-8" if wanted in {Format.CSV, Format.PICTURE} else media_type
