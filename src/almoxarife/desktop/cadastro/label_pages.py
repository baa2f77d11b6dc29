"""Joins views and server to the page that prints labels."""

from __future__ import annotations

from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.labels.measures_view import MeasuresActions
from almoxarife.desktop.cadastro.labels.presenter import LabelsPresenter
from almoxarife.desktop.cadastro.labels.sheet_view import SheetActions
from almoxarife.desktop.cadastro.labels.view import Actions, LabelsScreen
from almoxarife.desktop.kit import files
from almoxarife.desktop.kit.preferences import Preferences


def build_labels(
    screen: LabelsScreen, api: Api, calls: Calls, timer: Timer, flow: Flow, kept: Preferences
) -> LabelsPresenter:
    """Return the page that prints labels, whose widgets are there."""
    page = LabelsPresenter(api, calls, timer, screen, files, kept, say=flow.say)
    screen.connect(
        Actions(
            find=page.picker,
            select=page.chosen.select,
            move=page.chosen.move,
            type_line=page.chosen.type,
            lots=page.lots,
            remove=page.chosen.remove,
            clear=page.chosen.clear,
            sheet=SheetActions(
                type=page.sheet.type,
                switch=lambda price, shop: page.sheet.switch(price=price, shop=shop),
                refresh=page.refresh,
                save=page.save,
                show=page.show,
                print_out=page.print_out,
                cancel=page.cancel,
            ),
            measures=MeasuresActions(
                open=page.sheet.own.open,
                type=page.sheet.own.type,
                submit=page.sheet.own.submit,
                leave=page.sheet.own.leave,
            ),
        )
    )
    return page
