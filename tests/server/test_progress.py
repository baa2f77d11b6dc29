"""Long work over HTTP: it is looked at and stopped while it is under way, and then answered as stopped."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.service import Costs
from almoxarife.long_work import Stage, step

from .in_process import Caller


@pytest.mark.parametrize("path", ["/analises/giro?", "/analises/abc?formato=xlsx&", "/compras/sugestao?"])
def test_work_is_stopped_while_it_is_under_way(caller: Caller, path: str) -> None:
    other = Caller(caller.app, token=caller.token)
    seen: list[object] = []

    def value(_costs: Costs) -> Method:
        step(Stage.COSTS, 1, 3)
        seen.append(other.get("/andamento?id=w1").json())
        seen.append(other.post("/andamento/parar", {"id": "w1"}).status)
        step(Stage.COSTS, 2, 3)
        raise AssertionError("it was stopped")

    with patch.object(Costs, "bring_up_to_date", value):
        answer = caller.get(f"{path}andamento=w1")
    assert seen == [{"etapa": "custos", "feito": 1, "total": 3}, 200]
    assert (answer.status, answer.json()["codigo"]) == (409, "trabalho_parado")
    # It has ended; asked for again it is worked out.
    gone = caller.get("/andamento?id=w1").json()
    assert (gone["codigo"], gone["campo"]) == ("andamento_inexistente", "id")
    assert caller.post("/andamento/parar", {"id": "w1"}).status == 404
    assert caller.get(f"{path}andamento=w1").status == 200


def test_what_cannot_be_an_id_is_refused(caller: Caller) -> None:
    for path in ("/andamento", f"/andamento?id={'x' * 37}", f"/analises/abc?andamento={'x' * 37}"):
        assert caller.get(path).status == 400
