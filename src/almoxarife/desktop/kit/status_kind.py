"""Kinds of messages of the status bar, for presenters, which know no Tk."""

from __future__ import annotations

from typing import Literal

MessageKind = Literal["plain", "success", "danger"]
