"""Routes of categories."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.categories import CategoryChange, CategoryPath, CategoryRequest, CategoryRow
from almoxarife.contract.conditions import IfMatch
from almoxarife.features.categories.service import Categories, Category
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("categorias", _("Categories"))
_READS = Access(least=Role.READER)
_WRITES = Access(least=Role.OPERATOR)


@routes.get("/categorias", summary=_("The tree of categories"), answers={200: [CategoryRow]}, access=_READS)
def categories() -> Response:
    """List every category, each below its parent."""
    return answer_messages(_row(one) for one in service(Categories).listing())


@routes.post(
    "/categorias",
    summary=_("Create a category"),
    answers={201: CategoryRow},
    refusals=(404, 409),
    access=_WRITES,
)
def create(body: CategoryRequest) -> Response:
    """Make a category."""
    made = service(Categories).create(body.name, body.parent_id)
    return answer(_row(made), 201, version=made.version)


@routes.get(
    "/categorias/<categoria_id>",
    summary=_("A category"),
    answers={200: CategoryRow},
    refusals=(404,),
    access=_READS,
)
def category(path: CategoryPath) -> Response:
    """Show a category."""
    found = service(Categories).get(path.category_id)
    return answer(_row(found), version=found.version)


@routes.patch(
    "/categorias/<categoria_id>",
    summary=_("Rename a category, or put it below another one"),
    answers={200: CategoryRow},
    refusals=(404, 409),
    access=_WRITES,
)
def change(path: CategoryPath, header: IfMatch, body: CategoryChange) -> Response:
    """Change what the body names of a category."""
    changes = body.said()
    changed = service(Categories).change(path.category_id, header.versions, changes)
    return answer(_row(changed), version=changed.version)


def _row(category: Category) -> CategoryRow:
    return CategoryRow(
        id=f"c{category.number}",
        name=category.name,
        parent_id=None if category.parent is None else f"c{category.parent}",
        path=category.path,
        version=category.version,
    )
