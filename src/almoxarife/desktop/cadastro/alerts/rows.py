"""An alert in words: as a row of the list, and the whole of it."""

from __future__ import annotations

from datetime import datetime

from almoxarife.client.alerts import OPEN, Alert
from almoxarife.desktop.kit.alert_words import alert_tone, alert_word, situation_word
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.i18n import _, ngettext


def whole(alert: Alert) -> str:
    """Return all there is to say of an alert."""
    parts = [alert.text]
    if alert.occurrences > 1:
        parts.append(
            ngettext("It happened {count} time.", "It happened {count} times.", alert.occurrences).format(
                count=alert.occurrences
            )
        )
    if alert.acknowledged_at is not None:
        words = _("{who} acknowledged it on {when}.")
        parts.append(words.format(who=alert.acknowledged_by, when=_when(alert.acknowledged_at)))
    if alert.note:
        parts.append(_("Note: {note}").format(note=alert.note))
    if alert.resolved_at is not None:
        parts.append(_("Resolved on {when}.").format(when=_when(alert.resolved_at)))
    return " ".join(parts)


def _when(instant: datetime) -> str:
    return f"{instant.astimezone():%d/%m/%y %H:%M}"


def row_of(alert: Alert) -> tuple[str, ...]:
    """Return what the list tells of an alert."""
    return (
        _when(alert.raised_at),
        alert_word(alert.kind),
        alert.text,
        situation_word(alert.situation),
    )


def tone_of(alert: Alert) -> Tone:
    """Return the colour of an alert; one that nobody need look at has faded."""
    return alert_tone(alert.kind) if alert.situation == OPEN else "faded"
