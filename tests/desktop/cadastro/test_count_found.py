"""What is listed of a count under review: long lists, and where one is in them."""

from __future__ import annotations

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.count_deciding import Decision
from almoxarife.desktop.cadastro.count_review import deciding, found

from .count_stage import CountStage, counting_stage, item


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> CountStage:
    # As if three were as many as one answer has.
    stage = counting_stage()
    stage.begin()
    stage.api.close_count("c1")
    stage.api.found["c1"] = [item("p1", counted=18, lot=str(number)) for number in range(1, 5)]
    monkeypatch.setattr(deciding, "MOST_ITEMS", 3)
    monkeypatch.setattr(found, "MOST_ITEMS", 3)
    count_items = stage.api.count_items
    monkeypatch.setattr(
        stage.api, "count_items", lambda id, wanted, skip=0, limit=3: count_items(id, wanted, skip, limit)
    )
    stage.review.found.items._page = 3
    stage.review.begin(Account("maria", "gerente"))
    stage.review.start()
    return stage


def test_more_differences_come_at_the_end(stage: CountStage) -> None:
    view = stage.review_view
    assert (len(view.rows), view.found) == (3, "3 itens; desça para ver mais")
    stage.review.found.items.at_end()
    assert (len(view.rows), view.found) == (4, "4 itens")
    stage.review.choose_kind("códigos desconhecidos")
    assert view.rows == []


def test_who_decides_one_after_the_other_need_not_seek_the_place(stage: CountStage) -> None:
    view, review = stage.review_view, stage.review
    review.accept(0)
    # It stays among the differences, so the one below it is next.
    assert view.selected == 1
    view.selected = -1
    del stage.api.found["c1"][1]
    review.recount(1)
    # Another one is in its place.
    assert len(view.rows) == 3
    assert view.selected == 1
    stage.api.found["c1"].clear()
    review.accept(2)
    assert view.rows == []


def test_marks_beyond_the_first_answer_are_kept(stage: CountStage) -> None:
    missing = [item("p2", counted=None, lot=str(number)) for number in range(1, 6)]
    stage.api.found["c1"] = missing
    stage.review.choose_kind("faltantes (não contados)")
    stage.review.found.items.at_end()
    stage.review.turn(4)
    assert [row[5] for row in stage.review_view.rows] == ["", "", "", "", "zerar"]
    stage.review.deciding.ask_to_confirm()
    stage.review.deciding.confirm()
    assert stage.api.counted[-1] == ("confirm", "c1", Decision(zero=(missing[4],)))
