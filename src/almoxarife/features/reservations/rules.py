"""Rules of reservations: goods that are held back for somebody until an instant."""

from __future__ import annotations

from typing import NamedTuple

from almoxarife.clock import beginning_of, day_after, from_rfc3339, is_day, to_rfc3339
from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import number_in
from almoxarife.names import check_line, display_form

MAX_NOTE = 200


class ReservationNotFound(DomainError):
    """No reservation has this id, or it does not stand any more: ``reservation_id``."""


class Reservation(NamedTuple):
    """A row of ``reservation``; quantity in 1/10,000, instants in microseconds."""

    number: int
    product_id: int
    place: int
    quantity: int
    account_id: int
    note: str | None
    created_at: int
    expires_at: int
    ended_at: int | None

    def stands_at(self, instant: int) -> bool:
        """Tell whether the goods are held back at an instant."""
        return self.ended_at is None and self.expires_at > instant


def number_of(reservation_id: str) -> int:
    """Return the number in an id (``r7`` → 7). Raises ReservationNotFound."""
    number = number_in(reservation_id, "r")
    if number is None:
        raise ReservationNotFound(reservation_id=reservation_id)
    return number


def check_note(text: str | None) -> str | None:
    """Return the form in which a note is kept. Raises InvalidField."""
    if text is None or not display_form(text):
        return None
    return check_line(text, "observacao", MAX_NOTE)


def check_expiry(text: str, now: int) -> int:
    """Return the instant at which a reservation ends, given as such or as a day, at whose end it does.

    Raises InvalidField.
    """
    try:
        instant = beginning_of(day_after(text)) if is_day(text) else from_rfc3339(text)
        # An offset may carry the calendar's last day out of the calendar.
        to_rfc3339(instant)
    except (ValueError, OverflowError):
        raise InvalidField(field="vence_em", reason="not_instant_or_day") from None
    if instant <= now:
        raise InvalidField(field="vence_em", reason="in_the_past")
    return instant
