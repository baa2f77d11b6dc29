"""By how much everything on a sheet is moved, because this computer's printer is off."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Protocol

from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.i18n import _

SHIFT_X, SHIFT_Y = "shift_x", "shift_y"
# As the server has it: more is another sheet.
MOST_SHIFT = 20
_NONE: dict[str, Decimal | int] = {SHIFT_X: 0, SHIFT_Y: 0}


class ShiftKeeper(Protocol):
    """Where it is kept between visits."""

    label_shift: tuple[str, str]


class Shift:
    """Follows what is typed into the two fields; ``show_error`` says what is wrong with one of them."""

    def __init__(self, kept: ShiftKeeper, show_error: Callable[[str, str], None]) -> None:
        self._kept = kept
        self._show_error = show_error
        self.texts = dict(zip(_NONE, kept.label_shift, strict=True))

    def type(self, field: str, text: str) -> None:
        """Take a text, and say what is wrong with it."""
        if text != self.texts[field]:
            self.texts[field] = text
            self.read()

    def keep(self) -> None:
        """Keep it between visits: with the labels, for the disk is no place for each key that is pressed."""
        now = (self.texts[SHIFT_X], self.texts[SHIFT_Y])
        if now != self._kept.label_shift:
            self._kept.label_shift = now

    def read(self) -> tuple[Decimal | int, Decimal | int] | None:
        """Return the way to the right and down, in mm; None when one cannot be, which is said."""
        found = dict(_NONE)
        right = True
        for field, text in self.texts.items():
            try:
                if text.strip():
                    found[field] = parse_quantity(
                        text, decimals=2, maximum=MOST_SHIFT, signed=True, or_zero=True
                    )
            except NumberError:
                right = False
                words = _("From -{most} to {most} mm.")
                self._show_error(field, words.format(most=MOST_SHIFT))
        return (found[SHIFT_X], found[SHIFT_Y]) if right else None
