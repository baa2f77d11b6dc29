"""Styles of buttons that the toolkit lacks."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.colours import mix

# The action that is under way: readable, but nothing to press.
BUSY = "Busy.primary.TButton"
# A place in a navigation, and the place where one is.
PLACE = "Place.@chrome.Ghost.TButton"
HERE = "Here.@chrome.Ghost.TButton"

# In units of 1/96 inch, at the sides of a place and above and below its words.
PLACE_PADDING = (10, 1)
BUSY_TINT = 0.18
HERE_TINT = 0.14


def apply_button_styles(window: tk.Misc) -> None:
    """Take over the colours of the theme that is shown now."""
    style = tb.Style.get_instance()
    background, text, accent = style.colors.bg, style.colors.fg, style.colors.primary
    busy = mix(window, background, accent, BUSY_TINT)
    # This makes ttkbootstrap build the styles that these are made from.
    for name in (BUSY, PLACE, HERE):
        style.configure(name, anchor="center" if name == BUSY else "w")
    for name in (PLACE, HERE):
        # As low as it can be; who lays places out gives them more where there is room.
        style.configure(name, padding=tb.scale_size(window, PLACE_PADDING))
    parts = ("background", "bordercolor", "darkcolor", "lightcolor")
    style.map(BUSY, foreground=[("disabled", text)], **{part: [("disabled", busy)] for part in parts})
    here = mix(window, background, accent, HERE_TINT)
    style.configure(HERE, font="TkHeadingFont")
    style.map(HERE, **{part: [("", here)] for part in parts})
