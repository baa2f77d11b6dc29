"""The words of the kinds of movements, for who needs no message."""

from __future__ import annotations

KIND_WORDS = (
    "entrada",
    "saida",
    "transferencia",
    "perda",
    "ajuste",
    "devolucao_cliente",
    "devolucao_fornecedor",
    "estorno",
)
