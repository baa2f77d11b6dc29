"""A field that is gone lets go of its window."""

from __future__ import annotations

import gc
import weakref

import ttkbootstrap as tb

from almoxarife.desktop.kit.field import Field


def test_a_form_that_closes_is_forgotten() -> None:
    window = tb.App()
    form = tb.Frame(window)
    field = Field(form, "Código")
    heard: list[str] = []
    field.on_change(heard.append)
    field.text = "ABC"
    assert heard == ["ABC"]
    gone = weakref.ref(field)
    form.destroy()
    del form, field
    gc.collect()
    assert gone() is None
    window.destroy()
