"""Kinds of alerts: the word and the colour that they are shown with."""

from __future__ import annotations

from almoxarife.client.alerts import ACKNOWLEDGED, OPEN, RESOLVED
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.i18n import N_, _

_KINDS: dict[str, tuple[str, Tone]] = {
    "sem_estoque": (N_("out of stock"), "out"),
    "abaixo_minimo": (N_("below minimum"), "changed"),
    "acima_maximo": (N_("above maximum"), "moved"),
    "negativo": (N_("below zero"), "out"),
    "vencido": (N_("expired"), "out"),
    "vencendo": (N_("expiring"), "changed"),
    "movimento_grande": (N_("large movement"), "changed"),
    "fora_do_horario": (N_("outside hours"), "changed"),
}
_SITUATIONS = {OPEN: N_("still open"), ACKNOWLEDGED: N_("acknowledged"), RESOLVED: N_("resolved")}
ALERT_KINDS = tuple(_KINDS)


def alert_word(kind: str) -> str:
    """Return the word for a kind of alert of the wire; a kind of a newer server as it is."""
    return _(_KINDS[kind][0]) if kind in _KINDS else kind


def alert_tone(kind: str) -> Tone:
    """Return the colour of a kind of alert, by name."""
    return _KINDS[kind][1] if kind in _KINDS else "changed"


def situation_word(situation: str) -> str:
    """Return the word for what became of an alert."""
    return _(_SITUATIONS[situation]) if situation in _SITUATIONS else situation
