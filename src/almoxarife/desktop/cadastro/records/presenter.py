"""Decisions of the page with several kinds of records, one shown at a time."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.desktop.cadastro.pages import Page


class RecordsPresenter(Page):
    """Hands on to the kind that is shown what the flow tells the page."""

    def __init__(self, kinds: Sequence[Page]) -> None:
        self._kinds = kinds
        self._shown = kinds[0]

    def start(self) -> None:
        """Show the kind that was shown last."""
        self._shown.start()

    def show(self, place: int) -> None:
        """Show another kind."""
        if self._kinds[place] is not self._shown:
            self._shown.leave()
            self._shown = self._kinds[place]
            self._shown.start()

    def leave(self) -> None:
        """Take note that another page is shown."""
        self._shown.leave()

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        for kind in self._kinds:
            kind.reset()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._shown.resume()
