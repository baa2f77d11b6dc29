"""Delivery to every watcher.

The one rule: each watcher has a cursor, the last sequence handed to its connection, and gets exactly what follows.
Watchers that have everything are *live*: their cursor is the head, and what is new is written to all of them in one
sweep. A watcher that is behind, because it has just come or does not read fast enough, catches up by itself: from the
ring, or page by page from the ledger. It becomes live in the very step in which it finds nothing more to catch up
with; no event can come in between, because all this happens in one thread.
"""

from __future__ import annotations

from almoxarife.feed.events import HEARTBEAT, MISSED_ALERTS, Event, chunk, join, parts
from almoxarife.feed.ring import Ring
from almoxarife.feed.watcher import Watcher

# Whoever has more than this waiting in its connection is behind.
LIVE_BYTES = 64 * 1024
# Written to a connection at once.
PART_BYTES = 32 * 1024


class Hub:
    """All watchers and the newest events; used in the loop's thread alone."""

    def __init__(self, ring: Ring) -> None:
        self.ring = ring
        self.watchers: set[Watcher] = set()
        self._live: set[Watcher] = set()
        self._quiet = True

    @property
    def head(self) -> int:
        """The last sequence that has been delivered."""
        return self.ring.head

    def publish(self, events: list[Event]) -> None:
        """Deliver events that follow the head."""
        before = self.head
        self.ring.extend(events)
        for part in parts(events, PART_BYTES):
            self._write(join(part), before)
            before = part[-1].sequence
        self._quiet = self._quiet and not events

    def renew(self, ring: Ring) -> bool:
        """Go on from later events than follow the head; return False where somebody watches, who would miss some."""
        if self.watchers:
            return False
        self.ring = ring
        return True

    def announce(self, text: bytes) -> None:
        """Tell the live watchers of alerts; the others hear that they have missed some when they are live again."""
        self._write(text, self.head)
        for watcher in self.watchers - self._live:
            watcher.missed_alerts = True

    def beat(self) -> None:
        """Let the live watchers hear something if nothing was published since the last beat."""
        if self._quiet:
            self._write(HEARTBEAT, self.head)
        self._quiet = True

    def join(self, watcher: Watcher) -> None:
        """Let a watcher whose cursor is the head take part in what comes."""
        assert watcher.cursor == self.head
        self._live.add(watcher)
        if watcher.missed_alerts:
            watcher.missed_alerts = False
            watcher.write(chunk(MISSED_ALERTS) if watcher.chunked else MISSED_ALERTS)

    def leave(self, watcher: Watcher) -> None:
        """Forget a watcher."""
        self._live.discard(watcher)
        self.watchers.discard(watcher)

    def _write(self, text: bytes, before: int) -> None:
        """Write to all live watchers; who is behind is left at the sequence before."""
        framed = chunk(text)
        behind = []
        for watcher in self._live:
            if watcher.waiting_bytes() > LIVE_BYTES:
                behind.append(watcher)
            else:
                watcher.write(framed if watcher.chunked else text)
        for watcher in behind:
            self._live.discard(watcher)
            watcher.fall_behind(before)
