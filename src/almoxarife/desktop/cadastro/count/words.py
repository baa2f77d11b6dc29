"""How counts are told."""

from __future__ import annotations

from datetime import datetime

from almoxarife.client.counts import OPEN, REVIEW, Count, Line
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _, format_quantity, ngettext

NOTE_WIDTH = 28


def what(count: Count) -> str:
    """Return what a count is about."""
    about = [count.place or _("the whole shop")]
    if count.abc:
        about.append(_("class {abc}").format(abc=count.abc))
    elif count.category:
        about.append(_("category {name}").format(name=count.category))
    elif count.products is not None:
        products = ngettext("{count} product", "{count} products", count.products)
        about.append(products.format(count=format_quantity(count.products)))
    return ", ".join(about)


def count_label(count: Count) -> str:
    """Return a count in one line: its id, what it is about, and how far it is."""
    about = [what(count)]
    about.append(_("under review") if count.state == REVIEW else _("open"))
    if count.blind:
        about.append(_("blind"))
    label = f"{count.id} · {', '.join(about)}"
    return f"{label} · {shortened(count.note)}" if count.note else label


def shortened(note: str) -> str:
    """Return the beginning of a note, for where there is little room."""
    return note if len(note) <= NOTE_WIDTH else f"{note[: NOTE_WIDTH - 1].rstrip()}…"


def who_and_why(count: Count) -> str:
    """Return who began a count, and the note on it."""
    said = _("Begun by {username}").format(username=count.opened_by)
    return f"{said} · {count.note}" if count.note else said


def progress(count: Count) -> str:
    """Return how much of what is expected has been counted, and what is left to do."""
    said = _("{counted} of {expected} items counted").format(
        counted=format_quantity(count.counted), expected=format_quantity(count.expected)
    )
    if count.different:
        said += " · " + ngettext("{count} difference", "{count} differences", count.different).format(
            count=count.different
        )
    if count.recount:
        said += " · " + _("{count} to be counted anew").format(count=count.recount)
    if count.twice:
        said += " · " + ngettext(
            "{count} serial number twice", "{count} serial numbers twice", count.twice
        ).format(count=count.twice)
    if count.unknown:
        said += " · " + ngettext("{count} unknown code", "{count} unknown codes", count.unknown).format(
            count=count.unknown
        )
    return said


def what_next(count: Count) -> str:
    """Return what stands in place of the lines when there are none."""
    if count.state == OPEN:
        return _("Nothing counted yet. Scan a product, or type it.")
    return _("Nothing is to be counted anew. The differences are under Review.")


def time_of(at: datetime) -> str:
    """Return the time of day by the clock of this computer, as all lists show it."""
    return f"{at.astimezone():%H:%M:%S}"


def at_place(place: str, lot: str) -> str:
    """Return where something was counted, and which lot."""
    return f"{place} · {lot}" if lot else place


def said_of(line: Line) -> tuple[str, MessageKind]:
    """Return what is said of a line that was just counted; what somebody should look at is ``danger``."""
    if not line.is_product:
        unknown = _("“{text}” is no product. It is kept to be resolved.")
        return unknown.format(text=line.name), "danger"
    if line.twice:
        twice = _("{name}: the serial number {lot} was counted before.")
        return twice.format(name=line.name, lot=line.lot), "danger"
    said = _("{name}: {quantity} counted, {total} in all.")
    if line.expected is not None:
        said = _("{name}: {quantity} counted, {total} in all; expected: {expected}.")
    counted = said.format(
        name=line.name,
        quantity=format_quantity(line.quantity),
        total=format_quantity(line.total if line.total is not None else line.quantity),
        expected=format_quantity(line.expected or 0),
    )
    return counted, "success"
