"""Routes of alerts and their rules."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.alerts import (
    Acknowledgement,
    AlertCount,
    AlertPath,
    AlertQuery,
    AlertRow,
    RulePath,
    RuleRequest,
    RuleRow,
)
from almoxarife.features.alerts.condition_service import AlertRules, RuleWish
from almoxarife.features.alerts.rows import alert_row, rule_row
from almoxarife.features.alerts.rules import AlertKind, Filter, Situation
from almoxarife.features.alerts.service import Alerts
from almoxarife.features.products.service import Products
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.ids import number_after
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("alertas", _("Alerts"))
_READS = Access(least=Role.READER)
_MANAGES = Access(least=Role.MANAGER)
_SITUATIONS = {
    "abertos": Situation.OPEN,
    "reconhecidos": Situation.ACKNOWLEDGED,
    "resolvidos": Situation.RESOLVED,
    "todos": None,
}


@routes.get(
    "/alertas",
    summary=_("What somebody should look at, the newest first"),
    answers={200: [AlertRow]},
    refusals=(404, 409),
    access=_READS,
)
def alerts(query: AlertQuery) -> Response:
    """List alerts, page by page."""
    wanted = Filter(
        _SITUATIONS[query.situation],
        AlertKind(query.kind) if query.kind is not None else None,
        before=number_after(query.after, "a") if query.after is not None else None,
    )
    product_id = query.product_id and service(Products).meant(query.product_id)
    found = service(Alerts).listing(product_id, query.place_id, wanted, query.limit)
    return answer_messages(map(alert_row, found))


@routes.get(
    "/alertas/abertos",
    summary=_("How many alerts nobody has acknowledged"),
    answers={200: AlertCount},
    access=_READS,
)
def count() -> Response:
    """Count open alerts."""
    return answer(AlertCount(open=service(Alerts).count()))


@routes.post(
    "/alertas/<alerta_id>/reconhecer",
    summary=_("Write down that somebody has seen an alert"),
    answers={200: AlertRow},
    refusals=(404, 409),
    access=Access(least=Role.OPERATOR),
)
def acknowledge(path: AlertPath, body: Acknowledgement) -> Response:
    """Acknowledge an alert."""
    return answer(alert_row(service(Alerts).acknowledge(caller(), path.alert_id, body.note)))


@routes.get(
    "/alertas/regras",
    summary=_("The rules by which movements raise alerts, oldest first"),
    answers={200: [RuleRow]},
    access=_READS,
)
def rules() -> Response:
    """List rules."""
    return answer_messages(map(rule_row, service(AlertRules).listing()))


@routes.post(
    "/alertas/regras",
    summary=_("Make a rule by which movements raise alerts, also in the place of another one"),
    answers={200: RuleRow, 201: RuleRow},
    refusals=(404, 409),
    access=_MANAGES,
)
def create(body: RuleRequest) -> Response:
    """Make a rule."""
    wish = RuleWish(
        body.name,
        body.kind,
        body.movement_kind,
        body.product_id,
        body.quantity,
        body.factor,
        body.begins,
        body.ends,
        body.weekdays,
    )
    listed, new = service(AlertRules).create(caller(), body.id, wish, body.replaces)
    return answer(rule_row(listed), 201 if new else 200)


@routes.post(
    "/alertas/regras/<regra_id>/desativar",
    summary=_("Look at a rule no more"),
    answers={200: RuleRow},
    refusals=(404,),
    access=_MANAGES,
)
def deactivate(path: RulePath) -> Response:
    """Switch a rule off."""
    return answer(rule_row(service(AlertRules).switch(caller(), path.rule_id, active=False)))


@routes.post(
    "/alertas/regras/<regra_id>/reativar",
    summary=_("Look at a rule again"),
    answers={200: RuleRow},
    refusals=(404, 409),
    access=_MANAGES,
)
def reactivate(path: RulePath) -> Response:
    """Switch a rule on."""
    return answer(rule_row(service(AlertRules).switch(caller(), path.rule_id, active=True)))
