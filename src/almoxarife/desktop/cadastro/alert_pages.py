"""Joins views and server to the page of alerts."""

from __future__ import annotations

from almoxarife.desktop.cadastro.alerts.presenter import AlertsPresenter
from almoxarife.desktop.cadastro.alerts.view import Actions, AlertsScreen
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.flow import Flow


def build_alerts(screen: AlertsScreen, api: Api, calls: Calls, flow: Flow) -> AlertsPresenter:
    """Return the page of alerts, whose widgets are there."""
    page = AlertsPresenter(api, calls, screen, say=flow.say, open_product=flow.open_product)
    screen.connect(
        Actions(
            choose_situation=page.choose_situation,
            choose_kind=page.choose_kind,
            select=page.select,
            at_end=page.at_end,
            open_product=page.open_product,
            acknowledge=page.acknowledge,
            refresh=page.refresh,
        )
    )
    return page
