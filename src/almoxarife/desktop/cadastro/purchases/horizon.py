"""Over how many days consumption is measured, and how many a purchase lasts."""

from __future__ import annotations

from collections.abc import Mapping

from almoxarife.desktop.kit.formats import NumberError, parse_whole

# By the names of the wire: what stands there at first, and the most.
DAYS, COVER = "dias", "cobertura"
USUAL, MOST = {DAYS: "90", COVER: "30"}, {DAYS: 1_095, COVER: 365}


class HorizonError(ValueError):
    """What stands in ``field`` is no usable number; its text tells a person what to type."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read_horizon(texts: Mapping[str, str]) -> tuple[int, int]:
    """Return both numbers of days. Raises HorizonError."""
    days = []
    for field in (DAYS, COVER):
        try:
            days.append(parse_whole(texts[field], maximum=MOST[field]))
        except NumberError as error:
            raise HorizonError(field, str(error)) from None
    return days[0], days[1]
