"""A page that registers movements: the form, and the list of the last ones."""

from __future__ import annotations

from almoxarife.client.accounts import Account
from almoxarife.client.movements import Entry
from almoxarife.desktop.cadastro.movement.last import LastEntries
from almoxarife.desktop.cadastro.movement.presenter import MovementPresenter
from almoxarife.desktop.cadastro.pages import Page


class MovementPage(Page):
    """Form and list together."""

    def __init__(self, form: MovementPresenter, last: LastEntries) -> None:
        self.form = form
        self.last = last

    def begin(self, account: Account) -> None:
        """Show the movements of who works now."""
        self.last.start(account.username)

    def start(self) -> None:
        """Get ready for the next movement."""
        self.form.start()
        self.last.load()

    def reset(self) -> None:
        """Forget what somebody else had typed and sent."""
        self.form.reset()

    def resume(self) -> None:
        """Ask again for what was not answered."""
        self.last.load()
        self.form.picker.resume()

    def registered(self, entry: Entry) -> None:
        """Show a new movement in the list."""
        self.last.add(entry)
