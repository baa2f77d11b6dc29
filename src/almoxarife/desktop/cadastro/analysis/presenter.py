"""Decisions of the page of analyses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from almoxarife.client.analysis import Analysis, FileFormat, Wanted
from almoxarife.client.codes import Reading
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.desktop.cadastro.analysis.cells import columns_of, shown, summary
from almoxarife.desktop.cadastro.analysis.filters import Filters
from almoxarife.desktop.cadastro.analysis.options import NUMBERS, OptionName, options_of, read_options
from almoxarife.desktop.cadastro.analysis.verbs import AnalysisApi, AnalysisView, DayField
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.long_call import LongCall
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.formats import DateError, parse_date
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _

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
_FIELD_OF: dict[str | None, DayField] = {"desde": "since", "ate": "until"}


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
        new_id: Callable[[], str],
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
        self._long = LongCall(api, calls, timer, view, new_id)
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
        self._long.stop()
        self._set_busy(False)
        for name, number in NUMBERS.items():
            self._view.set_option(name, number.usual)
            self._view.show_option_error(name, "")
        self._forget(_("Choose an analysis and press Enter."))

    def resume(self) -> None:
        """Ask for the filters again, because the server is back."""
        self.filters.ask()

    def scan(self, reading: Reading) -> bool | None:
        """Choose the product or place that was scanned."""
        return self.filters.scan(reading)

    def choose(self, label: str) -> None:
        """Take note of the analysis that is to come."""
        self._view.offer_options(options_of(_name_of(label)))

    def analyse(self, label: str, since: str, until: str, options: Mapping[OptionName, str]) -> None:
        """Work an analysis out, of the days between two texts; without them, of the year that ends today.

        ``options``: what stands in the fields of each analysis alone.
        """
        days: dict[DayField, date | None] = {}
        texts: dict[DayField, str] = {"since": since, "until": until}
        for field, text in texts.items():
            try:
                days[field] = parse_date(text, today=self._today()) if text.strip() else None
                self._view.show_day_error(field, "")
            except DateError as error:
                self._view.show_day_error(field, str(error))
        name, filters = _name_of(label), self.filters
        asked, wrong = read_options(name, options)
        for option in options_of(name):
            self._view.show_option_error(option, wrong.get(option, ""))
        if not filters.is_right() or len(days) < len(texts) or wrong or self.busy:
            return
        wanted = Wanted(
            name,
            days["since"],
            days["until"],
            filters.place_id,
            filters.category_id,
            filters.product_id,
            asked,
        )
        self._set_busy(True)
        work_id = self._long.begin()
        self._question.ask(
            lambda: self._api.analyse(wanted, SHOWN, work_id),
            lambda found: self._show(wanted, found),
            lambda error: self._failed(wanted, error),
        )

    def give_up(self) -> bool:
        """Wait no more for what is being worked out or saved; tell whether something was."""
        if not self.busy:
            return False
        self._question.forget()
        self._calls.drop(self)
        self._long.stop()
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
        work_id = self._long.begin()
        self._calls.run(
            lambda: self._write(path, self._api.analysis_file(wanted, file_format, work_id)),
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
        self._view.show_facts(summary(found))
        self._view.let_save(bool(rows))
        self._say("", "plain")

    def _failed(self, wanted: Wanted, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, Refused) and error.field in _FIELD_OF:
            self._view.show_day_error(_FIELD_OF[error.field], error.message)
            return
        for option in options_of(wanted.name):
            if isinstance(error, Refused) and error.field == option:
                self._view.show_option_error(option, error.message)
                return
        if isinstance(error, Refused) and error.field == "produto_id":
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
        if not busy:
            self._long.end()
        self.busy = busy
        self._view.set_busy(busy)


def _name_of(label: str) -> str:
    return next(name for name, title in ANALYSES.items() if _(title) == label)
