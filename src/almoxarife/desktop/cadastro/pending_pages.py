"""Joins outbox, list, view and server to what waits on this computer."""

from __future__ import annotations

from almoxarife.client.outbox.delivery import Delivery
from almoxarife.client.outbox.store import Outbox
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.pending.dispatch import CountView, Dispatch
from almoxarife.desktop.cadastro.pending.presenter import PendingPage
from almoxarife.desktop.cadastro.pending.view import Actions, PendingScreen
from almoxarife.desktop.login.presenter import Jobs


def build_dispatch(
    outbox: Outbox, api: Api, jobs: Jobs, calls: Calls, timer: Timer, counts: CountView, flow: Flow
) -> Dispatch:
    """Return what keeps and sends movements."""
    return Dispatch(
        outbox,
        Delivery(outbox, api.post),
        api.receipt_at,
        jobs,
        calls,
        timer,
        counts,
        connected=lambda: calls.connected,
        say=flow.say,
    )


def build_pending(
    screen: PendingScreen, outbox: Outbox, dispatch: Dispatch, jobs: Jobs, flow: Flow
) -> PendingPage:
    """Return the page whose widgets are there."""
    page = PendingPage(outbox, dispatch, jobs, screen, say=flow.say, open_form=flow.correct)
    screen.connect(
        Actions(
            select=page.select,
            again=page.send_again,
            all_again=page.send_all_again,
            correct=page.correct,
            discard=page.discard,
            confirm=page.confirm,
            cancel=page.cancel,
            leave=flow.go_home,
        )
    )
    return page
