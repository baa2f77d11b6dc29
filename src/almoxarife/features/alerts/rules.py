"""Rules of alerts: what there is to warn of, and what becomes of a warning."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import NamedTuple

from almoxarife.errors import DomainError
from almoxarife.ids import number_in
from almoxarife.names import check_line, display_form

# What the audit list calls it.
RULE_CREATED = "regra.criar"
RULE_SWITCHED = "regra.situacao"
MAX_NOTE = 200


class AlertKind(StrEnum):
    """What an alert warns of; the values are stored and go over the wire."""

    OUT_OF_STOCK = "sem_estoque"
    BELOW_MINIMUM = "abaixo_minimo"
    ABOVE_MAXIMUM = "acima_maximo"
    NEGATIVE = "negativo"
    EXPIRING = "vencendo"
    EXPIRED = "vencido"
    LARGE = "movimento_grande"
    OUTSIDE_HOURS = "fora_do_horario"


# About something that has happened: nothing can undo it but its reversal, so it is over when somebody has seen it.
OF_MOVEMENTS = frozenset({AlertKind.LARGE, AlertKind.OUTSIDE_HOURS})


class Situation(StrEnum):
    """What has become of an alert; the values go over the wire, in the plural for lists."""

    OPEN = "aberto"
    ACKNOWLEDGED = "reconhecido"
    RESOLVED = "resolvido"


class AlertNotFound(DomainError):
    """No alert has this id: ``alert_id``."""


class AlertResolved(DomainError):
    """The cause of the alert is gone, so nobody need acknowledge it any more."""


class Cause(NamedTuple):
    """Why there is an alert: at most one that is not resolved has the same ``key``.

    ``quantity``: what there is, or was moved; ``threshold``: the level or bound that it has passed; both in 1/10,000.
    """

    key: str
    kind: AlertKind
    product_id: int
    place: int | None = None
    lot_id: int | None = None
    rule: int | None = None
    movement: int | None = None
    account_id: int | None = None
    quantity: int = 0
    threshold: int | None = None


class Alert(NamedTuple):
    """A row of ``alert``; instants in microseconds. ``revision`` grows with each change of any alert."""

    number: int
    revision: int
    cause: Cause
    occurrences: int
    raised_at: int
    acknowledged_at: int | None = None
    acknowledged_by: int | None = None
    note: str | None = None
    resolved_at: int | None = None

    @property
    def situation(self) -> Situation:
        """What has become of it."""
        if self.resolved_at is not None:
            return Situation.RESOLVED
        return Situation.OPEN if self.acknowledged_at is None else Situation.ACKNOWLEDGED


class Filter(NamedTuple):
    """Which alerts are wanted; None for all of them. ``before``: only those with a smaller number."""

    situation: Situation | None = None
    kind: AlertKind | None = None
    product: int | None = None
    places: Collection[int] | None = None
    before: int | None = None


def number_of(alert_id: str) -> int:
    """Return the number in an id (``a7`` → 7). Raises AlertNotFound."""
    number = number_in(alert_id, "a")
    if number is None:
        raise AlertNotFound(alert_id=alert_id)
    return number


def check_note(text: str | None) -> str | None:
    """Return the form in which a note is kept. Raises InvalidField."""
    if text is None or not display_form(text):
        return None
    return check_line(text, "observacao", MAX_NOTE)
