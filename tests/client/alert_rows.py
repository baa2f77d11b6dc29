"""An alert as the wire has it."""

from __future__ import annotations


def alert_row(number: int, **about: object) -> dict[str, object]:
    """Return the row of an open alert, with what is told about it in place of the usual."""
    row: dict[str, object] = {
        "id": f"a{number}",
        "tipo": "abaixo_minimo",
        "situacao": "aberto",
        "texto": "Café: 3 UN em Estoque, abaixo do mínimo de 10.",
        "produto_id": "p1",
        "nome_produto": "Café",
        "unidade": "UN",
        "local_id": "l2",
        "nome_local": "Estoque",
        "lote_id": None,
        "lote": None,
        "validade": None,
        "regra_id": None,
        "nome_regra": "",
        "movimento": None,
        "registrado_por": None,
        "quantidade": 3,
        "limite": 10,
        "ocorrencias": 1,
        "criado_em": "2026-11-24T15:00:00.000Z",
        "reconhecido_em": None,
        "reconhecido_por": None,
        "observacao": None,
        "resolvido_em": None,
    }
    return {**row, **about}
