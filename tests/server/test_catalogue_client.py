"""The catalogue as the desktop programs reach it: their own library against a real server."""

from __future__ import annotations

import pytest

from almoxarife.client import accounts, categories, partners, products, units
from almoxarife.client.errors import Refused
from almoxarife.client.session import Session

from .running import ApiServer

A_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"


def test_a_walk_through_the_catalogue(server: ApiServer) -> None:
    session = Session(f"http://127.0.0.1:{server.port}")
    accounts.register(session, "admin", "1234")
    accounts.log_in(session, "admin", "1234")

    category = categories.create(session, "Alimentos")
    units.create(session, "sc", "Saco", 1)
    made = products.create(session, "Café", {"unidade": "KG", "categoria_id": category.id})
    seen = products.get(session, made.id)
    assert (seen.unit, seen.category_id, seen.version) == ("KG", category.id, 1)
    changed = products.change(session, made.id, seen.version, {"observacoes": "Guardar seco."})
    with pytest.raises(Refused) as stale:
        products.change(session, made.id, seen.version, {"observacoes": ""})
    assert (stale.value.code, stale.value.field) == ("versao_desatualizada", "If-Match")
    kept = products.set_units(session, made.id, changed.version, {"SC": 60})
    assert products.units(session, made.id) == kept
    assert products.put_picture(session, made.id, A_JPEG) == "image/jpeg"
    assert products.picture(session, made.id) == A_JPEG
    twin = products.create(session, "Cafe")
    assert products.merge(session, twin.id, made.id).merged == (twin.id,)
    assert products.search(session, "caf", 9, active_only=True) == [made]
    assert [one.id for one in products.page(session, category_id=category.id)] == [made.id]
    assert [one.action for one in products.changes(session, made.id)] == ["alterado"] * 3 + ["recebeu"]

    aurora = partners.create(
        session, {"tipo": "fornecedor", "nome": "Aurora", "documento": "12.ABC.345/01DE-35"}
    )
    with pytest.raises(Refused) as taken:
        partners.create(session, {"tipo": "cliente", "nome": "Outra", "documento": "12ABC34501DE35"})
    assert taken.value.code == "documento_em_uso"
    assert partners.deactivate(session, aurora.id).version == 2
    assert partners.search(session, "12abc", active=True) == []
