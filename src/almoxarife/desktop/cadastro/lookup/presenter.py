"""Decisions of a field that finds one thing of many: when to ask the server, what to offer, what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _
from almoxarife.names import fold

# Shorter than a pause between two letters, long enough for the burst of a scanner; what is typed while an answer is
# on its way waits for it, so the server gets one question at a time.
PAUSE_S = 0.04
OFFERED = 20


class Named(Protocol):
    """What can be found: it has a code and a name."""

    @property
    def id(self) -> str:
        """The code."""

    @property
    def name(self) -> str:
        """What a person calls it."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True)
class LookupWords:
    """What the field says: ``empty`` when nothing was typed, ``chosen`` with ``{id}``."""

    empty: str
    chosen: str

    @classmethod
    def of_product(cls) -> LookupWords:
        """Return what a field says in which a product is chosen."""
        return cls(
            empty=_("Type part of the name, or the code, of a product."), chosen=_("Product {id} chosen")
        )


class LookupView(Protocol):
    """What the presenter tells the field to do."""

    def set_text(self, text: str) -> None:
        """Put a text into the field."""

    def show_remark(self, text: str, *, chosen: bool) -> None:
        """Make a remark under the field; an empty text takes it back."""

    def show_error(self, text: str) -> None:
        """Say what is wrong with the field; an empty text takes it back."""

    def offer(self, found: Sequence[Named], marked: int) -> None:
        """Show the list under the field, with one line marked."""

    def offer_creation(self, name: str) -> None:
        """Show under the field that nothing was found, and the offer to create it unless the name is empty."""

    def hide_offers(self) -> None:
        """Take the list away."""


class Lookup(Generic[T]):
    """Follows what is typed into the field until one thing is chosen.

    ``search`` asks the server (text, limit) and runs in a thread. ``picked`` is called when something
    has been chosen, ``waiting`` when Enter was pressed before the answer was there, ``undecided`` when
    the answer then did not decide, ``dropped`` when the person begins to type over what was chosen, and
    ``create`` with a name when they want a new one; without it nothing new can be made here.
    """

    def __init__(
        self,
        search: Callable[[str, int], list[T]],
        calls: Jobs,
        timer: Timer,
        view: LookupView,
        words: LookupWords,
        *,
        picked: Callable[[T], None],
        waiting: Callable[[], None],
        undecided: Callable[[], None],
        dropped: Callable[[], None] = lambda: None,
        create: Callable[[str], None] | None = None,
    ) -> None:
        self._search = search
        self._question: LatestOnly[list[T]] = LatestOnly(calls)
        self._timer = timer
        self._view = view
        self._words = words
        self._picked = picked
        self._waiting = waiting
        self._undecided = undecided
        self._dropped = dropped
        self._create = create
        self._text = ""
        self._pause: object | None = None
        # What the server found, and for which text; None while it has not answered for the present one.
        self._found: list[T] | None = None
        self._marked = 0
        self._moved = False
        self._offering = False
        # Whether the cursor has left the field: nothing may open over the field it is in then.
        self._left = False
        self.enter_waits = False
        self.chosen: T | None = None

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self._text

    @property
    def has_found(self) -> bool:
        """Whether there is something to choose from."""
        return bool(self._found)

    # -- what the person does

    def type(self, text: str) -> None:
        """Take a text typed into the field; the server is asked once the person pauses."""
        if text == self._text:
            return
        self._text = text
        self._left = False
        was_chosen = self.chosen is not None
        self._forget()
        if text.strip():
            self._pause = self._timer.call_later(PAUSE_S, self._ask)
        if was_chosen:
            self._dropped()

    def press_enter(self) -> None:
        """Choose what is marked; ask at once when the answer is not there yet, as after a scan."""
        if self.chosen is not None:
            self._picked(self.chosen)
        elif not self._text.strip():
            self._view.show_error(self._words.empty)
        elif self._found is None:
            self.enter_waits = True
            self._waiting()
            self._ask()
        elif not self._offering:
            self._offer()
        elif self._found:
            self.choose(self._marked)
        else:
            self.choose_creation()

    def move(self, steps: int) -> None:
        """Mark another line of the list; shows the list again when it was put away."""
        if not self._found:
            return
        if self._offering:
            self._marked = max(0, min(len(self._found) - 1, self._marked + steps))
            self._moved = True
        self._offer()

    def press_tab(self) -> bool:
        """Choose what is certain, or was marked on purpose; return whether something was chosen."""
        if not self._offering or not self._found:
            return False
        certain = self._found[self._marked] if self._moved else _exact(self._text.strip(), self._found)
        if certain is not None:
            self.pick(certain)
        return certain is not None

    def come(self) -> None:
        """Take note that the cursor is in the field."""
        self._left = False

    def leave(self) -> None:
        """Put the list away because the cursor has left the field."""
        self._left = True
        self.put_away()

    def choose(self, line: int) -> None:
        """Choose a line of the list."""
        if self._found and 0 <= line < len(self._found):
            self.pick(self._found[line])

    def choose_creation(self) -> None:
        """Take up the offer to create what was not found."""
        if self._create is not None:
            self._create(self._text.strip())

    def put_away(self) -> bool:
        """Put the list away; return whether there was one."""
        was_offering = self._offering
        self._offering = False
        self._view.hide_offers()
        return was_offering

    # -- what the screen does

    def pick(self, found: T) -> None:
        """Have this one chosen."""
        self._forget()
        self.chosen = found
        self._text = found.name
        self._view.set_text(found.name)
        self._view.show_remark(self._words.chosen.format(id=found.id), chosen=True)
        self._picked(found)

    def clear(self) -> None:
        """Empty the field."""
        self._forget()
        self._text = ""
        self._view.set_text("")

    def resume(self) -> None:
        """Ask again what was not answered."""
        if self._text.strip() and self._found is None and self.chosen is None:
            self._ask()

    # -- asking

    def _forget(self) -> None:
        if self._pause is not None:
            self._timer.cancel(self._pause)
            self._pause = None
        self._question.forget()
        self.chosen = None
        self._found = None
        self._marked, self._moved = 0, False
        self.enter_waits = False
        self.put_away()
        self._view.show_remark("", chosen=False)
        self._view.show_error("")

    def _ask(self) -> None:
        if self._pause is not None:
            self._timer.cancel(self._pause)
            self._pause = None
        text = self._text.strip()
        self._view.show_error("")
        self._view.show_remark(_("Searching…"), chosen=False)
        self._question.ask(
            lambda: self._search(text, OFFERED), lambda found: self._take(text, found), self._failed
        )

    def _take(self, text: str, found: list[T]) -> None:
        self._found = found
        self._view.show_remark("", chosen=False)
        exact = _exact(text, found)
        if exact is not None and (self.enter_waits or self._left):
            self.pick(exact)
        elif self.enter_waits or not self._left:
            self._offer()
            self._stop_waiting()

    def _failed(self, error: Exception) -> None:
        self._view.show_remark("", chosen=False)
        if not isinstance(error, SessionExpired):
            self._view.show_error(sentence(error))
        self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self.enter_waits:
            self.enter_waits = False
            self._undecided()

    def _offer(self) -> None:
        self._offering = True
        if self._found:
            self._view.offer(self._found, self._marked)
        else:
            self._view.offer_creation(self._text.strip() if self._create is not None else "")


def _exact(text: str, found: Sequence[T]) -> T | None:
    """Return the one that a code, a whole name or the only match makes certain."""
    if len(found) == 1:
        return found[0]
    same = [one for one in found if fold(text) in (fold(one.id), fold(one.name))]
    return same[0] if len(same) == 1 else None
