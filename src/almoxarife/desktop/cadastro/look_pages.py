"""Joins views and server to the pages that only look: balances and stock cards."""

from __future__ import annotations

from datetime import UTC, date, datetime

from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.balances.presenter import BalancesPresenter
from almoxarife.desktop.cadastro.balances.view import Actions as BalancesActions
from almoxarife.desktop.cadastro.balances.view import BalancesScreen
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.stock_card.presenter import StockCardPresenter
from almoxarife.desktop.cadastro.stock_card.view import Actions as StockCardActions
from almoxarife.desktop.cadastro.stock_card.view import StockCardScreen


def today() -> date:
    """Return the day of this computer."""
    return datetime.now(UTC).astimezone().date()


def build_balances(
    screen: BalancesScreen, api: Api, calls: Calls, timer: Timer, flow: Flow
) -> BalancesPresenter:
    """Return the page of balances, whose widgets are there."""
    page = BalancesPresenter(
        api,
        calls,
        timer,
        screen,
        today=today,
        open_card=flow.open_card,
        open_lot=flow.open_product,
        open_reservations=flow.open_reservations,
        open_labels=flow.open_labels,
    )
    screen.connect(
        BalancesActions(
            search=page.listing.type,
            select=page.select,
            open=page.open,
            open_detail=page.open_detail,
            choose_place=page.choose_place,
            type_day=page.type_day,
            reservations=page.reservations,
            label=page.label,
        )
    )
    return page


def build_stock_card(screen: StockCardScreen, api: Api, calls: Calls, timer: Timer) -> StockCardPresenter:
    """Return the page of stock cards, whose widgets are there."""
    page = StockCardPresenter(api, calls, timer, screen, today)
    screen.connect(
        StockCardActions(
            product=page.picker,
            choose_place=page.choose_place,
            type_day=page.type_day,
            explain=page.explain,
            leave_explanation=page.leave_explanation,
        )
    )
    return page
