"""Decisions of the page with several kinds of records, one shown at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.cadastro.record.presenter import RecordPresenter


class RecordsPresenter(Page):
    """Hands on to the kind that is shown what the flow tells the page."""

    def __init__(self, kinds: Sequence[RecordPresenter[Any]]) -> None:
        self._kinds = kinds
        self._shown = kinds[0]

    def start(self) -> None:
        """Show the kind that was shown last."""
        self._shown.start()

    def show(self, place: int) -> None:
        """Show another kind."""
        if self._kinds[place] is not self._shown:
            self._shown = self._kinds[place]
            self._shown.start()

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        for kind in self._kinds:
            kind.reset()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._shown.resume()
