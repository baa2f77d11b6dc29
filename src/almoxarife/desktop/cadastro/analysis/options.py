"""What is asked of one analysis alone: in which steps, for how many days, up to which limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from almoxarife.desktop.kit.formats import NumberError, parse_whole
from almoxarife.i18n import N_, _

# By the names of the wire.
OptionName = Literal["por", "dias_parado", "limite_a", "limite_b"]
STEP: OptionName = "por"
IDLE_DAYS: OptionName = "dias_parado"
LIMIT_A: OptionName = "limite_a"
LIMIT_B: OptionName = "limite_b"
STEPS = {"mes": N_("by month"), "semana": N_("by week"), "dia": N_("by day")}


class Number(NamedTuple):
    """A whole number: what stands there at first, and the most."""

    usual: str
    most: int


NUMBERS: dict[OptionName, Number] = {
    IDLE_DAYS: Number("90", 3_660),
    LIMIT_A: Number("80", 99),
    LIMIT_B: Number("95", 100),
}
_OPTIONS_OF: dict[str, tuple[OptionName, ...]] = {
    "abc": (LIMIT_A, LIMIT_B),
    "parado": (IDLE_DAYS,),
    "consumo": (STEP,),
}


def options_of(analysis: str) -> Sequence[OptionName]:
    """Return what can be asked of an analysis by its name on the wire."""
    return _OPTIONS_OF.get(analysis, ())


def read_options(
    analysis: str, texts: Mapping[OptionName, str]
) -> tuple[dict[str, str | int], dict[OptionName, str]]:
    """Return what is asked of an analysis, and what is wrong with the texts that it was typed in."""
    values: dict[str, str | int] = {}
    wrong: dict[OptionName, str] = {}
    for name in options_of(analysis):
        if name == STEP:
            values[name] = next(step for step, title in STEPS.items() if _(title) == texts[name])
            continue
        try:
            values[name] = parse_whole(texts[name], maximum=NUMBERS[name].most)
        except NumberError as error:
            wrong[name] = str(error)
    return values, wrong
