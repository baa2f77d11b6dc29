"""Whether our analyses say what another tool works out from the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from bench.consumption import OnCurve, Stocked

# Quantities, values and ratios are whole ones of 1/10,000.
ONE = 10_000
Rows = Sequence[Mapping[str, Any]]


def differences(
    rows: Callable[[str], Rows],
    products: Mapping[str, int],
    curve: Sequence[OnCurve],
    stock: Mapping[str, Stocked],
    days: int,
) -> list[str]:
    """Return in words where the curve, turnover and coverage of a period of so many days are not the other tool's.

    ``rows`` returns what an analysis finds of the period, with whole numbers; ``products``: each code's number.
    """
    found = []
    ours = [(row["produto_id"], row["consumo"], row["valor"], row["classe"]) for row in rows("abc")]
    theirs = [(f"p{products[one.code]}", one.units * ONE, one.value, one.letter) for one in curve]
    if len(ours) != len(theirs):
        found.append(f"abc: {len(ours)} != {len(theirs)}")
    found += [f"abc: {mine} != {other}" for mine, other in zip(ours, theirs, strict=False) if mine != other]
    turned, covered = _by_product(rows("giro")), _by_product(rows("cobertura"))
    consumed = {one.code: one.units for one in curve}
    for code, there in stock.items():
        number, units = f"p{products[code]}", consumed.get(code, 0)
        if there.closings > 0:
            expected = {"estoque_medio": round(Fraction(there.closings * ONE, days))}
            if units:
                expected["giro"] = round(Fraction(units * days * ONE, there.closings))
            found += _unlike("giro", code, turned.get(number, {}), expected)
        if units:
            expected = {
                "saldo": there.last * ONE,
                "cobertura_dias": round(Fraction(max(0, there.last) * days * ONE, units)),
            }
            found += _unlike("cobertura", code, covered.get(number, {}), expected)
    return found


def _by_product(rows: Rows) -> dict[str, Mapping[str, Any]]:
    return {row["produto_id"]: row for row in rows}


def _unlike(name: str, code: str, row: Mapping[str, Any], expected: Mapping[str, int]) -> list[str]:
    return [
        f"{name} {code}: {key} {row.get(key)} != {value}"
        for key, value in expected.items()
        if row.get(key) != value
    ]
