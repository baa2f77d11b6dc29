"""Joins views and server to the page of alerts."""

from __future__ import annotations

from almoxarife.desktop.cadastro.alerts.list_view import Actions
from almoxarife.desktop.cadastro.alerts.presenter import AlertsPresenter
from almoxarife.desktop.cadastro.alerts.view import AlertsScreen
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.tabs.presenter import Tab, TabsPresenter


def build_alerts(screen: AlertsScreen, api: Api, calls: Calls, flow: Flow) -> TabsPresenter:
    """Return the page of alerts, whose widgets are there."""
    alerts = AlertsPresenter(api, calls, screen.list, say=flow.say, open_product=flow.open_product)
    screen.list.connect(
        Actions(
            choose_situation=alerts.choose_situation,
            choose_kind=alerts.choose_kind,
            choose_place=alerts.choose_place,
            select=alerts.select,
            at_end=alerts.at_end,
            open_product=alerts.open_product,
            acknowledge=alerts.acknowledge,
            refresh=alerts.refresh,
        )
    )
    page = TabsPresenter([Tab(alerts, "leitor")], screen)
    screen.connect(page.show)
    return page
