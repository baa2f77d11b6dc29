"""Sheets are printed, as a picture of dots, and every code is read again."""

from __future__ import annotations

import pytest

from almoxarife.features.labels.rules.codes import Wanted

from .printed import SHEETS, Seen, drawn, gtin, label, page_sizes, pictures, read, words

FULL = 30
SAMPLES: dict[Wanted, list[str]] = {
    "ean13": [gtin(number * 7_919) for number in range(1, FULL + 1)],
    "code128": [f"p{number}" for number in range(1, FULL + 1)],
    "qr": [f"Açaí {number} kg" for number in range(1, FULL + 1)],
}


def cell_of(seen: Seen, sheet_id: str) -> int:
    """Return the label in which a code was seen, counted over all pages; -1 when it is in none."""
    sheet = SHEETS[sheet_id]
    for place in range(sheet.per_page):
        left, top = sheet.corner(place)
        if left <= seen.x <= left + sheet.width and top <= seen.y <= top + sheet.height:
            return seen.page * sheet.per_page + place
    return -1


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("wanted", SAMPLES)
def test_every_code_of_a_full_sheet_is_read_back_in_its_place(wanted: Wanted, dpi: int) -> None:
    texts = SAMPLES[wanted]
    seen = read(drawn("a4-3x10", [label(text, wanted) for text in texts]), dpi)
    assert {cell_of(one, "a4-3x10"): one.text for one in seen} == dict(enumerate(texts))
    assert len(seen) == FULL
    assert {one.kind for one in seen} == {{"ean13": "EAN13", "code128": "Code128", "qr": "QRCode"}[wanted]}


@pytest.mark.parametrize("sheet_id", [key for key, sheet in SHEETS.items() if sheet.is_roll])
@pytest.mark.parametrize("wanted", SAMPLES)
def test_thermal_printers_print_what_is_read(wanted: Wanted, sheet_id: str) -> None:
    sheet = SHEETS[sheet_id]
    if wanted == "ean13" and sheet.width < 40:
        wanted = "code128"
    texts = SAMPLES[wanted][: sheet.per_page + 1]
    pdf = drawn(sheet_id, [label(text, wanted) for text in texts])
    assert [
        (one.text, cell_of(one, sheet_id))
        for one in sorted(read(pdf, 203), key=lambda one: one.page * 999 + one.x)
    ] == [(text, place) for place, text in enumerate(texts)]
    assert page_sizes(pdf) == [pytest.approx((sheet.page_width, sheet.page_height), abs=0.01)] * 2


@pytest.mark.parametrize("sheet_id", [key for key, sheet in SHEETS.items() if sheet.width >= 30])
def test_every_format_takes_every_kind_of_code(sheet_id: str) -> None:
    sheet = SHEETS[sheet_id]
    texts: list[tuple[str, Wanted]] = [(gtin(5), "automatico"), ("p12345", "automatico"), ("p12345", "qr")]
    seen = read(drawn(sheet_id, [label(*one) for one in texts]), sheet.dpi)
    assert {(cell_of(one, sheet_id), one.text) for one in seen} == {
        (place, text) for place, (text, _wanted) in enumerate(texts)
    }


@pytest.mark.parametrize("text", ["96385074", "036000291452", "7891000100103"])
def test_gtins_of_every_length_are_read_back(text: str) -> None:
    (seen,) = read(drawn("a4-3x10", [label(text)]), 300)
    # A UPC-A is an EAN-13 that begins with 0, bar for bar; readers tell it as either.
    assert seen.text.zfill(13) == text.zfill(13)


def test_a_used_sheet_goes_on_behind_the_last_label() -> None:
    pdf = drawn("a4-3x10", [label(f"p{number}") for number in range(1, 8)], used=25)
    seen = sorted((cell_of(one, "a4-3x10"), one.text) for one in read(pdf, 300))
    assert seen == [(25 + place, f"p{place + 1}") for place in range(7)]
    assert len(page_sizes(pdf)) == 2


def test_copies_are_in_the_file_once() -> None:
    one = drawn("pimaco-6180", [label("p1")])
    many = drawn("pimaco-6180", [label("p1")], each=60)
    seen = read(many, 300)
    assert sorted(cell_of(found, "pimaco-6180") for found in seen) == list(range(60))
    assert {found.text for found in seen} == {"p1"}
    assert len(many) < len(one) + 6_000


def test_a_shift_moves_everything() -> None:
    (before,) = read(drawn("pimaco-6180", [label("p1")]), 300)
    (after,) = read(drawn("pimaco-6180", [label("p1")], shift=(2.5, -1.5)), 300)
    # A printer's dot is 0.085 mm.
    assert (after.x - before.x, after.y - before.y) == pytest.approx((2.5, -1.5), abs=0.09)


def test_letters_are_printed_or_replaced_but_never_black_boxes() -> None:
    pdf = drawn(
        "a4-3x10", [label("p1", name="Ação é 10 kΩ ≥ 5 µm ™ – 中 ź Ⅷ", shop="Ş \u2460 😀", price="€ 5")]
    )
    text = words(pdf)
    assert "Ação é 10 kΩ ≥ 5 µm ™ – ? z VIII" in text.replace("\r\n", " ")
    assert "Ş 1 ?" in text
    assert "€ 5" in text


def test_what_nobody_prints_stays_white() -> None:
    (picture,) = pictures(drawn("a4-3x10", [label("p1")], used=4), 300)
    dark = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark is not None
    left, top, right, bottom = (edge * 25.4 / 300 for edge in dark)
    assert left > 70
    assert right < 140
    assert top > 29.7
    assert bottom < 59.4
