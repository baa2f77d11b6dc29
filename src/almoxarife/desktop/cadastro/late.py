"""What is made when it is first needed, because most of it is not needed at once, and much of it never."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar, overload

from almoxarife.client.accounts import Account
from almoxarife.client.movements import Entry
from almoxarife.desktop.cadastro.pages import Page

K = TypeVar("K")
T = TypeVar("T")
P = TypeVar("P", bound=Page)


class Late(dict[K, T]):
    """Things by name, each made when it is first asked for; only those that were are counted and listed."""

    def __init__(self, make: Callable[[K], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: K) -> T:
        made = self[name] = self._make(name)
        return made


class LateList(Sequence[T]):
    """Things in order, each made when it is first asked for."""

    def __init__(self, give: Sequence[Callable[[], T]]) -> None:
        self._give = give

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> LateList[T]: ...

    def __getitem__(self, place: int | slice) -> T | LateList[T]:
        return LateList(self._give[place]) if isinstance(place, slice) else self._give[place]()

    def __len__(self) -> int:
        return len(self._give)


class LatePages(Page):
    """Pages of which each is made when it is first needed, and then told who works.

    What the flow tells all pages goes to those that are there; one that is not has nothing to forget or to ask again.
    """

    def __init__(self) -> None:
        self._made: list[Page] = []
        self._account: Account | None = None

    def add(self, make: Callable[[], P]) -> Callable[[], P]:
        """Take how a page is made; return what gives it, and makes it the first time."""

        @cache
        def page() -> P:
            made = make()
            self._made.append(made)
            # As all pages are told when somebody else logs in.
            made.reset()
            if self._account is not None:
                made.begin(self._account)
            return made

        return page

    @property
    def made(self) -> Sequence[Page]:
        """Those that are there."""
        return self._made

    @property
    def is_sending(self) -> bool:
        """Whether something is being registered or counted on any page."""
        return any(page.is_sending for page in self._made)

    @property
    def has_scanned(self) -> bool:
        """Whether something that was scanned on any page would be lost."""
        return any(page.has_scanned for page in self._made)

    @property
    def farewell(self) -> str:
        """What the pages have to say to who logs out."""
        return " ".join(filter(None, (page.farewell for page in self._made)))

    def begin(self, account: Account) -> None:
        """Take note of who works from now on, on the pages to come as well."""
        self._account = account
        for page in self._made:
            page.begin(account)

    def reset(self) -> None:
        """Forget what somebody else had typed."""
        for page in self._made:
            page.reset()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        for page in self._made:
            page.resume()

    def registered(self, entry: Entry) -> None:
        """Show a movement that nobody waited for any more."""
        for page in self._made:
            page.registered(entry)
