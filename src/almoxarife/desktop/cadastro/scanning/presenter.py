"""Decisions about what was scanned: what it stands for, and which page it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading, understood
from almoxarife.client.errors import Refused
from almoxarife.client.partners import Partner
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.listing.scanned import named
from almoxarife.desktop.cadastro.pages import Page, PageName, may
from almoxarife.desktop.cadastro.scanning.burst import SEPARATOR
from almoxarife.desktop.cadastro.scanning.queue import Answer, ScanQueue
from almoxarife.desktop.cadastro.unknown.presenter import UnknownCode, UnknownPresenter
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, ngettext

# What the server takes a text for that is neither the number of an article nor of the scale.
OWN = "proprio"
UNKNOWN, AMBIGUOUS = "codigo_desconhecido", "codigo_ambiguo"
# Who may say which product a code is of.
ROLE = "operador"
# Pages with passwords; there a scanner is a keyboard and no more.
DEAF: set[PageName] = {"password", "users"}
# So long good scans say nothing over what was wrong with one before them.
STANDS_S = 6.0


class ScanApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def read_scan(self, text: str, supplier_id: str) -> Reading:
        """Return what a scan stands for, among the goods of a supplier unless the id is empty."""


class ScanView(Protocol):
    """What the presenter tells the window to do."""

    def ring(self, times: int) -> None:
        """Ring the bell: once for a scan that is wrong, twice for a code that nobody knows."""


class ScanPresenter(Page):
    """Leads each scan to the page on which it was made, in order; ``here`` is the page that is shown, if any."""

    def __init__(
        self,
        api: ScanApi,
        calls: Jobs,
        timer: Timer,
        view: ScanView,
        *,
        here: Callable[[], tuple[PageName, Page] | None],
        say: Callable[[str, MessageKind], None],
        unknown: Callable[[Callable[[str], None]], UnknownPresenter],
    ) -> None:
        self._timer = timer
        self._view = view
        self._here = here
        self._say = say
        self._account: Account | None = None
        self._stands: object | None = None
        self._waited = False
        self._queue: ScanQueue[Reading] = ScanQueue(
            api.read_scan, calls, timer, waits=self._say_waits, failed=self._warn
        )
        self.unknown = unknown(self._queue.forget)

    def begin(self, account: Account) -> None:
        """Take note of who scans."""
        self._account = account
        self._queue.resume()

    def reset(self) -> None:
        """Forget what somebody else had scanned."""
        self._queue.reset()
        self.unknown.reset()
        self._let_go()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._queue.resume()

    @property
    def has_scanned(self) -> bool:
        """Whether nobody knows yet what something stands for that was scanned."""
        return len(self._queue) > 0

    def listens(self) -> bool:
        """Tell whether a scan means something now."""
        here = self._here()
        return here is not None and here[0] not in DEAF

    def scanned(self, text: str) -> None:
        """Take what a scanner sent."""
        here = self._here()
        if here is not None and not here[1].take_text(text):
            self._take(text, here[1])

    def say(self, text: str, kind: MessageKind) -> None:
        """Say what a scan came to; not over what is wrong with another one, until that is settled (an empty text)."""
        if kind == "danger":
            self._warn(text)
        elif kind == "success" or not text or self._stands is None:
            self._let_go()
            self._say(text, kind)

    def _take(self, text: str, page: Page) -> None:
        supplier = page.supplier
        self._queue.take(
            text,
            supplier.id if supplier is not None else "",
            lambda scan, answer: self._deliver(scan, answer, page, supplier),
        )

    def _deliver(self, scan: str, answer: Answer[Reading], page: Page, supplier: Partner | None) -> None:
        if isinstance(answer, Reading):
            if self._stands is None:
                # What was said of a scan before is not about this one.
                self._say("", "plain")
            taken = page.scan(answer)
            if taken is None:
                self.say(named(answer), "plain")
            elif not taken:
                self._view.ring(1)
            return
        unknown = answer.code == UNKNOWN
        self._view.ring(2 if unknown else 1)
        shown = scan.replace(SEPARATOR, " ")
        # Most sentences name the code themselves.
        said = answer.message if shown in answer.message else _("Scan {text}: {why}")
        self._warn(said.format(text=shown, why=answer.message))
        if answer.code == AMBIGUOUS:
            page.ask_supplier()
        if unknown and self._account is not None and may(self._account, ROLE):
            self._ask_about(scan, answer, page, supplier)

    def _ask_about(self, scan: str, answer: Refused, page: Page, supplier: Partner | None) -> None:
        found = understood(answer)
        text, kind = (found.code, str(found.kind)) if found is not None else (scan, "")
        # A number of the world's trade, and one of the shop's scale, are the same whoever sells the goods.
        owner = supplier if kind == OWN else None
        self.unknown.add(UnknownCode(scan, text, kind, owner, again=lambda: self._take(scan, page)))

    def _warn(self, text: str) -> None:
        self._let_go()
        self._stands = self._timer.call_later(STANDS_S, self._let_go)
        self._say(text, "danger")

    def _let_go(self) -> None:
        if self._stands is not None:
            self._timer.cancel(self._stands)
            self._stands = None

    def _say_waits(self, count: int) -> None:
        if count:
            self._waited = True
            text = ngettext(
                "{count} scan waits for the server; nothing is lost.",
                "{count} scans wait for the server; nothing is lost.",
                count,
            )
            self._say(text.format(count=count), "danger")
        elif self._waited:
            self._waited = False
            self._say("", "plain")
