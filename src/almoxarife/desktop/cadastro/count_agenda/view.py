"""Widgets of the tab that says what to count next, and how right the ledger was."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.count_agenda.intervals_view import IntervalsForm
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.fold import FoldButton
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

PLACE_WIDTH = 28
DUE_SHARE, ACCURACY_SHARE = 3, 2


@dataclass(frozen=True)
class Actions:
    """What the person can do on this tab; a row is None where none is selected."""

    choose_place: Callable[[str], None]
    begin_round: Callable[[int | None, bool], None]
    show_by_month: Callable[[bool], None]
    open_count: Callable[[int], None]
    open_intervals: Callable[[], None]
    close_intervals: Callable[[], None]
    set_intervals: Callable[[Mapping[str, str]], None]


class AgendaPanel(tb.Frame):
    """The place, what is due there with the button that counts it, and what counts have found."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=DUE_SHARE)
        self.rowconfigure(4, weight=ACCURACY_SHARE)
        self._build_head().grid(row=0, column=0, sticky="ew")
        self.intervals = IntervalsForm(
            self,
            submit=lambda texts: self._act().set_intervals(texts),
            cancel=lambda: self.fold.set_open(False),
        )
        self.intervals.grid(row=1, column=0, sticky="ew")
        self.intervals.grid_remove()
        day = "00/00/0000"
        due = [
            Column(_("Product"), "m" * 10, stretch=True),
            Column(_("Place"), "m" * 7, spare=1),
            Column(_("Class"), "mmm"),
            Column(_("Balance"), "9.999.999", align="right", spare=2),
            Column(_("Counted on"), day),
            Column(_("Due on"), day),
        ]
        self.due = VirtualTable(self, due, on_activate=lambda row: self._act().begin_round(row, self._blind))
        self.due.grid(row=2, column=0, sticky="nsew")
        self._build_accuracy().grid(row=3, column=0, sticky="ew", pady=space(self))
        part = "100,00"
        counts = [
            Column(_("Count"), "c9999"),
            Column(_("On"), day),
            Column(_("Place"), "m" * 8, stretch=True),
            Column(_("Right"), "999/999", align="right"),
            Column(_("Items %"), part, align="right"),
            Column(_("Quantity %"), part, align="right", spare=3),
            Column(_("Value %"), part, align="right", spare=1),
            Column(_("Note"), "m" * 8, spare=2),
        ]
        self.counts = VirtualTable(
            self,
            counts,
            empty_text=_("What confirmed counts found appears here."),
            on_activate=lambda row: self._act().open_count(row),
        )
        self.counts.grid(row=4, column=0, sticky="nsew")

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""
        self.where.set_options(labels)

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""
        self.where.text = label

    def show_due(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show what is to be counted next."""
        self.due.show(ListRows(rows), lambda row: tones[row])

    def show_summary(self, text: str) -> None:
        """Say how much is due."""
        self.where.show_hint(text)

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""
        self.due.set_empty_text(text)

    def show_accuracy(self, text: str, rows: Sequence[Sequence[str]]) -> None:
        """Show how right the ledger was, in all, and count by count or month by month."""
        self.accuracy.show(text)
        self.counts.show(ListRows(rows))

    def select_row(self, row: int) -> None:
        """Select what is due in a row, with the keyboard in the list."""
        self.due.viewport.select(row)
        self.due.refresh()
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        if self._is_current():
            self.due.tree.focus_set()

    def set_busy(self, busy: bool) -> None:
        """Show that a count is being begun."""
        self.button.set_busy(busy)

    def offer_intervals(self, shown: bool) -> None:
        """Offer the form of intervals to those who may use it."""
        (self.fold.grid if shown else self.fold.grid_remove)()

    def show_intervals(self, shown: bool) -> None:
        """Show the form of intervals, or fold it away."""
        had_keyboard = self.focus_get() in [field.entry for field in self.intervals.fields.values()]
        self.fold.set_open(shown)
        (self.intervals.grid if shown else self.intervals.grid_remove)()
        if had_keyboard and not shown:
            self.focus_list()

    def set_interval(self, abc: str, text: str) -> None:
        """Put a text into the field of a class."""
        self.intervals.fields[abc].text = text

    def show_interval_error(self, abc: str, text: str) -> None:
        """Say what is wrong with the field of a class."""
        self.intervals.fields[abc].show_error(text)

    def focus_interval(self, abc: str) -> None:
        """Put the cursor into the field of a class."""
        if self._is_current():
            self.intervals.fields[abc].focus()

    def set_intervals_busy(self, busy: bool) -> None:
        """Show that the intervals are being set."""
        self.intervals.set_busy(busy)

    # -- widgets

    def _build_accuracy(self) -> tb.Frame:
        frame = tb.Frame(self)
        frame.columnconfigure(0, weight=1)
        self.accuracy = FittedLabel(frame, font="TkHeadingFont")
        self.accuracy.grid(row=0, column=0, sticky="ew")
        by_month = tk.BooleanVar(self, value=False)
        self.by_month = tb.Checkbutton(
            frame,
            text=_("month by month"),
            variable=by_month,
            command=lambda: self._act().show_by_month(by_month.get()),
        )
        self.by_month.grid(row=0, column=1, padx=(space(self, 2), 0))
        return frame

    def _build_head(self) -> tb.Frame:
        head = tb.Frame(self)
        head.columnconfigure(0, weight=1)
        self.where = ChoiceField(head, _("Place"), width=PLACE_WIDTH)
        self.where.grid(row=0, column=0, sticky="new")
        self.where.on_change(lambda label: self._act().choose_place(label))
        beside = tb.Frame(self.where)
        self.where.add_beside(beside)
        self.fold = FoldButton(beside, _("Intervals"), self._on_fold)
        self.fold.grid(row=0, column=0, padx=(0, space(self)))
        self.blind = tk.BooleanVar(self, value=False)
        tb.Checkbutton(beside, text=_("blind"), variable=self.blind).grid(row=0, column=1)
        self.button = BusyButton(
            beside,
            _("Count the next ones"),
            _("Beginning…"),
            lambda: self._act().begin_round(self.due.viewport.selected, self._blind),
        )
        self.button.grid(row=0, column=2, padx=(space(self, 2), 0))
        return head

    def _on_fold(self, is_open: bool) -> None:
        (self._act().open_intervals if is_open else self._act().close_intervals)()

    @property
    def _blind(self) -> bool:
        return self.blind.get()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
