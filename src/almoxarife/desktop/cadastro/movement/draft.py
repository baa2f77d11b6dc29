"""The id of the entry that is being filled in."""

from __future__ import annotations

from collections.abc import Callable


class Draft:
    """Keeps one id from the first attempt to send an entry until the server has answered definitely.

    So a press after a lost answer is the same entry again, not a second one. A refusal is no
    definite answer: it tells nothing of an earlier attempt whose answer was lost.
    """

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._id: str | None = None

    @property
    def pending(self) -> str | None:
        """The id of an entry that was sent and not definitely answered, if there is one."""
        return self._id

    def id(self) -> str:
        """Return the id to send."""
        if self._id is None:
            self._id = self._new_id()
        return self._id

    def settle(self) -> None:
        """Take note of a definite answer: the next entry is another one."""
        self._id = None
