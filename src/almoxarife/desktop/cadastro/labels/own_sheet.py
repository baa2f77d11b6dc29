"""The form for a sheet or roll of one's own, which this computer keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from almoxarife.client.labels import Measures
from almoxarife.desktop.cadastro.labels.measures import (
    DEFAULTS,
    HEIGHT,
    KIND,
    KINDS,
    ROLL,
    SHEET_ONLY,
    WIDTH,
    read,
)
from almoxarife.i18n import _


class MeasuresKeeper(Protocol):
    """Where the measures are kept between visits, as typed."""

    label_measures: dict[str, str]


class MeasuresView(Protocol):
    """What is shown of the form; fields have the names of ``measures``."""

    def open(self, kinds: Sequence[str], texts: Mapping[str, str]) -> None:
        """Show the form in place of the rest, with what can be chosen and these texts."""

    def close(self) -> None:
        """Show the rest again."""

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def show_fields(self, fields: Sequence[str], *, shown: bool) -> None:
        """Show some fields, or hide them."""

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""


class OwnSheet:
    """Follows what is typed; ``used`` is told of measures that can be, ``left`` that the form was left alone."""

    def __init__(
        self,
        view: MeasuresView,
        kept: MeasuresKeeper,
        *,
        used: Callable[[], None],
        left: Callable[[], None],
    ) -> None:
        self._view = view
        self._kept = kept
        self._used = used
        self._left = left
        self._kinds = {_(label): kind for kind, label in KINDS.items()}
        self._texts = dict(DEFAULTS)
        self.is_open = False
        self.measures: Measures | None = read(self._kept_texts())[0]

    def open(self) -> None:
        """Show the form with what is kept."""
        self.is_open = True
        self._texts = self._kept_texts()
        labels = {kind: label for label, kind in self._kinds.items()}
        shown = {**self._texts, KIND: labels[self._texts[KIND]]}
        self._view.open(list(self._kinds), shown)
        self._show_fields()

    def type(self, field: str, text: str) -> None:
        """Take a text typed or chosen."""
        # Any of them may make room for the labels.
        for other in {field, WIDTH, HEIGHT}:
            self._view.show_error(other, "")
        if field == KIND:
            self._texts[KIND] = self._kinds.get(text, self._texts[KIND])
            self._show_fields()
        else:
            self._texts[field] = text

    def submit(self) -> None:
        """Use what was typed and keep it, or say what is wrong."""
        measures, wrong = read(self._texts)
        for field in DEFAULTS:
            self._view.show_error(field, wrong.get(field, ""))
        if measures is None:
            self._view.focus_field(next(iter(wrong)))
            return
        self.measures = measures
        self._kept.label_measures = dict(self._texts)
        self._close()
        self._used()

    def leave(self) -> None:
        """Fold the form away; what was typed is forgotten."""
        if self.is_open:
            self._close()
            self._left()

    def _close(self) -> None:
        self.is_open = False
        for field in DEFAULTS:
            self._view.show_error(field, "")
        self._view.close()

    def _show_fields(self) -> None:
        self._view.show_fields(SHEET_ONLY, shown=self._texts[KIND] != ROLL)

    def _kept_texts(self) -> dict[str, str]:
        """Return what is kept, or where that is damaged what most sheets have."""
        kept = self._kept.label_measures
        return (
            {**DEFAULTS, **kept} if kept.keys() == DEFAULTS.keys() and kept[KIND] in KINDS else dict(DEFAULTS)
        )
