"""Every page of the real window and every kind of scan: what is to be seen of it there."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest

from almoxarife.client.balances import AtPlace, Balance
from almoxarife.client.codes import Reading, ReadLine
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.pages import PageName
from almoxarife.desktop.cadastro.scanning import presenter as scanning

from .fake_api import FakeApi
from .window import LIMIT_S, ProgramWindow

COFFEE, LOT, PLACE, WRONG, STRANGE, UNKNOWN = "7893", "v1", "l6", "7891000001081", "v9", "5600"
NAMED, PLACE_NAMED = "Café torrado (p3)", "Prateleira (l6)"
MISSED = f"{NAMED}: não está nesta lista."
PLACE_PATH = "Estoque / Prateleira"

Seen = Callable[[ProgramWindow], object]
# What is to be seen of a product, of the label of its lot, and of that of a place.
Expected = tuple[object, object, object]


def entry_like(name: PageName) -> tuple[PageName, Seen, Expected]:
    def seen(window: ProgramWindow) -> object:
        screen = window.program.movements[name]
        return (screen.product.text, screen.quantity.text, screen.details.fields["place"].text)

    # The lot is of a product that is not kept by lot here, so it is more of the same.
    usual = "local padrão"
    return (
        name,
        seen,
        (("Café torrado", "1", usual), ("Café torrado", "2", usual), ("Café torrado", "2", PLACE_PATH)),
    )


def transfer() -> tuple[PageName, Seen, Expected]:
    def seen(window: ProgramWindow) -> object:
        screen = window.program.movements["transfer"]
        return (screen.quantity.text, screen.details.fields["target"].text)

    return ("transfer", seen, (("1", ""), ("2", ""), ("2", PLACE_PATH)))


PAGES: Sequence[tuple[PageName, Seen, Expected]] = (
    entry_like("entry"),
    entry_like("issue"),
    transfer(),
    entry_like("adjustment"),
    ("products", lambda window: window.products.search.text, ("p3", "p3", "p3")),
    (
        "balances",
        # Where it is is shown at once.
        lambda window: (
            window.program.balances.list.search.text,
            window.program.balances.title.text,
            window.program.balances.where.text,
        ),
        (
            ("p3", "Café torrado", "todos os locais"),
            ("p3", "Café torrado", "todos os locais"),
            ("p3", "Onde está", PLACE_PATH),
        ),
    ),
    (
        "stock_card",
        lambda window: (window.program.stock_card.product.text, window.program.stock_card.where.text),
        (
            ("Café torrado", "loja inteira"),
            ("Café torrado", "loja inteira"),
            ("Café torrado", PLACE_PATH),
        ),
    ),
    ("reservations", lambda window: window.program.reservations.panel.list.search.text, ("p3", "p3", "p3")),
    ("product", lambda window: window.program.product.title, (NAMED, NAMED, NAMED)),
    (
        "labels",
        lambda window: [row[1] for row in window.program.labels.table.visible_rows],
        (["p3"], ["p3", "Lote A-1"], ["p3", "Lote A-1", "l6"]),
    ),
    (
        "records",
        lambda window: (window.said, window.program.records.panels[0].list.search.text),
        ((NAMED, ""), (NAMED, ""), ("", "l6")),
    ),
    (
        "analysis",
        lambda window: (window.program.analysis.product.text, window.program.analysis.where.text),
        (
            ("Café torrado", "todos os locais"),
            ("Café torrado", "todos os locais"),
            ("Café torrado", PLACE_PATH),
        ),
    ),
    (
        "alerts",
        lambda window: (window.said, window.program.alerts.list.where.text),
        ((MISSED, "todos os locais"), (MISSED, "todos os locais"), ("", PLACE_PATH)),
    ),
    ("purchases", lambda window: window.said, (MISSED, MISSED, f"{PLACE_NAMED}: não está nesta lista.")),
    ("pending", lambda window: window.said, (MISSED, MISSED, f"{PLACE_NAMED}: não está nesta lista.")),
    (
        "count",
        lambda window: (
            len(window.program.counts.counting.beginning.list.visible_rows),
            window.program.counts.counting.beginning.where.text,
        ),
        ((1, "a loja toda"), (1, "a loja toda"), (1, PLACE_PATH)),
    ),
)


def test_every_page_makes_of_every_scan_what_makes_sense_there(
    api: FakeApi, at_work: ProgramWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Good scans say nothing over what was wrong, for a while.
    monkeypatch.setattr(scanning, "STANDS_S", 0.01)
    stock(api)
    window, strip = at_work, at_work.program.unknown
    bells: list[str] = []
    strip.bell = lambda: bells.append("bell")  # type: ignore[assignment, method-assign, misc]
    for page, seen, expected in PAGES:
        if page == "product":
            window.program.flow.open_product(api.products[3])
        else:
            window.program.flow.go(page)
        # The page asks for what can be chosen there.
        window.wait(lambda: not window.program.jobs._alive)
        for scan, wanted in zip((COFFEE, LOT, PLACE), expected, strict=True):
            window.scan(scan)
            see(window, seen, wanted, f"{page}, {scan}")
        assert bells == [], page
        for scan, sentence in (
            (WRONG, f"⚠ Leitura {WRONG}: O dígito está errado."),
            (STRANGE, "⚠ Aqui não existe “v9”."),
            (UNKNOWN, "⚠ Ninguém tem o código 5600."),
        ):
            window.scan(scan)
            see(window, lambda window: window.said, sentence, f"{page}, {scan}")
            # An unknown code rings twice.
            see(window, lambda window: len(bells), 1 + (scan == UNKNOWN), f"{page}, {scan}, bells")
            assert bool(strip.winfo_manager()) == (scan == UNKNOWN), f"{page}, {scan}"
            bells.clear()
        window.press("F9")
        assert not strip.winfo_manager()


def see(window: ProgramWindow, seen: Seen, wanted: object, what: str) -> None:
    end = time.monotonic() + LIMIT_S
    while (found := seen(window)) != wanted:
        assert time.monotonic() < end, f"{what}: {found}, not {wanted}"
        window.update(0.01)


def stock(api: FakeApi) -> None:
    """Give coffee a code and a lot with a label, and the shop a shelf with one."""
    coffee = api.products[2]
    api.add_code(COFFEE, coffee)
    api.shop_balances = [Balance(coffee.id, coffee.name, 3, 0, 3, (AtPlace("l2", 3, 3),))]
    line = ReadLine(coffee, 1, "UN", 1, "nenhum")
    api.readings[LOT] = Reading("lote", LOT, None, (line,), lot="A-1", lot_id=LOT)
    shelf = Place(PLACE, "Prateleira", PLACE_PATH, "l2")
    api.shop_places.append(shelf)
    api.add_place_label(shelf)
    api.bad_scans[WRONG] = ("digito_verificador", "O dígito está errado.")
    api.bad_scans[STRANGE] = ("etiqueta_desconhecida", "Aqui não existe “v9”.")
