"""Joins views and server to the pages of all products, of all about one of them, and of reservations."""

from __future__ import annotations

from typing import Any

from almoxarife.client.products import ProductFacts
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.look_pages import today
from almoxarife.desktop.cadastro.lots.presenter import LotsPresenter
from almoxarife.desktop.cadastro.lots.view import Actions as LotActions
from almoxarife.desktop.cadastro.merge.presenter import MergePresenter
from almoxarife.desktop.cadastro.merge.view import Actions as MergeActions
from almoxarife.desktop.cadastro.picture.presenter import PicturePresenter
from almoxarife.desktop.cadastro.product.changes import changes
from almoxarife.desktop.cadastro.product.codes import codes
from almoxarife.desktop.cadastro.product.levels import levels
from almoxarife.desktop.cadastro.product.own_fields import own_fields
from almoxarife.desktop.cadastro.product.pack_units import pack_units
from almoxarife.desktop.cadastro.product.presenter import MERGING_ROLE, ProductPage
from almoxarife.desktop.cadastro.product.view import ProductScreen
from almoxarife.desktop.cadastro.products.presenter import ProductsPresenter
from almoxarife.desktop.cadastro.products.view import Actions as ProductActions
from almoxarife.desktop.cadastro.products.view import ProductsScreen
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record_pages import build_record, record_tabs
from almoxarife.desktop.cadastro.reservations.kind import reservations
from almoxarife.desktop.cadastro.reservations.presenter import ReservationsPage
from almoxarife.desktop.cadastro.reservations.view import ReservationsScreen
from almoxarife.desktop.cadastro.tabs.presenter import Tab, TabsPresenter


def build_products(
    kind: RecordKind[ProductFacts], screen: ProductsScreen, api: Api, calls: Calls, timer: Timer, flow: Flow
) -> ProductsPresenter:
    """Return the page of all products, whose widgets are there."""
    products = ProductsPresenter(
        kind,
        api.create,
        calls,
        timer,
        screen,
        say=flow.say,
        created=flow.use_created,
        cancelled=flow.give_product_up,
        use=flow.use_product,
        details=flow.open_product,
        label=flow.open_labels,
    )
    screen.connect(
        ProductActions(
            create=products.create,
            cancel=products.cancel,
            search=products.listing.type,
            use=products.use,
            select=products.select,
            edit=products.edit,
            details=products.open_details,
            label=products.open_label,
            type=products.form.type,
            save=products.form.save,
            act=products.form.act,
            close=products.close_form,
        )
    )
    return products


class ProductPages:
    """The kinds of records on the pages of one product and of reservations, and what leads their screens."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._chosen = Chosen()
        self._reserved_of = Chosen()
        self.kinds: list[RecordKind[Any]] = [
            pack_units(api, self._chosen),
            codes(api, self._chosen),
            levels(api, self._chosen),
            own_fields(api, self._chosen),
            changes(api, self._chosen),
        ]
        self.reservation_kind = reservations(api, self._reserved_of, today)

    def lead_product(self, screen: ProductScreen, calls: Calls, timer: Timer, flow: Flow) -> ProductPage:
        """Return what leads the page with all about one product."""

        def picture() -> PicturePresenter:
            presenter = PicturePresenter(self._api, self._chosen, calls, screen.picture, say=flow.say)
            screen.picture.connect(presenter.put, presenter.remove)
            return presenter

        def lots() -> LotsPresenter:
            presenter = LotsPresenter(self._api, self._chosen, calls, timer, screen.lots, say=flow.say)
            screen.lots.connect(
                LotActions(
                    presenter.listing.type, presenter.select, presenter.history.at_end, presenter.resume
                )
            )
            return presenter

        def merge() -> MergePresenter:
            presenter = MergePresenter(
                self._api, self._chosen, calls, timer, screen.merge, say=flow.say, merged=flow.open_product
            )
            screen.merge.connect(
                MergeActions(presenter.picker, presenter.press, presenter.confirm, presenter.cancel)
            )
            return presenter

        records = record_tabs(self.kinds, screen.panels, "leitor", calls, timer, flow)
        tabs = TabsPresenter(
            [*records, Tab(lots, "leitor"), Tab(picture, "leitor"), Tab(merge, MERGING_ROLE)], screen
        )
        page = ProductPage(self._chosen, tabs, screen, go_back=lambda: flow.go("products"))
        screen.connect(page.show, tabs.prepare)
        screen.connect_back(page.go_back)
        return page

    def lead_reservations(
        self, screen: ReservationsScreen, calls: Calls, timer: Timer, flow: Flow
    ) -> ReservationsPage:
        """Return what leads the page with reservations."""
        records = build_record(self.reservation_kind, screen.panel, calls, timer, flow)
        page = ReservationsPage(self._reserved_of, records, screen.panel, go_back=lambda: flow.go("balances"))
        screen.connect(page.go_back)
        return page
