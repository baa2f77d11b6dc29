"""The first sheet as a picture, drawn anew a moment after each change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PIL import Image

from almoxarife.client.errors import SessionExpired
from almoxarife.client.labels import Order
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.labels.paper import first_page
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.login.presenter import Jobs

# So long after the last change the sheet is drawn anew.
PAUSE_S = 0.3


class PreviewView(Protocol):
    """Where the first sheet is shown."""

    @property
    def preview_size(self) -> tuple[int, int]:
        """How many pixels there are for it."""

    def show_preview(self, picture: Image.Image | None, remark: str) -> None:
        """Show it, or say why there is none."""


class Preview:
    """Asks for the first sheet once the person pauses, and shows only the newest.

    ``order`` tells what is on it, None when nothing can be drawn; ``refused`` makes a sentence of an error.
    """

    def __init__(
        self,
        draw: Callable[[Order], bytes],
        calls: Jobs,
        timer: Timer,
        view: PreviewView,
        *,
        order: Callable[[], Order | None],
        refused: Callable[[Exception], str],
    ) -> None:
        self._draw = draw
        self._timer = timer
        self._view = view
        self._order = order
        self._refused = refused
        self._pause: object | None = None
        self._question: LatestOnly[Image.Image] = LatestOnly(calls)

    def soon(self) -> None:
        """Draw it after a pause."""
        self.forget()
        self._pause = self._timer.call_later(PAUSE_S, self._ask)

    def forget(self) -> None:
        """Draw nothing, and let no sheet count that is being drawn."""
        if self._pause is not None:
            self._timer.cancel(self._pause)
            self._pause = None
        self._question.forget()

    def _ask(self) -> None:
        self._pause = None
        order, size = self._order(), self._view.preview_size
        if order is None:
            self._view.show_preview(None, "")
            return
        self._question.ask(
            lambda: first_page(self._draw(order), *size),
            lambda picture: self._view.show_preview(picture, ""),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_preview(None, self._refused(error))
