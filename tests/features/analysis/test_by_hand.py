"""Ten products, ten days, and every figure worked out by hand.

Period: 1 to 10 January 2026 (10 days). All goods come in on 31 December 2025. “day 6: 50”: 50 went out on 6 January.

| p  | bought | cost  | went out                        | consumed | value  | share  | cumulated | class |
|----|--------|-------|---------------------------------|----------|--------|--------|-----------|-------|
| 1  | 100    | 50,00 | day 6: 50                       | 50       | 2.500  | 50 %   | 50 %      | A     |
| 2  | 100    | 25,00 | day 1: 50                       | 50       | 1.250  | 25 %   | 75 %      | A     |
| 3  | 20     | 50,00 | day 3: 5, day 8: 5              | 10       | 500    | 10 %   | 85 %      | A     |
| 4  | 50     | 10,00 | day 2: 30, back on day 4: 5     | 25       | 250    | 5 %    | 90 %      | B     |
| 5  | 20     | 20,00 | day 10: 10                      | 10       | 200    | 4 %    | 94 %      | B     |
| 6  | 10     | 10,00 | day 5: 10                       | 10       | 100    | 2 %    | 96 %      | B     |
| 7  | 40     | 5,00  | day 6: 20; 20 more were undone  | 20       | 100    | 2 %    | 98 %      | C     |
| 8  | 60     | 1,00  | day 1: 60                       | 60       | 60     | 1,2 %  | 99,2 %    | C     |
| 9  | 40     | 2,00  | day 9: 20; 10 moved, 5 lost     | 20       | 40     | 0,8 %  | 100 %     | C     |
| 10 | 7      | 3,00  | nothing                         | 0        |        |        |           | none  |

Sum of the values: 5.000. p3 begins at 75 %, below the 80 % of A, and is the one that reaches them; p6 begins at 94 %,
below the 95 % of B.

Mean stock: the mean of what was there at the end of each of the ten days.

| p  | closings               | mean | turnover  | × 36,5  | days a turn | left | coverage in days |
|----|------------------------|------|-----------|---------|-------------|------|------------------|
| 1  | 5 × 100, 5 × 50        | 75   | 50 ÷ 75   | 24,3333 | 15          | 50   | 50 ÷ 5 = 10      |
| 2  | 10 × 50                | 50   | 1         | 36,5    | 10          | 50   | 10               |
| 3  | 2 × 20, 5 × 15, 3 × 10 | 14,5 | 10 ÷ 14,5 | 25,1724 | 14,5        | 10   | 10               |
| 4  | 50, 2 × 20, 7 × 25     | 26,5 | 25 ÷ 26,5 | 34,4340 | 10,6        | 25   | 25 ÷ 2,5 = 10    |
| 5  | 9 × 20, 10             | 19   | 10 ÷ 19   | 19,2105 | 19          | 10   | 10               |
| 6  | 4 × 10, 6 × 0          | 4    | 2,5       | 91,25   | 4           | 0    | 0                |
| 7  | 5 × 40, 5 × 20         | 30   | 20 ÷ 30   | 24,3333 | 15          | 20   | 10               |
| 8  | 10 × 0                 | 0    | none      | none    | none        | 0    | 0                |
| 9  | 4 × 40, 4 × 35, 2 × 15 | 33   | 20 ÷ 33   | 22,1212 | 16,5        | 15   | 15 ÷ 2 = 7,5     |
| 10 | 10 × 7                 | 7    | 0         | 0       | none        | 7    | none             |

p7: 20 went out on day 6, another 20 on day 6, which were undone on the same day. p9: 5 were lost on day 5; what was
moved to the shelf is still in the shop.
"""

from __future__ import annotations

from unittest.mock import patch

import pytest

from almoxarife import long_work
from almoxarife.features.analysis import store
from almoxarife.features.analysis.rules.asked import AnalysisName
from almoxarife.features.costs import service as costs
from almoxarife.ledger.rules import CUSTOMER_LOCATION, DEFAULT_LOCATION, Kind
from almoxarife.long_work import Stage
from almoxarife.storage.database import Database

from .study import SHELF, WHO, Study, facts, plain

BOUGHT = "2025-12-31"
FIRST, LAST = "2026-01-01", "2026-01-10"
BOUGHT_UNITS = (100, 100, 20, 50, 20, 10, 40, 60, 40, 7)
COSTS = (50, 25, 50, 10, 20, 10, 5, 1, 2, 3)
ISSUES = (
    (1, 50, 6),
    (2, 50, 1),
    (3, 5, 3),
    (3, 5, 8),
    (4, 30, 2),
    (5, 10, 10),
    (6, 10, 5),
    (7, 20, 6),
    (8, 60, 1),
    (9, 20, 9),
)


def day(number: int) -> str:
    return f"2026-01-{number:02d}"


@pytest.fixture
def study(database: Database) -> Study:
    """The table's shop."""
    study = Study(database, products=10)
    for product, (units, cost) in enumerate(zip(BOUGHT_UNITS, COSTS, strict=True), start=1):
        study.move(Kind.ENTRY, product, units, BOUGHT, unit_cost=cost * 10_000)
    for product, units, number in ISSUES:
        study.move(Kind.ISSUE, product, units, day(number))
    study.move(Kind.CUSTOMER_RETURN, 4, 5, day(4))
    undone = study.move(Kind.ISSUE, 7, 20, day(6))
    study.move(Kind.REVERSAL, 7, 20, day(6), way=(CUSTOMER_LOCATION, DEFAULT_LOCATION), reverses=undone)
    study.move(Kind.TRANSFER, 9, 10, day(2))
    study.move(Kind.LOSS, 9, 5, day(5))
    return study


def test_the_ten_products(study: Study) -> None:
    curve = study.found("abc", FIRST, LAST)
    assert [
        (
            row["produto_id"],
            row["consumo"],
            row["valor"],
            row["participacao"],
            row["acumulado"],
            row["classe"],
        )
        for row in plain(curve)
    ] == [
        ("p1", "50", "2500", "50", "50", "A"),
        ("p2", "50", "1250", "25", "75", "A"),
        ("p3", "10", "500", "10", "85", "A"),
        ("p4", "25", "250", "5", "90", "B"),
        ("p5", "10", "200", "4", "94", "B"),
        ("p6", "10", "100", "2", "96", "B"),
        ("p7", "20", "100", "2", "98", "C"),
        ("p8", "60", "60", "1.2", "99.2", "C"),
        ("p9", "20", "40", "0.8", "100", "C"),
    ]
    assert facts(curve) == {
        "dias": "10",
        "classe_a_produtos": "3",
        "classe_a_valor": "4250",
        "classe_b_produtos": "3",
        "classe_b_valor": "550",
        "classe_c_produtos": "3",
        "classe_c_valor": "200",
    }
    keys = ("estoque_medio", "giro", "giro_anual", "dias_por_giro")
    turned = {
        row["produto_id"]: tuple(row[key] for key in keys) for row in plain(study.found("giro", FIRST, LAST))
    }
    assert turned == {
        "p1": ("75", "0.6667", "24.3333", "15"),
        "p2": ("50", "1", "36.5", "10"),
        "p3": ("14.5", "0.6897", "25.1724", "14.5"),
        "p4": ("26.5", "0.9434", "34.434", "10.6"),
        "p5": ("19", "0.5263", "19.2105", "19"),
        "p6": ("4", "2.5", "91.25", "4"),
        "p7": ("30", "0.6667", "24.3333", "15"),
        "p8": ("0", None, None, None),
        "p9": ("33", "0.6061", "22.1212", "16.5"),
        "p10": ("7", "0", "0", None),
    }
    covered = [
        (row["produto_id"], row["saldo"], row["consumo_diario"], row["cobertura_dias"])
        for row in plain(study.found("cobertura", FIRST, LAST))
    ]
    assert covered == [
        ("p6", "0", "1", "0"),
        ("p8", "0", "6", "0"),
        ("p9", "15", "2", "7.5"),
        ("p1", "50", "5", "10"),
        ("p2", "50", "5", "10"),
        ("p3", "10", "1", "10"),
        ("p4", "25", "2.5", "10"),
        ("p5", "10", "1", "10"),
        ("p7", "20", "2", "10"),
        ("p10", "7", "0", None),
    ]
    # A product that took another one's place has that one's consumption, too: p8's 60 become p10's.
    study.changes.merge(WHO, "p8", "p10")
    merged = {row["produto_id"]: row["valor"] for row in plain(study.found("abc", FIRST, LAST))}
    assert "p8" not in merged
    assert merged["p10"] == "60"
    # Of the shelf alone nothing was consumed; moving is no consumption.
    assert plain(study.found("abc", FIRST, LAST, place_id=f"l{SHELF}")) == []
    shelf = plain(study.found("cobertura", FIRST, LAST, place_id=f"l{SHELF}"))
    assert [(row["produto_id"], row["saldo"]) for row in shelf] == [("p9", "10")]


def test_it_tells_how_far_it_is_and_counts_nothing_twice(study: Study) -> None:
    whole = {name: study.found(name, FIRST, LAST).table for name in AnalysisName}
    told: list[tuple[Stage, int, int]] = []
    # As if there were so many movements that each product is a part of its own.
    with patch.object(store, "_LINES_AT_ONCE", 1), long_work.told(lambda *far: told.append(far)):
        for name in AnalysisName:
            assert study.found(name, FIRST, LAST).table == whole[name], name
    assert (Stage.SUMS, 3, 10) in told
    assert all(done <= total for _stage, done, total in told)


def test_it_ends_where_it_is_stopped_and_goes_on_when_it_is_asked_for_again(study: Study) -> None:
    class Stop(Exception):
        pass

    valued: list[int] = []

    def stop(stage: Stage, done: int, total: int) -> None:
        assert stage is Stage.COSTS
        valued.append(done)
        if len(valued) == 3:
            raise Stop

    with patch.object(costs, "_LINES_AT_ONCE", 1):
        with pytest.raises(Stop), long_work.told(stop):
            study.found("abc", FIRST, LAST)
        assert valued == sorted(set(valued))
        assert len(plain(study.found("abc", FIRST, LAST))) == 9
