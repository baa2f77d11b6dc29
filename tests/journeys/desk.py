"""A screen, a keyboard and the windows on it, used as a person does; it needs no window manager."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable

from PIL import Image, ImageChops, ImageGrab

from .x11 import X11

LIMIT_S = 30.0
# More than a cursor that blinks and a button that turns a sign; less than any change of a screen.
ANOTHER_SCREEN = 4_000


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait until something holds; fail when that takes too long."""
    end = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < end, f"not within {LIMIT_S:.0f} s: {what}"
        time.sleep(0.05)


class Desk:
    """A screen with its keyboard; ``screen`` is its X11 name."""

    def __init__(self, screen: str) -> None:
        self.screen = screen
        self.x11 = X11(screen)
        self.x11.add_keys("çãúéáõíóâêô")

    def put_away(self) -> None:
        """Let go of the screen."""
        self.x11.disconnect()

    def window(self, title: str) -> Window:
        """Return the window of a title, once it is there and drawn."""
        found: list[Window] = []

        def is_drawn() -> bool:
            found[:] = [Window(self, number) for number in self._numbers(title)[:1]]
            try:
                for window in found:
                    window.settle()
            except Gone:
                # That of a program which was just ending; another one follows.
                return False
            return bool(found)

        wait_until(is_drawn, f"a window “{title}”")
        return found[0]

    def give_keyboard(self, title: str) -> None:
        """Give the keyboard to the window of a title as soon as there is one, drawn or not."""
        wait_until(lambda: any(map(self.gave_keyboard, self._numbers(title))), f"the keyboard in “{title}”")

    def gave_keyboard(self, number: int) -> bool:
        """Tell whether a window has the keyboard; give it to it if not."""
        if self.xdotool("getwindowfocus") == str(number):
            return True
        self.xdotool("windowfocus", str(number))
        return False

    def has(self, title: str) -> bool:
        """Tell whether there is a window of a title."""
        return bool(self._numbers(title))

    def xdotool(self, *arguments: str) -> str:
        """Run xdotool on this screen and return what it says; an empty text when it fails."""
        done = subprocess.run(
            ["xdotool", *arguments],
            check=False,
            env={"DISPLAY": self.screen, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def _numbers(self, title: str) -> list[int]:
        return [int(n) for n in self.xdotool("search", "--onlyvisible", "--name", title).split()]


class Gone(Exception):
    """A window is not there any more."""


class Window:
    """One window: what it shows, and the keys pressed in it."""

    def __init__(self, desk: Desk, number: int) -> None:
        self._desk = desk
        self._number = number

    def come_forward(self) -> None:
        """Take the keyboard, in front of the others."""
        self._desk.xdotool("windowraise", str(self._number))
        wait_until(lambda: self._desk.gave_keyboard(self._number), "the keyboard in the window")
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys, by their X11 names."""
        self._desk.xdotool("key", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._desk.xdotool("type", "--delay", "40", text)

    def press_and_see(self, *keys: str) -> None:
        """Press keys that lead to another screen; wait until that is there."""
        before = self.picture()
        self.press(*keys)
        wait_until(
            lambda: difference(before, self.picture()) > ANOTHER_SCREEN, f"another screen after {keys}"
        )
        self.settle()

    def settle(self) -> None:
        """Wait until the picture stays as it is; a busy button turns its sign more often than this looks."""
        pictures = [self.picture(), self.picture()]

        def is_still() -> bool:
            time.sleep(0.1)
            pictures.append(self.picture())
            first, second, third = pictures[-3:]
            return difference(first, second) == 0 == difference(second, third)

        wait_until(is_still, "a window that stands still")

    def picture(self) -> Image.Image:
        """Return what is to be seen where the window is. Raises Gone."""
        said = self._desk.xdotool("getwindowgeometry", "--shell", str(self._number))
        place = dict(line.split("=") for line in said.splitlines())
        if not place:
            raise Gone
        left, top = int(place["X"]), int(place["Y"])
        box = (left, top, left + int(place["WIDTH"]), top + int(place["HEIGHT"]))
        return ImageGrab.grab(xdisplay=self._desk.screen).crop(box)

    def close(self) -> None:
        """Close it as the button in its frame does."""
        self._desk.x11.ask_to_close(self._number)


def difference(one: Image.Image, other: Image.Image) -> int:
    """Return how many points of two pictures differ."""
    if one.size != other.size:
        return one.width * one.height
    grey = ImageChops.difference(one, other).convert("L")
    return one.width * one.height - grey.histogram()[0]
