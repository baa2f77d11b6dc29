"""“Por que este saldo?”: arithmetic that a person can follow."""

from __future__ import annotations

import re

from almoxarife.features.reports import words
from almoxarife.ledger.rules import CUSTOMER_LOCATION, DEFAULT_LOCATION, SUPPLIER_LOCATION, Kind
from tests.databases import only_sqlite

from .desk import Desk
from .story import tell


def steps(desk: Desk, at_most: int = 100) -> list[str]:
    """Return the steps without the time of day, which depends on where the computer stands."""
    card = desk.card(1)
    return [
        re.sub(r" \d\d:\d\d:\d\d", "", text)
        for text in words.steps(card.opening, card.lines, at_most=at_most)
    ]


@only_sqlite
def test_each_step_says_what_was_what_came_and_what_is(desk: Desk) -> None:
    tell(desk)
    assert steps(desk) == [
        "02/01/2026 · nº 1, entrada: 0 + 10 = 10. "
        "Valor: R$ 0,00 + R$ 50,00 = R$ 50,00 (10 × R$ 5,00, como informado nele).",
        "05/01/2026 · nº 2, entrada: 10 + 10 = 20. "
        "Valor: R$ 50,00 + R$ 70,00 = R$ 120,00 (10 × R$ 7,00, como informado nele).",
        "08/01/2026 · nº 3, transferência: 20 + 0 = 20. Continua no estoque: 5 mudaram de local.",
        "10/01/2026 · nº 4, saída: 20 − 12 = 8. "  # noqa: RUF001
        "Valor: R$ 120,00 − R$ 72,00 = R$ 48,00 (12 × R$ 6,00, o custo do estoque naquele momento). "  # noqa: RUF001
        "Estornado depois pelo nº 5.",
        "15/01/2026 · nº 5, estorno do nº 4: 8 + 12 = 20. "
        "Valor: R$ 48,00 + R$ 72,00 = R$ 120,00 (12 × R$ 6,00, exatamente o que valeu o nº 4).",
    ]


@only_sqlite
def test_of_many_steps_the_last_ones_and_the_sum_of_those_before(desk: Desk) -> None:
    tell(desk)
    first, *rest = steps(desk, at_most=2)
    assert first == "3 movimentos antes: 20, no valor de R$ 120,00."
    assert rest == steps(desk)[3:]
    assert steps(desk, at_most=4)[0] == "1 movimento antes: 10, no valor de R$ 50,00."


@only_sqlite
def test_the_sum_by_kind_of_movement(desk: Desk) -> None:
    tell(desk)
    card = desk.card(1)
    assert words.summary(card.opening, card.lines, card.closing) == [
        "Antes: 0, no valor de R$ 0,00.",
        "+ 20: entrada (2 ×)",
        "− 12: saída (1 ×)",  # noqa: RUF001
        "+ 0: transferência (1 ×)",
        "+ 12: estornos (1 ×)",
        "0 + 20 − 12 + 0 + 12 = 20",  # noqa: RUF001
        "Portanto há 20, no valor de R$ 120,00: R$ 6,00 cada.",
    ]


@only_sqlite
def test_an_assumed_cost_and_its_correction_are_told(desk: Desk) -> None:
    desk.register(Kind.ISSUE, 2, "2026-01-02", source=DEFAULT_LOCATION, target=CUSTOMER_LOCATION)
    desk.register(
        Kind.ENTRY, 5, "2026-01-03", source=SUPPLIER_LOCATION, target=DEFAULT_LOCATION, unit_cost=3_0000
    )
    assert steps(desk) == [
        "02/01/2026 · nº 1, saída: 0 − 2 = -2. "  # noqa: RUF001
        "Valor: R$ 0,00 + R$ 0,00 = R$ 0,00 (2 × R$ 0,00, nenhum custo era conhecido).",
        "03/01/2026 · nº 2, entrada: -2 + 5 = 3. "
        "Valor: R$ 0,00 + R$ 15,00 = R$ 15,00 (5 × R$ 3,00, como informado nele). "
        "Corrigido em − R$ 6,00: R$ 9,00.",  # noqa: RUF001
    ]
