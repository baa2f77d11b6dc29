"""What stands where on a label: nothing over anything else, nothing over the edge, in any format."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoxarife.features.labels.drawing import arranged
from almoxarife.features.labels.rules.codes import LIMITS, Code, Wanted
from almoxarife.features.labels.rules.layout import LEAST_BARS, Label, LabelDoesNotFit, Layout
from almoxarife.features.labels.rules.sheets import Sheet

from .printed import SHEETS, gtin, label

Box = tuple[float, float, float, float]
LONG = "Parafuso sextavado zincado com porca e arruela lisa 10 mm x 50 mm " * 3


def bars_box(layout: Layout, code: Code) -> Box:
    """Return the box of the bars with what must stay white beside them."""
    bars, limits = layout.bars, LIMITS[code.kind]
    above = limits.quiet_left * bars.module if code.kind == "qr" else 0
    return (
        bars.x - limits.quiet_left * bars.module,
        bars.y - above,
        bars.x + bars.width + limits.quiet_right * bars.module,
        bars.y + bars.height + above,
    )


def overlap(one: Box, other: Box) -> bool:
    slack = 1e-6
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def check(sheet: Sheet, said: Label) -> Layout:
    """Lay a label out, and fail when something stands over something else, or over the label's edge."""
    layout, _matrix = arranged(sheet, said)
    # In the height a QR code's white may be that of the label's edge.
    dot = sheet.dot
    boxes = [*(text.box for text in layout.texts), bars_box(layout, said.code)]
    for one, other in combinations(boxes, 2):
        grown = (other[0] + dot, other[1], other[2] - dot, other[3])
        assert not overlap(one, grown), (sheet.id, said, layout)
    for left, top, right, bottom in boxes:
        assert left >= -dot
        assert top >= 0
        assert right <= sheet.width + dot
        assert bottom <= sheet.height
    # What a printer of sheets cannot reach stays white.
    for text in layout.texts:
        assert text.box[0] + sheet.left >= sheet.unprinted - 1e-6
        assert text.box[1] + sheet.top >= sheet.unprinted - 1e-6
    assert layout.bars.module / dot == pytest.approx(round(layout.bars.module / dot))
    assert layout.bars.x / dot == pytest.approx(round(layout.bars.x / dot), abs=1e-6)
    return layout


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_nothing_stands_over_anything_in_any_format(sheet: Sheet) -> None:
    texts: list[tuple[str, Wanted]] = [(gtin(1), "automatico"), ("p1", "code128"), ("p1234567", "qr")]
    for text, wanted in texts:
        for name in ("Sal", LONG):
            for price in ("", "R$ 1,00", "R$ 123.456,78"):
                for shop in ("", "Mercearia São João da Boa Vista e Filhos Ltda."):
                    said = label(text, wanted, name=name, price=price, shop=shop)
                    try:
                        layout = check(sheet, said)
                    except LabelDoesNotFit:
                        # Only bars on the smallest labels, or the longest price beside a QR code.
                        assert sheet.width < 34 or (wanted == "qr" and sheet.height < 13), (sheet.id, said)
                        continue
                    shown = [one.text for one in layout.texts]
                    assert layout.bars.height >= LEAST_BARS
                    assert not price or price in shown


@settings(max_examples=100, deadline=None)
@given(
    sheet=st.sampled_from(list(SHEETS.values())),
    name=st.text(min_size=1, max_size=200).filter(lambda text: bool(text.split())),
    detail=st.text(max_size=60),
    price=st.sampled_from(["", "R$ 0,05", "R$ 99.999,99"]),
    code=st.sampled_from([Code(gtin(3), "ean"), Code("l7", "code128"), Code("v123456", "qr")]),
)
def test_whatever_is_said_has_room_or_is_refused(
    sheet: Sheet, name: str, detail: str, price: str, code: Code
) -> None:
    try:
        layout = check(sheet, Label(name, code, detail, price, "Loja"))
    except LabelDoesNotFit:
        # What always has room: a short code without a price, on a label of usual size.
        assert price or code.kind != "code128" or sheet.height < 20
        return
    assert all(text.size >= 4 for text in layout.texts)


def test_a_name_that_is_too_long_is_cut_and_says_so() -> None:
    layout = check(SHEETS["rolo-40x25"], label(gtin(1), name=LONG))
    (*_others, last) = [text.text for text in layout.texts if text.bold and "R$" not in text.text]
    assert last.endswith("…")


def test_the_shop_gives_way_before_the_name_does() -> None:
    roomy = check(SHEETS["pimaco-6180"], label("p1", name="Sal"))
    narrow = check(SHEETS["pimaco-6187"], label("p1", name="Sal"))
    assert [any("Mercearia" in text.text for text in one.texts) for one in (roomy, narrow)] == [True, False]


@pytest.mark.parametrize(
    ("sheet_id", "text", "wanted"),
    [
        # An EAN-13 takes 113 modules of 0.25 mm: 28.3 mm, and the label has 26.
        ("pimaco-a4249", gtin(1), "automatico"),
        # 40 letters of Code 128 take 11 modules each.
        ("pimaco-6180", "A" * 40, "code128"),
    ],
)
def test_a_code_that_has_no_room_is_refused(sheet_id: str, text: str, wanted: Wanted) -> None:
    with pytest.raises(LabelDoesNotFit):
        arranged(SHEETS[sheet_id], label(text, wanted))
