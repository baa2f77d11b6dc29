"""Measures of sheets, codes, words, wishes: tables of known answers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.labels.rules import codes, sheets, wishes, words
from almoxarife.features.labels.rules.codes import Code, Wanted
from almoxarife.features.labels.rules.sheets import Sheet, SheetDoesNotFit, SheetNotFound
from almoxarife.features.labels.rules.wishes import Wish

from .printed import SHEETS

# -- sheets


@pytest.mark.parametrize(
    ("sheet_id", "page", "label", "per_page"),
    [
        # As printed on the boxes: Letter is 215.9 x 279.4 mm, A4 is 210 x 297 mm.
        ("pimaco-6180", (215.9, 279.4), (66.7, 25.4), 30),
        ("pimaco-6080", (215.9, 279.4), (66.7, 25.4), 30),
        ("pimaco-6181", (215.9, 279.4), (101.6, 25.4), 20),
        ("pimaco-6182", (215.9, 279.4), (101.6, 33.9), 14),
        ("pimaco-6187", (215.9, 279.4), (44.45, 12.7), 80),
        ("pimaco-a4356", (210, 297), (63.5, 25.4), 33),
        ("pimaco-a4351", (210, 297), (38.2, 21.2), 65),
        ("a4-3x10", (210, 297), (70, 29.7), 30),
        ("rolo-40x25", (40, 25), (40, 25), 1),
        ("rolo-60x40", (60, 40), (60, 40), 1),
        ("rolo-100x50", (100, 50), (100, 50), 1),
    ],
)
def test_formats_of_the_trade(
    sheet_id: str, page: tuple[float, float], label: tuple[float, float], per_page: int
) -> None:
    sheet = SHEETS[sheet_id]
    assert (sheet.page_width, sheet.page_height) == page
    assert (sheet.width, sheet.height) == label
    assert sheet.per_page == per_page


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_labels_of_every_format_are_in_the_middle_of_its_page(sheet: Sheet) -> None:
    sheets.check(sheet)
    x, y = sheet.corner(sheet.per_page - 1)
    assert sheet.page_width - x - sheet.width == pytest.approx(sheet.left, abs=0.2)
    assert sheet.page_height - y - sheet.height == pytest.approx(sheet.top, abs=0.2)


def test_places_are_counted_row_by_row() -> None:
    sheet = SHEETS["pimaco-6180"]
    assert [sheet.corner(place) for place in (0, 1, 3, 29)] == [
        pytest.approx((4.8, 12.7)),
        pytest.approx((74.6, 12.7)),
        pytest.approx((4.8, 38.1)),
        pytest.approx((144.4, 241.3)),
    ]


def test_formats_are_found_whatever_their_letters() -> None:
    assert sheets.find(SHEETS, "Pimaco-A4356").name == "Pimaco A4356"
    with pytest.raises(SheetNotFound):
        sheets.find(SHEETS, "pimaco-1")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"columns": 4}, "medidas.largura"),
        ({"rows": 11}, "medidas.altura"),
        ({"left": 10}, "medidas.largura"),
        ({"pitch_x": 60}, "medidas.passo_x"),
        ({"pitch_y": 20}, "medidas.passo_y"),
        ({"page_height": 250}, "medidas.altura"),
    ],
)
def test_a_sheet_that_does_not_fit_is_refused(changes: dict[str, float], field: str) -> None:
    with pytest.raises(SheetDoesNotFit) as refused:
        sheets.check(SHEETS["pimaco-6180"]._replace(**changes))  # type: ignore[arg-type]
    assert refused.value.parameters["field"] == field


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"page_width": 9}, "medidas.pagina_largura", "too_small"),
        ({"page_height": 1201}, "medidas.pagina_altura", "too_large"),
        ({"columns": 0}, "medidas.colunas", "too_small"),
        ({"rows": 101}, "medidas.linhas", "too_large"),
        ({"height": 4.9}, "medidas.altura", "too_small"),
        ({"left": -0.1}, "medidas.esquerda", "too_small"),
        ({"dpi": 204}, "medidas.dpi", "not_one_of"),
    ],
)
def test_measures_out_of_bounds_are_refused(changes: dict[str, float], field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        sheets.check(SHEETS["pimaco-6180"]._replace(**changes))  # type: ignore[arg-type]
    assert (refused.value.parameters["field"], refused.value.parameters["reason"]) == (field, reason)


def test_the_place_to_begin_and_the_shift_are_bounded() -> None:
    sheet = SHEETS["pimaco-6180"]
    assert [sheets.check_first(sheet, first) for first in (1, 30)] == [0, 29]
    for first in (0, 31):
        with pytest.raises(InvalidField):
            sheets.check_first(sheet, first)
    assert sheets.check_shift(-20, "desloca_x") == -20
    for shift in (-20.1, 20.1):
        with pytest.raises(InvalidField):
            sheets.check_shift(shift, "desloca_x")


@pytest.mark.parametrize(
    ("used", "labels", "pages"), [(0, 1, 1), (0, 30, 1), (0, 31, 2), (29, 1, 1), (29, 2, 2), (0, 60, 2)]
)
def test_pages_are_counted(used: int, labels: int, pages: int) -> None:
    assert sheets.pages(SHEETS["pimaco-6180"], used, labels) == pages


# -- codes


@pytest.mark.parametrize(
    "text",
    # The GS1 General Specifications' own examples, and goods of the shelf.
    ["96385074", "6291041500213", "036000291452", "7891000100103", "4006381333931", "0012345678905"],
)
def test_gtins_are_known_by_their_check_digit(text: str) -> None:
    assert codes.is_gtin(text)
    wrong = text[:-1] + str((int(text[-1]) + 1) % 10)
    assert not codes.is_gtin(wrong)


def test_the_bars_of_an_ean() -> None:
    # EAN-13 4003994155486, drawn by hand: the first digit 4 says odd, even, odd, odd, even, even.
    left = "0001101 0100111 0111101 0001011 0010111 0011101"
    right = "1100110 1001110 1001110 1011100 1001000 1010000"
    assert codes.ean_modules("4003994155486") == f"101{left}01010{right}101".replace(" ", "")


@pytest.mark.parametrize(
    ("text", "wanted", "code"),
    [
        ("7891000100103", "automatico", Code("7891000100103", "ean")),
        ("036000291452", "automatico", Code("0036000291452", "ean")),
        ("96385074", "automatico", Code("96385074", "ean")),
        ("7891000100104", "automatico", Code("7891000100104", "code128")),
        ("17891000100100", "automatico", Code("17891000100100", "code128")),
        ("p12", "automatico", Code("p12", "code128")),
        ("Açaí", "automatico", Code("Açaí", "qr")),
        ("7891000100103", "code128", Code("7891000100103", "code128")),
        ("7891000100103", "ean13", Code("7891000100103", "ean")),
        ("7891000100103", "qr", Code("7891000100103", "qr")),
        ("Açaí", "qr", Code("Açaí", "qr")),
    ],
)
def test_a_text_becomes_the_code_that_fits_it(text: str, wanted: Wanted, code: Code) -> None:
    assert codes.code_of(text, wanted) == code


@pytest.mark.parametrize(
    ("text", "wanted", "reason"),
    [
        ("", "automatico", "empty"),
        ("1" * 81, "qr", "too_long"),
        ("7891000100104", "ean13", "not_printable_gtin"),
        ("p1", "ean13", "not_printable_gtin"),
        ("Açaí", "code128", "not_ascii"),
    ],
)
def test_a_text_that_is_no_such_code_is_refused(text: str, wanted: Wanted, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        codes.code_of(text, wanted)
    assert (refused.value.parameters["field"], refused.value.parameters["reason"]) == ("codigo", reason)


# -- words: each letter is 1 mm wide


def _long(text: str) -> float:
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "width", "lines", "found", "whole"),
    [
        ("Sal fino", 8, 1, ["Sal fino"], True),
        ("Sal fino", 7, 2, ["Sal", "fino"], True),
        ("Sal fino", 7, 1, ["Sal fi…"], False),
        ("Sal  fino\tgrosso", 8, 2, ["Sal fino", "grosso"], True),
        ("Sal fino grosso", 8, 2, ["Sal fino", "grosso"], True),
        ("um dois tres quatro", 7, 2, ["um dois", "tres q…"], False),
        ("Inconstitucional", 6, 3, ["Incons", "tituci", "onal"], True),
        ("abc", 3, 1, ["abc"], True),
        ("", 3, 1, [], True),
    ],
)
def test_words_are_wrapped(text: str, width: float, lines: int, found: list[str], whole: bool) -> None:
    assert words.wrap(text, width, lines, _long) == (found, whole)


def test_letters_that_a_font_lacks_are_replaced() -> None:
    ascii_only = str.isascii
    assert words.printable("Pão 10 ㎏ ½ 中\u00a0!", ascii_only) == "Pao 10 kg 1?2 ? !"


# -- wishes


@pytest.mark.parametrize(
    ("quantity", "labels"), [(10_000, 1), (120_000, 12), (25_000, 3), (-30_000, 3), (1, 1)]
)
def test_as_many_labels_as_units(quantity: int, labels: int) -> None:
    assert wishes.labels_of(quantity) == labels


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12,50", "12.50"),
        ("R$ 1.234,50", "1234.50"),
        ("R$12", "12"),
        ("1.234", "1234"),
        ("12.5", "12.5"),
        ("1.234.567,89", "1234567.89"),
    ],
)
def test_prices_are_read_as_people_write_them(text: str, amount: str) -> None:
    assert wishes.read_price(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "a combinar", "-5", "1,2,3", "12 por 10", "1e5"])
def test_what_is_no_price_is_told(text: str) -> None:
    assert wishes.read_price(text) is None


@pytest.mark.parametrize(
    ("name", "found"), [("Preço", True), ("PREÇO DE VENDA", True), ("preco", True), ("Preço de custo", False)]
)
def test_the_price_is_an_own_field_of_the_product(name: str, found: bool) -> None:
    assert wishes.price_field({"Cor": "azul", name: "12,50"}) == ("12,50" if found else "")


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (Wish(), "produto_id"),
        (Wish(product_id="p1", lot_id="v1"), "lote_id"),
        (Wish(place_id="l2", movement=1), "movimento"),
    ],
)
def test_a_wish_is_for_one_thing(wish: Wish, field: str) -> None:
    with pytest.raises(InvalidField) as refused:
        wishes.check_one(wish)
    assert refused.value.parameters["field"] == field


def test_so_many_labels_and_no_more() -> None:
    wishes.check_total(5_000)
    with pytest.raises(wishes.TooManyLabels):
        wishes.check_total(5_001)
