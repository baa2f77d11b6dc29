"""Decisions of the tab with webhooks: beside list and form, the secret of one that was made is shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.webhooks import NewWebhook, Webhook
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.cadastro.record.presenter import RecordPresenter
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _


class SecretView(Protocol):
    """What the presenter tells the strip with the secret to do."""

    def show_secret(self, text: str, secret: str) -> None:
        """Show a secret and what it is; an empty one takes both away."""

    def copy_text(self, text: str) -> None:
        """Put a text into the clipboard."""


class SecretPresenter:
    """Shows the secret of a webhook that was made, until the person says that it is kept."""

    def __init__(self, view: SecretView, *, say: Callable[[str, MessageKind], None]) -> None:
        self._view = view
        self._say = say
        self._secret = ""

    def show(self, made: object) -> None:
        """Show the secret of what was made; no other answer of the server ever has it."""
        assert isinstance(made, NewWebhook), "the form makes nothing else"
        self._secret = made.secret
        words = _(
            "Secret of {url}. It is shown only now: give it to the receiver, who checks signatures with it."
        )
        self._view.show_secret(words.format(url=made.url), made.secret)

    def copy(self) -> None:
        """Put the secret into the clipboard."""
        self._view.copy_text(self._secret)
        self._say(_("Secret copied."), "success")

    def hide(self) -> None:
        """Take the secret away."""
        self._secret = ""
        self._view.show_secret("", "")


class WebhooksPage(Page):
    """List, form and secret together."""

    def __init__(self, records: RecordPresenter[Webhook], secret: SecretPresenter) -> None:
        self._records = records
        self._secret = secret

    def begin(self, account: Account) -> None:
        """Show what this person may do."""
        self._records.begin(account)

    def start(self) -> None:
        """Show the webhooks as they are now."""
        self._records.start()

    def reset(self) -> None:
        """Forget what somebody else had looked at, and a secret above all."""
        self._records.reset()
        self._secret.hide()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._records.resume()
