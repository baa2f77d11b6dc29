"""Options of a style that several widgets give it in turn."""

from __future__ import annotations

import ttkbootstrap as tb


def set_style(name: str, **options: object) -> None:
    """Give a style its options, unless it has them in the theme in use.

    Whatever is set makes Tk tell every widget of the window that the theme has changed.
    """
    style = tb.Style.get_instance()
    has_them = style.style_exists_in_theme(name) and all(
        _text(style.configure(name, option)) == _text(value) for option, value in options.items()
    )
    if not has_them:
        style.configure(name, **options)


def _text(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
