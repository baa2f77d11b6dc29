"""Joins views and server to the page of alerts."""

from __future__ import annotations

from almoxarife.client.movements import new_id
from almoxarife.desktop.cadastro.alerts.deliveries import DeliveriesPresenter
from almoxarife.desktop.cadastro.alerts.deliveries_view import Actions as DeliveryActions
from almoxarife.desktop.cadastro.alerts.list_view import Actions
from almoxarife.desktop.cadastro.alerts.presenter import AlertsPresenter
from almoxarife.desktop.cadastro.alerts.rule_kinds import hour_rules, large_rules
from almoxarife.desktop.cadastro.alerts.view import AlertKinds, AlertsScreen
from almoxarife.desktop.cadastro.alerts.webhook_kind import ROLE as ADMINISTERS
from almoxarife.desktop.cadastro.alerts.webhook_kind import webhooks
from almoxarife.desktop.cadastro.alerts.webhooks_page import SecretPresenter, WebhooksPage
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.record_pages import build_record
from almoxarife.desktop.cadastro.tabs.presenter import Tab, TabsPresenter

READS = "leitor"


def alert_kinds(api: Api) -> AlertKinds:
    """Return what is kept on the page of alerts."""
    return AlertKinds(large_rules(api, new_id), hour_rules(api, new_id), webhooks(api, new_id))


def build_alerts(screen: AlertsScreen, api: Api, calls: Calls, timer: Timer, flow: Flow) -> TabsPresenter:
    """Return the page of alerts, whose widgets are there, or come with their tab."""
    kinds = screen.kinds
    tabs = [
        Tab(lambda: _alerts(screen, api, calls, timer, flow), READS),
        Tab(lambda: build_record(kinds.large, screen.large, calls, timer, flow), READS),
        Tab(lambda: build_record(kinds.hours, screen.hours, calls, timer, flow), READS),
        Tab(lambda: _webhooks(screen, calls, timer, flow), ADMINISTERS),
        Tab(lambda: _deliveries(screen, api, calls, flow), ADMINISTERS),
    ]
    page = TabsPresenter(tabs, screen)
    screen.connect(page.show, page.prepare)
    return page


def _alerts(screen: AlertsScreen, api: Api, calls: Calls, timer: Timer, flow: Flow) -> AlertsPresenter:
    alerts = AlertsPresenter(api, calls, timer, screen.list, say=flow.say, open_product=flow.open_product)
    screen.list.connect(
        Actions(
            choose_situation=alerts.choose_situation,
            choose_kind=alerts.choose_kind,
            choose_place=alerts.choose_place,
            select=alerts.select,
            at_end=alerts.list.at_end,
            open_product=alerts.open_product,
            acknowledge=alerts.acknowledge,
            refresh=alerts.refresh,
        )
    )
    return alerts


def _webhooks(screen: AlertsScreen, calls: Calls, timer: Timer, flow: Flow) -> WebhooksPage:
    secret = SecretPresenter(screen.webhooks, say=flow.say)
    screen.webhooks.connect(secret.copy, secret.hide)
    records = build_record(screen.kinds.webhooks, screen.webhooks.records, calls, timer, flow, secret.show)
    return WebhooksPage(records, secret)


def _deliveries(screen: AlertsScreen, api: Api, calls: Calls, flow: Flow) -> DeliveriesPresenter:
    deliveries = DeliveriesPresenter(api, calls, screen.deliveries, say=flow.say)
    screen.deliveries.connect(
        DeliveryActions(
            choose=deliveries.choose,
            choose_situation=deliveries.choose_situation,
            at_end=deliveries.list.at_end,
            try_now=deliveries.try_now,
            refresh=deliveries.refresh,
        )
    )
    return deliveries
