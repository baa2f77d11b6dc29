"""The units in which a product can be typed beside its own, such as a box of 12."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from almoxarife.client.products import Units
from almoxarife.contract.units import MAX_FACTOR
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, removal, wrong
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _, format_quantity

UNIT, FACTOR = "unidade", "fator"
FACTOR_DECIMALS = 4


@dataclass(frozen=True)
class PackUnit:
    """One of them, with all that there were when it was read."""

    code: str
    factor: Decimal | int
    units: Units


def pack_units(api: Api, chosen: Chosen) -> RecordKind[PackUnit]:
    """Return how the units of the chosen product are listed, made, changed and removed."""

    def fetch(text: str) -> list[PackUnit]:
        units = api.units_of(chosen.id)
        every = [PackUnit(code, factor, units) for code, factor in sorted(units.factors.items())]
        return [one for one in every if matches(text, one.code)]

    def codes() -> Sequence[Choice]:
        return [Choice(f"{unit.code} · {unit.name}", unit.code) for unit in api.units()]

    def create(values: Mapping[str, str]) -> None:
        factor, units = _factor(values), api.units_of(chosen.id)
        if values[UNIT] in units.factors:
            raise wrong(UNIT, _("This unit is in the list: choose it there to change it."))
        api.set_units(chosen.id, units.version, {**units.factors, values[UNIT]: factor})

    def change(one: PackUnit, values: Mapping[str, str]) -> None:
        factors = {**one.units.factors, one.code: _factor(values)}
        api.set_units(chosen.id, one.units.version, factors)

    def remove(one: PackUnit) -> None:
        left = {code: factor for code, factor in one.units.factors.items() if code != one.code}
        api.set_units(chosen.id, one.units.version, left)

    return RecordKind(
        words=RecordWords(
            title=N_("Pack units"),
            new=N_("New pack unit"),
            empty=N_("No pack units yet, such as a box of 12. Create the first one at the right."),
            saved=N_("Pack unit saved: {name}."),
        ),
        columns=[
            Column(_("Unit"), "MMMM"),
            Column(_("One of it is"), "9.999 MMM", align="right", stretch=True),
        ],
        row=lambda one: (one.code, f"{format_quantity(one.factor)} {one.units.unit}"),
        name=lambda one: one.code,
        is_active=lambda one: True,
        fields=[
            RecordField(UNIT, N_("Unit"), "choice", fixed=True, choices=codes),
            RecordField(FACTOR, N_("How many (stock unit)"), missing=N_("Type how many.")),
        ],
        fetch=fetch,
        values=lambda one: {UNIT: one.code, FACTOR: format_quantity(one.factor)},
        create=create,
        change=change,
        actions=(removal(remove),),
        said_at={"conversoes": UNIT},
    )


def _factor(values: Mapping[str, str]) -> Decimal | int:
    try:
        return parse_quantity(values[FACTOR], decimals=FACTOR_DECIMALS, maximum=MAX_FACTOR)
    except NumberError as error:
        raise wrong(FACTOR, str(error)) from None
