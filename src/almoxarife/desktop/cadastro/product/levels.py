"""How much of a product there should be, in the whole shop and at its places, beside how much there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from almoxarife.client.balances import Wanted
from almoxarife.client.levels import Level, LevelWish
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches, removal, wrong
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _, format_quantity

PLACE, MINIMUM, TARGET, MAXIMUM = "local_id", "minimo", "alvo", "maximo"
ROLE = "gerente"
DECIMALS = 4
WHOLE_SHOP = ""
NOTHING = "–"
# Beside a balance: a colour alone would be no sign, and words do not fit everywhere.
TOO_FEW, TOO_MANY = "↓", "↑"
_SAMPLE = "999.999"
_WORDS = RecordWords(
    title=N_("Levels"),
    new=N_("New levels"),
    empty=N_("Nobody has said how much there should be. Say the minimum of the whole shop or of a place."),
    saved=N_("Levels saved: {name}."),
)


@dataclass(frozen=True)
class Kept:
    """Levels with the path of their place, and how much is there with everything inside it."""

    level: Level
    place: str
    balance: Decimal | int

    @property
    def missing(self) -> Decimal | int:
        """How much there is too little; nothing or less when there is enough."""
        return self.level.minimum - self.balance

    @property
    def excess(self) -> Decimal | int:
        """How much there is too much; nothing or less when there is not."""
        return 0 if self.level.maximum is None else self.balance - self.level.maximum


def levels(api: Api, chosen: Chosen) -> RecordKind[Kept]:
    """Return how the levels of the chosen product are listed, set, changed and taken away."""

    def kept() -> list[Kept]:
        balance = api.balance(chosen.id, Wanted())
        there = {one.place_id: one.branch for one in balance.places} | {WHOLE_SHOP: balance.total}
        # In the order of the tree, the whole shop before it.
        paths = {WHOLE_SHOP: _whole_shop()} | {place.id: place.path for place in api.every_place()}
        order = {place_id: number for number, place_id in enumerate(paths)}
        found = sorted(api.levels_of(chosen.id), key=lambda one: order.get(one.place_id, len(order)))
        return [
            Kept(one, paths.get(one.place_id, one.place_name), there.get(one.place_id, 0)) for one in found
        ]

    def places() -> Sequence[Choice]:
        # Those no longer in use are there to be shown.
        every = sorted(api.every_place(), key=lambda place: not place.active)
        inside = (
            Choice(
                place.path if place.active else _("{place} (not in use)").format(place=place.path), place.id
            )
            for place in every
        )
        return [Choice(_whole_shop(), WHOLE_SHOP), *inside]

    def create(values: Mapping[str, str]) -> None:
        if any(one.place_id == values[PLACE] for one in api.levels_of(chosen.id)):
            raise wrong(PLACE, _("Its levels are in the list: choose them there to change them."))
        api.set_levels(_wish(chosen.id, values[PLACE], values))

    return RecordKind(
        words=_WORDS,
        columns=_columns(),
        row=_row,
        name=lambda one: one.place,
        is_active=lambda one: True,
        fields=[
            RecordField(PLACE, N_("Where"), "choice", fixed=True, choices=places),
            RecordField(MINIMUM, N_("Minimum: less is too little")),
            RecordField(TARGET, N_("Target: one buys up to it")),
            RecordField(MAXIMUM, N_("Maximum: more is too much")),
        ],
        fetch=lambda text: [one for one in kept() if matches(text, one.place)],
        values=_values,
        create=create,
        change=lambda one, values: api.set_levels(_wish(chosen.id, one.level.place_id, values)),
        actions=(removal(lambda one: api.remove_levels(chosen.id, one.level.place_id)),),
        role=ROLE,
        tone=_tone,
    )


def _columns() -> list[Column]:
    return [
        Column(_("Where"), "m" * 5, stretch=True),
        Column(_("Balance"), f"{TOO_FEW} {_SAMPLE}", align="right"),
        Column(_("Minimum"), _SAMPLE, align="right", spare=1),
        Column(_("Target"), _SAMPLE, align="right", spare=3),
        Column(_("Maximum"), _SAMPLE, align="right", spare=2),
        Column(_("Situation"), _("{quantity} too few").format(quantity=_SAMPLE), spare=4),
    ]


def _row(one: Kept) -> Sequence[str]:
    level = one.level
    sign = TOO_FEW if one.missing > 0 else TOO_MANY if one.excess > 0 else ""
    return (
        one.place,
        f"{sign} {format_quantity(one.balance)}".strip(),
        *(_quantity(quantity) or NOTHING for quantity in (level.minimum, level.target, level.maximum)),
        _situation(one),
    )


def _situation(one: Kept) -> str:
    if one.missing > 0:
        return _("{quantity} too few").format(quantity=format_quantity(one.missing))
    if one.excess > 0:
        return _("{quantity} too many").format(quantity=format_quantity(one.excess))
    return _("in order")


def _tone(one: Kept) -> Tone:
    if one.missing > 0:
        return "out"
    return "changed" if one.excess > 0 else ""


def _whole_shop() -> str:
    return _("(whole shop)")


def _values(one: Kept) -> Mapping[str, str]:
    return {
        PLACE: one.level.place_id,
        MINIMUM: _quantity(one.level.minimum),
        TARGET: _quantity(one.level.target),
        MAXIMUM: _quantity(one.level.maximum),
    }


def _quantity(quantity: Decimal | int | None) -> str:
    return "" if quantity is None else format_quantity(quantity)


def _wish(product_id: str, place_id: str, values: Mapping[str, str]) -> LevelWish:
    minimum, target, maximum = (_level(values[name], name) for name in (MINIMUM, TARGET, MAXIMUM))
    if not minimum and target is None and maximum is None:
        raise wrong(MINIMUM, _("Fill in at least one: minimum, target or maximum."))
    return LevelWish(product_id, place_id, minimum, target, maximum)


def _level(text: str, field: str) -> Decimal | int | None:
    if not text:
        return None
    try:
        return parse_quantity(text, decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY, or_zero=True)
    except NumberError as error:
        raise wrong(field, str(error)) from None
