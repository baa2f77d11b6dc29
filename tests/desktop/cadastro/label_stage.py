"""The screen that prints labels without a window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pypdfium2
from PIL import Image

from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.labels.presenter import LabelsPresenter
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeLookupView, FakeTimer


class FakeMeasuresView:
    """Remembers what the form for measures would show."""

    def __init__(self) -> None:
        self.is_open = False
        self.texts: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.focus = ""

    def open(self, kinds: Sequence[str], texts: Mapping[str, str]) -> None:
        self.is_open, self.kinds, self.texts = True, kinds, dict(texts)

    def close(self) -> None:
        self.is_open = False

    def show_error(self, field: str, text: str) -> None:
        self.errors[field] = text

    def show_fields(self, fields: Sequence[str], *, shown: bool) -> None:
        self.hidden = set() if shown else set(fields)

    def focus_field(self, field: str) -> None:
        self.focus = field


class FakeLabelsView:
    """Remembers what the screen would show."""

    def __init__(self) -> None:
        self.find = FakeLookupView()
        self.measures = FakeMeasuresView()
        self.offers_measures = False
        self.preview_size = (200, 300)
        self.rows: Sequence[Sequence[str]] = ()
        self.selected: int | None = None
        self.copies, self.price = "", ""
        self.can: tuple[bool, bool, bool] = (False, False, False)
        self.options: dict[str, Sequence[str]] = {}
        self.texts: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.picture: Image.Image | None = None
        self.remark = ""
        self.summary = ""
        self.progress: list[tuple[int, int]] = []

    def focus_find(self) -> None:
        pass

    def show_measures_button(self, *, shown: bool) -> None:
        self.offers_measures = shown

    def focus_format(self) -> None:
        pass

    def show_lines(self, rows: Sequence[Sequence[str]], selected: int | None) -> None:
        self.rows, self.selected = rows, selected

    def show_line(self, copies: str, price: str, *, has_line: bool, has_price: bool, has_lots: bool) -> None:
        self.copies, self.price, self.can = copies, price, (has_line, has_price, has_lots)

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        self.options[field] = labels

    def set_text(self, field: str, text: str) -> None:
        self.texts[field] = text

    def show_error(self, field: str, text: str) -> None:
        self.errors[field] = text

    def show_preview(self, picture: Image.Image | None, remark: str) -> None:
        self.picture, self.remark = picture, remark

    def show_summary(self, text: str) -> None:
        self.summary = text

    def show_progress(self, labels: int, total: int) -> None:
        self.progress.append((labels, total))


class FakeDesk:
    """Keeps what would be saved, shown and printed."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.printer_trouble = ""

    def write_whole(self, path: str, content: bytes) -> None:
        self.files[path] = content

    def show(self, name: str, content: bytes) -> None:
        self.files[f"shown {name}"] = content

    def print_out(self, name: str, content: bytes) -> None:
        if self.printer_trouble:
            raise FileTrouble(self.printer_trouble)
        self.files[f"printed {name}"] = content


class FakeKeeper:
    """Keeps shift and measures as long as the test lasts."""

    def __init__(self) -> None:
        self.label_shift = ("", "")
        self.label_measures: dict[str, str] = {}


class LabelStage:
    """The presenter with everything around it made up."""

    def __init__(self, kept: FakeKeeper | None = None) -> None:
        self.api = FakeApi()
        self.kept = kept or FakeKeeper()
        self.api.add_products("Parafuso 10mm", "Porca", "Café")
        self.api.shop_places.append(Place("l6", "Estante", "Estoque / Estante"))
        self.jobs, self.timer, self.view, self.desk = FakeJobs(), FakeTimer(), FakeLabelsView(), FakeDesk()
        self.said: list[tuple[str, MessageKind]] = []
        self.page = LabelsPresenter(
            self.api,
            self.jobs,
            self.timer,
            self.view,
            self.desk,
            self.kept,
            say=lambda text, kind: self.said.append((text, kind)),
        )
        self.view.find.on_change = self.page.picker.type
        self.page.start()
        self.page.sheet.type("format", self.view.options["format"][0])

    def find(self, text: str) -> None:
        self.view.find.set_text(text)
        self.timer.pass_seconds(0.1)
        self.page.picker.press_enter()

    def pages(self, name: str) -> int:
        with pypdfium2.PdfDocument(self.desk.files[name]) as document:
            return len(document)
