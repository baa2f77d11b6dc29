"""Decisions of the screen that prints labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.codes import Reading
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.labels import Order
from almoxarife.client.lots import StockLot
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.labels.around import Desk, LabelsPageApi
from almoxarife.desktop.cadastro.labels.chosen import COPIES, ChosenLines, ChosenView
from almoxarife.desktop.cadastro.labels.finding import Finder
from almoxarife.desktop.cadastro.labels.lines import (
    Line,
    labels_of,
    of_lot,
    of_reading,
    pieces_of,
    sheets_of,
)
from almoxarife.desktop.cadastro.labels.making import Making
from almoxarife.desktop.cadastro.labels.preview import Preview, PreviewView
from almoxarife.desktop.cadastro.labels.sheet import FORMAT, SHEET_FIELDS, Keeper, SheetChoice, SheetView
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, ngettext

_ITEM = re.compile(r"itens\[(\d+)\]")
_FIELDS = {**SHEET_FIELDS, "itens": COPIES}


class LabelsView(ChosenView, SheetView, PreviewView, Protocol):
    """What the presenter tells the screen to do."""

    @property
    def find(self) -> LookupView:
        """The field that finds what is to be labelled."""

    def focus_find(self) -> None:
        """Put the cursor into the field that finds."""

    def show_summary(self, text: str) -> None:
        """Say how many labels and sheets there are."""

    def show_progress(self, labels: int, total: int) -> None:
        """Show how many labels are drawn while sheets are being made; a total of 0 ends it."""


class LabelsPresenter(Page):
    """Gathers what is to be labelled, shows the first sheet, and makes, saves, shows and prints all."""

    def __init__(
        self,
        api: LabelsPageApi,
        calls: Jobs,
        timer: Timer,
        view: LabelsView,
        desk: Desk,
        kept: Keeper,
        *,
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._desk = desk
        self._say = say
        self._done = ""
        self._total = 0
        self._preview = Preview(
            api.labels, calls, timer, view, order=self._first_sheet, refused=self._refused
        )
        self._making = Making(calls, went_on=self._went_on, done=self._finished, failed=self._failed)
        self._finder = Finder(api.search)
        self.chosen = ChosenLines(view, self._changed)
        self.sheet = SheetChoice(view, self._changed, kept)
        self.picker: Lookup[Line] = Lookup(
            self._finder,
            calls,
            timer,
            view.find,
            LookupWords(
                empty=_("Type part of the name, or the code, of a product or place."), chosen=_("{id} chosen")
            ),
            picked=self._picked,
            waiting=lambda: None,
            undecided=lambda: None,
        )

    @property
    def busy(self) -> bool:
        """Whether sheets are being made."""
        return self._making.busy

    # -- the page

    def start(self) -> None:
        """Ask what there is to choose from, and show what has been chosen."""
        self.sheet.begin()
        self._load()
        self._changed()
        self._view.focus_find()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._load()
        self._changed()
        self.picker.resume()

    def leave(self) -> None:
        """Draw nothing that is not seen."""
        self.sheet.leave()
        self._preview.forget()

    def reset(self) -> None:
        """Forget what somebody else had chosen."""
        self.cancel()
        self._preview.forget()
        self._calls.drop(self)
        self.picker.clear()
        self.chosen.clear()

    def scan(self, reading: Reading) -> bool:
        """Put what was scanned on the list; once more is one label more."""
        if self.busy:
            return False
        self.chosen.add(*of_reading(reading))
        return True

    # -- what the person does

    def add(self, lines: Sequence[Line]) -> None:
        """Put on the list what was selected elsewhere."""
        if not self.busy:
            self.chosen.add(*lines)

    def lots(self) -> None:
        """Label the lots in stock of the selected product in its place."""
        line = self.chosen.line
        if line is None or line.kind != "product" or self.busy:
            return
        product = Product(line.id, line.name)

        def found(lots: list[StockLot]) -> None:
            if not lots:
                self._say(_("There is no lot of {name} in stock.").format(name=product.name), "plain")
            elif self.chosen.line is not None and self.chosen.line.same_as(line):
                self.chosen.replace_selected([of_lot(product, lot) for lot in lots])

        self._calls.run(lambda: self._api.lots(product.id), found, self._say_failed, self)

    def refresh(self) -> None:
        """Draw the first sheet anew, because there is more or less room for it."""
        self._changed()

    def save(self, path: str) -> None:
        """Write all sheets into a file; nothing when none was chosen."""
        if path:
            done = _("Saved: {path}").format(path=path)
            self._make(lambda content: self._desk.write_whole(path, content), done)

    def show(self) -> None:
        """Let the system's program show all sheets."""
        self._make(lambda content: self._desk.show(self._file_name, content), _("The labels are open."))

    def print_out(self) -> None:
        """Print all sheets."""
        done = _("The labels are with the printer.")
        self._make(lambda content: self._desk.print_out(self._file_name, content), done)

    def cancel(self) -> None:
        """Make no more of the sheets."""
        if self.busy:
            self._making.stop()
            self._end_progress()
            self._say(_("Stopped. Nothing was printed or saved."), "plain")

    @property
    def is_ready(self) -> bool:
        """Whether there is something to print; if not, it is said where the cause is."""
        if not self.chosen.lines:
            self._view.find.show_error(_("Choose first what the labels are of."))
            self._view.focus_find()
            return False
        return self.sheet.format is not None and self.chosen.is_right and self.sheet.read_first() is not None

    # -- drawing

    @property
    def _file_name(self) -> str:
        return _("labels.pdf")

    def _load(self) -> None:
        if not self.sheet.is_known:
            self._calls.run(self._api.label_formats, self.sheet.take, self._say_failed, self)
        self._calls.run(self._api.places, self._take_places, lambda error: None, self)

    def _take_places(self, places: list[Place]) -> None:
        self._finder.places = places

    def _picked(self, line: Line) -> None:
        self.picker.clear()
        if not self.busy:
            self.chosen.add(line)
        self._view.focus_find()

    def _make(self, finish: Callable[[bytes], None], done: str) -> None:
        first = self.sheet.read_first()
        if self.busy or not self.is_ready or self.sheet.format is None or first is None:
            return
        pieces = pieces_of(self.chosen.lines, first, self.sheet.format.per_page)
        self._done = done
        self.sheet.keep()
        self._say("", "plain")
        self._total = labels_of(self.chosen.lines)
        self._view.show_progress(0, self._total)
        sheet = self.sheet
        self._making.start(
            pieces, lambda piece: sheet.order(piece.lines, piece.first), self._api.labels, finish
        )

    def _went_on(self, labels: int) -> None:
        self._view.show_progress(labels, self._total)

    def _end_progress(self) -> None:
        self._view.show_progress(0, 0)
        self._view.focus_find()

    def _finished(self) -> None:
        self._end_progress()
        self._say(self._done, "success")

    def _failed(self, error: Exception, begin: int) -> None:
        self._end_progress()
        if isinstance(error, FileTrouble):
            self._say(str(error), "danger")
        elif not isinstance(error, SessionExpired):
            text = self._refused(error)
            self._say(text, "danger")
            item = _ITEM.match(error.field or "") if isinstance(error, Refused) else None
            if item is not None:
                self.chosen.point_at(begin + int(item[1]), text)

    def _say_failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")

    def _changed(self) -> None:
        self._view.show_summary(self._summary())
        if self.chosen.lines:
            self._preview.soon()
        else:
            self._preview.forget()
            text = _("Search or scan what is to be labelled. The sheet is shown here.")
            self._view.show_preview(None, text)

    def _summary(self) -> str:
        count, sheet = labels_of(self.chosen.lines), self.sheet.format
        first = self.sheet.read_first() if count else None
        if sheet is None or first is None:
            return ""
        text = ngettext("{count} label", "{count} labels", count).format(count=format_quantity(count))
        if sheet.is_roll:
            return text
        sheets = sheets_of(count, first, sheet.per_page)
        on = ngettext("{labels} on {count} sheet", "{labels} on {count} sheets", sheets)
        return on.format(labels=text, count=format_quantity(sheets))

    def _first_sheet(self) -> Order | None:
        sheet, first = self.sheet.format, self.sheet.read_first()
        if sheet is None or first is None or not self.chosen.is_right:
            return None
        piece = pieces_of(self.chosen.lines, first, sheet.per_page, sheet.per_page)[0]
        return self.sheet.order(piece.lines, piece.first)

    def _refused(self, error: Exception) -> str:
        """Return what the server says; what belongs to a field is said there, too."""
        text = sentence(error)
        if isinstance(error, Refused):
            field = error.field or ""
            if field.startswith("medidas."):
                self._view.show_error(FORMAT, text)
            elif field in _FIELDS:
                self._view.show_error(_FIELDS[field], text)
            elif item := _ITEM.match(field):
                # The server counts the rows of one request.
                row = format_quantity(int(item[1]) + 1)
                return text.removeprefix(_("Row {line}: {sentence}").format(line=row, sentence=""))
        return text
