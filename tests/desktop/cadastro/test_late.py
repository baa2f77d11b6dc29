"""What is made when it is first needed, and what it is told then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from almoxarife.client.accounts import Account
from almoxarife.client.errors import OutboxFailed
from almoxarife.client.movements import Entry
from almoxarife.client.outbox.scans import Change, KeptScan
from almoxarife.desktop.cadastro.count.left import LeftScans
from almoxarife.desktop.cadastro.late import Late, LateList, LatePages
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.cadastro.tabs.presenter import Tab, TabsPresenter

from .fakes import FakeJobs

MARIA, ANA = Account("maria", "gerente"), Account("ana", "leitor")
ENTRY = Entry("i", "p1", "Parafuso", 3, "maria", datetime(2026, 11, 24, tzinfo=UTC), 1, "")


class Told(Page):
    """Remembers what it was told."""

    def __init__(self, name: str, heard: list[str]) -> None:
        self._name = name
        self._heard = heard
        self.is_busy = self.holds_scans = False
        self._hear("made")

    def begin(self, account: Account) -> None:
        self._hear(f"begin {account.username}")

    def start(self) -> None:
        self._hear("start")

    def leave(self) -> None:
        self._hear("leave")

    def reset(self) -> None:
        self._hear("reset")

    def resume(self) -> None:
        self._hear("resume")

    def registered(self, entry: Entry) -> None:
        self._hear(f"registered {entry.sequence}")

    @property
    def is_sending(self) -> bool:
        return self.is_busy

    @property
    def has_scanned(self) -> bool:
        return self.holds_scans

    def _hear(self, what: str) -> None:
        self._heard.append(f"{self._name}: {what}")


class FakeTabs:
    """Remembers which tabs would be offered."""

    def __init__(self) -> None:
        self.offered: Sequence[int] = []
        self.shown = -1

    def show_tabs(self, places: Sequence[int], shown: int) -> None:
        self.offered, self.shown = places, shown


def test_a_page_is_made_once_and_told_who_works() -> None:
    heard: list[str] = []
    pages = LatePages()
    first = pages.add(lambda: Told("first", heard))
    second = pages.add(lambda: Told("second", heard))
    pages.begin(MARIA)
    pages.reset()
    pages.resume()
    pages.registered(ENTRY)
    assert heard == []
    assert first() is first()
    assert heard == ["first: made", "first: reset", "first: begin maria"]
    heard.clear()
    pages.begin(ANA)
    pages.resume()
    pages.registered(ENTRY)
    pages.reset()
    assert heard == ["first: begin ana", "first: resume", "first: registered 1", "first: reset"]
    heard.clear()
    second()
    assert heard == ["second: made", "second: reset", "second: begin ana"]


def test_what_any_page_has_to_lose_is_known_without_making_the_others() -> None:
    heard: list[str] = []
    pages = LatePages()
    pages.add(lambda: Told("never", heard))
    page = pages.add(lambda: Told("page", heard))
    assert not pages.is_sending
    assert not pages.has_scanned
    page().is_busy = True
    assert (pages.is_sending, pages.has_scanned) == (True, False)
    page().holds_scans = True
    assert pages.has_scanned
    assert not [line for line in heard if line.startswith("never")]


def test_a_tab_is_made_when_it_is_shown_and_not_when_somebody_logs_in() -> None:
    heard: list[str] = []
    view = FakeTabs()
    names = ("first", "second", "third")
    roles = ("administrador", "leitor", "gerente")
    page = TabsPresenter(
        [
            Tab(lambda name=name: Told(name, heard), role)  # type: ignore[misc]
            for name, role in zip(names, roles, strict=True)
        ],
        view,
    )
    page.reset()
    page.begin(MARIA)
    assert heard == []
    assert (view.offered, view.shown) == ([1, 2], 1)
    page.start()
    assert heard == ["second: made", "second: reset", "second: begin maria", "second: start"]
    heard.clear()
    page.prepare(2)
    assert heard == ["third: made", "third: reset", "third: begin maria"]
    heard.clear()
    page.show(2)
    assert heard == ["second: leave", "third: start"]
    heard.clear()
    page.begin(ANA)
    assert (view.offered, view.shown) == ([1], 1)
    page.resume()
    assert heard == ["second: begin ana", "third: begin ana", "second: resume"]
    assert not page.has_scanned


def test_things_by_name_and_in_order_are_made_one_by_one() -> None:
    made: list[str] = []

    def make(name: str) -> str:
        made.append(name)
        return name.upper()

    by_name: Late[str, str] = Late(make)
    assert (by_name["a"], by_name["a"]) == ("A", "A")
    assert list(by_name.items()) == [("a", "A")]
    in_order = LateList([lambda: make("b"), lambda: make("c"), lambda: make("d")])
    assert (len(in_order), in_order[1]) == (3, "C")
    assert made == ["a", "c"]
    assert list(in_order[1:]) == ["C", "D"]


class FakeScans:
    """Scans that one person has left; unreadable when the test says so."""

    def __init__(self) -> None:
        self.left = {"maria": [KeptScan("1", "maria", "c1", "7890", "s", "", recount=False)]}
        self.is_damaged = False

    def change(self, changes: Sequence[Change]) -> None:
        raise AssertionError(changes)

    def of(self, username: str) -> list[KeptScan]:
        if self.is_damaged:
            raise OutboxFailed("O arquivo está danificado.")
        return self.left.get(username, [])


def test_the_counting_is_made_at_the_log_in_where_scans_are_left() -> None:
    made: list[str] = []
    scans, jobs = FakeScans(), FakeJobs()
    left = LeftScans(scans, jobs, lambda: made.append("counting"))
    left.begin(ANA)
    left.begin(Account("maria", "gerente", offline=True))
    jobs.held = True
    left.begin(MARIA)
    left.reset()
    jobs.release()
    assert made == []
    left.begin(MARIA)
    assert made == ["counting"]
    # Then it is for the counting to say that they cannot be read.
    scans.is_damaged = True
    left.begin(ANA)
    assert made == ["counting"] * 2
