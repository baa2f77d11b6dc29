"""Ids of what is sent again."""

from __future__ import annotations

from itertools import count

from almoxarife.client.errors import Unreachable
from almoxarife.desktop.cadastro.attempt import Attempt


def test_an_answer_that_comes_late_ends_only_its_own_attempt() -> None:
    numbers = count(1)
    attempt = Attempt(lambda: f"id{next(numbers)}")

    def send(id: str) -> str:
        # Somebody else has logged in meanwhile and sends something, whose answer is lost.
        assert attempt.id_of("other") == "id2"
        return id

    assert attempt.run("one", send) == "id1"
    assert attempt.id_of("other") == "id2"


def test_the_same_again_has_its_id_until_it_is_answered() -> None:
    numbers = count(1)
    attempt = Attempt(lambda: f"id{next(numbers)}")
    sent: list[str] = []

    def lose(id: str) -> None:
        sent.append(id)
        raise Unreachable("O servidor não responde.")

    for _again in range(2):
        try:
            attempt.run("one", lose)
        except Unreachable:
            continue
    attempt.run("one", sent.append)
    attempt.run("one", sent.append)
    assert sent == ["id1", "id1", "id1", "id2"]
