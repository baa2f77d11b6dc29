"""What the window says about its connection to the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from almoxarife.i18n import _, format_time

PERIOD_S = 5
# An answer may take this long before the window stops calling itself live.
PATIENCE_S = 4


@dataclass(frozen=True)
class ConnectionState:
    """``live``: the last question was answered, and the present one is not overdue."""

    live: bool
    text: str


class Connection:
    """Follows questions and answers, and turns them into the words of the header."""

    def __init__(self) -> None:
        self.reason = ""
        self.lost_at: datetime | None = None
        # Whether entries come by themselves.
        self.pushed = False
        self._asked_at: datetime | None = None
        self._answered_at: datetime | None = None
        self._retry_at: datetime | None = None

    def asked(self, now: datetime) -> None:
        """A question went out."""
        self._asked_at = now

    def answered(self, now: datetime) -> timedelta | None:
        """An answer came; return how long the connection was lost, None when it was not."""
        lost_for = now - self.lost_at if self.lost_at else None
        self._asked_at = self.lost_at = self._retry_at = None
        self.reason = ""
        self._answered_at = now
        return lost_for

    def failed(self, now: datetime, reason: str, wait_s: float) -> bool:
        """A question failed and is repeated after ``wait_s``; return whether the connection was there."""
        was_there = self.lost_at is None
        self.lost_at = self.lost_at or now
        self.reason = reason
        self._asked_at = None
        self._retry_at = now + timedelta(seconds=wait_s)
        return was_there

    def paused(self) -> None:
        """The question that is out, if any, will not be answered to us."""
        self._asked_at = None

    def state(self, now: datetime) -> ConnectionState:
        """Return what the header says."""
        waited = int((now - self._asked_at).total_seconds()) if self._asked_at else 0
        if self.lost_at and self._asked_at:
            return ConnectionState(False, _("○ no connection – trying again…"))
        if self.lost_at and self._retry_at:
            left = max(1, round((self._retry_at - now).total_seconds()))
            return ConnectionState(
                False, _("○ no connection – trying again in {seconds} s").format(seconds=left)
            )
        if waited >= PATIENCE_S:
            return ConnectionState(
                False, _("○ waiting for the server for {seconds} s").format(seconds=waited)
            )
        if self._answered_at is None:
            return ConnectionState(False, _("○ connecting…"))
        if self.pushed:
            return ConnectionState(True, _("● live"))
        return ConnectionState(True, _("● connected · updates every {seconds} s").format(seconds=PERIOD_S))

    def last_update(self) -> str:
        """Return when the last answer came; while entries come by themselves that says nothing."""
        if self.pushed and not self.lost_at:
            return _("Updated by itself")
        if self._answered_at is None:
            return _("Not updated yet")
        return _("Last update {time} (F5 updates now)").format(time=format_time(self._answered_at))
