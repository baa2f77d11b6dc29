"""A shop that lets goods go out before their entry is written."""

from __future__ import annotations

from decimal import Decimal

from almoxarife.features.costs.rules.lines import Basis

from .counter import Shop


def test_sai_mais_do_que_ha_e_a_entrada_corrige(loja: Shop) -> None:
    loja.receive(2, "5.00")
    saida = loja.line_of(loja.issue(5))  # 2 × 5,00 and three more at 5,00, the last cost known
    assert (saida.cost, saida.basis) == (Decimal("-25.00"), Basis.LAST_KNOWN)
    assert loja.stock() == (-3, Decimal("-15.00"))
    entrada = loja.line_of(
        loja.receive(10, "7.00")
    )  # 70,00; three of them are gone already: 3 × 7,00 = 21,00
    # They were taken at 15,00 and cost 21,00: 6,00 less stay.
    assert (entrada.cost, entrada.correction) == (Decimal("70.00"), Decimal("-6.00"))
    assert loja.stock() == (7, Decimal("49.00"))  # 7 × 7,00


def test_a_entrada_nao_basta(loja: Shop) -> None:
    loja.receive(1, "4.00")
    loja.issue(4)  # 4,00 and 3 × 4,00: three are missing, for 12,00
    entrada = loja.line_of(loja.receive(2, "6.00"))  # two of the three: 8,00 were assumed, 12,00 it is
    assert entrada.correction == Decimal("-4.00")
    assert loja.stock() == (-1, Decimal("-4.00"))
    loja.receive(1, "6.00")
    assert loja.stock() == (0, 0)


def test_vende_o_que_nunca_teve_custo(loja: Shop) -> None:
    saida = loja.line_of(loja.issue(2))
    assert saida.cost == 0
    assert saida.basis is Basis.UNKNOWN
    assert loja.stock() == (-2, 0)
    loja.receive(5, "3.00")  # 15,00, of which two went: 6,00
    assert loja.stock() == (3, Decimal("9.00"))


def test_estorno_da_entrada_que_ja_saiu(loja: Shop) -> None:
    entrada = loja.receive(10, "5.00")
    loja.issue(10)
    loja.reverse(entrada)  # Ten less than nothing, at the 5,00 that are known.
    assert loja.stock() == (-10, Decimal("-50.00"))


def test_estorno_da_saida_sem_estoque_salda_a_divida(loja: Shop) -> None:
    loja.receive(2, "5.00")
    saida = loja.issue(5)
    loja.reverse(saida)
    assert loja.stock() == (2, Decimal("10.00"))
