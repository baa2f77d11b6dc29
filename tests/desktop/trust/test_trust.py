"""Meeting a server for the first time: what is asked, what is kept, and that nothing is pressed by mistake."""

from __future__ import annotations

import gc
import socket
import time
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from almoxarife.certificates import making
from almoxarife.client.authorities import Authorities
from almoxarife.client.errors import Unreachable
from almoxarife.client.introduction import Stranger, introduce
from almoxarife.config import Settings
from almoxarife.desktop.trust import view
from almoxarife.desktop.trust.presenter import Met, TrustPresenter
from almoxarife.desktop.trust.view import TrustWindow, meet
from almoxarife.fingerprint import fingerprint_of
from tests.desktop.cadastro.fakes import FakeJobs

URL = "https://192.168.0.10:5000"


@pytest.fixture(scope="module")
def stranger() -> Stranger:
    authority = making.new_authority().decode()
    pem = authority[authority.index("-----BEGIN CERTIFICATE-----") :]
    return Stranger(pem, fingerprint_of(pem))


class FakeView:
    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []
        self.closed = False

    def show_waiting(self, text: str) -> None:
        self.said.append(("waiting", text))

    def ask(self, text: str, fingerprint: str) -> None:
        self.said.append(("asks", fingerprint))

    def show_failure(self, text: str) -> None:
        self.said.append(("failure", text))

    def close(self) -> None:
        self.closed = True


class Stage:
    def __init__(self, folder: Path, answer: Callable[[], Stranger | None]) -> None:
        self.view, self.authorities = FakeView(), Authorities(folder)
        self.presenter = TrustPresenter(URL, self.authorities, lambda url: answer(), FakeJobs(), self.view)
        self.presenter.start()


def test_who_agrees_is_not_asked_again(tmp_path: Path, stranger: Stranger) -> None:
    stage = Stage(tmp_path, lambda: stranger)
    assert stage.view.said == [
        ("waiting", f"Perguntando a {URL} quem é…"),
        ("asks", stranger.fingerprint),
    ]
    assert not stage.view.closed
    stage.presenter.trust()
    kept = tmp_path / "servidores" / "192.168.0.10-5000.pem"
    assert (stage.presenter.met, stage.view.closed) == (Met(kept), True)
    assert kept.read_text() == stranger.pem
    # Now without a window.
    assert meet(Settings.from_environment(data_dir=tmp_path, server_url=URL)) == Met(kept)


def test_who_leaves_trusts_nobody(tmp_path: Path, stranger: Stranger) -> None:
    stage = Stage(tmp_path, lambda: stranger)
    stage.presenter.leave()
    assert (stage.presenter.met, stage.view.closed) == (None, True)
    assert stage.authorities.of(URL) is None


def test_a_server_that_the_system_knows_needs_no_question(tmp_path: Path) -> None:
    stage = Stage(tmp_path, lambda: None)
    stage.presenter.trust()
    assert (stage.presenter.met, stage.authorities.of(URL)) == (Met(None), None)


def test_a_server_that_is_off_can_be_asked_again(tmp_path: Path, stranger: Stranger) -> None:
    answers: list[Stranger] = []

    def answer() -> Stranger:
        if not answers:
            raise Unreachable("O servidor não responde.")
        return answers[0]

    stage = Stage(tmp_path, answer)
    assert stage.view.said[-1] == ("failure", "O servidor não responde.")
    stage.presenter.trust()
    assert not stage.view.closed
    answers.append(stranger)
    stage.presenter.start()
    assert stage.view.said[-1] == ("asks", stranger.fingerprint)


def test_what_cannot_be_kept_is_told(tmp_path: Path, stranger: Stranger) -> None:
    (tmp_path / "servidores").write_text("no folder")
    stage = Stage(tmp_path, lambda: stranger)
    stage.presenter.trust()
    assert stage.view.said[-1][0] == "failure"
    assert stage.presenter.met is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://Loja.local", "loja.local-443.pem"),
        ("https://[fd00::2]:5000", "fd00__2-5000.pem"),
        ("http://192.168.0.10:5000", None),
    ],
)
def test_each_server_has_a_file_of_its_own(tmp_path: Path, url: str, name: str | None) -> None:
    path = Authorities(tmp_path).path(url)
    assert (path and path.name) == name


def test_loopback_asks_nothing(tmp_path: Path) -> None:
    assert meet(Settings.from_environment(data_dir=tmp_path)) == Met(None)


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(Unreachable):
        introduce(f"https://127.0.0.1:{port}")


@pytest.fixture
def window(tmp_path: Path, stranger: Stranger) -> Iterator[TrustWindow]:
    settings = Settings.from_environment(data_dir=tmp_path, server_url=URL)
    window = TrustWindow(settings, Authorities(tmp_path), lambda url: stranger)
    window.start()
    yield window
    if not window.jobs._closed.is_set():
        window.close()


def until(window: TrustWindow, condition: Callable[[], bool]) -> None:
    for _ in range(500):
        window.window.update()
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("it did not happen in time")


@pytest.mark.parametrize("size", ["834x584", "1024x640"])
def test_the_window_shows_the_fingerprint_whole(window: TrustWindow, stranger: Stranger, size: str) -> None:
    window.window.geometry(size)
    screen = window.screen
    until(window, lambda: bool(screen.fingerprint.cget("text")))
    assert str(screen.fingerprint.cget("text")).split() == stranger.fingerprint.split()
    until(window, lambda: bool(screen.trust.winfo_ismapped()))
    body = screen.body
    assert screen.fingerprint.winfo_width() >= screen.fingerprint.winfo_reqwidth()
    assert body.winfo_height() >= body.winfo_reqheight()
    assert body.winfo_y() + body.winfo_height() <= screen.winfo_height()
    # A stray Enter does not agree to anything.
    assert window.window.focus_lastfor() is screen.leave


def test_the_keyboard_agrees(window: TrustWindow, tmp_path: Path) -> None:
    until(window, lambda: bool(window.screen.trust.winfo_ismapped()))
    window.screen.trust.focus_force()
    window.screen.trust.event_generate("<Return>")
    assert window.presenter.met == Met(tmp_path / "servidores" / "192.168.0.10-5000.pem")


def test_nothing_is_left_of_the_window_for_threads_of_the_next_one(
    tmp_path: Path, stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[weakref.ref[object]] = []

    class Agreeing(TrustWindow):
        def __init__(self, settings: Settings, authorities: Authorities) -> None:
            super().__init__(settings, authorities, lambda url: stranger)
            left.extend(map(weakref.ref, (self.window, self.screen)))
            self.window.after(300, self.presenter.trust)

    monkeypatch.setattr(view, "TrustWindow", Agreeing)
    # Only what is collected on purpose goes, at a moment that is known.
    assert not gc.isenabled()
    met = meet(Settings.from_environment(data_dir=tmp_path, server_url=URL))
    assert met == Met(tmp_path / "servidores" / "192.168.0.10-5000.pem")
    gone = [thing() is None for thing in left]
    gc.collect()
    # Nothing was left to be let go of. With some releases of Python (3.11.2) Tcl keeps the window itself for good, and
    # no thread can be the one to let go of it then.
    assert [thing() is None for thing in left] == gone
    assert gone[1]
