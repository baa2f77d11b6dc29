"""Decisions about the picture of a product."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.cadastro.picture.reading import BadPicture, Picture, read_file, unpack
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

# Who may change pictures.
ROLE = "operador"
SIDE_PX = 320
BYTES_PER_KIB = 1024


class PictureApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def picture(self, product_id: str) -> bytes | None:
        """Return the picture of a product, None where it has none."""

    def put_picture(self, product_id: str, content: bytes) -> None:
        """Give a product a picture."""

    def remove_picture(self, product_id: str) -> None:
        """Take the picture of a product away."""


class PictureView(Protocol):
    """What the presenter tells the tab to do."""

    def show_picture(self, picture: Picture | None) -> None:
        """Show a picture, or none."""

    def allow_changes(self, allowed: bool) -> None:
        """Show what changes the picture, or take it away."""

    def show_remark(self, text: str) -> None:
        """Say something about the picture."""

    def show_error(self, text: str) -> None:
        """Say why the picture cannot be shown or kept; an empty text takes it back."""

    def set_busy(self, busy: bool) -> None:
        """Show that a picture is being kept, and take no other meanwhile."""

    def focus_choice(self) -> None:
        """Put the keyboard on the button that chooses a file."""


class PicturePresenter(Page):
    """Shows the picture of the chosen product, takes another one, and removes it."""

    def __init__(
        self,
        api: PictureApi,
        chosen: Chosen,
        calls: Jobs,
        view: PictureView,
        *,
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._chosen = chosen
        self._calls = calls
        self._view = view
        self._say = say
        self._question: LatestOnly[Picture | None] = LatestOnly(calls)
        self._busy = False

    def begin(self, account: Account) -> None:
        """Show what this person may do."""
        self._view.allow_changes(may(account, ROLE))

    def start(self) -> None:
        """Show the picture as it is now."""
        self._load()
        self._view.focus_choice()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._load()

    def reset(self) -> None:
        """Forget the picture of another product."""
        self._calls.drop(self)
        self._question.forget()
        self._set_busy(False)
        self._show(None)

    def put(self, path: str) -> None:
        """Let the picture in a file be the product's; nothing when no file was chosen."""
        if not path or self._busy:
            return
        product_id = self._chosen.id

        def work() -> Picture:
            content = read_file(path)
            picture = unpack(content, SIDE_PX)
            self._api.put_picture(product_id, content)
            return picture

        self._run(work, _("The picture is kept."))

    def remove(self) -> None:
        """Take the picture away."""
        if self._busy:
            return
        product_id = self._chosen.id

        def work() -> None:
            self._api.remove_picture(product_id)

        self._run(work, _("The picture is gone."))

    def _load(self) -> None:
        if self._busy:
            return
        product_id = self._chosen.id

        def work() -> Picture | None:
            content = self._api.picture(product_id)
            return None if content is None else unpack(content, SIDE_PX)

        self._view.show_remark(_("Loading…"))
        self._question.ask(work, self._show, self._failed)

    def _run(self, work: Callable[[], Picture | None], done: str) -> None:
        def kept(picture: Picture | None) -> None:
            self._set_busy(False)
            self._show(picture)
            self._say(done, "success")

        self._question.forget()
        self._set_busy(True)
        self._view.show_error("")
        self._say("", "plain")
        self._calls.run(work, kept, self._failed, self)

    def _show(self, picture: Picture | None) -> None:
        self._view.show_error("")
        self._view.show_picture(picture)
        if picture is None:
            self._view.show_remark(_("No picture yet: PNG, JPEG or WebP of at most 1 MiB."))
            return
        text = _("{width} × {height} pixels, {size} KiB")
        size = format_quantity(-(-picture.size_bytes // BYTES_PER_KIB))
        self._view.show_remark(text.format(width=picture.width, height=picture.height, size=size))

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, SessionExpired):
            self._view.show_error(str(error) if isinstance(error, BadPicture) else sentence(error))

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
