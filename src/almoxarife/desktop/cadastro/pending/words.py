"""What is said of movements that wait, were refused or are missing, as they are counted."""

from __future__ import annotations

from almoxarife.client.outbox.rows import Counts
from almoxarife.i18n import _, format_quantity, ngettext


def missing_text(missing: int) -> str:
    """Return what is said of a server that does not have any more what it gave a receipt for."""
    text = _("The server does not have its last receipt any more: its ledger was put back, cut or replaced.")
    if not missing:
        return text
    sent = ngettext(
        "{count} movement sent from here is missing: see it with F4.",
        "{count} movements sent from here are missing: see them with F4.",
        missing,
    )
    return f"{text} {sent.format(count=format_quantity(missing))}"


def counts_text(counts: Counts) -> str:
    """Return how many wait and how many are to be decided about, as it is shown; an empty text for none."""
    shown = (
        (ngettext("{count} pending movement", "{count} pending movements", counts.waiting), counts.waiting),
        (ngettext("{count} to decide", "{count} to decide about", counts.to_decide), counts.to_decide),
    )
    return " · ".join(text.format(count=format_quantity(count)) for text, count in shown if count)


def late_refused_text(refused: int) -> str:
    """Return what is said of movements that were refused when nobody waited for them any more."""
    text = ngettext(
        "The server refused {count} movement that waited: see it with F4.",
        "The server refused {count} movements that waited: see them with F4.",
        refused,
    )
    return text.format(count=format_quantity(refused))


def late_sent_text(sent: int) -> str:
    """Return what is said of movements that were registered when nobody waited for them any more."""
    text = ngettext(
        "{count} movement that waited is registered now.",
        "{count} movements that waited are registered now.",
        sent,
    )
    return text.format(count=format_quantity(sent))
