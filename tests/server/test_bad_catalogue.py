"""Every bad request about the catalogue: refused as told, and nothing changed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from almoxarife.features.categories.tables import category
from almoxarife.features.health.service import Pulse
from almoxarife.features.partners.tables import partner
from almoxarife.features.pictures.tables import product_picture
from almoxarife.features.products.tables import product, product_change, product_unit
from almoxarife.features.units.tables import unit
from almoxarife.routing.services import service

from .corpus import Case
from .corpus_partners import partner_cases
from .corpus_products import product_cases
from .in_process import Caller, open_app
from .refusing import check_refusal

TABLES = (product, product_change, product_unit, product_picture, unit, category, partner)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Caller]:
    """A shop for all cases together: p1 in stock, p2, c1 > c2, and t1, who has a CPF, and t2."""
    folder = tmp_path_factory.mktemp("catalogue")
    shutil.copy(sqlite_template, folder / "almoxarife.db")
    with open_app(folder) as app:
        caller = Caller(app)
        caller.register("admin")
        caller.log_in("admin")
        for path, body in (
            ("/produtos", {"nome": "Parafuso 10mm"}),
            ("/inventario", {"produto_id": "p1", "quantidade": 5}),
            ("/produtos", {"nome": "Porca"}),
            ("/categorias", {"nome": "Ferragens"}),
            ("/categorias", {"nome": "Inox", "pai_id": "c1"}),
            ("/parceiros", {"tipo": "cliente", "nome": "Ana", "documento": "529.982.247-25"}),
            ("/parceiros", {"tipo": "ambos", "nome": "Aurora"}),
        ):
            assert caller.post(path, body).status == 201
        yield caller


def state(caller: Caller) -> list[object]:
    """Everything that a request could have changed."""
    with caller.app.app_context():
        database = service(Pulse)._database
    with database.snapshot() as connection:
        return [row for table in TABLES for row in connection.execute(select(table))]


@pytest.mark.parametrize("case", product_cases() + partner_cases(), ids=lambda case: case.name)
def test_it_is_refused_as_told_and_changes_nothing(shop: Caller, case: Case) -> None:
    before = state(shop)
    check_refusal(case, shop.send(case.method, case.path, case.body, case.headers))
    assert state(shop) == before
    assert len(before) == 2 + 8 + 2 + 2
