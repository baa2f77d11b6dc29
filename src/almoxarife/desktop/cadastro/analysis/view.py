"""Widgets of the page of analyses."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tkinter.filedialog import asksaveasfilename

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.analysis.options import IDLE_DAYS, LIMIT_A, LIMIT_B, STEP, STEPS, OptionName
from almoxarife.desktop.cadastro.analysis.presenter import ANALYSES, FORMATS
from almoxarife.desktop.cadastro.analysis.verbs import DayField
from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.named_bars import NamedBars
from almoxarife.desktop.kit.progress_strip import ProgressStrip
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

ANALYSIS_WIDTH, PLACE_WIDTH, CATEGORY_WIDTH, STEP_WIDTH, DAY_WIDTH = 22, 16, 16, 10, 10
PRODUCT_WIDTH = 12
BARS_STEPS = 6
BARS_SHARE, TABLE_SHARE = 1, 2


@dataclass(frozen=True)
class Actions:
    """What the person can do on this page."""

    product: Keys
    choose: Callable[[str], None]
    choose_place: Callable[[str], None]
    choose_category: Callable[[str], None]
    analyse: Callable[[str, str, str, Mapping[OptionName, str]], None]
    give_up: Callable[[], bool]
    save: Callable[[str], None]


class AnalysisScreen(tb.Frame):
    """What is asked for at the top; below it the picture, the table, and what there is to say of the whole."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        # A test answers in place of the person.
        self.ask_for_file: Callable[[], str] = self._ask_for_file
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=BARS_SHARE)
        self.rowconfigure(3, weight=TABLE_SHARE)
        tb.Label(self, text=_("Analyses"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self._build_head().grid(row=1, column=0, sticky="ew", pady=(space(self, 2), 0))
        self.bars = NamedBars(self, BARS_STEPS)
        self.bars.grid(row=2, column=0, sticky="nsew", pady=(0, space(self)))
        self.table = self._new_table([])
        self._build_foot().grid(row=4, column=0, sticky="ew", pady=(space(self), 0))
        for widget in (*(field.entry for field in self._fields), self.button, self.stop, self.save):
            widget.bind("<Escape>", lambda event: self._on_escape(), add=True)

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.product.connect(actions.product)
        actions.choose(self.which.text)

    # -- verbs of the presenter

    def focus_analysis(self) -> None:
        """Put the keyboard where the analysis is chosen."""
        if is_shown(self):
            self.which.focus()

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen."""
        self.where.set_options(labels)

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""
        self.where.text = label

    def focus_product(self) -> None:
        """Put the cursor into the product field."""
        if is_shown(self):
            self.product.return_to_end()

    def set_categories(self, labels: Sequence[str]) -> None:
        """Set which categories can be chosen."""
        self.category.set_options(labels)

    def offer_options(self, names: Sequence[OptionName]) -> None:
        """Show the fields of what can be asked of the chosen analysis alone."""
        for name, field in self.options.items():
            (field.grid if name in names else field.grid_remove)()

    def set_option(self, name: OptionName, text: str) -> None:
        """Put a text into one of these fields."""
        self.options[name].text = text

    def show_option_error(self, name: OptionName, text: str) -> None:
        """Say what is wrong with one of these fields."""
        self.options[name].show_error(text)

    def press_analyse(self) -> None:
        """Do as if the person had pressed the button."""
        self._on_analyse()

    def show_day_error(self, field: DayField, text: str) -> None:
        """Say what is wrong with a day."""
        self.days[field].show_error(text)

    def set_busy(self, busy: bool) -> None:
        """Show that something is being worked out, and how to give it up."""
        self.button.set_busy(busy)
        self.stop.state(["!disabled" if busy else "disabled"])
        if not busy and self.focus_get() in (self.stop, None) and is_shown(self):
            self.which.focus()

    def show_progress(self, text: str, share: float) -> None:
        """Show how far it is, from 0 to 1; an empty text takes it away."""
        self.progress.show(text, share)

    def show_table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], empty: str) -> None:
        """Show rows under their columns, or a sentence where there are none."""
        old, self.table = self.table, self._new_table(columns)
        old.destroy()
        self.table.set_empty_text(empty)
        self.table.show(ListRows(rows))

    def show_bars(
        self, names: Sequence[str], values: Sequence[float], line: Sequence[float], highest: str
    ) -> None:
        """Draw bars with their names and a line of percentages."""
        self.bars.show(names, values, line, highest)

    def show_facts(self, text: str) -> None:
        """Say what there is to say of the whole."""
        self.facts.show(text)

    def let_save(self, allowed: bool) -> None:
        """Let what is shown be saved, or not."""
        self.save.state(["!disabled" if allowed else "disabled"])

    # -- widgets

    def _build_head(self) -> tb.Frame:
        head = tb.Frame(self)
        head.columnconfigure(0, weight=1)
        self.which = ChoiceField(head, _("Analysis"), width=ANALYSIS_WIDTH)
        self.which.set_options([_(title) for title in ANALYSES.values()])
        self.which.on_change(lambda text: self._act().choose(text))
        self.where = ChoiceField(head, _("Place"), width=PLACE_WIDTH)
        self.where.on_change(lambda text: self._act().choose_place(text))
        self.days: dict[DayField, Field] = {
            "since": Field(head, _("From day"), width=DAY_WIDTH),
            "until": Field(head, _("To day"), width=DAY_WIDTH),
        }
        self.days["since"].show_hint(_("else one year"))
        self.days["until"].show_hint(_("else today"))
        self.product = LookupField(head, _("Product"), screen=self, width=PRODUCT_WIDTH)
        self.category = ChoiceField(head, _("Category"), width=CATEGORY_WIDTH)
        self.category.on_change(lambda text: self._act().choose_category(text))
        self._grid_line(0, (self.which, self.where, *self.days.values()))
        self._grid_line(1, (self.product, self.category, *self._build_options(head)))
        self._fields = [self.which, self.where, *self.days.values(), self.product, self.category]
        self._fields += self.options.values()
        for field in self._fields:
            if field is not self.product:
                field.on_enter(self._on_analyse)
        return head

    def _build_options(self, head: tb.Frame) -> tuple[Field, Field]:
        """Make the fields of single analyses; return the two that stand side by side."""
        step = ChoiceField(head, _("Consumption"), width=STEP_WIDTH)
        step.set_options([_(title) for title in STEPS.values()])
        limits = (
            Field(head, _("A up to (%)"), width=DAY_WIDTH, align="right"),
            Field(head, _("A and B up to (%)"), width=DAY_WIDTH, align="right"),
        )
        idle = Field(head, _("Without issue for (days)"), width=DAY_WIDTH, align="right")
        for field in (step, idle):
            field.grid(row=1, column=2, columnspan=2, sticky="new", padx=(space(self, 2), 0))
        self.options: dict[OptionName, Field] = {
            STEP: step,
            LIMIT_A: limits[0],
            LIMIT_B: limits[1],
            IDLE_DAYS: idle,
        }
        return limits

    def _grid_line(self, row: int, fields: Sequence[Field]) -> None:
        for column, field in enumerate(fields):
            field.grid(row=row, column=column, sticky="new", padx=(space(self, 2) if column else 0, 0))

    def _build_foot(self) -> tb.Frame:
        foot = tb.Frame(self)
        foot.columnconfigure(0, weight=1)
        self.progress = ProgressStrip(foot)
        self.progress.grid(row=1, column=0, sticky="ew", padx=(0, space(self)))
        self.facts = WrappedLabel(foot)
        self.facts.grid(row=0, column=0, columnspan=4, sticky="ew", pady=(0, space(self)))
        self.button = BusyButton(foot, _("Analyse"), _("Working it out…"), self._on_analyse)
        self.stop = tb.Button(foot, text=_("Give up (Esc)"), bootstyle="outline", command=self._on_stop)
        self.stop.state(["disabled"])
        self.save = tb.Button(foot, bootstyle="outline", command=self._on_save)
        give_key(self.save, _("Save as a file…"))
        self.save.state(["disabled"])
        for column, button in enumerate((self.button, self.stop, self.save), start=1):
            button.grid(row=1, column=column, sticky="e", padx=(space(self), 0))
        return foot

    def _new_table(self, columns: Sequence[Column]) -> VirtualTable:
        table = VirtualTable(self, columns or [Column("", "m", stretch=True)])
        table.grid(row=3, column=0, sticky="nsew")
        # Below the fields and above the foot for who goes on by Tab.
        table.lift(self.bars)
        table.tree.bind("<Escape>", lambda event: self._on_escape(), add=True)
        return table

    def _ask_for_file(self) -> str:
        names = {"xlsx": _("Workbook"), "csv": _("CSV"), "svg": _("Picture")}
        types = [(names[one], f"*.{one}") for one in FORMATS]
        path = asksaveasfilename(
            parent=self, title=_("Save the analysis"), filetypes=types, defaultextension=f".{FORMATS[0]}"
        )
        return str(path or "")

    # -- what the person does

    def _on_analyse(self) -> None:
        options = {name: field.text for name, field in self.options.items()}
        self._act().analyse(self.which.text, self.days["since"].text, self.days["until"].text, options)

    def _on_escape(self) -> None:
        if not self.product.put_away():
            self._act().give_up()

    def _on_stop(self) -> None:
        self._act().give_up()

    def _on_save(self) -> None:
        self._act().save(self.ask_for_file())

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
