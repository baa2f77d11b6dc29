"""Analyses over HTTP, alike on both databases: formats, parameters, refusals."""

from __future__ import annotations

import io

import openpyxl
import pytest

from .in_process import Caller

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def shop(caller: Caller) -> Caller:
    """A shop that has bought and sold; one name would be a formula."""
    for name in ("=Parafuso", "Tinta"):
        caller.post("/produtos", {"nome": name})
    for product, units, cost, sold in (("p1", 10, "2.50", 4), ("p2", 5, 30, 3)):
        for body in (
            {"quantidade": units, "custo_unitario": cost},
            {"quantidade": sold, "tipo": "saida"},
        ):
            answer = caller.post("/inventario", {"produto_id": product, **body})
            assert answer.status == 201, answer.body
    return caller


def test_every_analysis_in_every_format(shop: Caller) -> None:
    found = shop.get("/analises/abc").json()
    assert (found["analise"], found["dias"], found["continua"]) == ("abc", 365, False)
    keys = ("posicao", "produto_id", "nome_produto", "consumo", "valor", "participacao", "classe")
    assert [tuple(row[key] for key in keys) for row in found["linhas"]] == [
        (1, "p2", "Tinta", 3, 90, 90, "A"),
        (2, "p1", "=Parafuso", 4, 10, 10, "B"),
    ]
    assert found["grafico"] == {
        "tipo": "dinheiro",
        "nomes": ["Tinta", "=Parafuso"],
        "valores": [90, 10],
        "acumulado": [90, 100],
    }
    for name in ("abc", "giro", "cobertura", "parado", "envelhecimento", "perdas", "consumo"):
        # The caller compares each answer with the documents.
        assert shop.get(f"/analises/{name}?por=dia&desde=2026-01-01&limite=3").status == 200
        assert shop.get(f"/analises/{name}?formato=svg").body.startswith(b"<svg")
    sheet = shop.get("/analises/abc?formato=csv")
    assert sheet.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'attachment; filename="abc-' in sheet.headers["Content-Disposition"]
    assert "2;p1;'=Parafuso;UN;4;10;10;100;B\r\n" in sheet.body.decode("utf-8-sig")
    book = shop.send("GET", "/analises/abc", None, {"Accept": XLSX, "Authorization": f"Bearer {shop.token}"})
    assert book.headers["Content-Type"] == XLSX
    assert openpyxl.load_workbook(io.BytesIO(book.body)).worksheets[0]["C3"].value == "=Parafuso"
    # Who takes anything, as browsers do, or what there is not, gets JSON.
    for accept in ("*/*", "image/png"):
        answer = shop.send(
            "GET", "/analises/abc", None, {"Accept": accept, "Authorization": f"Bearer {shop.token}"}
        )
        assert answer.headers["Content-Type"] == "application/json"


def test_what_cannot_be_asked_is_refused(shop: Caller) -> None:
    for path, status, code, field in (
        ("/analises/xyz", 404, "analise_inexistente", "nome"),
        ("/analises/abc?desde=ontem", 400, "campo_invalido", "desde"),
        ("/analises/abc?ate=2999-01-01", 400, "campo_invalido", "ate"),
        ("/analises/abc?desde=2026-02-01&ate=2026-01-01", 400, "campo_invalido", "ate"),
        ("/analises/abc?desde=1990-01-01", 400, "periodo_longo_demais", "desde"),
        ("/analises/abc?limite_a=95", 400, "limites_invertidos", "limite_a"),
        ("/analises/abc?limite_b=101", 400, "campo_invalido", "limite_b"),
        ("/analises/abc?formato=pdf", 400, "campo_invalido", "formato"),
        ("/analises/abc?limite=0", 400, "campo_invalido", "limite"),
        ("/analises/parado?dias_parado=0", 400, "campo_invalido", "dias_parado"),
        ("/analises/consumo?por=ano", 400, "campo_invalido", "por"),
        ("/analises/abc?local_id=l9", 404, "local_inexistente", "local_id"),
        ("/analises/abc?categoria_id=c9", 404, "categoria_inexistente", "categoria_id"),
        ("/analises/abc?produto_id=p9", 404, "produto_inexistente", "produto_id"),
    ):
        problem = shop.get(path).json()
        assert (problem["status"], problem["codigo"], problem["campo"]) == (status, code, field), path
