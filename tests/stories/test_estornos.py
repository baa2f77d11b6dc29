"""Estornos: a mistake is taken back exactly, whatever happened since."""

from __future__ import annotations

from decimal import Decimal

from .counter import Shop


def test_estorna_a_primeira_entrada_depois_da_saida(loja_medio: Shop) -> None:
    primeira = loja_medio.receive(10, "5.00", on="02/01")  # 50,00
    loja_medio.receive(10, "7.00", on="03/01")  # 120,00 for 20
    loja_medio.issue(5, on="04/01")  # 5 × 6,00 = 30,00; 15 for 90,00 stay
    estorno = loja_medio.reverse(primeira, on="05/01")  # takes 10 and the 50,00 that they brought
    assert loja_medio.line_of(estorno).cost == Decimal("-50.00")
    assert loja_medio.stock() == (5, Decimal("40.00"))


def test_o_mesmo_estorno_na_data_da_entrada_recalcula_a_saida(loja_medio: Shop) -> None:
    primeira = loja_medio.receive(10, "5.00", on="02/01")
    loja_medio.receive(10, "7.00", on="03/01")
    saida = loja_medio.issue(5, on="04/01")
    loja_medio.reverse(primeira, on="02/01")  # As if it had never come: there were only 10 × 7,00.
    assert loja_medio.line_of(saida).cost == Decimal("-35.00")  # 5 × 7,00
    assert loja_medio.stock() == (5, Decimal("35.00"))


def test_peps_estorna_a_primeira_entrada_depois_da_saida(loja_peps: Shop) -> None:
    primeira = loja_peps.receive(10, "5.00", on="02/01")
    loja_peps.receive(10, "7.00", on="03/01")
    loja_peps.issue(8, on="04/01")  # 8 × 5,00 = 40,00; 2 at 5,00 and 10 at 7,00 stay: 80,00
    estorno = loja_peps.line_of(loja_peps.reverse(primeira, on="05/01"))
    # 50,00 go back. But 8 of the ten had gone at 5,00: they must have been of those at 7,00, 8 × 2,00 = 16,00 more.
    assert (estorno.cost, estorno.correction) == (Decimal("-50.00"), Decimal("-16.00"))
    assert loja_peps.stock() == (2, Decimal("14.00"))  # 2 × 7,00


def test_estorno_de_saida_traz_de_volta_o_que_ela_levou(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")
    saida = loja_medio.issue(4)  # 20,00
    loja_medio.receive(6, "8.00")  # 6 for 30,00 and 6 for 48,00: 12 for 78,00, each 6,50
    estorno = loja_medio.reverse(saida)  # 4 at 5,00, as they went, not at 6,50
    assert loja_medio.line_of(estorno).cost == Decimal("20.00")
    assert loja_medio.stock() == (16, Decimal("98.00"))


def test_peps_estorno_de_saida_refaz_as_camadas(loja_peps: Shop) -> None:
    loja_peps.receive(10, "5.00")
    loja_peps.receive(10, "7.00")
    saida = loja_peps.issue(12)  # ten at 5,00, two at 7,00
    loja_peps.reverse(saida)
    assert loja_peps.value() == Decimal("120.00")
    # They are again where they were: the next to go are the ten at 5,00.
    assert loja_peps.line_of(loja_peps.issue(10)).cost == Decimal("-50.00")
    assert loja_peps.line_of(loja_peps.issue(10)).cost == Decimal("-70.00")


def test_estorno_que_esvazia_o_estoque_leva_os_ultimos_centavos(loja_medio: Shop) -> None:
    primeira = loja_medio.receive(10, "5.00")
    loja_medio.receive(10, "7.00")
    loja_medio.issue(10)  # 60,00
    estorno = loja_medio.line_of(loja_medio.reverse(primeira))  # 50,00 of the 60,00 that are left …
    # … and no unit is left for the other 10,00: what is not there is worth nothing.
    assert (estorno.cost, estorno.correction) == (Decimal("-50.00"), Decimal("-10.00"))
    assert loja_medio.stock() == (0, 0)


def test_o_que_fica_nunca_vale_menos_que_nada(loja_medio: Shop) -> None:
    cara = loja_medio.receive(10, "100.00")
    loja_medio.receive(10, "1.00")  # 1010,00 for 20: 50,50 each
    loja_medio.issue(9)  # 454,50; 11 for 555,50 stay
    estorno = loja_medio.line_of(loja_medio.reverse(cara))  # 1000,00 are more than the stock is worth.
    assert (estorno.cost, estorno.correction) == (Decimal("-1000.00"), Decimal("444.50"))
    assert loja_medio.stock() == (1, 0)


def test_estorno_datado_antes_do_que_estorna_vale_junto_com_ele(loja: Shop) -> None:
    entrada = loja.receive(10, "5.00", on="03/01")
    loja.reverse(entrada, on="01/01")
    assert [line.movement for line in loja.card()] == [1, 2]
    assert loja.stock() == (0, 0)
