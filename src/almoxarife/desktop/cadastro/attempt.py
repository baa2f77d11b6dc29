"""What is sent again because its answer was lost has the id that it had."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Attempt:
    """Gives one thing after another an id; the same again, until it is done, the same one.

    One at a time: who uses it takes no other meanwhile.
    """

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._content: object = None
        self._id = ""

    def run(self, content: object, send: Callable[[str], T]) -> T:
        """Send something with its id, and return the answer; what ``send`` raises leaves it for another attempt."""
        if content != self._content:
            self._content, self._id = content, self._new_id()
        answer = send(self._id)
        self._content = None
        return answer
