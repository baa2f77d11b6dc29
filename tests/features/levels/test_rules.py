"""What levels there may be: in order, exact, and saying something."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.levels.rules import Level, LevelsContradict, check_order, check_precision, units_of


@pytest.mark.parametrize(
    ("minimum", "target", "maximum"),
    [(1, None, None), (0, 0, None), (0, None, 0), (5, 5, 5), (2, None, 9), (2, 5, 9), (0, 5, None)],
)
def test_levels_in_order(minimum: int, target: int | None, maximum: int | None) -> None:
    check_order(Level(1, 1, None, minimum, target, maximum))


@pytest.mark.parametrize(
    ("minimum", "target", "maximum", "lower", "higher"),
    [
        (5, 4, None, "minimo", "alvo"),
        (5, 4, 9, "minimo", "alvo"),
        (5, None, 4, "minimo", "maximo"),
        (2, 5, 4, "alvo", "maximo"),
        (1, 0, 0, "minimo", "alvo"),
    ],
)
def test_levels_that_contradict_each_other(
    minimum: int, target: int | None, maximum: int | None, lower: str, higher: str
) -> None:
    with pytest.raises(LevelsContradict) as refusal:
        check_order(Level(1, 1, None, minimum, target, maximum))
    assert refusal.value.parameters == {"lower": lower, "higher": higher, "field": higher}


def test_levels_that_say_nothing() -> None:
    with pytest.raises(InvalidField) as refusal:
        check_order(Level(1, 1, None, 0, None, None))
    assert refusal.value.parameters == {"field": "minimo", "reason": "no_level"}


@pytest.mark.parametrize(
    ("text", "units"), [("0", 0), ("2.5", 25_000), ("0.0001", 1), ("999999999", 9_999_999_990_000)]
)
def test_exact_levels(text: str, units: int) -> None:
    assert units_of(Decimal(text), "target") == units


@pytest.mark.parametrize(
    ("text", "reason"),
    [("-1", "negative"), ("0.00001", "too_many_decimals"), ("1000000000", "too_large")],
)
def test_what_is_no_level(text: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refusal:
        units_of(Decimal(text), "maximum")
    assert (refusal.value.parameters["field"], refusal.value.parameters["reason"]) == ("maximo", reason)


@pytest.mark.parametrize(
    ("units", "decimals", "fits"),
    [
        (25_000, 1, True),
        (25_000, 0, False),
        (30_000, 0, True),
        (25_500, 1, False),
        (1, 4, True),
        (1, 3, False),
    ],
)
def test_parts_of_a_unit(units: int, decimals: int, fits: bool) -> None:
    level = Level(1, 1, None, 0, units, None)
    if fits:
        check_precision(level, decimals)
        return
    with pytest.raises(InvalidField) as refusal:
        check_precision(level, decimals)
    assert refusal.value.parameters == {"field": "alvo", "reason": "too_many_decimals", "maximum": decimals}
