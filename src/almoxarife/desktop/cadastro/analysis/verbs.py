"""What the page of analyses asks of the server, and what it is told to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from almoxarife.client.analysis import Analysis, FileFormat, Wanted
from almoxarife.desktop.cadastro.analysis.filters import FiltersApi, FiltersView
from almoxarife.desktop.cadastro.analysis.options import OptionName
from almoxarife.desktop.cadastro.long_call import ProgressApi, ProgressView
from almoxarife.desktop.kit.table_column import Column

DayField = Literal["since", "until"]


class AnalysisApi(FiltersApi, ProgressApi, Protocol):
    """What the page asks of the server; each call runs in a thread."""

    def analyse(self, wanted: Wanted, limit: int, work_id: str) -> Analysis:
        """Return an analysis with at most so many rows; it may take long."""

    def analysis_file(self, wanted: Wanted, file_format: FileFormat, work_id: str) -> bytes:
        """Return an analysis as a file, with all its rows; it may take long."""


class AnalysisView(FiltersView, ProgressView, Protocol):
    """What the presenter tells the page to do."""

    def focus_analysis(self) -> None:
        """Put the keyboard where the analysis is chosen."""

    def offer_options(self, names: Sequence[OptionName]) -> None:
        """Show the fields of what can be asked of the chosen analysis alone."""

    def set_option(self, name: OptionName, text: str) -> None:
        """Put a text into one of these fields."""

    def show_option_error(self, name: OptionName, text: str) -> None:
        """Say what is wrong with one of these fields; an empty text takes it back."""

    def show_day_error(self, field: DayField, text: str) -> None:
        """Say what is wrong with a day; an empty text takes it back."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being worked out, and how to give it up."""

    def show_table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], empty: str) -> None:
        """Show rows under their columns, or a sentence where there are none."""

    def show_bars(
        self, names: Sequence[str], values: Sequence[float], line: Sequence[float], highest: str
    ) -> None:
        """Draw bars with their names and a line of percentages; ``highest``: the largest value in words."""

    def show_facts(self, text: str) -> None:
        """Say what there is to say of the whole."""

    def let_save(self, allowed: bool) -> None:
        """Let what is shown be saved, or not."""
