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

    def id_of(self, content: object) -> str:
        """Return the id with which something is sent, until ``forget`` says that it was answered."""
        if content != self._content:
            self._content, self._id = content, self._new_id()
        return self._id

    def forget(self) -> None:
        """Give whatever is sent from now on an id of its own."""
        self._content = None

    def run(self, content: object, send: Callable[[str], T]) -> T:
        """Send something with its id, and return the answer; what ``send`` raises leaves it for another attempt."""
        id = self.id_of(content)
        answer = send(id)
        # An answer that nobody waits for any more must not end what was sent meanwhile.
        if id == self._id:
            self.forget()
        return answer
