"""A list that grows at its end, without a window."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.desktop.kit.kinds import Tone


class FakeList:
    """Remembers what a list would show."""

    def __init__(self) -> None:
        self.rows: list[Sequence[str]] = []
        self.tones: list[Tone] = []
        self.count = self.empty = ""
        # Where the rows went the last time that they were renewed.
        self.moved: Sequence[int | None] = ()

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = list(rows), list(tones)

    def add_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows += rows
        self.tones += tones

    def renew_rows(
        self, rows: Sequence[Sequence[str]], tones: Sequence[Tone], places: Sequence[int | None]
    ) -> None:
        self.rows, self.tones, self.moved = list(rows), list(tones), places

    def show_count(self, text: str) -> None:
        self.count = text

    def show_empty(self, text: str) -> None:
        self.empty = text
