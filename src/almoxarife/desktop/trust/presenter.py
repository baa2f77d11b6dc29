"""Decisions about a server that this computer does not know yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from almoxarife.client.authorities import Authorities
from almoxarife.client.introduction import Stranger
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class Met(NamedTuple):
    """A server that may be spoken to: ``authority`` alone vouches for it, None for those of the system."""

    authority: Path | None


class TrustView(Protocol):
    """What the presenter tells the window to do."""

    def show_waiting(self, text: str) -> None:
        """Say that the server is being asked."""

    def ask(self, text: str, fingerprint: str) -> None:
        """Ask whether a server is the right one, by its fingerprint."""

    def show_failure(self, text: str) -> None:
        """Say why the server could not be asked, and offer to try again."""

    def close(self) -> None:
        """Go away."""


class TrustPresenter:
    """Finds out who vouches for a server; ``met`` is the outcome, None while nobody has agreed."""

    def __init__(
        self,
        server_url: str,
        authorities: Authorities,
        introduce: Callable[[str], Stranger | None],
        jobs: Jobs,
        view: TrustView,
    ) -> None:
        self._url = server_url
        self._authorities = authorities
        self._introduce = introduce
        self._jobs = jobs
        self._view = view
        self._stranger: Stranger | None = None
        self.met: Met | None = None

    def start(self) -> None:
        """Ask the server who it is."""
        self._stranger = None
        self._view.show_waiting(_("Asking {address} who it is…").format(address=self._url))
        self._jobs.run(lambda: self._introduce(self._url), self._introduced, self._failed, self)

    def trust(self) -> None:
        """Take the server for the right one, from now on."""
        if self._stranger is None:
            return
        try:
            self._authorities.keep(self._url, self._stranger.pem)
        except OSError as error:
            text = _("What you confirmed cannot be kept ({reason}).")
            self._view.show_failure(text.format(reason=error.strerror))
            return
        self._end(Met(self._authorities.of(self._url)))

    def leave(self) -> None:
        """Speak to nobody."""
        self._jobs.drop(self)
        self._view.close()

    def _introduced(self, stranger: Stranger | None) -> None:
        if stranger is None:
            self._end(Met(None))
            return
        self._stranger = stranger
        text = _(
            "This computer meets the server at {address} for the first time. Compare this fingerprint with the one "
            "that the server showed when it started:"
        )
        self._view.ask(text.format(address=self._url), stranger.fingerprint)

    def _failed(self, error: Exception) -> None:
        self._view.show_failure(sentence(error))

    def _end(self, met: Met) -> None:
        self.met = met
        self._view.close()
