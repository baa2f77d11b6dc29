"""Joins form, list, view and server to the pages that register movements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from almoxarife.client.movements import Entry, new_id
from almoxarife.desktop.cadastro.adjustment.form import FORM as ADJUSTMENT
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.entry.form import FORM as ENTRY
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.issue.form import FORM as ISSUE
from almoxarife.desktop.cadastro.look_pages import today
from almoxarife.desktop.cadastro.movement.form import MovementForm
from almoxarife.desktop.cadastro.movement.last import LastEntries
from almoxarife.desktop.cadastro.movement.page import MovementPage
from almoxarife.desktop.cadastro.movement.presenter import MovementPresenter
from almoxarife.desktop.cadastro.movement.view import Actions, MovementScreen
from almoxarife.desktop.cadastro.pages import PageName
from almoxarife.desktop.cadastro.transfer.form import FORM as TRANSFER

FORMS: Mapping[PageName, MovementForm] = {
    "entry": ENTRY,
    "issue": ISSUE,
    "transfer": TRANSFER,
    "adjustment": ADJUSTMENT,
}


def build_page(
    form: MovementForm, screen: MovementScreen, api: Api, calls: Calls, timer: Timer, flow: Flow
) -> MovementPage:
    """Return the page of a form whose widgets are there."""
    last = LastEntries(
        api.latest,
        calls,
        screen,
        lambda: datetime.now(UTC),
        kinds=form.kinds,
        empty=form.empty,
        loaded=lambda rows: presenter.notice(rows),
    )

    def registered(entry: Entry) -> None:
        flow.movement_registered()
        page.registered(entry)

    presenter = MovementPresenter(
        api,
        calls,
        timer,
        screen,
        form,
        new_id=new_id,
        today=today,
        say=flow.say,
        registered=registered,
        in_doubt_settled=last.load,
        create=flow.create_product,
    )
    screen.connect(
        Actions(
            product=presenter.picker,
            partner=presenter.partner,
            type=presenter.type,
            clear=presenter.clear,
            submit=presenter.submit,
        )
    )
    page = MovementPage(presenter, last)
    return page
