"""Notas: freight, tax and discount are part of what goods cost; packs and kilograms become stock units."""

from __future__ import annotations

from decimal import Decimal

from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.rules.money import MONEY_SCALE, spread

from .counter import Shop
from .paper import PaperShop


def test_frete_repartido_entre_duas_linhas_da_nota() -> None:
    # A note of two lines: 20 screws at 1,00 = 20,00 and 5 hinges at 16,00 = 80,00; 15,01 of freight for both.
    valores = [20_00 * MONEY_SCALE // 100, 80_00 * MONEY_SCALE // 100]
    frete = spread(15_01 * MONEY_SCALE // 100, valores)
    # A fifth and four fifths: 3,0020 and 12,0080.
    assert [Decimal(parte) / MONEY_SCALE for parte in frete] == [Decimal("3.0020"), Decimal("12.0080")]
    parafusos, dobradicas = PaperShop(Method.AVERAGE), PaperShop(Method.AVERAGE)
    parafusos.receive(20, "1.00", freight="3.0020")
    dobradicas.receive(5, "16.00", freight="12.0080")
    assert parafusos.value() == Decimal("23.0020")
    assert dobradicas.value() == Decimal("92.0080")
    assert parafusos.value() + dobradicas.value() == Decimal("115.01")  # 100,00 + 15,01, to the last cent


def test_imposto_e_desconto_compoem_o_custo(loja_medio: Shop) -> None:
    # 10 × 5,00 = 50,00; freight 4,00; tax 2,50; discount 1,50: 55,00 for ten, 5,50 each.
    loja_medio.receive(10, "5.00", freight="4.00", tax="2.50", discount="1.50")
    assert loja_medio.average() == Decimal("5.50")
    assert loja_medio.line_of(loja_medio.issue(4)).cost == Decimal("-22.00")


def test_caixa_de_doze_recebida_e_cinco_unidades_saem(loja: Shop) -> None:
    # One box of 12 for 36,00: 12 units at 3,00.
    loja.receive(12, "3.00")
    assert loja.line_of(loja.issue(5)).cost == Decimal("-15.00")
    assert loja.stock() == (7, Decimal("21.00"))


def test_quilos_com_tres_decimais(loja_medio: Shop) -> None:
    loja_medio.receive("2.500", "12.90")  # 32,25
    loja_medio.receive("1.250", "13.50")  # 16,875: 3,750 kg for 49,125, a kilogram 13,10
    saida = loja_medio.issue("0.375")  # 0,375 × 13,10 = 4,9125
    assert loja_medio.line_of(saida).cost == Decimal("-4.9125")
    assert loja_medio.stock() == (Decimal("3.375"), Decimal("44.2125"))
    assert loja_medio.average() == Decimal("13.10")
