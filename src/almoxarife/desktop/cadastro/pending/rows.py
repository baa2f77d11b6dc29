"""How movements of the outbox are shown."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from almoxarife.client.codes import Reading
from almoxarife.client.outbox.rows import Kept
from almoxarife.desktop.kit.kinds import ENTRY, REVERSAL, Tone, kind_word
from almoxarife.i18n import _, format_quantity


def row_of(kept: Kept, username: str) -> Sequence[str]:
    """Return when it was registered, what, how much, and how it stands."""
    return (
        f"{kept.made_at.astimezone():%d/%m %H:%M}",
        title_of(kept),
        quantity_of(kept),
        situation_of(kept, username),
    )


def title_of(kept: Kept) -> str:
    """Return kind and product."""
    return f"{kept.product_name} ({kind_word(str(kept.body.get('tipo', ENTRY)))})"


def quantity_of(kept: Kept) -> str:
    """Return the quantity with its unit, if another than the product's was chosen; nothing for a reversal."""
    quantity = number_of(kept)
    unit = kept.body.get("unidade", "")
    return f"{format_quantity(quantity)} {unit}".strip() if quantity is not None else ""


def number_of(kept: Kept) -> Decimal | int | None:
    """Return the quantity."""
    quantity = kept.body.get("quantidade")
    if isinstance(quantity, float):
        return Decimal(repr(quantity))
    return quantity if isinstance(quantity, int) else None


def situation_of(kept: Kept, username: str) -> str:
    """Return in a few words how it stands."""
    if kept.state == "refused":
        return "⚠ " + (kept.problem.message if kept.problem else _("refused"))
    if kept.state == "missing":
        return "⚠ " + _("no longer on the server")
    if kept.username != username:
        return _("waits until {username} logs in").format(username=kept.username)
    return _("waits for the server")


def explanation_of(kept: Kept, username: str) -> str:
    """Return what there is to say of one, and what can be done."""
    made = _("Registered by {username} on {day} at {time}.").format(
        username=kept.username,
        day=f"{kept.made_at.astimezone():%d/%m/%Y}",
        time=f"{kept.made_at.astimezone():%H:%M:%S}",
    )
    # The row may have been too narrow for it.
    text = " · ".join(part for part in (title_of(kept), quantity_of(kept), made) if part)
    if kept.state == "refused":
        message = kept.problem.message if kept.problem else ""
        return " ".join((text, _("The server refused it:"), message))
    if kept.state == "missing":
        number = kept.answer.get("sequencia") if kept.answer else None
        said = _("The server had it as No. {number} and has it no longer. Sent again, it counts once.")
        return f"{text} {said.format(number=number)}"
    last = kept.problem.message if kept.problem else ""
    return " ".join(part for part in (text, situation_of(kept, username).capitalize() + ".", last) if part)


def tone_of(kept: Kept) -> Tone:
    """Return the colour of a row."""
    return "out" if kept.state in ("refused", "missing") else ""


def is_about(kept: Kept, reading: Reading) -> bool:
    """Tell whether a scan is of the product of a movement, or of a place that it names."""
    if reading.place_id:
        return reading.place_id in (kept.body.get("local_id"), kept.body.get("para_local_id"))
    known = kept.body.get("produto_id")
    # A reversal names the movement that it takes back, and no product by its id.
    name = kept.product_name if known is None else None
    return any(line.product.id == known or line.product.name == name for line in reading.lines)


def can_be_corrected(kept: Kept) -> bool:
    """Tell whether there is a form in which it can be corrected."""
    return kept.state == "refused" and kept.body.get("tipo", ENTRY) != REVERSAL and "produto_id" in kept.body
