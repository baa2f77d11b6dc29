"""Decisions of the page of analyses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal, Protocol

from almoxarife.client.analysis import Analysis, Cell, FileFormat, Wanted
from almoxarife.client.analysis import Column as Found
from almoxarife.client.codes import Reading
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.desktop.cadastro.analysis.filters import Filters, FiltersApi, FiltersView
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.formats import DateError, parse_date
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _, format_day, format_money, format_quantity, ngettext

ANALYSES = {
    "abc": N_("ABC curve"),
    "giro": N_("Turnover"),
    "cobertura": N_("Coverage in days"),
    "parado": N_("Dead stock"),
    "envelhecimento": N_("Age of the stock"),
    "perdas": N_("Losses by reason"),
    "consumo": N_("Consumption by period"),
}
# Who wants more rows saves a sheet, which has all of them.
SHOWN = 1_000
FORMATS: tuple[FileFormat, ...] = ("xlsx", "csv", "svg")
NOTHING = "–"
_WIDEST = 24
_SEEN = 200
# Where there is no room for all columns, the first of these go first; then the others from the right.
_LEAST_WANTED = ("unidade", "produto_id", "participacao")
DayField = Literal["since", "until"]
_FIELD_OF: dict[str | None, DayField] = {"desde": "since", "ate": "until"}
# The one analysis in which the step counts.
_STEPPED = "consumo"


class AnalysisApi(FiltersApi, Protocol):
    """What the page asks of the server; each call runs in a thread."""

    def analyse(self, wanted: Wanted, limit: int) -> Analysis:
        """Return an analysis with at most so many rows; it may take long."""

    def analysis_file(self, wanted: Wanted, file_format: FileFormat) -> bytes:
        """Return an analysis as a file, with all its rows; it may take long."""


class AnalysisView(FiltersView, Protocol):
    """What the presenter tells the page to do."""

    def focus_analysis(self) -> None:
        """Put the keyboard where the analysis is chosen."""

    def let_choose_step(self, allowed: bool) -> None:
        """Let the steps of consumption be chosen, or not."""

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


class AnalysisPresenter(Page):
    """Asks for an analysis, shows it, and saves it.

    ``say`` puts a sentence into the status bar; ``write`` writes a file, in a thread, and raises FileTrouble.
    """

    def __init__(
        self,
        api: AnalysisApi,
        calls: Jobs,
        timer: Timer,
        view: AnalysisView,
        *,
        today: Callable[[], date],
        say: Callable[[str, MessageKind], None],
        write: Callable[[str, bytes], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._today = today
        self._say = say
        self._write = write
        self.filters = Filters(api, calls, timer, view)
        self._question: LatestOnly[Analysis] = LatestOnly(calls)
        self._shown: Wanted | None = None
        self.busy = False

    def start(self) -> None:
        """Offer the analyses."""
        self.filters.ask()
        self._view.focus_analysis()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self.filters.forget()
        self._question.forget()
        self._set_busy(False)
        self._forget(_("Choose an analysis and press Enter."))

    def resume(self) -> None:
        """Ask for the filters again, because the server is back."""
        self.filters.ask()

    def scan(self, reading: Reading) -> bool | None:
        """Choose the product or place that was scanned."""
        return self.filters.scan(reading)

    def choose(self, label: str) -> None:
        """Take note of the analysis that is to come."""
        self._view.let_choose_step(_name_of(label) == _STEPPED)

    def analyse(self, label: str, since: str, until: str) -> None:
        """Work an analysis out, of the days between two texts; without them, of the year that ends today."""
        days: dict[DayField, date | None] = {}
        texts: dict[DayField, str] = {"since": since, "until": until}
        for field, text in texts.items():
            try:
                days[field] = parse_date(text, today=self._today()) if text.strip() else None
                self._view.show_day_error(field, "")
            except DateError as error:
                self._view.show_day_error(field, str(error))
        filters = self.filters
        if not filters.is_right() or len(days) < len(texts) or self.busy:
            return
        name = _name_of(label)
        wanted = Wanted(
            name,
            days["since"],
            days["until"],
            filters.place_id,
            filters.category_id,
            filters.product_id,
            filters.step if name == _STEPPED else "",
        )
        self._set_busy(True)
        self._question.ask(
            lambda: self._api.analyse(wanted, SHOWN), lambda found: self._show(wanted, found), self._failed
        )

    def give_up(self) -> bool:
        """Wait no more for what is being worked out or saved; tell whether something was."""
        if not self.busy:
            return False
        self._question.forget()
        self._calls.drop(self)
        self._set_busy(False)
        self._say(_("Given up. Nothing was changed."), "plain")
        return True

    def save(self, path: str) -> None:
        """Write what is shown, with all its rows, into a file; its ending says what: xlsx, csv or svg."""
        wanted = self._shown
        if not path or wanted is None or self.busy:
            return
        file_format = next((one for one in FORMATS if path.lower().endswith(f".{one}")), None)
        if file_format is None:
            self._say(_("The file's name must end in .xlsx, .csv or .svg."), "danger")
            return
        self._set_busy(True)
        self._calls.run(
            lambda: self._write(path, self._api.analysis_file(wanted, file_format)),
            lambda nothing: self._saved(path),
            self._not_saved,
            self,
        )

    def _show(self, wanted: Wanted, found: Analysis) -> None:
        self._set_busy(False)
        # What is saved is what is shown, also when the day ends meanwhile.
        first, last = date.fromisoformat(found.since), date.fromisoformat(found.until)
        self._shown = replace(wanted, since=first, until=last)
        rows = [
            [shown(cell, column.kind) for cell, column in zip(row, found.columns, strict=True)]
            for row in found.rows
        ]
        self._view.show_table(columns_of(found.columns, rows), rows, _("Nothing to show of these days."))
        bars = found.bars
        highest = shown(max(bars.values), bars.kind) if bars.values else ""
        line = [float(value) for value in bars.line]
        self._view.show_bars(bars.names, [float(value) for value in bars.values], line, highest)
        self._view.show_facts(_summary(found))
        self._view.let_save(bool(rows))
        self._say("", "plain")

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, Refused) and error.field in _FIELD_OF:
            self._view.show_day_error(_FIELD_OF[error.field], error.message)
        elif isinstance(error, Refused) and error.field == "produto_id":
            self._view.product.show_error(error.message)
        elif not isinstance(error, SessionExpired):
            self._forget(sentence(error))

    def _saved(self, path: str) -> None:
        self._set_busy(False)
        self._say(_("Written: {path}").format(path=path), "success")

    def _not_saved(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        self._say(str(error) if isinstance(error, FileTrouble) else sentence(error), "danger")

    def _forget(self, text: str) -> None:
        self._shown = None
        self._view.show_table([], [], text)
        self._view.show_bars([], [], [], "")
        self._view.show_facts("")
        self._view.let_save(False)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self._view.set_busy(busy)


def shown(cell: Cell, kind: str) -> str:
    """Return a cell as people read it."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return format_day(cell) if kind == "dia" else cell
    if kind == "dinheiro":
        return format_money(cell)
    if kind == "porcentagem":
        return f"{format_quantity(_short(cell))} %"
    return format_quantity(_short(cell) if kind == "numero" else cell)


def columns_of(found: Sequence[Found], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Return the table's columns, as wide as their first cells; a name takes the width that is left."""
    names = [column.key for column in found]
    stretching = next((key for key in ("nome_produto", "motivo", "periodo") if key in names), names[0])
    made = []
    for place, column in enumerate(found):
        cells = [column.title, *(row[place] for row in rows[:_SEEN])]
        widest = max((cell[:_WIDEST] for cell in cells), key=len)
        spare = 0
        if column.key in _LEAST_WANTED:
            spare = len(found) + len(_LEAST_WANTED) - _LEAST_WANTED.index(column.key)
        elif column.key not in (stretching, names[-1]) and place > 1:
            spare = 1 if column.kind == "dinheiro" else place + 1
        stretches = column.key == stretching
        align: Literal["left", "right"] = "left" if column.kind in ("texto", "dia") else "right"
        made.append(Column(column.title, "m" * 12 if stretches else widest, align, stretches, spare))
    return made


def _name_of(label: str) -> str:
    return next(name for name, title in ANALYSES.items() if _(title) == label)


def _short(number: Decimal | int) -> Decimal | int:
    return round(number, 2) if isinstance(number, Decimal) else number


def _summary(found: Analysis) -> str:
    days = _("{first} to {last}").format(first=format_day(found.since), last=format_day(found.until))
    facts = [f"{fact.title}: {shown(fact.value, fact.kind)}" for fact in found.facts]
    text = " · ".join([days, *facts])
    if not found.more:
        return text
    left_out = ngettext(
        "Only the first {count} row is shown; a saved sheet has all of them.",
        "Only the first {count} rows are shown; a saved sheet has all of them.",
        len(found.rows),
    ).format(count=format_quantity(len(found.rows)))
    return f"{text}\n{left_out}"
