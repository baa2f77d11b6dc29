"""Joins list, form, view and server for what the shop keeps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.presenter import RecordPresenter
from almoxarife.desktop.cadastro.record.view import Actions, RecordPanel
from almoxarife.desktop.cadastro.records.categories import categories
from almoxarife.desktop.cadastro.records.partners import partners
from almoxarife.desktop.cadastro.records.places import places
from almoxarife.desktop.cadastro.records.reasons import reasons
from almoxarife.desktop.cadastro.records.units import units
from almoxarife.desktop.cadastro.tabs.presenter import Tab


def record_kinds(api: Api) -> list[RecordKind[Any]]:
    """Return the kinds of records in the order of their tabs."""
    return [places(api), partners(api), categories(api), units(api), reasons(api)]


def record_tabs(
    kinds: Sequence[RecordKind[Any]],
    panels: Sequence[RecordPanel],
    role: str,
    calls: Calls,
    timer: Timer,
    flow: Flow,
) -> list[Tab]:
    """Return a tab for each kind."""

    def build(place: int) -> RecordPresenter[Any]:
        return build_record(kinds[place], panels[place], calls, timer, flow)

    return [Tab(partial(build, place), role) for place in range(len(kinds))]


def build_record(
    kind: RecordKind[Any],
    panel: RecordPanel,
    calls: Calls,
    timer: Timer,
    flow: Flow,
    made: Callable[[object], None] = lambda answer: None,
) -> RecordPresenter[Any]:
    """Return what leads a list with its form; ``made`` gets what the kind's ``create`` answered."""
    presenter = RecordPresenter(kind, calls, timer, panel, say=flow.say, made=made)
    form = presenter.form
    panel.connect(
        Actions(
            search=presenter.listing.type,
            select=presenter.select,
            edit=presenter.edit,
            new=presenter.new,
            type=form.type,
            save=form.save,
            act=form.act,
            label=lambda place: flow.open_labels(presenter.labels(place)),
            refresh=presenter.resume,
            at_end=presenter.listing.at_end,
        )
    )
    return presenter
