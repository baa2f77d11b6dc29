"""Counting in a real window: by keyboard, by scanner, reviewed and confirmed."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from almoxarife.client.count_calendar import Agenda, Due, Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.count_history import Ended
from almoxarife.client.counts import OPEN, REVIEW, Count, Item

from .fake_api import FakeApi
from .fake_counts import AT
from .window import ProgramWindow


def test_a_shelf_is_counted_reviewed_and_confirmed_by_keys(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.program.flow.go("count")
    screen = at_work.program.counts
    counting, review = screen.counting, screen.review
    at_work.wait(lambda: len(counting.beginning.where.entry.cget("values")) == 2)
    counting.beginning.products.focus()
    at_work.press("Return")
    at_work.wait(counting.form.winfo_viewable)
    assert at_work.has_focus(counting.product.entry)
    at_work.type("caf")
    at_work.wait(lambda: counting.product.popup.is_open)
    at_work.press("Return")
    assert at_work.has_focus(counting.quantity.entry)
    at_work.type("2,5")
    at_work.press("Return")
    at_work.wait(lambda: at_work.said == "✓ Café torrado: 2,5 contado, 2,5 no total.")
    assert at_work.has_focus(counting.product.entry)
    at_work.wait(lambda: counting.table.visible_rows)
    assert counting.table.visible_rows[0][1:3] == ("Café torrado", "2,5")
    counting.table.tree.focus_set()
    at_work.press("Down", "Delete")
    at_work.wait(lambda: at_work.said == "✓ Café torrado: a linha não conta mais.")
    counting.close.invoke()
    at_work.press("space")
    at_work.wait(lambda: api.shop_counts["c1"].state == REVIEW)
    api.found["c1"] = [Item("p1", "Parafuso 10mm", "l2", "Estoque", "", 18, 20, -2, ("maria",))]
    api.right = Right(2, 1, 50.0, 92.86, 92.86, 10)
    counting.product.focus()
    at_work.press("Control-Tab")
    at_work.wait(lambda: review.table.visible_rows)
    assert review.table.visible_rows[0][2:5] == ("20", "18", "-2")
    assert at_work.has_focus(review.table.tree)
    at_work.press("Down")
    at_work.press("F6")
    at_work.wait(lambda: at_work.said == "✓ Parafuso 10mm: aceito.")
    at_work.buttons["Confirmar contagem…"].invoke()
    at_work.wait(lambda: review.question.is_asking)
    at_work.press("Escape")
    assert not review.question.is_asking
    api.found["c1"].append(Item("p2", "Porca", "l2", "Estoque", "", None, 3, None, ()))
    review.kind.text = "faltantes (não contados)"
    at_work.wait(lambda: [row[0] for row in review.table.visible_rows] == ["Porca"])
    review.table.tree.focus_set()
    at_work.press("Down", "space")
    at_work.wait(lambda: review.table.visible_rows[0][5] == "zerar")
    assert review.missing.text == "zerar os marcados"
    at_work.buttons["Confirmar contagem…"].invoke()
    at_work.wait(lambda: review.question.is_asking)
    at_work.press("space")
    at_work.wait(lambda: api.counted[-1] == ("confirm", "c1", Decision(zero=(api.found["c1"][1],))))
    at_work.wait(lambda: at_work.said.startswith("✓ Contagem c1 confirmada: 1 de 2 itens certos (50 %)"))


def test_a_count_that_runs_already_has_the_keyboard_in_the_product(
    api: FakeApi, at_work: ProgramWindow
) -> None:
    running = Count("c1", OPEN, "l2", "Estoque", "", None, blind=False)
    api.shop_counts["c1"], api.count_lines["c1"] = running, []
    at_work.program.flow.go("count")
    counting = at_work.program.counts.counting
    at_work.wait(counting.form.winfo_viewable)
    assert at_work.has_focus(counting.product.entry)
    # Somebody else confirms it: the form of a new count has the keyboard then.
    api.shop_counts.clear()
    at_work.program.flow.server_back()
    at_work.wait(counting.beginning.winfo_viewable)
    assert at_work.has_focus(counting.beginning.where.entry)
    # Who is elsewhere stays there.
    counting.count.focus()
    api.shop_counts["c1"], api.count_lines["c1"] = running, []
    at_work.program.flow.server_back()
    at_work.wait(counting.form.winfo_viewable)
    assert at_work.has_focus(counting.count.entry)


def test_a_list_that_comes_late_leaves_the_keyboard_to_the_question(
    api: FakeApi, at_work: ProgramWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrives = threading.Event()
    arrives.set()
    asked, count_items = threading.Event(), api.count_items

    def slow_items(*wanted: Any) -> list[Item]:
        asked.set()
        assert arrives.wait(20)
        return count_items(*wanted)

    monkeypatch.setattr(api, "count_items", slow_items)
    api.shop_counts["c1"] = Count("c1", REVIEW, "l2", "Estoque", "", None, blind=False)
    api.found["c1"] = [Item("p1", "Parafuso 10mm", "l2", "Estoque", "", 18, 20, -2, ("maria",))]
    at_work.program.flow.go("count")
    review = at_work.program.counts.review
    at_work.program.counts.tabs.select(review)
    at_work.wait(lambda: review.table.visible_rows)
    review.table.tree.focus_set()
    arrives.clear()
    asked.clear()
    at_work.press("Down", "F6")
    at_work.wait(asked.is_set)
    at_work.buttons["Confirmar contagem…"].invoke()
    at_work.wait(lambda: review.question.is_asking)
    arrives.set()
    at_work.wait(lambda: review.table.viewport.selected == 0)
    assert at_work.has_focus(review.question.yes)


def test_a_burst_of_scans_loses_none(api: FakeApi, at_work: ProgramWindow) -> None:
    """A scanner is a keyboard: each code with its Enter, without waiting for the one before."""
    at_work.program.flow.go("count")
    counting = at_work.program.counts.counting
    counting.beginning.button.invoke()
    at_work.wait(counting.form.winfo_viewable)
    counting.scanner.invoke()
    codes = ["p1", "p3", "p4", "7891"] * 10
    api.hang()
    for code in codes:
        at_work.type(code)
        at_work.press("Return")
    assert counting.product.text == ""
    at_work.wait(lambda: counting.count.hint.startswith("40 leituras"))
    api.go_on()
    at_work.wait(lambda: len(api.count_lines["c1"]) == len(codes))
    totals = {line.name: line.total for line in api.count_lines["c1"]}
    assert totals == {"Parafuso 10mm": 10, "Café torrado": 10, "Porca 10mm": 10, "7891": 10}
    at_work.wait(lambda: "leitura" not in counting.count.hint)
    at_work.wait(lambda: counting.table.viewport.total == len(codes))


def test_who_logs_out_or_closes_before_the_server_answers_loses_no_scan(
    api: FakeApi, at_work: ProgramWindow, tmp_path: Path
) -> None:
    at_work.program.flow.go("count")
    counting = at_work.program.counts.counting
    counting.beginning.button.invoke()
    at_work.wait(counting.form.winfo_viewable)
    api.trouble_of = {"read_scan": api.away, "count_scan": api.away}
    at_work.scan("p1", "p3", "p4")
    at_work.wait(lambda: counting.count.hint.startswith("3 leituras"))
    at_work.buttons["Sair"].invoke()
    at_work.wait(lambda: at_work.screen == "login")
    assert at_work.program.login.message == (
        "3 leituras de contagem ficam guardadas neste computador e são enviadas quando maria entrar de novo."
    )
    at_work.log_in()
    at_work.wait(lambda: at_work.said.startswith("3 leituras de contagem estavam guardadas"))
    at_work.program.close()
    assert not at_work.is_open
    at_work.close()
    again = ProgramWindow(api, tmp_path)
    api.trouble_of = {}
    again.log_in()
    again.wait(lambda: again.said == "✓ 3 leituras guardadas foram contadas.")
    assert [line.name for line in api.count_lines["c1"]] == ["Parafuso 10mm", "Café torrado", "Porca 10mm"]
    again.close()


def test_the_agenda_leads_to_a_count(api: FakeApi, at_work: ProgramWindow) -> None:
    due = Due("p1", "Parafuso 10mm", "l2", "Estoque", "A", 20, None, date(2026, 1, 1), 12)
    api.due = Agenda({"A": 30, "B": 90, "C": 180}, 1, [due, replace(due, product_id="p2")])
    at_work.program.flow.go("count")
    screen = at_work.program.counts
    screen.tabs.select(screen.agenda)
    at_work.wait(lambda: screen.agenda.due.visible_rows)
    assert at_work.has_focus(screen.agenda.due.tree)
    screen.agenda.fold.invoke()
    at_work.wait(screen.agenda.intervals.winfo_viewable)
    at_work.press("Escape")
    assert not screen.agenda.intervals.winfo_viewable()
    screen.agenda.fold.invoke()
    at_work.wait(lambda: at_work.has_focus(screen.agenda.intervals.fields["A"].entry))
    at_work.type("7")
    at_work.press("Return")
    at_work.wait(lambda: screen.agenda.where.hint.endswith("A a cada 7 dias, B a cada 90, C a cada 180"))
    assert at_work.has_focus(screen.agenda.due.tree)
    at_work.press("Down", "Return")
    at_work.wait(screen.counting.form.winfo_viewable)
    assert screen.counting.count.text == "c1 · Estoque, 2 produtos, aberta"


def test_a_count_that_has_ended_is_looked_at_by_keys(api: FakeApi, at_work: ProgramWindow) -> None:
    api.right = Right(2, 1, 50.0, 92.86, 92.86, 10)
    api.rights = [replace(api.right, id="c1", at=AT)]
    api.ended = [Ended(Count("c1", "confirmada", "", "", "", None, False), AT, AT, "admin", api.right)]
    api.found["c1"] = [Item("p1", "Parafuso 10mm", "l2", "Estoque", "", 18, 20, -2, ("maria",))]
    at_work.program.flow.go("count")
    screen = at_work.program.counts
    history = screen.history
    screen.tabs.select(screen.agenda)
    at_work.wait(lambda: screen.agenda.counts.visible_rows)
    screen.agenda.counts.tree.focus_set()
    at_work.press("Down", "Return")
    at_work.wait(lambda: history.found_table.visible_rows)
    assert at_work.has_focus(history.found_table.tree)
    assert history.title.text == "c1 · a loja toda"
    at_work.press("Escape")
    at_work.wait(lambda: history.count_table.visible_rows)
    assert at_work.has_focus(history.count_table.tree)
    api.ended = api.ended * 2
    history.open.focus_set()
    at_work.press("F5")
    at_work.wait(lambda: history.situation.hint == "2 contagens")
    history.count_table.tree.focus_set()
    at_work.press("Down", "Return")
    at_work.wait(lambda: history.found_table.visible_rows)


def test_who_only_registers_decides_nothing(api: FakeApi, window: ProgramWindow) -> None:
    window.api.role = "operador"
    window.log_in()
    window.program.flow.go("count")
    screen = window.program.counts
    screen.tabs.select(screen.review)
    window.wait(lambda: "unfinished_counts" in api.calls)
    assert not {"Aceitar (F6)", "Confirmar contagem…", "Cancelar contagem…"} & set(window.buttons)
    screen.tabs.select(screen.agenda)
    window.wait(lambda: "count_accuracy" in api.calls)
    assert not screen.agenda.fold.winfo_manager()


def test_a_scanner_counts_from_whatever_field(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.program.flow.go("count")
    counting = at_work.program.counts.counting
    api.add_code("7891000100103", api.products[0])
    at_work.scan("7891000100103")
    at_work.wait(lambda: at_work.said == "✓ Parafuso 10mm: na lista da contagem.")
    counting.beginning.products.text = "p3"
    at_work.window.clipboard_clear()
    at_work.window.clipboard_append("p4\n7891000100103\n")
    counting.beginning.products.entry.event_generate("<<Paste>>")
    at_work.wait(lambda: counting.beginning.products.hint == "3 produtos na lista")
    counting.beginning.products.text = "888 999"
    counting.beginning.products.focus()
    at_work.press("Return")
    at_work.wait(lambda: counting.beginning.products.hint.endswith("2 sem produto"))
    counting.beginning.list.tree.focus_set()
    at_work.press("Shift-Delete")
    at_work.wait(lambda: counting.beginning.products.hint == "3 produtos na lista")
    assert counting.beginning.products.text == ""
    counting.beginning.button.invoke()
    at_work.wait(counting.form.winfo_viewable)
    at_work.window.clipboard_clear()
    at_work.window.clipboard_append("p3;4\np4\n")
    counting.product.entry.event_generate("<<Paste>>")
    at_work.wait(lambda: [line.quantity for line in api.count_lines["c1"]] == [4, 1])
    api.count_lines["c1"].clear()
    counting.lot.focus()
    at_work.scan(*["7891000100103"] * 20)
    at_work.wait(lambda: [line.total for line in api.count_lines["c1"]][-1:] == [20])
    assert counting.lot.text == ""
    assert [line.name for line in api.count_lines["c1"]] == ["Parafuso 10mm"] * 20
