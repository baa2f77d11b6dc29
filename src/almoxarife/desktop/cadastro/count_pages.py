"""Joins views and server to the page on which the shelves are counted."""

from __future__ import annotations

import logging
from functools import cache, partial

from almoxarife.client.counts import Count
from almoxarife.client.movements import new_id
from almoxarife.client.outbox.scans import KeptScans
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.count.begin_view import BeginActions
from almoxarife.desktop.cadastro.count.beginning import Beginning
from almoxarife.desktop.cadastro.count.keeping import Keeping
from almoxarife.desktop.cadastro.count.presenter import CountingPresenter
from almoxarife.desktop.cadastro.count.running import Running
from almoxarife.desktop.cadastro.count.view import Actions as CountingActions
from almoxarife.desktop.cadastro.count_agenda.presenter import AgendaPresenter
from almoxarife.desktop.cadastro.count_agenda.view import Actions as AgendaActions
from almoxarife.desktop.cadastro.count_history.presenter import HistoryPresenter
from almoxarife.desktop.cadastro.count_history.view import Actions as HistoryActions
from almoxarife.desktop.cadastro.count_page.view import CountScreen
from almoxarife.desktop.cadastro.count_review.presenter import ReviewPresenter
from almoxarife.desktop.cadastro.count_review.view import Actions as ReviewActions
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.desktop.cadastro.tabs.presenter import Tab, TabsPresenter
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

ROLE = "operador"
# Which tabs they are.
COUNTING, HISTORY = 0, 3
_logger = logging.getLogger(__name__)


def build_counts(
    screen: CountScreen, api: Api, kept: KeptScans, jobs: Jobs, calls: Calls, timer: Timer, flow: Flow
) -> TabsPresenter:
    """Return the page of counts, whose widgets come with their tab."""
    running = Running()
    keeping = Keeping(kept, jobs, partial(_say_not_kept, flow))
    flow.leaving.keep = keeping.flush

    def counting() -> CountingPresenter:
        page = CountingPresenter(
            api, calls, timer, screen.counting, running, keeping, new_id=new_id, say=flow.say
        )
        screen.counting.connect(_about_counting(page))
        return page

    def review() -> ReviewPresenter:
        page = ReviewPresenter(api, calls, timer, screen.review, running, new_id=new_id, say=flow.say)
        screen.review.connect(_about_review(page))
        return page

    def begun(count: Count) -> None:
        running.update(count)
        screen.show_counting()

    @cache
    def history() -> HistoryPresenter:
        return _history(screen, api, calls, flow)

    def opened(count_id: str) -> None:
        page.prepare(HISTORY)
        screen.show_history()
        history().open_count(count_id)

    def agenda() -> AgendaPresenter:
        page = AgendaPresenter(
            api, calls, screen.agenda, new_id=new_id, say=flow.say, begun=begun, opened=opened
        )
        screen.agenda.connect(_about_agenda(page))
        return page

    page = TabsPresenter([Tab(make, ROLE) for make in (counting, review, agenda, history)], screen)
    screen.connect(page.show, page.prepare)
    return page


def _say_not_kept(flow: Flow, error: Exception) -> None:
    _logger.warning("scans are not kept: %s", error)
    text = _(
        "What is scanned cannot be kept on this computer: it is lost if the program ends before it is sent."
        " See whether the disk is full."
    )
    flow.say(text, "danger")


def _about_counting(counting: CountingPresenter) -> CountingActions:
    return CountingActions(
        choose=counting.choose,
        beginning=_beginning(counting.beginning),
        product=counting.typed.picker,
        set_scanning=counting.set_scanning,
        choose_place=counting.choose_place,
        submit=counting.submit,
        paste=counting.paste,
        count_again=counting.count_again,
        void=counting.lines.void,
        close=counting.ask_to_close,
        confirm=counting.confirm,
        cancel=counting.cancel,
    )


def _history(screen: CountScreen, api: Api, calls: Calls, flow: Flow) -> HistoryPresenter:
    history = HistoryPresenter(api, calls, screen.history, say=flow.say)
    screen.history.connect(
        HistoryActions(
            choose_situation=history.choose_situation,
            choose_kind=history.choose_kind,
            open=history.open,
            close=history.close,
            refresh=history.refresh,
            counts_at_end=history.counts.at_end,
            found_at_end=history.found.at_end,
        )
    )
    return history


def _about_review(review: ReviewPresenter) -> ReviewActions:
    deciding = review.deciding
    return ReviewActions(
        choose=review.choose,
        choose_kind=review.choose_kind,
        refresh=review.resume,
        at_end=review.found.items.at_end,
        accept=review.accept,
        recount=review.recount,
        recount_all=deciding.ask_to_recount,
        turn=review.turn,
        mark_all=review.mark_all,
        choose_missing=review.zeroing.choose,
        product=review.picker,
        resolve=review.resolve,
        confirm_count=deciding.ask_to_confirm,
        cancel_count=deciding.ask_to_cancel,
        confirm=deciding.confirm,
        cancel=deciding.stop_asking,
    )


def _beginning(form: Beginning) -> BeginActions:
    return BeginActions(
        submit=form.submit,
        enter=form.enter,
        add=form.add_products,
        remove=form.listed.remove,
        remove_wrong=form.listed.remove_wrong,
        empty=form.listed.clear,
    )


def _about_agenda(agenda: AgendaPresenter) -> AgendaActions:
    return AgendaActions(
        choose_place=agenda.choose_place,
        begin_round=agenda.begin_round,
        show_by_month=agenda.show_by_month,
        open_count=agenda.open_count,
        open_intervals=agenda.intervals.open,
        close_intervals=agenda.intervals.close,
        set_intervals=agenda.intervals.submit,
    )
