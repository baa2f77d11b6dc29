"""The virtual table in a real window."""

from __future__ import annotations

import statistics
import time
import tkinter as tk
from collections.abc import Iterator, Sequence

import pytest
import ttkbootstrap as tb

from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column

LONG_NAME = "Café torrado e moído tradicional extraforte embalado a vácuo " * 3


class Numbers:
    """Rows ``length`` … 1 from the top."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.asked: list[int] = []

    def __len__(self) -> int:
        return self.length

    def row(self, index: int) -> Sequence[str]:
        self.asked.append(index)
        number = self.length - index
        return (str(number), LONG_NAME if number % 7 == 0 else f"Parafuso {number}", f"+{number}")


@pytest.fixture
def root() -> Iterator[tb.App]:
    errors: list[BaseException] = []
    window = tb.App(theme="bootstrap-light", size=(800, 480))
    window.report_callback_exception = lambda kind, error, trace: errors.append(error)
    yield window
    window.destroy()
    assert not errors


@pytest.fixture
def selected() -> list[int]:
    return []


@pytest.fixture
def table(root: tb.App, selected: list[int]) -> VirtualTable:
    columns = [
        Column("Número", "999.999"),
        Column("Produto", "Parafuso 10mm", stretch=True),
        Column("Quantidade", "+999.999", align="right"),
    ]
    table = VirtualTable(root, columns, empty_text="Nada ainda.", on_select=selected.append)
    table.pack(fill="both", expand=True)
    settle(table)
    table.tree.focus_force()
    settle(table)
    return table


def settle(table: VirtualTable) -> None:
    """Let pending drawing happen."""
    end = time.monotonic() + 0.15
    while time.monotonic() < end:
        table.update()


def press(table: VirtualTable, key: str) -> None:
    table.tree.event_generate(f"<{key}>")
    table.update()


def numbers(table: VirtualTable) -> list[int]:
    return [int(row[0]) for row in table.visible_rows]


def test_only_rows_in_sight_exist_and_are_asked_for(table: VirtualTable) -> None:
    source = Numbers(100_000)
    table.show(source)
    settle(table)
    in_sight = len(table.tree.get_children())
    assert 5 < in_sight < 40
    assert max(source.asked) < in_sight
    assert numbers(table) == list(range(100_000, 100_000 - in_sight, -1))


def test_whole_rows_fill_the_window(table: VirtualTable) -> None:
    table.show(Numbers(1_000))
    settle(table)
    last = table.tree.get_children()[-1]
    _x, y, _width, height = map(int, table.tree.bbox(last))
    assert y + height <= table.tree.winfo_height() < y + 2 * height + 2


def test_keys_move_the_selection_and_the_window(table: VirtualTable, selected: list[int]) -> None:
    table.show(Numbers(1_000))
    settle(table)
    in_sight = len(table.tree.get_children())
    for key in ("Down", "Down", "Up", "Next", "End", "Home"):
        press(table, key)
    assert selected == [0, 1, 0, in_sight, 999, 0]
    press(table, "End")
    assert numbers(table)[-1] == 1
    press(table, "Prior")
    assert table.viewport.selected == 999 - in_sight


def test_the_wheel_and_the_scrollbar_scroll(table: VirtualTable) -> None:
    table.show(Numbers(1_000))
    settle(table)
    press(table, "Button-5")
    assert numbers(table)[0] == 997
    press(table, "Button-4")
    press(table, "Button-4")
    assert numbers(table)[0] == 1_000
    table.tree.event_generate("<MouseWheel>", delta=-120)
    table.update()
    assert numbers(table)[0] == 997
    table.tk.call(table.scrollbar.cget("command"), "moveto", "1.0")
    table.update()
    assert numbers(table)[-1] == 1
    table.tk.call(table.scrollbar.cget("command"), "scroll", "-1", "pages")
    table.update()
    assert numbers(table)[-1] == 1 + len(table.tree.get_children())


def test_new_rows_appear_at_the_top_but_never_under_the_eyes_of_a_reader(table: VirtualTable) -> None:
    source = Numbers(1_000)
    table.show(source)
    settle(table)
    source.length += 2
    table.rows_added(2)
    settle(table)
    assert numbers(table)[0] == 1_002

    press(table, "Button-5")
    reading = numbers(table)
    source.length += 5
    table.rows_added(5)
    settle(table)
    assert numbers(table) == reading


def test_live_rows_are_drawn_in_batches(table: VirtualTable) -> None:
    source = Numbers(10)
    table.show(source)
    settle(table)
    source.asked.clear()
    for _ in range(50):
        source.length += 1
        table.rows_added(1)
    assert source.asked == []
    settle(table)
    assert numbers(table)[0] == 60
    assert len(source.asked) <= 60


def test_a_click_selects_its_row(table: VirtualTable, selected: list[int]) -> None:
    table.show(Numbers(100))
    settle(table)
    x, y, _width, height = map(int, table.tree.bbox(table.tree.get_children()[3]))
    table.tree.event_generate("<Button-1>", x=x + 5, y=y + height // 2)
    table.update()
    assert selected == [3]
    table.tree.event_generate("<Button-1>", x=x + 5, y=3)
    table.update()
    assert selected == [3], "the titles are no row"


def test_numbers_stand_on_the_right_under_their_title(table: VirtualTable) -> None:
    assert str(table.tree.column("2", "anchor")) == "e"
    assert str(table.tree.heading("2", "anchor")) == "e"
    assert str(table.tree.column("1", "anchor")) == "w"


def test_a_name_too_long_ends_in_an_ellipsis_and_grows_with_the_window(
    root: tb.App, table: VirtualTable
) -> None:
    table.show(Numbers(7))
    settle(table)
    item = table.tree.get_children()[0]
    narrow = str(table.tree.set(item, "1"))
    assert narrow.endswith("…")
    assert LONG_NAME.startswith(narrow[:-1])
    root.geometry("1200x480")
    settle(table)
    settle(table)
    assert len(str(table.tree.set(item, "1"))) > len(narrow)


def test_an_empty_table_says_so(table: VirtualTable) -> None:
    assert [w.cget("text") for w in table.tree.place_slaves()] == ["Nada ainda."]
    table.show(Numbers(1))
    settle(table)
    assert table.tree.place_slaves() == []
    table.set_empty_text("Nada combina.")
    table.show(Numbers(0))
    settle(table)
    assert [w.cget("text") for w in table.tree.place_slaves()] == ["Nada combina."]
    assert table.tree.get_children() == ()


def test_the_scrollbar_is_there_only_when_it_is_needed(table: VirtualTable) -> None:
    table.show(Numbers(2))
    settle(table)
    assert not table.scrollbar.winfo_ismapped()
    table.show(Numbers(200))
    settle(table)
    assert table.scrollbar.winfo_ismapped()


def test_colours_follow_the_theme(root: tb.App, table: VirtualTable) -> None:
    table.show(Numbers(20))
    settle(table)
    light = str(table.tree.tag_configure("even", "background"))
    root.theme_use("bootstrap-dark")
    settle(table)
    dark = str(table.tree.tag_configure("even", "background"))
    assert brightness(table, dark) < brightness(table, light)
    assert table.tree.cget("style") == "Rows.Treeview"


def brightness(widget: tk.Misc, colour: str) -> int:
    return sum(widget.winfo_rgb(colour))


def test_scrolling_takes_the_same_short_time_whatever_the_length(table: VirtualTable) -> None:
    table.show(Numbers(100_000))
    settle(table)
    steps_ms = []
    for _ in range(60):
        begin = time.perf_counter()
        press(table, "Button-5")
        steps_ms.append((time.perf_counter() - begin) * 1_000)
    # 7 ms where this was written; the bound only catches work that grows with the length.
    assert statistics.median(steps_ms) < 40


def test_another_table_does_not_tell_every_widget_of_a_change(root: tb.App, table: VirtualTable) -> None:
    told: list[str] = []
    root.bind("<<ThemeChanged>>", lambda event: told.append(str(event.widget)))
    settle(table)
    told.clear()
    other = VirtualTable(root, [Column("Número", "999.999")], empty_text="Nada ainda.")
    other.pack()
    settle(other)
    assert told == []
    root.style.theme_use("bootstrap-dark")
    settle(table)
    assert {str(table.tree), str(other.tree)} <= set(told)
