"""The first question: whether the person has an account."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial

import ttkbootstrap as tb

from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.card import Card
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class WelcomeScreen(Card):
    """Two answers: Sim and Não, by mouse, arrows, Enter, or their first letters."""

    def __init__(
        self, parent: tk.Misc, *, has_account: Callable[[], None], has_none: Callable[[], None]
    ) -> None:
        super().__init__(parent, _("Do you have a user already?"))
        tb.Label(
            self.body,
            text=_("With “Yes” you log in; with “No” you create your user first."),
            bootstyle="secondary",
        ).grid(row=1, column=0, sticky="w", pady=(0, space(self, 3)))
        answers = tb.Frame(self.body)
        answers.grid(row=2, column=0, sticky="ew")
        answers.columnconfigure((0, 1), weight=1, uniform="answer")
        self.yes = tb.Button(answers, bootstyle="primary", command=has_account)
        self.no = tb.Button(answers, command=has_none)
        give_key(self.yes, _("&Yes"))
        give_key(self.no, _("&No"))
        self.yes.grid(row=0, column=0, sticky="ew", padx=(0, space(self)), ipady=space(self, 0.5))
        self.no.grid(row=0, column=1, sticky="ew", padx=(space(self), 0), ipady=space(self, 0.5))
        for button, other in ((self.yes, self.no), (self.no, self.yes)):
            for key in ("<Left>", "<Right>", "<Up>", "<Down>"):
                button.bind(key, partial(self._on_arrow, other))
            for answer in (self.yes, self.no):
                letter = str(answer.cget("text"))[int(answer.cget("underline"))]
                for key in (letter.lower(), letter.upper()):
                    button.bind(key, partial(self._on_letter, answer))

    def start(self) -> None:
        """Put the focus on the first answer."""
        self.yes.focus_set()

    def _on_arrow(self, other: tb.Button, event: tk.Event[tk.Misc]) -> None:
        other.focus_set()

    def _on_letter(self, answer: tb.Button, event: tk.Event[tk.Misc]) -> None:
        answer.invoke()
