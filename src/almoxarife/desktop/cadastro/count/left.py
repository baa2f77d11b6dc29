"""What somebody had scanned into counts, and is still kept on this computer when he logs in."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.client.accounts import Account
from almoxarife.client.outbox.scans import KeptScan
from almoxarife.desktop.cadastro.count.keeping import ScansFile
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.login.presenter import Jobs


class LeftScans(Page):
    """Has the counting made where scans are left: it sends them, whether or not anybody looks at it."""

    def __init__(self, file: ScansFile, jobs: Jobs, make: Callable[[], None]) -> None:
        self._file = file
        self._jobs = jobs
        self._make = make

    def begin(self, account: Account) -> None:
        """Look whether there are any of this person."""
        if not account.offline:
            self._jobs.run(lambda: self._file.of(account.username), self._found, self._failed, self)

    def reset(self) -> None:
        """Look no more."""
        self._jobs.drop(self)

    def _found(self, left: list[KeptScan]) -> None:
        if left:
            self._make()

    def _failed(self, error: Exception) -> None:
        # The counting cannot read them either, and says so.
        self._make()
