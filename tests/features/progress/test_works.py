"""Long work is known to who asked for it alone, tells how far it is, and ends at the step after it was stopped."""

from __future__ import annotations

import pytest

from almoxarife.features.progress.rules import WorkNotFound, WorkStopped
from almoxarife.features.progress.service import Progress, Works
from almoxarife.identity import Identity, Role
from almoxarife.long_work import Stage, step

MARIA = Identity(1, "maria", Role.READER, b"")
JOAO = Identity(2, "joao", Role.ADMINISTRATOR, b"")


def test_work_is_followed_and_stopped_by_who_asked_for_it() -> None:
    works = Works()
    with pytest.raises(WorkNotFound):
        works.progress(MARIA, "a")
    with works.followed(MARIA, "a"):
        assert works.progress(MARIA, "a") == Progress(Stage.COSTS, 0, 0)
        step(Stage.SUMS, 3, 7)
        assert works.progress(MARIA, "a") == Progress(Stage.SUMS, 3, 7)
        for who, work_id in ((JOAO, "a"), (MARIA, "b")):
            with pytest.raises(WorkNotFound):
                works.stop(who, work_id)
        works.stop(MARIA, "a")
        with pytest.raises(WorkStopped):
            step(Stage.SUMS, 4, 7)
    for call in (works.progress, works.stop):
        with pytest.raises(WorkNotFound):
            call(MARIA, "a")


def test_without_an_id_nobody_looks_on() -> None:
    with Works().followed(MARIA, None):
        step(Stage.FILE, 1, 2)


def test_the_same_id_again_stands_for_the_newer_work() -> None:
    works = Works()
    with works.followed(MARIA, "a"):
        with works.followed(MARIA, "a"):
            step(Stage.SUMS, 1, 2)
            assert works.progress(MARIA, "a").done == 1
        # What is around it is not told of the inner one's end.
        step(Stage.SUMS, 1, 9)
        with pytest.raises(WorkNotFound):
            works.progress(MARIA, "a")
