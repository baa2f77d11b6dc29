"""Codes that several suppliers have: whose goods they are is said once, in the field of the supplier."""

from __future__ import annotations

from almoxarife.client.codes import Reading, ReadLine

from .fake_api import FakeApi
from .fake_shop import partner
from .window import ProgramWindow

SENTENCE = "Vários fornecedores têm o código “7777”: Aurora, Boreal. Diga de quem são as mercadorias."


def test_the_supplier_is_asked_for_and_the_next_scan_means_his_goods(
    api: FakeApi, at_work: ProgramWindow
) -> None:
    window = at_work
    api.shop_partners = [partner("t1", "Aurora"), partner("t2", "Boreal")]
    api.bad_scans["7777"] = ("codigo_ambiguo", SENTENCE)
    for supplier, product in (("t1", api.products[0]), ("t2", api.products[1])):
        line = ReadLine(product, 1, "UN", 1, "nenhum")
        api.readings_of["7777", supplier] = Reading("fornecedor", "7777", None, (line,))
    window.scan("7777")
    window.wait(lambda: SENTENCE in window.said, window.said)
    field = window.entry.partner
    assert field is not None
    assert window.has_focus(field.entry)
    window.type("boreal")
    window.wait(lambda: field.popup.is_open)
    window.press("Return")
    assert field.hint.startswith("✓")
    window.scan("7777")
    window.wait(lambda: window.entry.product.text == "Parafuso sextavado 8")
    # On a page without suppliers nobody can be asked.
    window.program.flow.go("issue")
    window.scan("7777")
    window.wait(lambda: SENTENCE in window.said, window.said)
    assert window.screen == "issue"
