"""What leads the screens of the register program, as the flow knows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from almoxarife.desktop.cadastro.labels.presenter import LabelsPresenter
from almoxarife.desktop.cadastro.late import LatePages
from almoxarife.desktop.cadastro.movement.page import MovementPage
from almoxarife.desktop.cadastro.pages import Page, PageName
from almoxarife.desktop.cadastro.product.presenter import ProductPage
from almoxarife.desktop.cadastro.products.presenter import ProductsPresenter
from almoxarife.desktop.cadastro.register.presenter import RegisterPresenter
from almoxarife.desktop.cadastro.reservations.presenter import ReservationsPage
from almoxarife.desktop.cadastro.stock_card.presenter import StockCardPresenter
from almoxarife.desktop.login.presenter import LoginPresenter


@dataclass
class Presenters:
    """The presenters of the screens before the work, what gives those of the pages, and some of these by name.

    ``there`` hands on to the pages that were made; ``beside`` works whichever page is shown.
    """

    register: RegisterPresenter
    login: LoginPresenter
    pages: Mapping[PageName, Callable[[], Page]]
    there: LatePages
    beside: Sequence[Page]
    movements: Mapping[PageName, Callable[[], MovementPage]]
    products: Callable[[], ProductsPresenter]
    stock_card: Callable[[], StockCardPresenter]
    product: Callable[[], ProductPage]
    reservations: Callable[[], ReservationsPage]
    labels: Callable[[], LabelsPresenter]
