"""What lies there, how old it is, what was lost, and what was consumed by day, week and month, by hand."""

from __future__ import annotations

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.analysis.rules import asked as rules
from almoxarife.features.categories.rules import CategoryNotFound
from almoxarife.features.locations.rules import PlaceNotFound
from almoxarife.features.products.rules import ProductNotFound
from almoxarife.ledger.rules import CUSTOMER_LOCATION, DEFAULT_LOCATION, LOSS_LOCATION, Kind
from almoxarife.storage.database import Database

from .study import SHELF, WHO, Study, facts, plain

LAST = "2026-06-30"


@pytest.fixture
def study(database: Database) -> Study:
    """Five products with different pasts."""
    study = Study(database, products=5)
    # p1: came on five days, each in another class of age on 30 June; 25 went out.
    for day, units in (
        ("2025-12-01", 10),
        ("2026-02-15", 10),
        ("2026-04-10", 10),
        ("2026-05-20", 10),
        ("2026-06-20", 10),
    ):
        study.move(Kind.ENTRY, 1, units, day, unit_cost=2_0000)
    study.move(Kind.ISSUE, 1, 25, "2026-06-25")
    # p2: never sold, came 100 days before the end. p3: sold once 90 days before. p4: sold 89 days before.
    study.move(Kind.ENTRY, 2, 8, "2026-03-22", unit_cost=5_0000)
    study.move(Kind.ENTRY, 3, 6, "2026-01-05", unit_cost=100_0000)
    study.move(Kind.ISSUE, 3, 1, "2026-04-01")
    study.move(Kind.ENTRY, 4, 6, "2026-01-05", unit_cost=1_0000)
    study.move(Kind.ISSUE, 4, 1, "2026-04-02")
    # p5: never sold, but came yesterday: that is not dead.
    study.move(Kind.ENTRY, 5, 4, "2026-06-29", unit_cost=1_0000)
    return study


def test_dead_stock_and_age(study: Study) -> None:
    dead = study.found("parado", "2026-06-01", LAST)
    keys = ("produto_id", "saldo", "valor", "ultima_saida", "dias_parado")
    assert [tuple(row[key] for key in keys) for row in plain(dead)] == [
        ("p3", "5", "500", "2026-04-01", "90"),
        ("p2", "8", "40", None, "100"),
    ]
    assert facts(dead) == {"dias": "90", "produtos": "2", "valor": "540"}
    # At the end of April p1 had never been sold, for 150 days; the others moved in that month, or came in March.
    april = plain(study.found("parado", "2026-04-01", "2026-04-30"))
    assert [tuple(row[key] for key in keys) for row in april] == [("p1", "30", "60", None, "150")]
    aged = study.found("envelhecimento", "2026-06-01", LAST)
    ages = ("0_30", "31_60", "61_90", "91_180", "181_mais")
    assert {row["produto_id"]: tuple(row[f"saldo_{age}"] for age in ages) for row in plain(aged)} == {
        # What is there of the 50 are the 25 that came last: 10 of June, 10 of May, 5 of April.
        "p1": ("10", "10", "5", "0", "0"),
        "p2": ("0", "0", "0", "8", "0"),
        "p3": ("0", "0", "0", "5", "0"),
        "p4": ("0", "0", "0", "5", "0"),
        "p5": ("4", "0", "0", "0", "0"),
    }
    assert facts(aged) == {
        "valor_0_30": "24",
        "valor_31_60": "20",
        "valor_61_90": "10",
        "valor_91_180": "545",
        "valor_181_mais": "0",
    }
    # The last day of a class is in it: 30 days before 30 June is 31 May.
    study.move(Kind.ENTRY, 5, 1, "2026-05-31", unit_cost=1_0000)
    study.move(Kind.ENTRY, 5, 2, "2026-05-30", unit_cost=1_0000)
    row = next(row for row in plain(study.found("envelhecimento", LAST, LAST)) if row["produto_id"] == "p5")
    assert (row["saldo_0_30"], row["saldo_31_60"]) == ("5", "2")


def test_losses_by_reason(study: Study) -> None:
    broken, late = (study.reasons.create(name).number for name in ("Caiu no chão", "Foi roído"))
    study.move(Kind.LOSS, 1, 3, "2026-06-26", reason_id=broken)
    study.move(Kind.LOSS, 4, 2, "2026-06-26", reason_id=broken)
    study.move(Kind.LOSS, 3, 1, "2026-06-27", reason_id=late)
    study.move(Kind.LOSS, 5, 2, "2026-06-28")
    study.move(Kind.LOSS, 2, 1, "2026-05-31", reason_id=late)
    undone = study.move(Kind.LOSS, 2, 4, "2026-06-28", reason_id=late)
    way = (LOSS_LOCATION, DEFAULT_LOCATION)
    study.move(Kind.REVERSAL, 2, 4, "2026-06-29", way=way, reverses=undone)
    lost = study.found("perdas", "2026-06-01", LAST)
    # 3 × 2,00 + 2 × 1,00 = 8,00; 100,00; p5 came on the day after and nobody knew its cost.
    assert [tuple(row.values()) for row in plain(lost)] == [
        ("Foi roído", "1", "100", "92.5926"),
        ("Caiu no chão", "2", "8", "7.4074"),
        ("sem motivo", "1", "0", "0"),
    ]
    assert facts(lost)["valor"] == "108"


def test_consumption_by_day_week_and_month(study: Study) -> None:
    study.move(Kind.ISSUE, 1, 2, "2026-06-01")
    study.move(Kind.CUSTOMER_RETURN, 1, 1, "2026-06-07")
    study.move(Kind.ISSUE, 1, 4, "2026-06-08")
    undone = study.move(Kind.ISSUE, 1, 7, "2026-06-08")
    # Undone after the period, and yet it never counts.
    way = (CUSTOMER_LOCATION, DEFAULT_LOCATION)
    study.move(Kind.REVERSAL, 1, 7, "2026-06-20", way=way, reverses=undone)

    def rows(first: str, last: str, step: str, **asked: str) -> list[tuple[str | None, ...]]:
        found = study.found("consumo", first, last, step=rules.Step(step), **asked)
        return [tuple(row.values()) for row in plain(found)]

    # Saturday to Tuesday: a week begins on Monday, and the first one is cut.
    assert rows("2026-06-06", "2026-06-09", "semana", product_id="p1") == [
        ("2026-06-06", "2", "1", "-1", "-2"),
        ("2026-06-08", "2", "1", "4", "8"),
    ]
    assert rows("2026-06-07", "2026-06-09", "dia") == [
        ("2026-06-07", "1", "1", "-2"),
        ("2026-06-08", "1", "1", "8"),
        ("2026-06-09", "1", "0", "0"),
    ]
    months = rows("2026-03-15", LAST, "mes")
    assert [month[:2] for month in months] == [
        ("2026-03-15", "17"),
        ("2026-04-01", "30"),
        ("2026-05-01", "31"),
        ("2026-06-01", "30"),
    ]
    # April: 1 of p3 at 100,00 and 1 of p4 at 1,00. June: 2 - 1 + 4 + 25 of p1 at 2,00.
    assert [month[3] for month in months] == ["0", "101", "0", "60"]


def test_of_a_category_a_place_and_a_product(study: Study) -> None:
    tools = study.categories.create("Ferramentas", None)
    screws = study.categories.create("Parafusos", f"c{tools.number}")
    study.changes.change(WHO, "p3", None, {"category_id": f"c{screws.number}"})
    whole, tool = study.found("abc", "2026-01-01", LAST), f"c{tools.number}"
    assert [row["produto_id"] for row in plain(whole)] == ["p3", "p1", "p4"]
    assert [row["produto_id"] for row in plain(study.found("abc", "2026-01-01", LAST, category_id=tool))] == [
        "p3"
    ]
    assert [row["produto_id"] for row in plain(study.found("parado", LAST, LAST, category_id=tool))] == ["p3"]
    first = study.found("abc", "2026-01-01", LAST, most_rows=1)
    assert (len(first.table.rows), first.more) == (1, True)
    assert plain(study.found("abc", "2026-01-01", LAST, product_id="p4"))[0]["acumulado"] == "100"
    study.move(Kind.TRANSFER, 2, 3, "2026-06-28")
    study.move(Kind.ISSUE, 2, 1, "2026-06-29", way=(SHELF, CUSTOMER_LOCATION))
    shelf = plain(study.found("giro", "2026-06-27", LAST, place_id=f"l{SHELF}"))
    # 3 on the 28th, 2 on the 29th and 30th, none on the 27th: 7 ÷ 4.
    assert [(row["produto_id"], row["consumo"], row["estoque_medio"]) for row in shelf] == [
        ("p2", "1", "1.75")
    ]
    aged = plain(study.found("envelhecimento", LAST, LAST, place_id=f"l{SHELF}"))
    assert [(row["produto_id"], row["saldo_0_30"]) for row in aged] == [("p2", "2")]


def test_what_is_refused(study: Study) -> None:
    for refusal, name, asked in (
        (rules.AnalysisNotFound, "abcd", {}),
        (InvalidField, "abc", {"since": "ontem"}),
        (InvalidField, "abc", {"until": "2999-01-01"}),
        (InvalidField, "abc", {"since": "2026-02-01", "until": "2026-01-01"}),
        (InvalidField, "abc", {"until": "0001-01-01"}),
        (rules.PeriodTooLong, "abc", {"since": "0001-01-02"}),
        (rules.PeriodTooLong, "abc", {"since": "2016-01-01", "until": "2026-01-08"}),
        (rules.LimitsCrossed, "abc", {"limit_a": 95_0000}),
        (rules.LimitsCrossed, "abc", {"limit_a": 0}),
        (PlaceNotFound, "giro", {"place_id": "l9"}),
        (PlaceNotFound, "abc", {"place_id": "l9"}),
        (CategoryNotFound, "abc", {"category_id": "c9"}),
        (ProductNotFound, "abc", {"product_id": "p9"}),
    ):
        with pytest.raises(refusal):
            study.analyses.analyse(name, rules.Asked(**asked))
