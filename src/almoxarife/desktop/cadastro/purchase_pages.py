"""Joins views and server to the page of purchases."""

from __future__ import annotations

from almoxarife.client.movements import new_id
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.look_pages import today
from almoxarife.desktop.cadastro.purchases.orders import OrdersPresenter
from almoxarife.desktop.cadastro.purchases.orders_view import Actions as OrderActions
from almoxarife.desktop.cadastro.purchases.orders_view import OrdersPanel
from almoxarife.desktop.cadastro.purchases.presenter import SuggestionPresenter
from almoxarife.desktop.cadastro.purchases.suggestion_view import Actions as SuggestionActions
from almoxarife.desktop.cadastro.purchases.suggestion_view import SuggestionPanel
from almoxarife.desktop.cadastro.purchases.view import PurchasesScreen
from almoxarife.desktop.cadastro.record_pages import build_record
from almoxarife.desktop.cadastro.tabs.presenter import Tab, TabsPresenter
from almoxarife.desktop.kit import files

ROLE = "leitor"


def build_purchases(
    screen: PurchasesScreen, api: Api, calls: Calls, timer: Timer, flow: Flow
) -> TabsPresenter:
    """Return the page of purchases, whose widgets are there, or come with their tab."""
    tabs = [
        Tab(lambda: _suggestion(screen.suggestion, api, calls, timer, flow), ROLE),
        Tab(lambda: _orders(screen.orders, api, calls, flow), ROLE),
        Tab(lambda: build_record(screen.supply_kind, screen.supplies, calls, timer, flow), ROLE),
    ]
    page = TabsPresenter(tabs, screen)
    screen.connect(page.show, page.prepare)
    return page


def _suggestion(
    panel: SuggestionPanel, api: Api, calls: Calls, timer: Timer, flow: Flow
) -> SuggestionPresenter:
    suggestion = SuggestionPresenter(
        api, calls, timer, panel, new_id=new_id, say=flow.say, write=files.write_whole
    )
    panel.connect(
        SuggestionActions(
            choose=suggestion.choose,
            select=suggestion.select,
            put_quantity=suggestion.put_quantity,
            type_period=suggestion.type_period,
            type_wish=suggestion.wishing.type,
            suggest=suggestion.suggest,
            give_up=suggestion.give_up,
            copy=suggestion.copy,
            save=suggestion.save,
            order=suggestion.order,
        )
    )
    return suggestion


def _orders(panel: OrdersPanel, api: Api, calls: Calls, flow: Flow) -> OrdersPresenter:
    orders = OrdersPresenter(api, calls, panel, today=today, say=flow.say)
    panel.connect(
        OrderActions(
            show_every=orders.show_every,
            select=orders.select,
            receive=orders.receive,
            ask_to_cancel=orders.ask_to_cancel,
            cancel=orders.cancel,
            stop_asking=orders.stop_asking,
            give_up=orders.give_up,
            at_end=orders.list.at_end,
        )
    )
    return orders
