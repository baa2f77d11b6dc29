"""Which of the movements that wait a scan is about."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from almoxarife.client.outbox.rows import Kept
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.pending.rows import is_about

from .fake_alerts import NOON
from .fake_codes import label_of_place, reading

SCREW, OTHER_SCREW = Product("p1", "Parafuso"), Product("p2", "Parafuso")
SHELF = label_of_place("l6", "Prateleira")


@pytest.mark.parametrize(
    ("body", "of_product", "of_shelf"),
    [
        ({"produto_id": "p1", "quantidade": 3}, True, False),
        ({"tipo": "saida", "produto_id": "p1", "local_id": "l6"}, True, True),
        ({"tipo": "transferencia", "produto_id": "p1", "local_id": "l2", "para_local_id": "l6"}, True, True),
        # Another one with the same name is not meant, unless the movement has nothing but the name.
        ({"produto_id": "p2", "quantidade": 3}, False, False),
        ({"tipo": "estorno", "estorna": "7f1c2f3e-0000-4000-8000-000000000001"}, True, False),
    ],
)
def test_a_scan_is_about_a_movement(body: Mapping[str, object], of_product: bool, of_shelf: bool) -> None:
    kept = Kept("a", "maria", body, OTHER_SCREW.name, NOON, "waiting")
    assert (is_about(kept, reading(SCREW)), is_about(kept, SHELF)) == (of_product, of_shelf)
