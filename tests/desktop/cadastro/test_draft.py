"""The id of the entry that is being filled in."""

from __future__ import annotations

from almoxarife.client.movements import new_id
from almoxarife.desktop.cadastro.movement.draft import Draft


def test_one_id_until_the_answer_is_definite() -> None:
    draft = Draft(new_id)
    assert draft.pending is None
    first = draft.id()
    assert draft.id() == first == draft.pending
    draft.settle()
    assert draft.pending is None
    assert draft.id() != first
