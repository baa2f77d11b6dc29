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
from almoxarife.desktop.cadastro.record_pages import build_record, record_tabs
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
    """Return the page of records, whose widgets come with their tab; ``named`` is told the shop's name."""

    def periods() -> PeriodsPresenter:
        page = PeriodsPresenter(api, calls, screen.periods, today=today, say=flow.say)
        screen.periods.connect(PeriodsActions(page.type, page.close, page.reopen, page.confirm, page.cancel))
        return page

    def shop() -> ShopPresenter:
        page = ShopPresenter(api, calls, screen.shop, say=flow.say, named=named)
        screen.shop.connect(ShopActions(page.type, page.save, page.undo))
        return page

    tabs = record_tabs(kinds, screen.panels, "gerente", calls, timer, flow)
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
    """Return the page of users, whose widgets come with their tab."""

    def audit() -> AuditPresenter:
        page = AuditPresenter(api, calls, screen.audit)
        screen.audit.connect(
            AuditActions(page.type_person, page.choose_action, page.select, page.list.at_end)
        )
        return page

    tabs = [
        Tab(lambda: build_record(kind, screen.panel, calls, timer, flow), "administrador"),
        Tab(audit, "gerente"),
        Tab(lambda: build_record(session_kind, screen.sessions, calls, timer, flow), "administrador"),
    ]
    return _page(tabs, screen)


def build_account(
    session_kind: RecordKind[Any], screen: AccountScreen, api: Api, calls: Calls, timer: Timer, flow: Flow
) -> TabsPresenter:
    """Return the page of one's own account, whose widgets are there, or come with their tab."""

    def password() -> PasswordPresenter:
        page = PasswordPresenter(api.change_password, calls, screen.password, flow.password_changed)
        screen.password.connect(page.submit)
        return page

    tabs = [
        Tab(password, "leitor"),
        Tab(lambda: build_record(session_kind, screen.sessions, calls, timer, flow), "leitor"),
    ]
    return _page(tabs, screen)


def _page(tabs: list[Tab], screen: TabsScreen) -> TabsPresenter:
    page = TabsPresenter(tabs, screen)
    screen.connect(page.show, page.prepare)
    return page
