"""Decisions of the form for one of the things that the shop keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from almoxarife.client.errors import Refused, SessionExpired, Unreachable
from almoxarife.desktop.cadastro.record.kind import Choice, RecordField, RecordKind
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

# Somebody else has changed it since it was read.
STALE = "versao_desatualizada"
T = TypeVar("T")


class FormView(Protocol):
    """What the presenter tells the form to do; fields have the names of the kind."""

    def show_form(self, title: str, locked: Sequence[str], *, usable: bool) -> None:
        """Say what is filled in; the locked fields cannot be changed, none when it is not usable."""

    def show_actions(self, names: Sequence[str]) -> None:
        """Show the buttons of these actions and no others."""

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field."""

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""

    def has_cursor(self, field: str) -> bool:
        """Tell whether the cursor is in a field."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being kept, and take no other meanwhile."""


class RecordForm(Generic[T]):
    """Fills in, makes and changes one; ``kept`` is called when something has changed."""

    def __init__(
        self,
        kind: RecordKind[T],
        calls: Jobs,
        view: FormView,
        *,
        say: Callable[[str, MessageKind], None],
        kept: Callable[[], None],
        made: Callable[[object], None] = lambda answer: None,
    ) -> None:
        """``made`` gets what the kind's ``create`` answered."""
        self._kind = kind
        self._calls = calls
        self._view = view
        self._say = say
        self._kept = kept
        self._made = made
        self._choices: dict[str, Sequence[Choice]] = {}
        self._texts: dict[str, str] = {}
        self._busy = False
        self.chosen: T | None = None

    def load(self) -> None:
        """Ask for what can be chosen."""
        for field in self._kind.fields:
            if field.choices is not None:
                self._load(field, field.choices)

    def show(self, chosen: T | None) -> None:
        """Fill in one, or nothing for a new one."""
        if self._busy:
            return
        self.chosen = chosen
        self._fill()

    def forget(self) -> None:
        """Fill in nothing; what can be chosen has to be asked for anew, and the first of it is chosen."""
        self._choices.clear()
        self.show(None)

    def type(self, name: str, text: str) -> None:
        """Take a text typed or chosen in a field."""
        if self._texts.get(name, "") != text:
            self._texts[name] = text
            self._view.show_error(name, "")

    def is_begun(self, name: str) -> bool:
        """Tell whether a new one is being filled in and something stands in a field of it."""
        return self.chosen is None and bool(self._texts.get(name, "").strip())

    def gather(self, name: str, text: str) -> None:
        """Put a text behind what stands in a field."""
        typed = self._texts.get(name, "").strip().rstrip("; ")
        self._view.set_text(name, f"{typed}; {text}" if typed else text)

    def save(self) -> None:
        """Keep what is filled in; what is missing is said at its field."""
        chosen = self.chosen
        create, change = self._kind.create, self._kind.change
        if self._busy or (create if chosen is None else change) is None:
            return
        for field in self._kind.fields:
            if field.missing and not self._texts.get(field.name, "").strip():
                self._refuse(field.name, _(field.missing))
                return
        values = self._values()
        done = _(self._kind.words.saved).format(name=self._texts.get(self._kind.fields[0].name, "").strip())
        if chosen is None:
            assert create is not None, "looked at above"
            self._run(lambda: create(values), done, self._made)
        else:
            assert change is not None, "looked at above"
            self._run(lambda: change(chosen, values), done)

    def act(self, name: str) -> None:
        """Do something else with the one that is filled in."""
        chosen = self.chosen
        action = next(action for action in self._kind.actions if action.name == name)
        if chosen is None or self._busy or not action.applies(chosen):
            return
        self._run(lambda: action.run(chosen), _(action.done).format(name=self._kind.name(chosen)))

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        self._calls.drop(self)
        self._set_busy(False)
        self.show(None)

    def focus(self) -> None:
        """Put the cursor into the first field that can be changed."""
        locked = self._locked()
        self._view.focus_field(next(f.name for f in self._kind.fields if f.name not in locked))

    # -- what stands in the fields

    def _load(self, field: RecordField, choices: Callable[[], Sequence[Choice]]) -> None:
        self._calls.run(choices, lambda found: self._take(field, found), self._no_choices, self)

    def _take(self, field: RecordField, found: Sequence[Choice]) -> None:
        if found == self._choices.get(field.name):
            return
        typed = self._texts.get(field.name, "")
        self._choices[field.name] = found
        self._view.set_options(field.name, [choice.label for choice in found])
        if self.chosen is not None:
            self._view.set_text(field.name, self._label(field.name, self._kind.values(self.chosen)))
        elif any(choice.label == typed for choice in found):
            self._view.set_text(field.name, typed)

    def _no_choices(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")

    def _fill(self) -> None:
        values = {} if self.chosen is None else self._kind.values(self.chosen)
        for field in self._kind.fields:
            self._view.set_text(field.name, self._label(field.name, values))
            self._view.show_error(field.name, "")
        title = _(self._kind.words.new) if self.chosen is None else self._kind.name(self.chosen)
        call = self._kind.create if self.chosen is None else self._kind.change
        if self.chosen is None and call is None:
            title = _(self._kind.words.hint)
        self._view.show_form(title, self._locked(), usable=call is not None)
        applying = [a.name for a in self._kind.actions if self.chosen is not None and a.applies(self.chosen)]
        self._view.show_actions(applying)

    def _label(self, name: str, values: Mapping[str, str]) -> str:
        value = values.get(name, "")
        choices = self._choices.get(name)
        if choices is None:
            return value
        first = choices[0].label if choices else ""
        return next((choice.label for choice in choices if choice.value == value), first)

    def _values(self) -> dict[str, str]:
        values = {}
        for field in self._kind.fields:
            text = self._texts.get(field.name, "").strip()
            choices = self._choices.get(field.name, ())
            values[field.name] = next((c.value for c in choices if c.label.strip() == text), text)
        return values

    def _locked(self) -> list[str]:
        return [] if self.chosen is None else [field.name for field in self._kind.fields if field.fixed]

    # -- keeping it

    def _run(
        self,
        work: Callable[[], object],
        done: str,
        then: Callable[[object], None] = lambda answer: None,
    ) -> None:
        def taken(answer: object) -> None:
            self._done(done)
            then(answer)

        self._set_busy(True)
        self._say("", "plain")
        self._calls.run(work, taken, self._failed, self)

    def _done(self, text: str) -> None:
        self._set_busy(False)
        self.show(None)
        self._kept()
        self._say(text, "success")

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        text = sentence(error)
        at = self._kind.said_at.get(error.field or "", error.field) if isinstance(error, Refused) else None
        if at in [field.name for field in self._kind.fields]:
            self._refuse(at or "", text)
            return
        if isinstance(error, Refused) and error.code == STALE:
            self.show(None)
            self._kept()
        if isinstance(error, Unreachable):
            text += " " + _("It may have been kept: look at the list before you try again.")
        self._say(text, "danger")

    def _refuse(self, name: str, text: str) -> None:
        self._view.show_error(name, text)
        self._view.focus_field(name)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
