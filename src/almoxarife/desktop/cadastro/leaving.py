"""What would be lost when somebody logs out or closes the window, and whether that was said before."""

from __future__ import annotations

from collections.abc import Callable, Collection

from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _


class Leaving:
    """Lets go at once where nothing is lost, else the second time, while the warning still stands there.

    ``pages``: all that can have something; ``movements``: those of them whose movements are kept on this computer as
    soon as they are being registered. ``keep`` is called first, to bring to the disk what is not there yet.
    """

    def __init__(
        self,
        pages: Callable[[], Collection[Page]],
        movements: Callable[[], Collection[Page]],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._pages = pages
        self._movements = movements
        self._say = say
        self._warning = ""
        self.keep: Callable[[], object] = lambda: None

    def may_close(self) -> bool:
        """Tell whether the window may be closed."""
        self.keep()
        if any(page.is_sending for page in self._pages()):
            return self._was_said(
                _("Something is being registered. Close again to leave without waiting for it.")
            )
        if self._has_scanned:
            return self._was_said(_("What was scanned is not registered yet. Close again to throw it away."))
        return True

    def may_log_out(self) -> bool:
        """Tell whether the session may be ended."""
        self.keep()
        counting = any(page.is_sending for page in self._pages() if page not in self._movements())
        if not counting and not self._has_scanned:
            return True
        return self._was_said(
            _("What was scanned or counted is not registered yet. Log out again to throw it away.")
        )

    def farewell(self) -> str:
        """Return what the pages have to say to who logs out."""
        return " ".join(filter(None, (page.farewell for page in self._pages())))

    def forget(self) -> None:
        """Take note that the warning stands there no more."""
        self._warning = ""

    @property
    def _has_scanned(self) -> bool:
        return any(page.has_scanned for page in self._pages())

    def _was_said(self, text: str) -> bool:
        if self._warning == text:
            return True
        self._say(text, "danger")
        self._warning = text
        return False
