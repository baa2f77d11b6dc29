"""The register program in a real window, used as a person does; prints how long the person waited."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from almoxarife.client.outbox.store import Outbox
from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.api import Api
from almoxarife.desktop.cadastro.app import Program
from almoxarife.desktop.kit.preferences import Preferences
from bench.ledgers import PASSWORD, USERNAME

_LIMIT_S = 30.0
_LOOK_S = 0.001
_OFFERED = 20
# Somebody who types fast.
_BETWEEN_KEYS_S = 0.08
_BETWEEN_TEXTS_S = 0.4


class Person:
    """Waits, types, and looks at a clock."""

    def __init__(self, address: str, folder: Path) -> None:
        self._api = Api(address, Visit(folder, address))
        self._program = Program(self._api, Preferences(folder), Outbox(folder, address))
        self._window = self._program.window
        self._program.start()
        self._wait(lambda: self._program.calls.connected)

    def log_in(self) -> float:
        """Log in; return the milliseconds from the button to the cursor in the field of the product."""
        self._program.welcome.yes.invoke()
        fields = self._program.login.fields
        fields["username"].text, fields["password"].text = USERNAME, PASSWORD
        self._wait(lambda: self._window.focus_get() is not None)
        begin = time.perf_counter()
        self._program.login.button.invoke()
        field = self._program.entry.product.entry
        self._wait(lambda: field.winfo_viewable() and self._window.focus_get() is field)
        return (time.perf_counter() - begin) * 1e3

    def look_up(self, text: str) -> float:
        """Type a text; return the milliseconds from its last key to the list of what it means."""
        expected = [product.id for product in self._api.search(text, _OFFERED)]
        field, popup = self._program.entry.product, self._program.entry.popup
        field.text = ""
        field.focus()
        self._let_pass(_BETWEEN_TEXTS_S)
        begin = time.perf_counter()
        for letter in text:
            self._let_pass(_BETWEEN_KEYS_S)
            begin = time.perf_counter()
            field.entry.event_generate("<Key-space>" if letter == " " else f"<Key-{letter}>")
        self._wait(lambda: popup.is_open and [code for _name, code in popup.lines] == expected)
        return (time.perf_counter() - begin) * 1e3

    def close(self) -> None:
        """Close the window."""
        self._program.jobs.close()
        self._window.destroy()

    def _let_pass(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._window.update()
            time.sleep(_LOOK_S)

    def _wait(self, holds: Callable[[], object]) -> None:
        """Let the window work until something holds, and what it then shows is drawn."""
        end = time.perf_counter() + _LIMIT_S
        self._window.update()
        while not holds():
            if time.perf_counter() > end:
                raise TimeoutError(f"not within {_LIMIT_S} s")
            time.sleep(_LOOK_S)
            self._window.update()


def main(address: str, texts: list[str]) -> None:
    """Log in and type each text."""
    with tempfile.TemporaryDirectory() as folder:
        person = Person(address, Path(folder))
        usable_ms = person.log_in()
        shown_ms = [person.look_up(text) for text in texts]
        person.close()
    print(json.dumps({"usable_ms": usable_ms, "shown_ms": shown_ms}))


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
