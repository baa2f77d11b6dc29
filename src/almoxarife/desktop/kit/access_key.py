"""Buttons that are pressed with Alt and the letter underlined in them."""

from __future__ import annotations

import sys
import tkinter as tk

import ttkbootstrap as tb

MARK = "&"
# In an event's state; AltGr, with which Brazilian keyboards type / ? and °, is Control and Alt on Windows.
CONTROL = 0x4
# Tk's own bit, and X11's, which on Windows stands for Num Lock.
ALT = 0x20000 if sys.platform == "win32" else 0x20000 | 0x8


def split_key(marked: str) -> tuple[str, int]:
    """Return a text without the mark before its letter, and where the letter is; -1 without a mark."""
    place = marked.find(MARK)
    return (marked[:place] + marked[place + 1 :], place) if place >= 0 else (marked, -1)


def give_key(button: tb.Button, marked: str) -> None:
    """Show a text such as ``&Registrar`` on a button; Alt and the letter press it while it can be seen."""
    text, place = split_key(marked)
    button.configure(text=text, underline=place)
    if place < 0:
        return

    def press(event: tk.Event[tk.Misc]) -> str | None:
        if int(event.state) & CONTROL or not button.winfo_viewable():
            return None
        button.invoke()
        return "break"

    letter = text[place].lower()
    for key in (letter, letter.upper()):
        button.winfo_toplevel().bind(f"<Alt-{key}>", press, add=True)
