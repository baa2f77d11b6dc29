"""What becomes of scans that were kept from an earlier time: said for all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import format_quantity, ngettext


class LateScans:
    """Counts what was counted and what was refused; ``say`` gets a sentence when they begin and when they are over."""

    def __init__(self, say: Callable[[str, MessageKind], None]) -> None:
        self._say = say
        self._ids: set[str] = set()
        self._counted = self._refused = 0
        self._why = ""

    def __contains__(self, id: str) -> bool:
        return id in self._ids

    def take(self, ids: Iterable[str]) -> None:
        """Take note of scans that will be settled one by one."""
        new = set(ids) - self._ids
        self._ids |= new
        if new:
            text = ngettext(
                "{count} scan of a count had been kept on this computer and is sent now.",
                "{count} scans of a count had been kept on this computer and are sent now.",
                len(new),
            )
            self._say(text.format(count=format_quantity(len(new))), "plain")

    def settle(self, id: str, why: str) -> None:
        """Take note that one is counted, or not for a reason."""
        if id not in self._ids:
            return
        self._ids.discard(id)
        if why:
            self._refused += 1
            self._why = why
        else:
            self._counted += 1
        if not self._ids:
            self._say_all()

    def forget(self) -> None:
        """Take note that nobody is here to be told."""
        self._ids.clear()
        self._counted = self._refused = 0

    def _say_all(self) -> None:
        counted, refused = self._counted, self._refused
        self._counted = self._refused = 0
        if refused:
            text = ngettext(
                "{count} scan that had been kept does not count: {why}",
                "{count} scans that had been kept do not count: {why}",
                refused,
            )
            self._say(text.format(count=format_quantity(refused), why=self._why), "danger")
            return
        text = ngettext(
            "{count} scan that had been kept is counted.",
            "{count} scans that had been kept are counted.",
            counted,
        )
        self._say(text.format(count=format_quantity(counted)), "success")


def farewell_text(scans: int, username: str) -> str:
    """Return what is said to who leaves while scans are not with the server yet; an empty text for none."""
    text = ngettext(
        "{count} scan of a count is kept on this computer and sent when {username} logs in again.",
        "{count} scans of a count are kept on this computer and sent when {username} logs in again.",
        scans,
    )
    return text.format(count=format_quantity(scans), username=username) if scans else ""
