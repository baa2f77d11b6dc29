"""Decisions of the list of what was scanned: corrected by keyboard, registered together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Outgoing, Problem
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.movement.facts import MOST_DECIMALS
from almoxarife.desktop.cadastro.movement.readings.lines import Item, Line, Lines, SerialTwice, TooMuch
from almoxarife.desktop.cadastro.movement.readings.rows import (
    LineRows,
    done_text,
    problem_of,
    quantity_text,
    refused_text,
    summary_of,
    tone_of,
)
from almoxarife.desktop.cadastro.movement.readings.sending import Answer, LinesSending
from almoxarife.desktop.cadastro.movement.readings.verbs import ReadingsView
from almoxarife.desktop.cadastro.movement.sending import Dispatcher
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _, format_quantity, ngettext


class ReadingsPresenter:
    """Keeps the lines of one page and registers each under an id of its own.

    ``common`` reads the details that all lines have, None when something in the form is wrong. ``complete`` puts an
    item into the form, if that is free. ``finished`` is called when no line is left.
    """

    def __init__(
        self,
        build: Callable[[Line, Mapping[str, object]], Outgoing],
        dispatch: Dispatcher,
        view: ReadingsView,
        *,
        signed: bool,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        common: Callable[[], Mapping[str, object] | None],
        complete: Callable[[Item], bool],
        registered: Callable[[Entry], None],
        finished: Callable[[], None],
    ) -> None:
        self._view = view
        self._signed = signed
        self._say = say
        self._common = common
        self._complete = complete
        self._registered = registered
        self._finished = finished
        self._selected: Line | None = None
        self._quantity_error = ""
        self._shown_quantity = ""
        self._sure = False
        self._wanted = self._done = self._kept = self._refused = 0
        self._sending = LinesSending(build, dispatch, went_on=self._went_on, ended=self._ended)
        self.lines = Lines(new_id)

    @property
    def busy(self) -> bool:
        """Whether lines are being registered."""
        return self._sending.busy

    def start(self) -> None:
        """Put the cursor where corrections belong, when there are lines."""
        if len(self.lines):
            self._view.focus_quantity()

    def add(self, item: Item) -> bool:
        """Take a scanned item; return False when it cannot be counted, which is said."""
        self._sure = False
        try:
            line = self.lines.add(item)
        except SerialTwice:
            self._say(_("{remark} is in the list already.").format(remark=item.remark), "danger")
            return False
        except TooMuch:
            most = format_quantity(MAX_WHOLE_QUANTITY)
            self._say(
                _("Not counted: of {product} no more than {most}.").format(
                    product=item.product.name, most=most
                ),
                "danger",
            )
            return False
        self._view.open(True)
        self._show(line)
        self._view.focus_quantity()
        self._say(f"{item.product.name}: {quantity_text(line.item)}", "plain")
        return True

    # -- what the person does

    def select(self, place: int) -> None:
        """Go to a line."""
        self._show(self.lines[place])

    def move(self, steps: int) -> None:
        """Go to the line so many further down."""
        if len(self.lines) and self._selected is not None:
            place = self.lines.place_of(self._selected) + steps
            self._show(self.lines[max(0, min(len(self.lines) - 1, place))])
            self._view.focus_quantity()

    def type_quantity(self, text: str) -> None:
        """Correct the quantity of the selected line."""
        line = self._selected
        if line is None or text == self._shown_quantity:
            return
        self._shown_quantity, self._sure = text, False
        if line.fixed:
            self._say_fixed()
            self._show(line)
            return
        try:
            quantity = parse_quantity(
                text, decimals=MOST_DECIMALS, maximum=MAX_WHOLE_QUANTITY, signed=self._signed
            )
        except NumberError as error:
            self._quantity_error = str(error)
            self._view.show_error(self._quantity_error)
            return
        self._quantity_error = ""
        line.item, line.error = replace(line.item, quantity=quantity), ""
        self._view.show_error(problem_of(line))
        self._show_list()

    def remove(self) -> None:
        """Take the selected line out."""
        line = self._selected
        if line is None or self.busy:
            return
        place = self.lines.place_of(line)
        self._throw_away(line)
        self._say(_("Taken out: {product}.").format(product=line.item.product.name), "plain")
        self._show(self.lines[min(place, len(self.lines) - 1)] if len(self.lines) else None)
        if len(self.lines):
            self._view.focus_quantity()
        else:
            self._close()

    def complete(self) -> None:
        """Put the selected line into the form, where lot, serial number and cost can be filled in."""
        line = self._selected
        if line is None or self.busy:
            return
        if line.fixed:
            self._say_fixed()
        elif self._complete(line.item):
            self._throw_away(line)
            self._show(self.lines[0] if len(self.lines) else None)
            if not len(self.lines):
                self._view.open(False)
        else:
            self._say(_("Finish what stands in the form first, or empty it with Esc."), "danger")

    def submit(self) -> None:
        """Register all lines, those scanned first before the others."""
        if self.busy or not len(self.lines):
            return
        wrong = next((line for line in self.lines.oldest_first if problem_of(line, refusals=False)), None)
        if self._quantity_error or wrong is not None:
            if not self._quantity_error:
                self._show(wrong)
            self._view.focus_quantity()
            return
        details = self._common()
        if details is None:
            return
        self._sure = False
        self._wanted, self._done, self._kept, self._refused = len(self.lines), 0, 0, 0
        self._say("", "plain")
        self._view.set_busy(True)
        self._sending.start(self.lines.oldest_first, details)
        self._show_progress()

    def leave(self) -> None:
        """Stop registering; or throw all lines away, which has to be said twice."""
        if self.busy:
            self._sending.stop()
        elif not self._sure:
            self._sure = True
            text = ngettext(
                "Press Esc again to throw {count} line away; nothing of it has been registered.",
                "Press Esc again to throw {count} lines away; nothing of them has been registered.",
                len(self.lines),
            )
            self._say(text.format(count=format_quantity(len(self.lines))), "danger")
        else:
            self._sending.discard(self.lines.oldest_first)
            self.reset()
            self._say("", "plain")
            self._close()

    def reset(self) -> None:
        """Forget what somebody else had scanned; what is under way is registered all the same."""
        self._sending.reset()
        self._view.set_busy(False)
        self.lines.clear()
        self._show(None)
        self._view.open(False)

    # -- registering

    def _throw_away(self, line: Line) -> None:
        self._sending.discard([line])
        self.lines.remove(line)

    def _went_on(self, line: Line, answer: Answer) -> None:
        if isinstance(answer, Problem) and answer.code != "id_em_conflito":
            line.error = answer.message
            self._refused += 1
        else:
            # In a conflict it had been registered before, with what stood in the form then.
            self.lines.remove(line)
            self._kept += answer is None
            self._done += answer is not None
            if isinstance(answer, Entry):
                self._registered(answer)
        self._show_progress()

    def _ended(self, trouble: Exception | None) -> None:
        self._view.set_busy(False)
        done = done_text(self._done, self._kept)
        if not len(self.lines):
            self._show(None)
            self._close()
            self._say(f"{done}.", "plain" if self._kept else "success")
            return
        self._show(next((line for line in self.lines.oldest_first if line.error), self.lines[0]))
        self._view.focus_quantity()
        if trouble is not None:
            self._say(sentence(trouble), "danger")
        elif self._refused:
            self._say(f"{done}, {refused_text(self._refused)}", "danger")
        else:
            self._say(_("{done}; {count} not yet.").format(done=done, count=len(self.lines)), "plain")

    def _close(self) -> None:
        self._view.open(False)
        self._finished()

    # -- what is shown

    def _show(self, line: Line | None) -> None:
        self._selected = line
        self._quantity_error = ""
        self._show_list()
        self._shown_quantity = format_quantity(line.item.quantity) if line and line.item.quantity else ""
        self._view.show_quantity(self._shown_quantity, line.item.unit if line else "")
        self._view.show_error(problem_of(line) if line else "")

    def _show_list(self) -> None:
        selected = self.lines.place_of(self._selected) if self._selected is not None else 0
        self._view.show_lines(LineRows(self.lines), lambda place: tone_of(self.lines[place]), selected)
        if not self.busy:
            self._view.show_summary(summary_of(self.lines))

    def _show_progress(self) -> None:
        text = _("Registering {done} of {all}… Esc stops")
        done = self._done + self._kept + self._refused
        self._view.show_summary(text.format(done=format_quantity(done), all=format_quantity(self._wanted)))

    def _say_fixed(self) -> None:
        self._say(_("It may be registered already: press Enter to find out before it is changed."), "danger")
