"""Custo médio ponderado móvel: each entry mixes with what is there, each issue takes the average."""

from __future__ import annotations

from decimal import Decimal

from almoxarife.features.costs.rules.lines import Basis

from .counter import Shop


def test_recebe_dez_a_cinco_e_dez_a_sete_e_saem_doze(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")  # 10 ×  5,00 =  50,00
    loja_medio.receive(10, "7.00")  # 10 ×  7,00 =  70,00: together 20 for 120,00, each 6,00
    saida = loja_medio.issue(12)  #   12 ×  6,00 =  72,00 go
    assert loja_medio.line_of(saida).cost == Decimal("-72.00")
    assert loja_medio.quantity() == 8
    assert loja_medio.value() == Decimal("48.00")  # 120,00 - 72,00
    assert loja_medio.average() == Decimal("6.00")


def test_entrada_lancada_com_atraso_antes_da_saida(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00", on="02/01")
    saida = loja_medio.issue(8, on="10/01")
    # As long as nobody knows better: 8 × 5,00 = 40,00 go, 2 for 10,00 stay.
    assert loja_medio.line_of(saida).cost == Decimal("-40.00")
    assert loja_medio.value() == Decimal("10.00")
    # The invoice of the 5th is found later: 10 × 7,00 = 70,00. On the 10th there were 20 for 120,00.
    loja_medio.receive(10, "7.00", on="05/01")
    assert loja_medio.line_of(saida).cost == Decimal("-48.00")  # 8 × 6,00
    assert loja_medio.quantity() == 12
    assert loja_medio.value() == Decimal("72.00")  # 120,00 - 48,00
    assert [line.movement for line in loja_medio.card()] == [1, 3, 2]


def test_transferencia_nao_muda_valor(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")
    troca = loja_medio.transfer(4)  # From the store-room to the shop: still the same 10 for 50,00.
    assert loja_medio.line_of(troca).cost == 0
    assert loja_medio.stock() == (10, Decimal("50.00"))


def test_um_centavo_que_nao_se_divide(loja_medio: Shop) -> None:
    loja_medio.receive(3, "3.33", freight="0.01")  # 9,99 + 0,01 = 10,00 for three
    custos = [loja_medio.line_of(loja_medio.issue(1)).cost for _ in range(3)]
    # 10,00 ÷ 3 = 3,33333…, taken as 3,3333. Then 6,6667 ÷ 2 = 3,33335: half way, to the even 3,3334.
    # The last one takes what is left.
    assert custos == [Decimal("-3.3333"), Decimal("-3.3334"), Decimal("-3.3333")]
    assert sum(custos) == Decimal("-10.00")
    assert loja_medio.stock() == (0, 0)


def test_perda_sai_pelo_medio_e_nao_o_altera(loja_medio: Shop) -> None:
    loja_medio.receive(6, "2.00")  # 12,00
    loja_medio.receive(4, "4.50")  # 18,00: 10 for 30,00, each 3,00
    perda = loja_medio.lose(3)  # 3 broken: 9,00
    assert loja_medio.line_of(perda).cost == Decimal("-9.00")
    assert (loja_medio.value(), loja_medio.average()) == (Decimal("21.00"), Decimal("3.00"))


def test_sobra_na_contagem_entra_pelo_medio(loja_medio: Shop) -> None:
    loja_medio.receive(10, "3.00")
    ajuste = loja_medio.adjust(2)  # Counted 12 where 10 were written: two more at 3,00.
    assert loja_medio.line_of(ajuste).cost == Decimal("6.00")
    assert (loja_medio.value(), loja_medio.average()) == (Decimal("36.00"), Decimal("3.00"))


def test_entrada_sem_custo_toma_o_medio_e_fica_marcada(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00")
    loja_medio.receive(10, "7.00")
    sem_nota = loja_medio.receive(5)  # Nobody said what they cost: 5 × 6,00 = 30,00
    assert loja_medio.line_of(sem_nota).cost == Decimal("30.00")
    assert loja_medio.line_of(sem_nota).basis is Basis.STOCK
    assert loja_medio.average() == Decimal("6.00")


def test_entrada_sem_custo_de_estoque_vazio_toma_o_ultimo_custo(loja_medio: Shop) -> None:
    nunca = loja_medio.receive(1)  # The first of all, and nobody knows: 0,00
    loja_medio.issue(1)
    loja_medio.receive(4, "2.50")
    loja_medio.issue(4)
    sem_nota = loja_medio.receive(2)  # Nothing there, 2,50 is the last that was known: 5,00
    assert loja_medio.line_of(nunca).basis is Basis.UNKNOWN
    assert loja_medio.line_of(nunca).cost == 0
    assert loja_medio.line_of(sem_nota).basis is Basis.LAST_KNOWN
    assert loja_medio.value() == Decimal("5.00")


def test_valor_do_estoque_em_uma_data_passada(loja_medio: Shop) -> None:
    loja_medio.receive(10, "5.00", on="02/01")
    loja_medio.receive(10, "7.00", on="05/01")
    loja_medio.issue(12, on="10/01")
    assert loja_medio.value(before="02/01") == 0
    assert loja_medio.value(before="05/01") == Decimal("50.00")
    assert loja_medio.value(before="10/01") == Decimal("120.00")
    assert loja_medio.value(before="11/01") == Decimal("48.00")
