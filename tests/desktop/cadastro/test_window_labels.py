"""Labels in a real window, by keyboard: from every list, to a file that can be read again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from almoxarife.client.balances import Balance
from almoxarife.client.codes import Reading, ReadLine
from almoxarife.client.lots import StockLot
from almoxarife.desktop.kit import files
from almoxarife.desktop.kit.files import FileTrouble
from tests.features.labels.printed import read

from .fake_api import FakeApi
from .window import ProgramWindow


def rows(window: ProgramWindow) -> list[list[str]]:
    window.update(0.1)
    return [[row[1], row[3]] for row in window.program.labels.table.visible_rows]


def test_labels_by_keyboard_are_saved_and_decoded_again(
    api: FakeApi, at_work: ProgramWindow, tmp_path: Path
) -> None:
    window, screen = at_work, at_work.program.labels
    api.shop_lots["p2"] = [StockLot("v1", "L1", 3)]
    window.press("Alt-i")
    assert window.screen == "labels"
    window.wait(lambda: screen.sheet.format.text)
    window.type("p1")
    window.press("Return")
    window.wait(lambda: rows(window) == [["p1", "1"]])
    assert window.has_focus(screen.find.entry)
    screen.copies.focus()
    window.type("3")
    window.press("Return")
    line = ReadLine(api.products[1], 1, "UN", 1, "lote")
    api.readings["7890002"] = Reading("gtin", "7890002", None, (line,))
    window.scan("7890002", "7890002")
    window.wait(lambda: rows(window) == [["p1", "3"], ["p2", "2"]])
    window.press("F7")
    window.wait(lambda: rows(window) == [["p1", "3"], ["Lote L1", "1"]])
    screen.sheet.first.text = "29"
    window.wait(lambda: screen.sheet.has_preview)
    assert screen.sheet.summary == "4 etiquetas em 2 folhas"
    target = tmp_path / "minhas.pdf"
    screen.sheet.ask_for_file = lambda: str(target)
    window.press("Alt-v")
    window.wait(target.exists)
    window.wait(lambda: window.said == f"✓ Salvo: {target}", window.said)
    assert sorted(seen.text for seen in read(target.read_bytes(), 300)) == ["p1", "p1", "p1", "v1"]
    window.press("Control-Delete")
    assert rows(window) == [["p1", "3"]]
    screen.clear.invoke()
    window.press("Alt-r")
    assert screen.find.error == "⚠ Escolha primeiro de que são as etiquetas."


def test_a_sheet_of_ones_own_is_measured_by_keyboard(
    api: FakeApi, at_work: ProgramWindow, tmp_path: Path
) -> None:
    window, screen = at_work, at_work.program.labels
    window.press("Alt-i")
    window.wait(lambda: screen.sheet.format.text)
    window.type("p1")
    window.press("Return")
    window.wait(lambda: rows(window) == [["p1", "1"]])
    screen.sheet.format.focus()
    window.press("m")
    form = screen.measures
    window.wait(lambda: window.has_focus(form.kind.entry))
    assert not screen.table.winfo_viewable()
    window.press("Escape")
    window.wait(lambda: window.has_focus(screen.sheet.format.entry))
    assert screen.sheet.format.text.startswith("Pimaco 6180")
    window.press("m")
    window.wait(lambda: window.has_focus(form.kind.entry))
    form.fields["columns"].focus()
    for number in ("2", "5", "106", "50"):
        window.type(number)
        window.press("Tab")
    window.press("Return")
    window.wait(lambda: form.fields["width"].error == "⚠ Não cabe na folha: 212 de 210 mm.")
    window.type("99,5")
    window.press("Return")
    window.wait(lambda: screen.sheet.has_preview)
    assert window.has_focus(screen.sheet.format.entry)
    assert screen.change.winfo_viewable()
    target = tmp_path / "minhas.pdf"
    screen.sheet.ask_for_file = lambda: str(target)
    window.press("Alt-v")
    window.wait(target.exists)
    assert [seen.text for seen in read(target.read_bytes(), 300)] == ["p1"]
    assert (own := api.orders[-1].own) is not None
    assert (own.columns, own.rows, own.width, own.height) == (2, 5, Decimal("99.5"), 50)


def test_what_is_selected_elsewhere_and_an_entry_just_made_are_labelled(
    api: FakeApi, at_work: ProgramWindow
) -> None:
    window = at_work
    window.press("F6")
    assert window.said == "Ainda não há entrada aqui para imprimir etiquetas."
    window.register("p3", "12")
    window.press("F6")
    assert window.screen == "labels"
    assert rows(window) == [["Mov. nº 1", "12"]]
    window.program.flow.go("products")
    window.wait(lambda: window.products.table.visible_rows)
    window.products.table.tree.focus_set()
    window.press("Down", "Down", "F6")
    assert (window.screen, rows(window)[1:]) == ("labels", [["p2", "1"]])
    window.program.flow.go("records")
    places = window.program.records.panels[0]
    window.wait(lambda: places.list.table.visible_rows)
    places.list.table.tree.focus_set()
    window.press("Down", "F6")
    assert (window.screen, rows(window)[2:]) == ("labels", [["l2", "1"]])
    api.shop_balances = [Balance("p4", "Porca 10mm", 10, 0, 10)]
    window.program.flow.go("balances")
    window.wait(lambda: window.program.balances.list.table.visible_rows)
    window.press("Down", "Down", "F6")
    assert (window.screen, rows(window)[3:]) == ("labels", [["p4", "1"]])


def test_what_takes_long_is_stopped_by_esc_and_the_window_lives_on(
    api: FakeApi, at_work: ProgramWindow, tmp_path: Path
) -> None:
    window, screen = at_work, at_work.program.labels
    window.register("p3", "900")
    window.press("F6")
    window.wait(lambda: screen.sheet.has_preview)
    api.hang()
    screen.sheet.ask_for_file = lambda: str(tmp_path / "a.pdf")
    window.press("Alt-v")
    window.wait(lambda: window.has_focus(screen.sheet.stop))
    assert screen.sheet.progress.winfo_viewable()
    window.press("Escape")
    api.go_on()
    window.update(0.2)
    assert not screen.sheet.progress.winfo_viewable()
    assert screen.sheet.buttons.winfo_viewable()
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("work", "words"), [(files.show, ["xdg-open"]), (files.print_out, ["lp", "-o", "print-scaling=none"])]
)
def test_the_system_shows_and_prints(
    monkeypatch: pytest.MonkeyPatch, work: Callable[[str, bytes], None], words: list[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    run: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **options: run.append(command))
    work("etiquetas.pdf", b"%PDF")
    assert run[0][:-1] == words
    path = Path(run[0][-1])
    assert (path.name, path.read_bytes()) == ("etiquetas.pdf", b"%PDF")
    assert path.parent.stat().st_mode & 0o077 == 0

    def missing(command: list[str], **options: object) -> None:
        raise FileNotFoundError(command[0])

    monkeypatch.setattr(subprocess, "run", missing)
    with pytest.raises(FileTrouble, match="Não há programa"):
        work("etiquetas.pdf", b"%PDF")


def test_a_file_that_cannot_be_written_leaves_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="não pode ser gravado"):
        files.write_whole(str(tmp_path / "nada" / "a.pdf"), b"%PDF")
    folder = tmp_path / "a.pdf"
    folder.mkdir()
    with pytest.raises(FileTrouble):
        files.write_whole(str(folder), b"%PDF")
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]
