"""Decisions of the form with the shop's settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.settings import Shop
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _

# The fields, by their keys on the wire; of a choice what a person reads, and what is kept.
NAME = "loja"
CHOICES: dict[str, dict[str, object]] = {
    "metodo_custo": {
        N_("moving weighted average"): "medio",
        N_("FIFO: first in, first out"): "peps",
    },
    "permite_negativo": {
        N_("no: refuse more than there is"): False,
        N_("yes: balances may be negative"): True,
    },
}
MASKS = "mascara_balanca"
WARNING_DAYS = "dias_aviso_validade"
FIELDS = (NAME, *CHOICES, MASKS, WARNING_DAYS)


class ShopApi(Protocol):
    """What the form asks of the server; each call runs in a thread."""

    def shop(self) -> Shop:
        """Return how the shop works."""

    def change_shop(self, values: dict[str, object]) -> Shop:
        """Set some of the shop's settings."""


class ShopView(Protocol):
    """What the presenter tells the form to do; fields have the names in ``FIELDS``."""

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field, as if it had been typed."""

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being kept, and take no other meanwhile."""


class ShopPresenter(Page):
    """Shows and keeps the settings; ``named`` is told the shop's name whenever it is known anew."""

    def __init__(
        self,
        api: ShopApi,
        calls: Jobs,
        view: ShopView,
        *,
        say: Callable[[str, MessageKind], None],
        named: Callable[[str], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._named = named
        self._texts: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._busy = False

    def start(self) -> None:
        """Show the settings as they are now; what was changed here and not kept yet stays."""
        self.resume()
        self._view.focus_field(NAME)

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        self._calls.drop(self)
        self._set_busy(False)
        self._known = {}
        for field in FIELDS:
            self._view.set_text(field, "")
            self._view.show_error(field, "")

    def resume(self) -> None:
        """Ask again, because the server is back."""
        if not self._busy:
            self._calls.run(self._api.shop, self._take, self._failed, self)

    def type(self, field: str, text: str) -> None:
        """Take a text typed or chosen in a field."""
        if self._texts.get(field, "") != text:
            self._texts[field] = text
            self._view.show_error(field, "")

    def save(self) -> None:
        """Keep what differs from what is kept already."""
        if self._busy or not self._known:
            return
        texts = {field: self._texts.get(field, "").strip() for field in FIELDS}
        values = {field: _value(field, text) for field, text in texts.items() if text != self._known[field]}
        if not values:
            self._say(_("Nothing was changed."), "plain")
            return
        self._set_busy(True)
        self._say("", "plain")
        self._calls.run(lambda: self._api.change_shop(values), self._kept, self._failed, self)

    def undo(self) -> None:
        """Put back what is kept."""
        if self._busy:
            return
        for field, text in self._known.items():
            self._view.set_text(field, text)
            self._view.show_error(field, "")
        self._view.focus_field(NAME)

    def _kept(self, shop: Shop) -> None:
        self._set_busy(False)
        self._texts = dict(self._known)
        self._take(shop)
        self._say(_("Settings saved."), "success")

    def _take(self, shop: Shop) -> None:
        self._named(shop.name)
        before, self._known = self._known, _texts(shop)
        for field, labels in CHOICES.items():
            self._view.set_options(field, [_(label) for label in labels])
        for field, text in self._known.items():
            if not before or self._texts.get(field, "").strip() == before[field]:
                self._view.set_text(field, text)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, Refused) and error.field in FIELDS:
            self._view.show_error(error.field, sentence(error))
            self._view.focus_field(error.field)
        else:
            self._say(sentence(error), "danger")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)


def _texts(shop: Shop) -> dict[str, str]:
    values: dict[str, object] = {
        "metodo_custo": shop.cost_method,
        "permite_negativo": shop.allows_negative,
    }
    labels = {
        field: next(_(label) for label, value in choices.items() if value == values[field])
        for field, choices in CHOICES.items()
    }
    return {
        NAME: shop.name,
        **labels,
        MASKS: shop.scale_masks,
        WARNING_DAYS: str(shop.expiry_warning_days),
    }


def _value(field: str, text: str) -> object:
    if field in (NAME, MASKS):
        return text
    if field == WARNING_DAYS:
        # What is no number is the server's to refuse, as everything else that cannot be.
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text
    return next(value for label, value in CHOICES[field].items() if _(label) == text)
