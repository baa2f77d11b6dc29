"""Widgets of the live window; every decision is the presenter's."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import ttkbootstrap as tb

from almoxarife.desktop.kit.field import when_written
from almoxarife.desktop.kit.focus_line import FocusLine
from almoxarife.desktop.kit.line_log import LineLog
from almoxarife.desktop.kit.notice import Notice
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import wrap_at_width
from almoxarife.desktop.monitor.alerts.presenter import NoticeKind
from almoxarife.desktop.monitor.alerts.view import AlertBar
from almoxarife.desktop.monitor.live.charts_view import ChartStrip
from almoxarife.desktop.monitor.live.filters_view import FilterBar
from almoxarife.desktop.monitor.live.hours import Bar
from almoxarife.desktop.monitor.live.rows import Rows
from almoxarife.desktop.monitor.live.texts import Figures
from almoxarife.i18n import _

# Shares of the height left over that the table and the log below it get.
TABLE_SHARE = 4
LOG_SHARE = 1
# Where it is lower than this, the charts leave their room to the table.
CHARTS_FROM_STEPS = 60


@dataclass(frozen=True)
class Actions:
    """What the person can do in this window."""

    type_filter: Callable[[str], None]
    choose_kind: Callable[[str], None]
    choose_place: Callable[[str], None]
    choose_user: Callable[[str], None]
    choose_alerts: Callable[[str], None]
    next_alert: Callable[[], None]
    switch_sound: Callable[[bool], None]
    select: Callable[[int], None]
    ask_now: Callable[[], None]
    dismiss_notice: Callable[[], None]


class LiveScreen(tb.Frame):
    """Figures of the day, filters, table of movements, charts and log."""

    def __init__(self, parent: tk.Misc) -> None:
        self._space = space(parent)
        super().__init__(parent, padding=(2 * self._space, self._space))
        self._actions: Actions | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(4, weight=1)
        self._notice = Notice(
            self, dismiss_text=_("Understood"), dismissed=lambda: self._act().dismiss_notice()
        )
        self._notice.grid(row=0, column=0, sticky="ew", pady=(0, self._space))
        self._notice.hide()
        self.alerts = AlertBar(
            self,
            kind=lambda text: self._act().choose_alerts(text),
            show_next=lambda: self._act().next_alert(),
            sound=lambda sounds: self._act().switch_sound(sounds),
        )
        self.alerts.grid(row=1, column=0, sticky="ew", pady=(0, self._space))
        self.alerts.grid_remove()
        self._build_day().grid(row=2, column=0, sticky="ew", pady=(0, self._space))
        self.filters = FilterBar(
            self,
            kind=lambda text: self._act().choose_kind(text),
            place=lambda text: self._act().choose_place(text),
            user=lambda text: self._act().choose_user(text),
        )
        self.filters.grid(row=3, column=0, sticky="ew", pady=(0, self._space))
        self._build_lists().grid(row=4, column=0, sticky="nsew")
        self.charts = ChartStrip(self)
        self.charts.grid(row=5, column=0, sticky="ew", pady=(self._space, 0))
        self.bind("<Configure>", lambda event: self._make_room(event.height))
        self.show_detail("")

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter and the program."""
        self._actions = actions

    def bind_keys(self, window: tk.Misc) -> None:
        """Let this screen's keys work wherever the focus is in the window, while the screen is shown."""
        keys: dict[str, Callable[[], object]] = {
            "<Control-f>": self.focus_filter,
            # The same with Caps Lock.
            "<Control-F>": self.focus_filter,
            "<F5>": lambda: self._act().ask_now(),
            "<Escape>": self.clear_filter,
        }
        for key, action in keys.items():
            window.bind(key, lambda event, action=action: self._on_key(action), add=True)  # type: ignore[misc]

    def focus_filter(self) -> None:
        """Put the cursor into the filter, its text selected."""
        self._filter.focus_set()
        self._filter.select_range(0, "end")

    def clear_filter(self) -> None:
        """Let everything through and go back to the table."""
        self._filter_text.set("")
        self.filters.clear()
        self._table.tree.focus_set()

    def focus_table(self) -> None:
        """Put the focus where the arrow keys belong."""
        self._table.tree.focus_set()

    # -- verbs of the presenter

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of the day."""
        shown = (figures.entries, figures.quantity, figures.people)
        for label, text in zip(self._figures, shown, strict=True):
            label.configure(text=text)

    def show_issues(self, text: str) -> None:
        """Show how many movements took something out today."""
        self._issues.configure(text=text)

    def show_hours(self, bars: Sequence[Bar], caption: str) -> None:
        """Show the movements of each hour."""
        self.charts.show_hours(bars, caption)

    def show_balance(self, balances: Sequence[Decimal | int], caption: str) -> None:
        """Show how the balance of the selected product went."""
        self.charts.show_balance(balances, caption)

    def show_log(self, shown: bool) -> None:
        """Show the lines of the log below the table, or leave their room to it."""
        if shown:
            self._panes.add(self._log, weight=LOG_SHARE)
        else:
            self._panes.forget(self._log)

    def show_rows(self, rows: Rows) -> None:
        """Show rows from their top."""
        self._table.show(rows, rows.tone)

    def rows_added(self, count: int) -> None:
        """Show that so many rows came in at the top."""
        self._table.rows_added(count)

    def refresh_rows(self) -> None:
        """Show the rows again, because their texts changed."""
        self._table.refresh()

    def show_count(self, count: str, empty_text: str) -> None:
        """Show how many rows there are, and what stands in their place when there are none."""
        self._count.configure(text=count)
        self._table.set_empty_text(empty_text)

    def show_detail(self, text: str) -> None:
        """Show all about the selected row."""
        self._detail.configure(text=text or _("Select an entry to see all about it."))

    def print_lines(self, lines: list[str]) -> None:
        """Add lines to the log in the window."""
        self._log.print_lines(lines)

    def show_notice(self, text: str, kind: NoticeKind) -> None:
        """Show a notice across the window, none when the text is empty."""
        if text:
            self._notice.show(text, kind)
        else:
            self._notice.hide()

    # -- widgets

    def _build_day(self) -> tb.Frame:
        day = tb.Frame(self)
        captions = (_("entries today"), _("units today"), _("people today"))
        self._figures = [self._build_figure(day, n, caption) for n, caption in enumerate(captions)]
        self._issues = self._build_figure(day, len(captions), _("exits today"))
        last = len(captions) + 1
        day.columnconfigure(last, weight=1)
        find = tb.Frame(day)
        find.columnconfigure(1, weight=1)
        find.grid(row=0, column=last, sticky="ew")
        tb.Label(find, text=_("Filter (Ctrl+F)")).grid(row=0, column=0, padx=self._space)
        self._filter_text = tb.StringVar(self)
        self._filter = tb.Entry(find, textvariable=self._filter_text, width=12)
        when_written(self._filter, self._filter_text, lambda text: self._act().type_filter(text))
        self._filter.grid(row=0, column=1, sticky="ew")
        self._count = tb.Label(find, bootstyle="secondary", anchor="e")
        self._count.grid(row=1, column=0, columnspan=2, sticky="e")
        return day

    def _build_figure(self, parent: tk.Misc, column: int, caption: str) -> tb.Label:
        box = tb.Frame(parent, padding=(0, 0, 4 * self._space, 0))
        box.grid(row=0, column=column, sticky="w")
        figure = tb.Label(box, font="TkCaptionFont")
        figure.grid(row=0, column=0, sticky="w")
        tb.Label(box, text=caption, bootstyle="secondary").grid(row=1, column=0, sticky="w")
        return figure

    def _build_lists(self) -> tb.Panedwindow:
        panes = self._panes = tb.Panedwindow(self, orient="vertical")
        upper = tb.Frame(panes)
        upper.columnconfigure(0, weight=1)
        upper.rowconfigure(0, weight=1)
        self._table = VirtualTable(
            upper,
            [
                Column(_("Time"), "00/00 00:00:00"),
                Column(_("Kind"), _("transfer")),
                Column(_("Product"), "m" * 16, stretch=True),
                Column(_("Quantity"), "+999.999.999", align="right"),
                Column(_("Who"), "m" * 12),
            ],
            on_select=lambda place: self._act().select(place),
        )
        self._table.grid(row=0, column=0, sticky="nsew")
        FocusLine(self._table, self._table.tree)
        self._detail = tb.Label(upper, width=1, bootstyle="secondary", justify="left")
        self._detail.grid(row=1, column=0, sticky="ew", padx=self._space * 3 // 2, pady=self._space // 2)
        wrap_at_width(self._detail)
        self._log = LineLog(panes, font="TkSmallCaptionFont")
        FocusLine(self._log, self._log.text)
        panes.add(upper, weight=TABLE_SHARE)
        panes.add(self._log, weight=LOG_SHARE)
        return panes

    # -- what the person does

    def _make_room(self, height: int) -> None:
        (self.charts.grid if height >= space(self, CHARTS_FROM_STEPS) else self.charts.grid_remove)()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions

    def _on_key(self, action: Callable[[], object]) -> str | None:
        if not self.winfo_ismapped():
            return None
        action()
        return "break"
