"""The stock card: of the shop and of a place, over any time, page by page."""

from __future__ import annotations

import pytest

from almoxarife.errors import InvalidField
from almoxarife.features.costs.rules.lines import Basis, Method
from almoxarife.features.locations.rules import PlaceNotFound
from almoxarife.features.products.rules import ProductNotFound
from almoxarife.features.reports.rules import CardLine, Stock
from almoxarife.features.reports.service import Card
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Kind

from .desk import Desk
from .story import SHELF, STORE_ROOM, tell


def figures(card: Card) -> list[tuple[int, int, int, int]]:
    """Return number, change, balance and value of each line, in whole units and in cents."""
    return [
        (
            line.movement.sequence,
            line.change // 10_000,
            line.stock.quantity // 10_000,
            line.stock.value // 100,
        )
        for line in card.lines
    ]


def test_the_whole_card_of_the_shop(desk: Desk) -> None:
    tell(desk)
    card = desk.card(1)
    assert (card.product_name, card.method, card.more) == ("Parafuso 10mm", Method.AVERAGE, False)
    assert card.opening == Stock(0, 0)
    assert figures(card) == [
        (1, 10, 10, 50_00),
        (2, 10, 20, 120_00),
        (3, 0, 20, 120_00),
        (4, -12, 8, 48_00),
        (5, 12, 20, 120_00),
    ]
    assert card.closing == Stock(20_0000, 120_0000)
    assert card.closing.unit_value == 6_0000
    first, _second, _third, fourth, fifth = (line.movement for line in card.lines)
    assert (first.document, first.username, first.basis) == ("NF 7", "maria", Basis.STATED)
    assert (fourth.username, fourth.reversed_by) == ("João", 5)
    assert (fifth.reverses, fifth.basis) == (4, Basis.NAMED)


def test_a_time_has_what_was_there_before_it(desk: Desk) -> None:
    tell(desk)
    card = desk.card(1, since="2026-01-05", until="2026-01-10")
    assert card.opening == Stock(10_0000, 50_0000)
    assert [number for number, *_ in figures(card)] == [2, 3, 4]
    assert desk.card(1, until="2026-01-01").lines == []
    later = desk.card(1, since="2026-02-01")
    assert later.lines == []
    assert later.opening == later.closing == Stock(20_0000, 120_0000)


def test_an_instant_is_included_at_both_ends(desk: Desk) -> None:
    tell(desk)
    moment = desk.card(1).lines[1].movement.effective_at
    text = f"2026-01-05T00:00:00.{moment % 1_000_000:06d}"
    here = desk.card(1, since="2026-01-05", until="2026-01-05")
    assert [number for number, *_ in figures(here)] == [2]
    with pytest.raises(InvalidField) as refused:
        desk.card(1, since=text)
    assert refused.value.parameters == {"field": "de", "reason": "not_instant_or_day"}


@pytest.mark.parametrize(
    ("asked", "field", "reason"),
    [
        ({"since": "ontem"}, "de", "not_instant_or_day"),
        ({"until": "2026-02-30"}, "ate", "not_instant_or_day"),
        ({"until": "9999-12-31"}, "ate", "not_instant_or_day"),
        ({"since": "2026-02-01", "until": "2026-01-31"}, "ate", "before"),
    ],
)
def test_a_time_that_is_none_is_refused(desk: Desk, asked: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(InvalidField) as refused:
        desk.card(1, **asked)
    assert (refused.value.parameters["field"], refused.value.parameters["reason"]) == (field, reason)


def test_page_by_page_it_is_the_same_card(desk: Desk) -> None:
    tell(desk)
    lines: list[CardLine] = []
    opening, after = Stock(0, 0), None
    for _page in range(3):
        part = desk.card(1, after=after, limit=2)
        assert part.opening == opening
        lines += part.lines
        opening, after = part.closing, part.lines[-1].movement.sequence
        assert part.more is (len(lines) < 5)
    assert lines == desk.card(1).lines
    # A number that is on another card, or on none, is no place to go on from.
    assert desk.card(1, after=6).lines == lines


def test_a_place_has_its_own_balance_and_its_part_of_the_value(desk: Desk) -> None:
    tell(desk)
    card = desk.card(1, f"l{DEFAULT_LOCATION}")
    assert figures(card) == [
        (1, 10, 10, 50_00),
        (2, 10, 20, 120_00),
        (3, -5, 15, 90_00),  # five of twenty for 120,00
        (4, -12, 3, 18_00),
        (5, 12, 15, 90_00),
    ]
    shelf = desk.card(1, f"l{SHELF}", since="2026-01-09")
    assert (shelf.opening, shelf.lines) == (Stock(5_0000, 30_0000), [])


def test_a_branch_has_what_is_in_all_its_places(desk: Desk) -> None:
    tell(desk)
    assert desk.card(1, f"l{STORE_ROOM}").closing == Stock(5_0000, 30_0000)
    desk.register(Kind.TRANSFER, 2, "2026-01-09", source=SHELF, target=STORE_ROOM)
    card = desk.card(1, f"l{STORE_ROOM}")
    assert figures(card) == [(3, 5, 5, 30_00), (7, 0, 5, 30_00)]


def test_what_changes_the_average_elsewhere_corrects_the_next_line(desk: Desk) -> None:
    tell(desk)
    desk.register(
        Kind.ENTRY, 20, "2026-01-16", source=SUPPLIER_LOCATION, target=DEFAULT_LOCATION, unit_cost=8_0000
    )
    # 20 at 6,00 and 20 at 8,00: 7,00 each. The five on the shelf are now worth 35,00, and one goes: 28,00.
    desk.register(Kind.TRANSFER, 1, "2026-01-17", source=SHELF, target=DEFAULT_LOCATION)
    line = desk.card(1, f"l{SHELF}").lines[-1]
    assert (line.cost, line.correction, line.stock) == (-7_0000, 5_0000, Stock(4_0000, 28_0000))


def test_when_everything_is_gone_a_place_is_worth_nothing(desk: Desk) -> None:
    desk.register(
        Kind.ENTRY, 4, "2026-01-02", source=SUPPLIER_LOCATION, target=DEFAULT_LOCATION, unit_cost=5_0000
    )
    desk.register(Kind.LOSS, 4, "2026-01-03", source=DEFAULT_LOCATION, target=4)
    card = desk.card(1, f"l{DEFAULT_LOCATION}")
    assert [(line.cost, line.correction) for line in card.lines] == [(20_0000, 0), (-20_0000, 0)]
    assert card.closing == Stock(0, 0)
    assert card.closing.unit_value == 0


@pytest.mark.parametrize("place", ["l1", "l99", "2", "l02", ""])
def test_a_place_that_is_none_is_refused(desk: Desk, place: str) -> None:
    with pytest.raises(PlaceNotFound):
        desk.card(1, place)


@pytest.mark.parametrize("product", ["p3", "p0", "1", "x"])
def test_a_product_that_is_none_is_refused(desk: Desk, product: str) -> None:
    with pytest.raises(ProductNotFound) as refused:
        desk.reports.card(product, limit=1)
    assert refused.value.parameters == {"product_id": product}
