"""PEPS (FIFO): what came in first goes out first, at its own cost."""

from __future__ import annotations

from decimal import Decimal

from .counter import Shop


def test_recebe_dez_a_cinco_e_dez_a_sete_e_saem_doze(loja_peps: Shop) -> None:
    loja_peps.receive(10, "5.00")  # 50,00
    loja_peps.receive(10, "7.00")  # 70,00
    saida = loja_peps.issue(12)  # 10 × 5,00 + 2 × 7,00 = 64,00
    assert loja_peps.line_of(saida).cost == Decimal("-64.00")
    assert loja_peps.quantity() == 8
    assert loja_peps.value() == Decimal("56.00")  # 8 × 7,00


def test_entrada_lancada_com_atraso_e_a_primeira_a_sair(loja_peps: Shop) -> None:
    loja_peps.receive(10, "7.00", on="05/01")
    saida = loja_peps.issue(8, on="10/01")
    assert loja_peps.line_of(saida).cost == Decimal("-56.00")  # 8 × 7,00
    loja_peps.receive(10, "5.00", on="02/01")  # The older ones were there all the time.
    assert loja_peps.line_of(saida).cost == Decimal("-40.00")  # 8 × 5,00
    assert loja_peps.value() == Decimal("80.00")  # 2 × 5,00 + 10 × 7,00


def test_transferencia_nao_muda_a_ordem_das_camadas(loja_peps: Shop) -> None:
    loja_peps.receive(10, "5.00")
    loja_peps.receive(10, "7.00")
    loja_peps.transfer(20)
    assert loja_peps.value() == Decimal("120.00")
    assert loja_peps.line_of(loja_peps.issue(10)).cost == Decimal("-50.00")


def test_um_centavo_que_nao_se_divide(loja_peps: Shop) -> None:
    loja_peps.receive(3, "3.33", freight="0.01")  # 10,00 for three
    custos = [loja_peps.line_of(loja_peps.issue(1)).cost for _ in range(3)]
    assert sum(custos) == Decimal("-10.00")
    assert loja_peps.stock() == (0, 0)


def test_entrada_sem_custo_toma_o_medio_das_camadas(loja_peps: Shop) -> None:
    loja_peps.receive(10, "5.00")
    loja_peps.receive(10, "7.00")
    sem_nota = loja_peps.receive(5)  # 120,00 for 20: 6,00 each, a layer of 30,00
    assert loja_peps.line_of(sem_nota).cost == Decimal("30.00")
    loja_peps.issue(20)  # The two others
    assert loja_peps.stock() == (5, Decimal("30.00"))
