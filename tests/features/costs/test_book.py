"""What holds for any card, whatever happened: the sums close to the last digit."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.features.costs.rules.book import Book, State, value_all
from almoxarife.features.costs.rules.lines import Basis, Line, Method, in_order
from almoxarife.features.costs.rules.pools import Layer


@st.composite
def histories(draw: st.DrawFn) -> list[Line]:
    """Any lines of one product, those that undo or return others among them; stock may go below zero."""
    lines: list[Line] = []
    for sequence in range(1, draw(st.integers(1, 14)) + 1):
        instant = draw(st.integers(0, 9))
        kind = draw(st.sampled_from(["in", "in", "out", "out", "move", "undo", "return"]))
        named = draw(st.sampled_from(lines)) if lines else None
        if kind == "undo" and named and not named.reverses and _open(named, lines):
            lines.append(Line(sequence, instant, -named.quantity, reverses=named.sequence))
        elif kind == "return" and named and not named.names and abs(named.quantity) > 1:
            units = draw(st.integers(1, abs(named.quantity) - 1))
            there = sum(abs(line.quantity) for line in lines if line.returns == named.sequence)
            units = min(units, abs(named.quantity) - there)
            sign = -1 if named.quantity > 0 else 1
            lines.append(Line(sequence, instant, sign * units, returns=named.sequence if units else None))
        elif kind == "move":
            lines.append(Line(sequence, instant, 0))
        else:
            units = draw(st.integers(1, 50))
            brought = draw(st.none() | st.integers(0, 10**6)) if kind == "in" else None
            lines.append(Line(sequence, instant, units if kind == "in" else -units, brought))
    return lines


def _open(named: Line, lines: list[Line]) -> bool:
    return all(named.sequence not in (line.reverses, line.returns) for line in lines)


@pytest.mark.parametrize("method", list(Method))
@given(lines=histories())
def test_quantity_and_value_close_to_the_last_digit(method: Method, lines: list[Line]) -> None:
    valued, state = value_all(lines, method)
    quantities = {line.sequence: line.quantity for line in lines}
    quantity = value = 0
    for line in valued:
        quantity += quantities[line.sequence]
        value += line.cost + line.correction
        assert (line.quantity_after, line.value_after) == (quantity, value)
        # Nothing is worth nothing, something never less than nothing, a debt never more.
        assert quantity != 0 or value == 0
        assert quantity * value >= 0
        # What a movement brought or took has the sign of its quantity.
        assert quantities[line.sequence] * line.cost >= 0
    assert sum(layer.value for layer in state.layers) - state.debt_value == value
    assert sum(layer.quantity for layer in state.layers) - state.debt_quantity == quantity
    assert min((layer.quantity for layer in state.layers), default=1) > 0


@pytest.mark.parametrize("method", list(Method))
@given(lines=histories())
def test_a_reversal_undoes_exactly_what_its_original_brought_or_took(
    method: Method, lines: list[Line]
) -> None:
    costs = {line.sequence: line.cost for line in value_all(lines, method)[0]}
    for line in lines:
        if line.reverses:
            assert costs[line.sequence] == -costs[line.reverses]


@pytest.mark.parametrize("method", list(Method))
@given(lines=histories())
def test_stated_values_are_kept_and_the_rest_says_where_it_comes_from(
    method: Method, lines: list[Line]
) -> None:
    told = {line.sequence: line for line in lines}
    for valued in value_all(lines, method)[0]:
        line = told[valued.sequence]
        if line.brought is not None:
            assert (valued.cost, valued.basis) == (line.brought, Basis.STATED)
        if line.quantity == 0:
            assert (valued.cost, valued.basis) == (0, Basis.NOTHING)


@pytest.mark.parametrize("method", list(Method))
@given(lines=histories(), cut=st.integers(0, 14))
def test_a_book_goes_on_where_it_was_closed(method: Method, lines: list[Line], cut: int) -> None:
    plain = [line for line in in_order(lines) if line.names is None]
    whole, end = value_all(plain, method)
    first, state = value_all(plain[:cut], method)
    layers, *rest = json.loads(json.dumps(state))
    book = Book(method, state=State([Layer(*layer) for layer in layers], *rest))
    # The cut may stand between two lines of the same instant: the order is the whole's.
    assert first + [book.value(line) for line in plain[cut:]] == whole
    assert _plain(book.state()) == _plain(end)


def _plain(state: State) -> object:
    return json.loads(json.dumps(state))


@given(lines=histories(), order=st.randoms(use_true_random=False))
def test_the_order_of_telling_does_not_matter(lines: list[Line], order: object) -> None:
    shuffled = list(lines)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert value_all(shuffled, Method.FIFO) == value_all(lines, Method.FIFO)


def test_what_names_a_movement_that_is_not_there_is_an_ordinary_one() -> None:
    lines = [Line(1, 0, 10, 100), Line(2, 1, 5, returns=7), Line(3, 2, 5, returns=1)]
    assert [line.basis for line in value_all(lines, Method.AVERAGE)[0]] == [
        Basis.STATED,
        Basis.STOCK,
        Basis.STOCK,
    ]
