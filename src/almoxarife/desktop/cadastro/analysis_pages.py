"""Joins views and server to the page of analyses."""

from __future__ import annotations

from almoxarife.client.movements import new_id
from almoxarife.desktop.cadastro.analysis.presenter import AnalysisPresenter
from almoxarife.desktop.cadastro.analysis.view import Actions, AnalysisScreen
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.look_pages import today
from almoxarife.desktop.kit import files


def build_analysis(
    screen: AnalysisScreen, api: Api, calls: Calls, timer: Timer, flow: Flow
) -> AnalysisPresenter:
    """Return the page of analyses, whose widgets are there."""
    page = AnalysisPresenter(
        api, calls, timer, screen, new_id=new_id, today=today, say=flow.say, write=files.write_whole
    )
    filters = page.filters
    screen.connect(
        Actions(
            product=filters.product,
            choose=page.choose,
            choose_place=filters.choose_place,
            choose_category=filters.choose_category,
            analyse=page.analyse,
            give_up=page.give_up,
            save=page.save,
        )
    )
    return page
