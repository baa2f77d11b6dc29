"""Joins views and server to the pages with tabs: what the shop keeps, and its users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.audit.presenter import AuditPresenter
from almoxarife.desktop.cadastro.audit.view import Actions as AuditActions
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.look_pages import today
from almoxarife.desktop.cadastro.password.presenter import PasswordPresenter
from almoxarife.desktop.cadastro.password.view import AccountScreen
from almoxarife.desktop.cadastro.periods.presenter import PeriodsPresenter
from almoxarife.desktop.cadastro.periods.view import Actions as PeriodsActions
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record_pages import build_record
from almoxarife.desktop.cadastro.records.view import RecordsScreen
from almoxarife.desktop.cadastro.shop.presenter import ShopPresenter
from almoxarife.desktop.cadastro.shop.view import Actions as ShopActions
from almoxarife.desktop.cadastro.tabs.presenter import Tab, TabsPresenter
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.desktop.cadastro.users.view import UsersScreen


def build_records(
    kinds: list[RecordKind[Any]],
    screen: RecordsScreen,
    api: Api,
    calls: Calls,
    timer: Timer,
    flow: Flow,
    named: Callable[[str], None],
) -> TabsPresenter:
    """Return the page of records, whose widgets are there; ``named`` is told the shop's name."""
    tabs = [
        Tab(build_record(kind, panel, calls, timer, flow), "gerente")
        for kind, panel in zip(kinds, screen.panels, strict=True)
    ]
    periods = PeriodsPresenter(api, calls, screen.periods, today=today, say=flow.say)
    screen.periods.connect(
        PeriodsActions(periods.type, periods.close, periods.reopen, periods.confirm, periods.cancel)
    )
    shop = ShopPresenter(api, calls, screen.shop, say=flow.say, named=named)
    screen.shop.connect(ShopActions(shop.type, shop.save, shop.undo))
    return _page([*tabs, Tab(periods, "gerente"), Tab(shop, "administrador")], screen)


def build_users(
    kind: RecordKind[Any],
    session_kind: RecordKind[Any],
    screen: UsersScreen,
    api: Api,
    calls: Calls,
    timer: Timer,
    flow: Flow,
) -> TabsPresenter:
    """Return the page of users, whose widgets are there."""
    accounts = build_record(kind, screen.panel, calls, timer, flow)
    sessions = build_record(session_kind, screen.sessions, calls, timer, flow)
    audit = AuditPresenter(api, calls, screen.audit)
    screen.audit.connect(
        AuditActions(audit.type_person, audit.choose_action, audit.select, audit.list.at_end)
    )
    return _page(
        [Tab(accounts, "administrador"), Tab(audit, "gerente"), Tab(sessions, "administrador")], screen
    )


def build_account(
    password: PasswordPresenter,
    session_kind: RecordKind[Any],
    screen: AccountScreen,
    calls: Calls,
    timer: Timer,
    flow: Flow,
) -> TabsPresenter:
    """Return the page of one's own account, whose widgets are there."""
    sessions = build_record(session_kind, screen.sessions, calls, timer, flow)
    return _page([Tab(password, "leitor"), Tab(sessions, "leitor")], screen)


def _page(tabs: list[Tab], screen: TabsScreen) -> TabsPresenter:
    page = TabsPresenter(tabs, screen)
    screen.connect(page.show)
    return page
