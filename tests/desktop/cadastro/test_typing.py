"""Accents, typed as a keyboard types them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import unicodedata

import pytest

from almoxarife.client.products import Product

from .fake_api import FakeApi
from .window import ProgramWindow

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("xdotool"), reason="only xdotool types letters with accents"
)


def type_on_the_keyboard(window: ProgramWindow, *words: str) -> None:
    """Give the X server keystrokes, and let the window take them."""
    process = subprocess.Popen(["xdotool", *words], env=os.environ)
    window.wait(lambda: process.poll() is not None)
    assert process.returncode == 0


def typed(text: str) -> list[str]:
    """Return xdotool's words for a text.

    A letter that no key has is given one for as long as its delay: a window that is busy meanwhile would look too late
    which letter that was.
    """
    words = []
    for letter in text:
        words += ["type", "--args", "1", "--delay", "8" if letter.isascii() else "300", letter]
    return words


def test_names_with_accents_are_typed_created_and_found(api: FakeApi, window: ProgramWindow) -> None:
    window.log_in()
    window.program.flow.go("products")
    window.update(0.3)
    type_on_the_keyboard(window, *typed("Açúcar não refinado à granel"))
    window.wait(lambda: window.products.name.text.endswith("granel"))
    type_on_the_keyboard(window, "key", "Return")
    window.wait(lambda: api.products)
    assert api.products == [Product("p1", "Açúcar não refinado à granel")]
    assert unicodedata.is_normalized("NFC", api.products[0].name)

    window.program.flow.go("entry")
    window.update(0.3)
    type_on_the_keyboard(window, *typed("NÃO açú"))
    window.wait(lambda: window.entry.popup.is_open)
    assert window.entry.popup.lines == [("Açúcar não refinado à granel", "p1")]
    type_on_the_keyboard(window, "key", "Tab", "type", "50")
    window.wait(lambda: window.entry.quantity.text == "50")
    type_on_the_keyboard(window, "key", "Return")
    window.wait(lambda: window.said == "✓ Entrada registrada: 50 de Açúcar não refinado à granel.")
    assert [entry.quantity for entry in api.entries] == [50]
