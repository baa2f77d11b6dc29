"""Joins the keyboard, the strip for unknown codes and the server to what is scanned."""

from __future__ import annotations

from almoxarife.client.movements import new_id
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.scanning.keys_view import TAG, ScanKeys
from almoxarife.desktop.cadastro.scanning.presenter import ScanPresenter
from almoxarife.desktop.cadastro.unknown.presenter import UnknownPresenter
from almoxarife.desktop.cadastro.unknown.view import Actions, UnknownStrip


def build_scanning(strip: UnknownStrip, api: Api, calls: Calls, timer: Timer, flow: Flow) -> ScanPresenter:
    """Return what leads scans, and let it hear the keys of the window."""
    scanning = ScanPresenter(
        api,
        calls,
        timer,
        strip,
        here=lambda: flow.here,
        say=flow.say,
        unknown=lambda known: UnknownPresenter(
            api,
            calls,
            timer,
            strip,
            new_id=new_id,
            say=flow.say,
            create=flow.create_product,
            known=known,
        ),
    )
    unknown = scanning.unknown
    flow.takes_created = unknown.takes
    actions = Actions(unknown.picker, unknown.create, unknown.attach, unknown.leave, unknown.close)
    strip.connect(actions, TAG)
    ScanKeys(strip.winfo_toplevel(), timer, listens=scanning.listens, scanned=scanning.scanned)
    return scanning
