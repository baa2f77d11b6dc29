"""Alerts of a server in memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from almoxarife.client.alerts import ACKNOWLEDGED, OPEN, RESOLVED, Alert
from almoxarife.client.errors import Refused

NOON = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
_KEY_OF = {OPEN: "abertos", ACKNOWLEDGED: "reconhecidos", RESOLVED: "resolvidos"}


def alert(number: int, kind: str = "abaixo_minimo", product: str = "Café torrado") -> Alert:
    """Return an open alert about the first product."""
    text = f"{product}: 3 UN em Estoque, abaixo do mínimo de 10."
    return Alert(f"a{number}", kind, OPEN, text, "p1", product, 1, NOON)


class FakeAlerts:
    """Answers from a list; ``answer`` of the server behind it lets calls hang, get lost and be refused."""

    def __init__(self, answer: Callable[[str], None]) -> None:
        self._answer_alerts = answer
        # The newest first.
        self.alerts_there: list[Alert] = []
        # Of alerts that have one, by their ids.
        self.places_of_alerts: dict[str, str] = {}

    def alerts(self, situation: str, kind: str, place_id: str, after: str, limit: int) -> list[Alert]:
        self._answer_alerts("alerts")
        return [
            one
            for one in self.alerts_there
            if situation in ("todos", _KEY_OF[one.situation])
            and kind in ("", one.kind)
            and place_id in ("", self.places_of_alerts.get(one.id))
            and (not after or int(one.id[1:]) < int(after[1:]))
        ][:limit]

    def acknowledge(self, alert_id: str, note: str) -> Alert:
        self._answer_alerts("acknowledge")
        (place,) = [place for place, one in enumerate(self.alerts_there) if one.id == alert_id]
        old = self.alerts_there[place]
        if old.situation == RESOLVED:
            raise Refused("O alerta já foi resolvido.", status=409, code="alerta_resolvido")
        new = replace(old, situation=ACKNOWLEDGED, acknowledged_at=NOON, acknowledged_by="maria", note=note)
        self.alerts_there[place] = new
        return new
