"""Routes of the shop's settings."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.settings import SettingsChange, SettingsRow
from almoxarife.features.settings.rules import CostMethod, Shop
from almoxarife.features.settings.service import ShopSettings
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("configuracoes", _("Settings"))


@routes.get(
    "/configuracoes",
    summary=_("How the shop works"),
    answers={200: SettingsRow},
    access=Access(least=Role.READER),
)
def settings() -> Response:
    """Show the settings."""
    return answer(_row(service(ShopSettings).now()))


@routes.put(
    "/configuracoes",
    summary=_("Set how the shop works; what is left out stays as it is"),
    answers={200: SettingsRow},
    access=Access(least=Role.ADMINISTRATOR),
)
def change(body: SettingsChange) -> Response:
    """Change settings."""
    method = None if body.cost_method is None else CostMethod(body.cost_method)
    changed = service(ShopSettings).change(
        caller(),
        allows_negative=body.allows_negative,
        cost_method=method,
        name=body.name,
        scale_masks=body.scale_masks,
        expiry_warning_days=body.expiry_warning_days,
    )
    return answer(_row(changed))


def _row(shop: Shop) -> SettingsRow:
    return SettingsRow(
        allows_negative=shop.allows_negative,
        cost_method=shop.cost_method.value,
        name=shop.name,
        scale_masks=shop.scale_masks,
        expiry_warning_days=shop.expiry_warning_days,
    )
