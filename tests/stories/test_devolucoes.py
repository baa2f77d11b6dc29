"""Devoluções: from a customer, to a supplier."""

from __future__ import annotations

from decimal import Decimal

from .counter import Shop


def test_cliente_devolve_pelo_custo_da_saida(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")
    saida = loja_medio.issue(4)  # 4 × 5,00 = 20,00
    loja_medio.receive(6, "8.00")  # 12 for 78,00
    devolucao = loja_medio.return_from_customer(3, issue=saida)  # 3 of the 4: 15,00
    assert loja_medio.line_of(devolucao).cost == Decimal("15.00")
    assert loja_medio.stock() == (15, Decimal("93.00"))


def test_cliente_devolve_sem_dizer_de_que_venda(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")
    loja_medio.issue(4)
    loja_medio.receive(6, "8.00")  # 12 for 78,00: 6,50 each
    devolucao = loja_medio.return_from_customer(2)  # 2 × 6,50
    assert loja_medio.line_of(devolucao).cost == Decimal("13.00")
    assert loja_medio.average() == Decimal("6.50")


def test_devolucoes_em_partes_somam_exatamente_o_que_saiu(loja: Shop) -> None:
    loja.receive(3, "3.33", freight="0.01")  # 10,00 for three
    saida = loja.issue(3)
    partes = [loja.line_of(loja.return_from_customer(1, issue=saida)).cost for _ in range(3)]
    assert sum(partes) == Decimal("10.00")
    assert loja.stock() == (3, Decimal("10.00"))


def test_peps_devolucao_do_cliente_e_uma_camada_nova(loja_peps: Shop) -> None:
    loja_peps.receive(10, "5.00", on="01/01")
    loja_peps.receive(10, "7.00", on="02/01")
    saida = loja_peps.issue(12, on="03/01")  # 64,00: on the average 5,3333
    loja_peps.return_from_customer(3, issue=saida, on="04/01")  # 64,00 × 3 ÷ 12 = 16,00
    loja_peps.issue(8, on="05/01")  # those at 7,00 are older
    assert loja_peps.stock() == (3, Decimal("16.00"))


def test_devolve_ao_fornecedor_pelo_valor_da_entrada(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")
    cara = loja_medio.receive(10, "7.00")  # 120,00 for 20
    devolucao = loja_medio.return_to_supplier(2, entry=cara)  # 2 × 7,00, not 2 × 6,00
    assert loja_medio.line_of(devolucao).cost == Decimal("-14.00")
    assert loja_medio.stock() == (18, Decimal("106.00"))


def test_devolve_ao_fornecedor_sem_dizer_de_que_nota(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")
    loja_medio.receive(10, "7.00")
    devolucao = loja_medio.return_to_supplier(2)  # 2 × 6,00
    assert loja_medio.line_of(devolucao).cost == Decimal("-12.00")


def test_peps_devolve_ao_fornecedor_da_camada_da_nota(loja_peps: Shop) -> None:
    loja_peps.receive(10, "5.00")
    cara = loja_peps.receive(10, "7.00")
    loja_peps.return_to_supplier(4, entry=cara)  # 28,00: of the younger layer 6 stay
    assert loja_peps.stock() == (16, Decimal("92.00"))  # 50,00 + 6 × 7,00
    assert loja_peps.line_of(loja_peps.return_to_supplier(1)).cost == Decimal("-5.00")  # the oldest
