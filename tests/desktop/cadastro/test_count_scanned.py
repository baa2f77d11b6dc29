"""What a scan does where a count is reviewed, and in the agenda, without a window."""

from __future__ import annotations

from datetime import date

from almoxarife.client.accounts import Account
from almoxarife.client.count_calendar import Agenda, Due
from almoxarife.client.products import Product

from .count_stage import counting_stage, item
from .fake_codes import label_of_place, reading

LAMP, DRILL = Product("p2", "Lâmpada"), Product("p3", "Furadeira")


def test_a_scan_leads_to_the_item_of_a_count() -> None:
    stage = counting_stage()
    stage.begin()
    stage.counting.set_scanning(True)
    stage.scan("7891000000000")
    stage.api.close_count("c1")
    stage.api.found["c1"] = [item("p1", counted=18), item("p2", counted=3), item("p3", counted=None)]
    review, view = stage.review, stage.review_view
    review.begin(Account("maria", "gerente"))
    review.start()
    assert review.scan(reading(LAMP))
    assert (view.selected, stage.last_said) == (1, "Lâmpada (p2)")
    for expected in (0, 1, 0):
        assert review.scan(label_of_place("l2", "Estoque"))
        assert view.selected == expected
    # Nobody has counted it, so it is no difference.
    assert review.scan(reading(DRILL))
    assert (view.selected, stage.last_said) == (0, "Furadeira (p3): não está nesta lista.")
    review.choose_kind("códigos desconhecidos")
    assert review.scan(reading(LAMP))
    review.resolve(0)
    assert stage.last_said == "“7891000000000” é Lâmpada."


def test_a_scan_leads_to_what_is_due() -> None:
    stage = counting_stage()
    due = [
        Due("p2", "Lâmpada", "l7", "Depósito", "B", 3, None, date(2026, 11, 1), 2),
        Due("p3", "Furadeira", "l2", "Estoque", "C", 1, None, date(2027, 1, 1), -40),
    ]
    stage.api.due = Agenda({"A": 30, "B": 90, "C": 180}, 1, due)
    stage.agenda.start()
    assert stage.agenda.scan(reading(DRILL))
    assert stage.agenda_view.selected == 1
    assert stage.agenda.scan(label_of_place("l7", "Depósito"))
    assert stage.agenda_view.place == "Depósito"
    assert stage.agenda.scan(reading(Product("p9", "Cola")))
    assert stage.last_said == "Cola (p9): não está nesta lista."
