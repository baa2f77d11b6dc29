"""Widgets of the charts."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from decimal import Decimal

import ttkbootstrap as tb

from almoxarife.desktop.kit.charts import BarChart, StepChart
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.monitor.live.hours import Bar
from almoxarife.i18n import format_quantity

HEIGHT_STEPS = 8


class ChartStrip(tb.Frame):
    """Movements by hour at the left, the balance of the selected product at the right."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self.columnconfigure((0, 1), weight=1, uniform="chart")
        self.hours = BarChart(self, HEIGHT_STEPS, ("success", "danger", "info"))
        self.hours.grid(row=0, column=0, sticky="nsew", padx=(0, space(self, 1.5)))
        self.balance = StepChart(self, HEIGHT_STEPS)
        self.balance.grid(row=0, column=1, sticky="nsew", padx=(space(self, 1.5), 0))

    def show_hours(self, bars: Sequence[Bar], caption: str) -> None:
        """Show the movements of each hour."""
        self.hours.show([(bar.came_in, bar.went_out, bar.other) for bar in bars], caption)

    def show_balance(self, balances: Sequence[Decimal | int], caption: str) -> None:
        """Show how a balance went."""
        bounds = ("", "")
        if balances:
            bounds = (format_quantity(min(0, *balances)), format_quantity(max(balances)))
        self.balance.show(balances, caption, bounds)
