"""What the tests need of X11 itself and xdotool does not offer."""

from __future__ import annotations

import ctypes
from ctypes import c_char_p, c_int, c_long, c_ulong, c_void_p

CLIENT_MESSAGE = 33
NO_EVENT_MASK = 0
# Beyond it the symbol of a character is its code point and this (X11 protocol, appendix A).
LATIN_1_END = 0x100
UNICODE_SYMBOL = 0x0100_0000


class _ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
        # An XEvent is as large as its largest kind.
        ("rest", c_long * 24),
    )


class X11:
    """A connection to a screen."""

    def __init__(self, screen: str) -> None:
        self._library = ctypes.CDLL("libX11.so.6")
        self._library.XOpenDisplay.restype = c_void_p
        self._library.XGetKeyboardMapping.restype = ctypes.POINTER(c_ulong)
        self._library.XInternAtom.restype = c_ulong
        self._library.XStringToKeysym.restype = c_ulong
        self._test = ctypes.CDLL("libXtst.so.6")
        self._display = c_void_p(self._library.XOpenDisplay(c_char_p(screen.encode())))
        assert self._display.value, f"the screen {screen} does not answer"

    def disconnect(self) -> None:
        self._library.XCloseDisplay(self._display)

    def add_keys(self, characters: str) -> None:
        """Give each character a key of its own.

        For a character without a key xdotool changes the keyboard, types it and changes the keyboard back;
        a program that is busy meanwhile finds another character, or none, on that key.
        """
        lowest, highest, width = c_int(), c_int(), c_int()
        self._library.XDisplayKeycodes(self._display, ctypes.byref(lowest), ctypes.byref(highest))
        count = highest.value - lowest.value + 1
        symbols = self._library.XGetKeyboardMapping(
            self._display, c_int(lowest.value), count, ctypes.byref(width)
        )
        rows = range(count)
        unused = [row for row in rows if not any(symbols[row * width.value + n] for n in range(width.value))]
        for row, character in zip(reversed(unused), characters, strict=False):
            code = ord(character)
            symbol = code if code < LATIN_1_END else code + UNICODE_SYMBOL
            new = (c_ulong * 1)(symbol)
            self._library.XChangeKeyboardMapping(self._display, lowest.value + row, 1, new, 1)
        self._library.XSync(self._display, 0)

    def scan(self, digits: str) -> None:
        """Send digits and Enter as a scanner does: all at once, faster than any fingers."""
        self.press(*digits, "Return")

    def press(self, *names: str) -> None:
        """Press keys that need no other key to be held down, by their X11 names, all at once."""
        for name in names:
            symbol = c_ulong(self._library.XStringToKeysym(c_char_p(name.encode())))
            key = self._library.XKeysymToKeycode(self._display, symbol)
            for pressed in (1, 0):
                self._test.XTestFakeKeyEvent(self._display, key, pressed, c_ulong(0))
        self._library.XFlush(self._display)

    def ask_to_close(self, window: int) -> None:
        """Tell a window what the button in its frame tells it."""
        message = _ClientMessage(
            type=CLIENT_MESSAGE,
            window=window,
            message_type=self._atom("WM_PROTOCOLS"),
            format=32,
            data=(c_long * 5)(self._atom("WM_DELETE_WINDOW")),
        )
        self._library.XSendEvent(
            self._display, c_ulong(window), 0, c_long(NO_EVENT_MASK), ctypes.byref(message)
        )
        self._library.XSync(self._display, 0)

    def _atom(self, name: str) -> int:
        atom: int = self._library.XInternAtom(self._display, c_char_p(name.encode()), 0)
        return atom
