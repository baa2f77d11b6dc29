"""A scanner at the real window, whatever has the keyboard."""

from __future__ import annotations

import pytest

from .fake_api import FakeApi
from .window import ProgramWindow

SCREW, COFFEE = "7891", "7893"


@pytest.fixture
def counter(api: FakeApi, at_work: ProgramWindow) -> ProgramWindow:
    """A window at a counter whose products have codes."""
    for product in api.products:
        api.add_code(f"789{product.id[1:]}", product)
    return at_work


def test_a_scan_lands_in_no_field_and_its_enter_presses_nothing(api: FakeApi, counter: ProgramWindow) -> None:
    entry = counter.entry
    entry.fold.invoke()
    note = entry.details.fields["note"]
    note.text = "veio molhado"
    note.focus()
    counter.scan(COFFEE)
    assert note.text == "veio molhado"
    assert (entry.product.text, entry.quantity.text) == ("Café torrado", "1")
    assert counter.has_focus(entry.quantity.entry)
    counter.scan(COFFEE)
    assert entry.quantity.text == "2"
    entry.button.focus_set()
    counter.scan(COFFEE)
    assert entry.quantity.text == "3"
    place = entry.details.fields["place"]
    place.focus()
    counter.scan(COFFEE)
    assert (entry.quantity.text, place.text) == ("4", "local padrão")
    assert api.entries == []
    counter.press("Return")
    counter.wait(lambda: api.entries)
    assert api.entries[0].quantity == 4


def test_fingers_still_type(api: FakeApi, counter: ProgramWindow) -> None:
    entry = counter.entry
    entry.product.focus()
    counter.press_at(*"p3", "Return", after_ms=60)
    counter.wait(lambda: entry.product.hint.startswith("✓"))
    assert entry.product.text == "Café torrado"
    counter.press_at(*"12", after_ms=60)
    # Two keys at once, and the Enter right after them.
    counter.press_at("5", "Return", after_ms=10)
    counter.wait(lambda: api.entries and not entry.button.is_busy)
    assert api.entries[0].quantity == 125
    kind = entry.details.fields["kind"]
    entry.fold.invoke()
    kind.focus()
    counter.press_at("d", after_ms=60)
    counter.update(0.1)
    assert kind.text == "Devolução de cliente"


def test_several_products_are_registered_together(api: FakeApi, counter: ProgramWindow) -> None:
    entry = counter.entry
    counter.scan(COFFEE, SCREW, SCREW, "7894", COFFEE)
    readings = entry.readings
    counter.update(0.1)
    assert [tuple(row) for row in readings.table.visible_rows] == [
        ("Café torrado", "", "2 UN"),
        ("Porca 10mm", "", "1 UN"),
        ("Parafuso 10mm", "", "2 UN"),
    ]
    assert counter.has_focus(readings.quantity.entry)
    counter.press("Down")
    assert readings.quantity.text == "1"
    counter.press_at(*"30", after_ms=60)
    counter.update(0.1)
    counter.press("Down", "Control-Delete")
    counter.update(0.1)
    assert [row[2] for row in readings.table.visible_rows] == ["2 UN", "30 UN"]
    assert readings.summary.text == "2 linhas · 32 UN"
    counter.press("Return")
    counter.wait(lambda: counter.said == "✓ 2 movimentos registrados.")
    assert [(e.product_id, e.quantity) for e in api.entries] == [("p4", 30), ("p3", 2)]
    assert [row[1] for row in counter.rows] == ["Café torrado", "Porca 10mm"]
    assert counter.has_focus(entry.product.entry)


def test_what_was_scanned_is_not_thrown_away_unasked(counter: ProgramWindow) -> None:
    counter.scan(COFFEE, SCREW)
    counter.buttons["Sair"].invoke()
    assert counter.said.startswith("⚠ O que foi lido ou contado ainda não foi registrado. Saia de novo")
    assert counter.screen == "entry"
    counter.program.close()
    assert counter.is_open
    assert counter.said.startswith("⚠ O que foi lido ainda não foi registrado.")
    counter.program.close()
    assert not counter.is_open


def test_an_unknown_code_is_attached_or_created_without_losing_the_place(
    api: FakeApi, counter: ProgramWindow
) -> None:
    strip, entry = counter.program.unknown, counter.entry
    counter.scan(COFFEE, SCREW, "5601")
    counter.wait(lambda: strip.label.text == "⚠ Desconhecido: 5601")
    assert counter.has_focus(entry.readings.quantity.entry)
    counter.press("F7")
    counter.type("porca")
    counter.wait(lambda: strip.product.popup.is_open)
    counter.press("Return")
    counter.wait(lambda: not strip.winfo_ismapped())
    counter.update(0.1)
    assert [row[0] for row in entry.readings.table.visible_rows] == [
        "Porca 10mm",
        "Parafuso 10mm",
        "Café torrado",
    ]
    assert counter.has_focus(entry.readings.quantity.entry)
    counter.scan("5602")
    counter.press("F6")
    assert counter.screen == "products"
    counter.type("Azeite")
    counter.press("Return")
    counter.wait(lambda: counter.screen == "entry")
    counter.wait(lambda: len(entry.readings.table.visible_rows) == 4)
    assert entry.readings.table.visible_rows[0][0] == "Azeite"
    assert [new.text for _product, new in api.attached] == ["5601", "5602"]


def test_on_the_page_of_passwords_a_scanner_is_a_keyboard(counter: ProgramWindow) -> None:
    counter.program.flow.go("password")
    counter.press_at(*COFFEE, after_ms=2)
    counter.update(0.1)
    assert counter.program.password.fields["current"].text == COFFEE


def test_while_a_code_is_asked_about_its_keys_are_not_those_of_the_page(counter: ProgramWindow) -> None:
    counter.register("Café torrado", "3")
    counter.scan("5601")
    # Here F6 prints labels of the last entry.
    counter.entry.product.focus()
    counter.press("F6")
    assert counter.screen == "products"
    counter.press("Escape")
    assert counter.screen == "entry"
    counter.press("F9")
    counter.entry.product.focus()
    counter.press("F6")
    assert counter.screen == "labels"
