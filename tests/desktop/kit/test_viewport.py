"""Which rows a table shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from almoxarife.desktop.kit.viewport import Viewport


def viewport(total: int, height: int, top: int = 0, selected: int | None = None) -> Viewport:
    view = Viewport()
    view.resize(height)
    view.reset(total)
    view.scroll_to(top)
    view.selected = selected
    return view


def test_new_rows_push_the_others_down_while_the_newest_is_in_sight() -> None:
    view = viewport(100, 10, selected=2)
    view.add(3, 103)
    assert view.rows == range(10)
    assert view.selected == 5


def test_what_the_person_looks_at_stays_when_they_have_scrolled_away() -> None:
    view = viewport(100, 10, top=20)
    view.add(3, 103)
    assert view.rows == range(23, 33)


def test_a_selected_row_that_left_at_the_bottom_is_selected_no_more() -> None:
    view = viewport(100, 10, selected=99)
    view.add(1, 100)
    assert view.selected is None


def test_rows_that_come_and_go_leave_in_place_what_is_looked_at() -> None:
    # At the top the new row is to be seen, and the selected one too.
    view = viewport(30, 10, selected=9)
    view.renew([*range(1, 31)], 31)
    assert (view.selected, view.rows) == (10, range(1, 11))
    # Further down nothing moves, also when the row at the top has gone.
    view = viewport(30, 10, top=12, selected=2)
    view.renew([*range(2, 14), None, *range(14, 31)], 31)
    assert (view.selected, view.rows) == (4, range(14, 24))
    # What has gone is not selected, and an empty list has no rows.
    view = viewport(3, 10, selected=1)
    view.renew([0, None, 1], 2)
    assert (view.selected, view.rows) == (None, range(2))
    view.renew([None, None], 0)
    assert list(view.rows) == []


def test_a_row_keeps_its_stripe() -> None:
    view = viewport(100, 10)
    before = view.is_odd(4)
    view.add(3, 103)
    assert view.is_odd(7) == before


def test_selecting_brings_in_sight() -> None:
    view = viewport(100, 10)
    view.select(50)
    assert view.rows == range(41, 51)
    view.move(-20)
    assert (view.selected, view.rows) == (30, range(30, 40))
    view.move(1_000)
    assert (view.selected, view.rows) == (99, range(90, 100))


def test_the_first_step_selects_what_is_in_sight() -> None:
    view = viewport(100, 10, top=40)
    view.move(1)
    assert view.selected == 40


def test_an_empty_list_has_nothing_to_select() -> None:
    view = viewport(0, 10)
    view.move(1)
    assert (view.selected, view.fractions, view.all_in_sight) == (None, (0.0, 1.0), True)


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("scroll"), st.integers(-500, 500)),
            st.tuples(st.just("move"), st.integers(-500, 500)),
            st.tuples(st.just("resize"), st.integers(0, 50)),
            st.tuples(st.just("add"), st.integers(0, 50)),
            st.tuples(st.just("reset"), st.integers(0, 300)),
            st.tuples(st.just("fraction"), st.integers(-1, 2)),
        )
    )
)
def test_it_never_leaves_the_list(steps: list[tuple[str, int]]) -> None:
    view = viewport(100, 10)
    for step, amount in steps:
        if step == "add":
            view.add(amount, view.total + amount)
        elif step == "fraction":
            view.scroll_to_fraction(float(amount))
        else:
            getattr(view, step)(amount)
        assert len(view.rows) == min(view.height, view.total)
        assert view.selected is None or 0 <= view.selected < view.total
        first, last = view.fractions
        assert 0 <= first <= last <= 1
