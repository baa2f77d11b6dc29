"""The label of a place, scanned on a page that registers movements: where the goods are, come from or go to."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.client.codes import Reading
from almoxarife.desktop.cadastro.movement.form import Detail, MovementForm
from almoxarife.desktop.cadastro.movement.presenter import MovementPresenter
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _


class ScannedPlaces:
    """Chooses places. Where there are two, the first label is the origin, and one behind goods is where they go.

    ``has_lines``: whether goods stand in the list; ``reveal`` shows the details that are folded away.
    """

    def __init__(
        self,
        form: MovementPresenter,
        fields: MovementForm,
        *,
        has_lines: Callable[[], bool],
        reveal: Callable[[], None],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._form = form
        self._details = [detail for detail in fields.details if detail.choices == "places"]
        self._has_lines = has_lines
        self._reveal = reveal
        self._say = say

    def take(self, reading: Reading) -> bool:
        """Choose a place that was scanned; return False when it cannot be, which was said."""
        if self._form.busy:
            self._say(_("Not taken: something is being registered."), "danger")
            return False
        detail = self._next(reading.place_id)
        if not self._form.fields.choose(detail.name, reading.place_id):
            # It may have been made since the places were asked for.
            self._form.load()
            said = _("{place} is not among the places that this page knows yet. Scan it again.")
            self._say(said.format(place=reading.place_name), "danger")
            return False
        if detail.asked == "folded" and not self._has_lines():
            self._reveal()
        self._say(f"{_(detail.label)}: {reading.place_name}", "plain")
        return True

    def _next(self, place_id: str) -> Detail:
        """Return which field a place belongs in."""
        origin, target = self._details[0], self._details[-1]
        chosen = self._form.fields.chosen(origin.name)
        has_goods = self._has_lines() or self._form.picker.chosen is not None
        if place_id == chosen or not (chosen or has_goods):
            return origin
        return target
