"""What waits on this computer, in the real window."""

from __future__ import annotations

import re
from pathlib import Path

from almoxarife.client.errors import Refused

from .fake_api import FakeApi
from .window import ProgramWindow


def test_offline_movements_are_counted_listed_and_sent(api: FakeApi, at_work: ProgramWindow) -> None:
    for product, quantity in (("café", "50"), ("p1", "7"), ("p2", "8")):
        at_work.choose(product)
        api.trouble_of = {"register": api.away}
        at_work.entry.quantity.text = quantity
        at_work.entry.button.invoke()
        at_work.wait(lambda: not at_work.entry.button.is_busy)
    at_work.wait(lambda: at_work.pending == "3 pendentes")
    at_work.press("F4")
    assert at_work.screen == "pending"
    at_work.wait(lambda: len(at_work.program.pending.table.visible_rows) == 3)
    rows = at_work.program.pending.table.visible_rows
    assert [row[1:3] for row in rows] == [
        ("Café torrado (entrada)", "50"),
        ("Parafuso 10mm (entrada)", "7"),
        ("Parafuso sextavado 8 (entrada)", "8"),
    ]
    assert {row[3] for row in rows} == {"espera pelo servidor"}
    pending = at_work.program.pending
    assert pending.discard.instate(["disabled"])
    # A scan selects the next movement of its product.
    api.add_code("7891", api.products[0])
    pending.again.focus_set()
    at_work.scan("7891")
    at_work.wait(lambda: pending.table.viewport.selected == 1)
    assert at_work.has_focus(pending.table.tree)
    assert at_work.said.startswith("Parafuso 10mm")
    at_work.scan("p4")
    at_work.wait(lambda: at_work.said == "Porca 10mm (p4): não está nesta lista.")
    api.trouble_of = {}
    at_work.press("F5")
    at_work.wait(lambda: at_work.pending == "")
    assert [entry.quantity for entry in api.entries] == [50, 7, 8]
    at_work.wait(lambda: at_work.program.pending.table.visible_rows == [])
    at_work.press("Escape")
    assert at_work.screen == "entry"
    assert [row[2] for row in at_work.rows] == ["8", "7", "50"]


def test_a_program_that_ended_leaves_its_movements_to_the_next_one(
    api: FakeApi, at_work: ProgramWindow, tmp_path: Path
) -> None:
    at_work.choose("café")
    api.trouble_of = {"register": api.away}
    at_work.entry.quantity.text = "50"
    at_work.entry.button.invoke()
    at_work.wait(lambda: at_work.pending == "1 pendente")
    at_work.close()
    again = ProgramWindow(api, tmp_path)
    again.wait(lambda: again.pending == "1 pendente")
    assert api.entries == []
    api.trouble_of = {}
    again.log_in()
    again.wait(lambda: len(api.entries) == 1)
    again.wait(lambda: again.pending == "")
    again.close()


def test_what_was_refused_is_corrected_or_discarded_by_a_person(api: FakeApi, at_work: ProgramWindow) -> None:
    for product in ("café", "p1"):
        at_work.choose(product)
        api.trouble_of = {"register": api.away}
        at_work.entry.quantity.text = "50"
        at_work.entry.button.invoke()
        at_work.wait(lambda: not at_work.entry.button.is_busy)
    sentence = "Só há 3."
    refusal = Refused(sentence, status=409, code="estoque_insuficiente", field="quantidade")
    api.trouble_of = {"register": refusal}
    at_work.program.dispatch.deliver()
    at_work.wait(lambda: at_work.pending == "⚠ 2 a resolver")
    assert at_work.said == "⚠ O servidor recusou 2 movimentos pendentes: veja com F4."
    api.trouble_of = {}
    at_work.program.frame.status.pending.invoke()
    pending = at_work.program.pending
    at_work.wait(lambda: len(pending.table.visible_rows) == 2)
    assert pending.table.visible_rows[0][3] == f"⚠ {sentence}"
    assert re.match(
        r"Café torrado \(entrada\) · 50 · Registrado por maria em \S+ às \S+\. O servidor recusou: Só há 3\.",
        pending.explanation.text,
    )
    assert pending.all_again.instate(["disabled"]), "none is missing"
    at_work.press("F2")
    assert at_work.screen == "entry"
    assert (at_work.entry.product.text, at_work.entry.quantity.text) == ("Café torrado", "50")
    assert at_work.entry.quantity.error == f"⚠ {sentence}"
    at_work.entry.quantity.text = "3"
    at_work.press("Return")
    at_work.wait(lambda: at_work.pending == "⚠ 1 a resolver")
    assert [(entry.product_id, entry.quantity) for entry in api.entries] == [("p3", 3)]
    at_work.press("F4")
    at_work.wait(lambda: len(pending.table.visible_rows) == 1)
    at_work.press("Delete")
    assert pending.question.label.text == "Descartar de vez 50 de Parafuso 10mm (entrada)?"
    at_work.press("Escape")
    assert not pending.question.is_asking
    at_work.press("Delete", "Return")
    at_work.wait(lambda: at_work.pending == "")
    assert len(api.entries) == 1
