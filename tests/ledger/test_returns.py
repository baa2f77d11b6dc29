"""Returns that name the movement whose goods come back: never more of it than went."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from almoxarife.errors import DomainError
from almoxarife.ledger.rules import QUANTITY_SCALE, Draft, Kind, Movement
from almoxarife.ledger.rules_guard import AlreadyReversed, HasReturns, ReturnExceeds
from almoxarife.ledger.store import Appended
from almoxarife.ledger.verify import Fault, Finding

from .shop import SCREW, Shop


def left(outcome: Appended | DomainError) -> int:
    assert isinstance(outcome, ReturnExceeds)
    units = outcome.parameters["available"]
    assert isinstance(units, int)
    return units // QUANTITY_SCALE


def issued(shop: Shop, units: int = 10) -> Movement:
    return shop.written(shop.entry(SCREW, 50), shop.draft(Kind.ISSUE, units=units))[1]


def back(shop: Shop, movement: Movement, units: int) -> Draft:
    kind = Kind.CUSTOMER_RETURN if movement.kind == Kind.ISSUE else Kind.SUPPLIER_RETURN
    return shop.draft(kind, units=units, returns=movement.sequence)


def test_no_more_comes_back_than_went(shop: Shop) -> None:
    issue = issued(shop)
    outcomes = shop.write(*(back(shop, issue, units) for units in (11, 4, 7, 6, 1)))
    assert [isinstance(one, Appended) for one in outcomes] == [False, True, False, True, False]
    assert [left(outcomes[place]) for place in (0, 2, 4)] == [10, 6, 0]
    # The same in a transaction of its own, and whatever comes back without a name.
    assert left(shop.write(back(shop, issue, 1))[0]) == 0
    shop.written(shop.draft(Kind.CUSTOMER_RETURN, units=1))
    assert shop.report().findings == ()


def test_no_more_goes_back_to_the_supplier_than_came(shop: Shop) -> None:
    cheap, dear = shop.written(shop.entry(SCREW, 5), shop.entry(SCREW, 3))
    assert left(shop.write(back(shop, dear, 4))[0]) == 3
    shop.written(back(shop, dear, 3), back(shop, cheap, 5))
    assert shop.report().findings == ()


def test_a_return_that_was_reversed_does_not_count(shop: Shop) -> None:
    issue = issued(shop)
    first, second = shop.written(back(shop, issue, 4), back(shop, issue, 5))
    shop.written(shop.reversal(first))
    assert left(shop.write(back(shop, issue, 6))[0]) == 5
    # In a batch it counts until it is reversed.
    early, _reversal, late = shop.write(back(shop, issue, 10), shop.reversal(second), back(shop, issue, 10))
    assert left(early) == 5
    assert isinstance(late, Appended)
    assert shop.report().findings == ()


def test_of_a_reversed_movement_nothing_comes_back(shop: Shop) -> None:
    issue = issued(shop)
    _reversal, late = shop.write(shop.reversal(issue), back(shop, issue, 1))
    assert left(late) == 0
    assert left(shop.write(back(shop, issue, 1))[0]) == 0


def test_what_came_back_in_part_is_reversed_after_its_returns(shop: Shop) -> None:
    issue = issued(shop)
    [returned] = shop.written(back(shop, issue, 4))
    assert isinstance(shop.write(shop.reversal(issue))[0], HasReturns)
    outcomes = shop.write(shop.reversal(returned), shop.reversal(issue), shop.reversal(issue))
    assert [type(one) for one in outcomes] == [Appended, Appended, AlreadyReversed]
    assert shop.report().findings == ()


def test_only_one_of_two_at_once_brings_the_last_back(shop: Shop) -> None:
    issue = issued(shop)
    together = threading.Barrier(2)

    def bring_back(_turn: int) -> Appended | DomainError:
        together.wait()
        return shop.write(back(shop, issue, 6))[0]

    with ThreadPoolExecutor(2) as people:
        outcomes = list(people.map(bring_back, range(2)))
    assert sorted(isinstance(one, Appended) for one in outcomes) == [False, True]
    assert [left(one) for one in outcomes if not isinstance(one, Appended)] == [4]


def test_something_else_that_names_what_comes_back_is_found(shop: Shop) -> None:
    issue = issued(shop)
    [wrong] = shop.written(shop.draft(Kind.LOSS, units=1, returns=issue.sequence))
    assert shop.report().findings == (Finding(Fault.CHANGED_ROW, row=wrong.sequence),)
