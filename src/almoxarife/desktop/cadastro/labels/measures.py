"""What is typed of a sheet or roll that is not among those of the trade; plain values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from almoxarife.client.labels import Measures
from almoxarife.desktop.kit.formats import NumberError, parse_quantity, parse_whole
from almoxarife.i18n import N_, _, format_quantity

KIND = "kind"
PAGE_WIDTH, PAGE_HEIGHT, COLUMNS, ROWS = "page_width", "page_height", "columns", "rows"
WIDTH, HEIGHT, LEFT, TOP, GAP_X, GAP_Y = "width", "height", "left", "top", "gap_x", "gap_y"
SHEET, ROLL = "sheet", "roll"
KINDS = {SHEET: N_("Sheets"), ROLL: N_("Thermal roll")}
# Dots per inch, of most printers of each.
DPI = {SHEET: 300, ROLL: 203}
# As the server has it.
LEAST_PAGE, LEAST_LABEL, MOST, MOST_ACROSS = 10, 5, 1_200, 100
TOLERANCE = Decimal("0.1")
_LEAST = {PAGE_WIDTH: LEAST_PAGE, PAGE_HEIGHT: LEAST_PAGE, WIDTH: LEAST_LABEL, HEIGHT: LEAST_LABEL}
_COUNTS = (COLUMNS, ROWS)
# Absent, these are 0.
_MAY_BE_EMPTY = (LEFT, TOP, GAP_X, GAP_Y)
# A roll moves on by one row of labels, and its printer finds the gap between them.
SHEET_ONLY = (PAGE_HEIGHT, ROWS, TOP, GAP_Y)
# Most sheets are A4.
DEFAULTS = {
    KIND: SHEET,
    PAGE_WIDTH: "210",
    PAGE_HEIGHT: "297",
    COLUMNS: "1",
    ROWS: "1",
    WIDTH: "",
    HEIGHT: "",
    LEFT: "0",
    TOP: "0",
    GAP_X: "0",
    GAP_Y: "0",
}


def read(texts: Mapping[str, str]) -> tuple[Measures | None, dict[str, str]]:
    """Return what was typed, and what is wrong by its field; None when anything is. Needs all keys of DEFAULTS."""
    roll = texts[KIND] == ROLL
    values: dict[str, Decimal | int] = {}
    wrong: dict[str, str] = {}
    for field in DEFAULTS:
        if field == KIND or (roll and field in SHEET_ONLY):
            continue
        try:
            values[field] = _value(field, texts[field], roll=roll)
        except NumberError as error:
            wrong[field] = str(error)
    if wrong:
        return None, wrong
    if roll:
        values |= {PAGE_HEIGHT: values[HEIGHT], ROWS: 1, TOP: 0, GAP_Y: 0}
    for start, count, gap, size, page in (
        (LEFT, COLUMNS, GAP_X, WIDTH, PAGE_WIDTH),
        (TOP, ROWS, GAP_Y, HEIGHT, PAGE_HEIGHT),
    ):
        across = values[count]
        needed = values[start] + across * values[size] + (across - 1) * values[gap]
        if needed > values[page] + TOLERANCE:
            words = _("Does not fit on the sheet: {needed} of {room} mm.")
            wrong[size] = words.format(needed=format_quantity(needed), room=format_quantity(values[page]))
    return (None if wrong else _measures(values, DPI[ROLL if roll else SHEET])), wrong


def _value(field: str, text: str, *, roll: bool) -> Decimal | int:
    """Return a number that was typed. Raises NumberError with a sentence."""
    if field in _COUNTS:
        try:
            return parse_whole(text, maximum=MOST_ACROSS)
        except NumberError:
            raise NumberError(_("From 1 to {most}.").format(most=MOST_ACROSS)) from None
    if field in _MAY_BE_EMPTY and not text.strip():
        return 0
    # The page of a roll is as high as its label.
    least = LEAST_PAGE if roll and field == HEIGHT else _LEAST.get(field, 0)
    wrong = NumberError(_("From {least} to {most} mm.").format(least=least, most=format_quantity(MOST)))
    try:
        value = parse_quantity(text, decimals=2, maximum=MOST, or_zero=True)
    except NumberError:
        raise wrong from None
    if value < least:
        raise wrong
    return value


def _measures(values: Mapping[str, Decimal | int], dpi: int) -> Measures:
    return Measures(
        page_width=values[PAGE_WIDTH],
        page_height=values[PAGE_HEIGHT],
        columns=int(values[COLUMNS]),
        rows=int(values[ROWS]),
        width=values[WIDTH],
        height=values[HEIGHT],
        left=values[LEFT],
        top=values[TOP],
        pitch_x=values[WIDTH] + values[GAP_X],
        pitch_y=values[HEIGHT] + values[GAP_Y],
        dpi=dpi,
    )
