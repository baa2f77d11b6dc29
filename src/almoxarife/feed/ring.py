"""The newest events in memory, for watchers that are a little behind."""

from __future__ import annotations

from almoxarife.feed.events import Event

# Half a megabyte with names of usual length, and more than a connection may be behind before it is cut off. Who comes
# back after longer reads pages (``feed.pages``), which all share.
MOST_EVENTS = 1_000


class Ring:
    """The last events, at least ``most`` of them once there were so many; ``head`` is the last sequence of all."""

    def __init__(self, head: int = 0, *, most: int = MOST_EVENTS) -> None:
        self.head = head
        self._most = most
        self._events: list[Event] = []

    def extend(self, events: list[Event]) -> None:
        """Append events that follow the head without a gap."""
        if not events:
            return
        assert events[0].sequence == self.head + 1 or not self._events, "a gap"
        self._events += events
        self.head = events[-1].sequence
        # Dropping them one by one would move the whole list each time.
        if len(self._events) > 2 * self._most:
            del self._events[: -self._most]

    def after(self, sequence: int, most_bytes: int) -> list[Event] | None:
        """Return the next events after a sequence, at least one; None when they are older than what is kept.

        The sequence must be below the head.
        """
        first = self._events[0].sequence if self._events else self.head + 1
        if sequence + 1 < first:
            return None
        found: list[Event] = []
        size = 0
        for place in range(sequence + 1 - first, len(self._events)):
            event = self._events[place]
            size += len(event.text)
            if found and size > most_bytes:
                break
            found.append(event)
        return found
