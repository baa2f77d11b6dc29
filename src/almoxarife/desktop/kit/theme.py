"""The look of every window: one pair of themes, one spacing step, three text sizes.

Fonts by name: ``TkDefaultFont`` for text, ``TkCaptionFont`` for the title of a
screen, ``TkSmallCaptionFont`` for remarks. One accent: bootstyle ``primary``,
for the one action that a screen is for.
"""

from __future__ import annotations

import logging
import tkinter as tk
from tkinter import font as tkfont
from types import TracebackType

import ttkbootstrap as tb
from ttkbootstrap.localization import MessageCatalog
from ttkbootstrap.style import ThemeDefinition

from almoxarife.desktop.kit.button_styles import apply_button_styles
from almoxarife.desktop.kit.icon import draw_icon
from almoxarife.desktop.kit.preferences import Preferences
from almoxarife.i18n import language

STEP = 8
SIZE = (1024, 640)
SMALLEST_SIZE = (800, 560)
SMALLEST_TEXT = 10
TITLE_RATIO = 1.6
# On a wall people read from some metres away.
WALL_RATIO = 1.5
LIGHT, DARK = "almoxarife-claro", "almoxarife-escuro"

# Every text keeps a contrast of 4.5 : 1 with its ground (WCAG 2.2, 1.4.3).
_LIGHT_COLOURS = {
    "primary": "#1660b0",
    "secondary": "#5b6675",
    "success": "#1f7a35",
    "info": "#0b7285",
    "warning": "#e8a200",
    "danger": "#b42318",
    "light": "#e9ecf1",
    "dark": "#282e38",
    "bg": "#ffffff",
    "fg": "#1b2430",
    "selectbg": "#1660b0",
    "selectfg": "#ffffff",
    "border": "#c3cad4",
    "inputfg": "#1b2430",
    "inputbg": "#ffffff",
    "active": "#eef1f5",
}
_DARK_COLOURS = {
    "primary": "#2f74c8",
    "secondary": "#9aa7b8",
    "success": "#4fb366",
    "info": "#3bb0c4",
    "warning": "#edb533",
    "danger": "#f4766e",
    "light": "#e0e3e8",
    "dark": "#282e38",
    "bg": "#171c24",
    "fg": "#e6ebf2",
    "selectbg": "#2b6cb8",
    "selectfg": "#ffffff",
    "border": "#465162",
    "inputfg": "#e6ebf2",
    "inputbg": "#1d2430",
    "active": "#262f3c",
}
_logger = logging.getLogger(__name__)


def space(widget: tk.Misc, steps: float = 1) -> int:
    """Return so many spacing steps in pixels of the screen that the widget is on."""
    return int(tb.scale_size(widget, STEP * steps))


class Window(tb.App):
    """The one window of a program, in the theme that was chosen last; hidden until ``deiconify``."""

    def __init__(self, title: str, preferences: Preferences) -> None:
        super().__init__(title=title, iconphoto=None)
        self.withdraw()
        self._preferences = preferences
        self._on_wall = False
        for name, colours, mode in ((LIGHT, _LIGHT_COLOURS, "light"), (DARK, _DARK_COLOURS, "dark")):
            self.style.register_theme(ThemeDefinition(name, colours, mode))
        default = tkfont.nametofont("TkDefaultFont", root=self)
        self._family = default.actual("family")
        self._text_size = max(SMALLEST_TEXT, int(default.actual("size")))
        self._set_fonts(1.0)
        self._show_theme(DARK if preferences.dark else LIGHT)
        # Enter presses the button that has the focus, as the space bar does, which the toolkit takes away.
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            self.bind_class("TButton", key, lambda event: event.widget.invoke())
        # The toolkit's own words, in its dialogs.
        MessageCatalog.locale(language().lower())
        self._icon = draw_icon(self)
        self.iconphoto(True, self._icon)
        self._set_size()

    @property
    def dark(self) -> bool:
        """Whether the dark theme is shown."""
        return self.theme_use() == DARK

    def switch_theme(self) -> None:
        """Change between light and dark, and remember it."""
        self._show_theme(LIGHT if self.dark else DARK)
        self._preferences.dark = self.dark

    @property
    def on_wall(self) -> bool:
        """Whether the window fills the screen in large letters."""
        return self._on_wall

    def switch_wall(self) -> None:
        """Fill the screen in large letters, or be a window again."""
        self._on_wall = not self._on_wall
        self.attributes("-fullscreen", self._on_wall)
        self._set_fonts(WALL_RATIO if self._on_wall else 1.0)
        self.update_idletasks()
        # What measures letters does it again, as after a change of theme.
        _tell_all(self)

    def report_callback_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log what went wrong in a callback; Tk itself would only print it."""
        _logger.error("error in a callback of the window", exc_info=(kind, error, trace))

    def _show_theme(self, name: str) -> None:
        self.theme_use(name)
        apply_button_styles(self)

    def _set_fonts(self, ratio: float) -> None:
        text = round(self._text_size * ratio)
        family = self._family
        sizes = dict.fromkeys(("TkDefaultFont", "TkTextFont", "TkMenuFont", "TkHeadingFont"), text)
        sizes |= {"TkCaptionFont": round(text * TITLE_RATIO)}
        sizes |= dict.fromkeys(("TkSmallCaptionFont", "TkTooltipFont"), text - 1)
        for name, size in sizes.items():
            tkfont.nametofont(name, root=self).configure(family=family, size=size)

    def _set_size(self) -> None:
        screen = (self.winfo_screenwidth(), self.winfo_screenheight())
        width, height = map(min, tb.scale_size(self, SIZE), screen)
        self.geometry(f"{width}x{height}")
        self.minsize(*map(min, tb.scale_size(self, SMALLEST_SIZE), screen))


def _tell_all(widget: tk.Misc) -> None:
    widget.event_generate("<<ThemeChanged>>")
    for child in widget.winfo_children():
        _tell_all(child)
