"""Joins form, list, view and server to the pages that register movements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from almoxarife.client.movements import Entry, new_id
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.labels.lines import of_entry
from almoxarife.desktop.cadastro.look_pages import today
from almoxarife.desktop.cadastro.movement.form import PARTNER_SUPPLIER, MovementForm
from almoxarife.desktop.cadastro.movement.last import LastEntries
from almoxarife.desktop.cadastro.movement.page import MovementPage
from almoxarife.desktop.cadastro.movement.presenter import MovementPresenter
from almoxarife.desktop.cadastro.movement.readings.filling import Filling
from almoxarife.desktop.cadastro.movement.readings.items import outgoing_line
from almoxarife.desktop.cadastro.movement.readings.places import ScannedPlaces
from almoxarife.desktop.cadastro.movement.readings.presenter import ReadingsPresenter
from almoxarife.desktop.cadastro.movement.readings.view import Actions as ReadingsActions
from almoxarife.desktop.cadastro.movement.view import Actions, MovementScreen
from almoxarife.desktop.cadastro.pending.dispatch import Dispatch
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _

Say = Callable[[str, MessageKind], None]


def build_page(
    form: MovementForm,
    screen: MovementScreen,
    api: Api,
    dispatch: Dispatch,
    calls: Calls,
    timer: Timer,
    flow: Flow,
    say_scanned: Say,
) -> MovementPage:
    """Return the page of a form whose widgets are there; ``say_scanned`` tells of scans."""
    last = LastEntries(
        api.latest,
        calls,
        screen,
        lambda: datetime.now(UTC),
        kinds=form.kinds,
        empty=form.empty,
    )

    def registered(entry: Entry) -> None:
        flow.movement_registered()
        page.registered(entry)

    presenter = MovementPresenter(
        api,
        dispatch,
        calls,
        timer,
        screen,
        form,
        new_id=new_id,
        today=today,
        say=flow.say,
        registered=registered,
        create=flow.create_product,
    )
    _connect(screen, presenter, last, flow)
    filling = Filling(presenter, today=today, focus=screen.focus_field, say=say_scanned)
    readings = _build_readings(form, screen, dispatch, presenter, filling, say_scanned, registered)
    places = ScannedPlaces(
        presenter,
        form,
        has_lines=lambda: len(readings.lines) > 0,
        reveal=screen.reveal_details,
        say=say_scanned,
    )
    page = MovementPage(presenter, last, filling, readings, places, _asks_supplier(form, screen))
    return page


def _connect(screen: MovementScreen, presenter: MovementPresenter, last: LastEntries, flow: Flow) -> None:
    screen.connect(
        Actions(
            product=presenter.picker,
            partner=presenter.partner,
            type=presenter.type,
            clear=presenter.clear,
            submit=presenter.submit,
            label=lambda place: _open_label(last, place, flow),
        )
    )


def _asks_supplier(form: MovementForm, screen: MovementScreen) -> Callable[[], None] | None:
    return partial(screen.focus_field, "partner") if PARTNER_SUPPLIER in form.details else None


def _open_label(last: LastEntries, place: int, flow: Flow) -> None:
    entry = last.entry(place)
    if entry is None:
        flow.say(_("There is no entry here yet whose labels could be printed."), "plain")
    else:
        flow.open_labels([of_entry(entry)])


def _build_readings(
    form: MovementForm,
    screen: MovementScreen,
    dispatch: Dispatch,
    presenter: MovementPresenter,
    filling: Filling,
    say: Say,
    registered: Callable[[Entry], None],
) -> ReadingsPresenter:
    readings = ReadingsPresenter(
        outgoing_line,
        dispatch,
        screen.readings,
        signed=form.signed,
        new_id=new_id,
        say=say,
        common=presenter.read_common,
        complete=filling.complete,
        registered=registered,
        finished=presenter.clear,
    )
    filling.lead_to(readings)
    presenter.keeps_common = lambda: len(readings.lines) > 0
    screen.readings.connect(
        ReadingsActions(
            select=readings.select,
            move=readings.move,
            type_quantity=readings.type_quantity,
            remove=readings.remove,
            complete=readings.complete,
            submit=readings.submit,
            leave=readings.leave,
        )
    )
    return readings
