"""How the lines of the list are shown."""

from __future__ import annotations

from almoxarife.desktop.cadastro.movement.readings.lines import Item, Line, Lines
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.i18n import _, format_quantity, ngettext


class LineRows:
    """The lines as a table shows them."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def row(self, index: int) -> tuple[str, ...]:
        """Return the texts of a line."""
        line = self._lines[index]
        problem = problem_of(line)
        return (
            line.item.product.name,
            f"⚠ {problem}" if problem else line.item.remark,
            quantity_text(line.item),
        )


def quantity_text(item: Item) -> str:
    """Return a quantity with its unit."""
    return f"{format_quantity(item.quantity)} {item.unit}".strip()


def tone_of(line: Line) -> Tone:
    """Return the colour of a line."""
    return "out" if problem_of(line) else ""


def problem_of(line: Line, *, refusals: bool = True) -> str:
    """Return what is wrong with a line, empty when nothing is; with ``refusals`` also what the server said of it."""
    if refusals and line.error:
        return line.error
    if line.item.wants:
        return line.item.wants
    return _("Type the quantity.") if not line.item.quantity else ""


def done_text(done: int, kept: int) -> str:
    """Return how many were registered, and how many wait on this computer."""
    text = ngettext("{count} movement registered", "{count} movements registered", done)
    registered = text.format(count=format_quantity(done))
    if not kept:
        return registered
    waiting = ngettext(
        "{count} is kept on this computer until the server answers",
        "{count} are kept on this computer until the server answers",
        kept,
    ).format(count=format_quantity(kept))
    return f"{registered}, {waiting}" if done else waiting


def refused_text(refused: int) -> str:
    """Return how many were refused, and where to look."""
    text = ngettext("{count} refused: see the line.", "{count} refused: see the lines.", refused)
    return text.format(count=format_quantity(refused))


def summary_of(lines: Lines) -> str:
    """Return how many lines there are, and how much in all."""
    count = ngettext("{count} line", "{count} lines", len(lines)).format(count=format_quantity(len(lines)))
    return f"{count} · {lines.totals}"
