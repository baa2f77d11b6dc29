"""What this program asks of the server about counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID, uuid5

from almoxarife.client import count_calendar, count_deciding, count_history, counts, products
from almoxarife.client.codes import Reading
from almoxarife.client.count_calendar import Accuracy, Agenda, Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.count_history import Ended
from almoxarife.client.counts import OPEN, REVIEW, Count, Item, Line, Seen, Wanted
from almoxarife.client.session import Session
from almoxarife.desktop.cadastro.scanning.burst import SEPARATOR

LATEST_LINES, MOST_ITEMS, MOST_DUE, MOST_COUNTS = 100, 1_000, 500, 200
BY_LOT, BY_SERIAL = "lote", "serie"
UNKNOWN_CODE = "codigo_desconhecido"
# As much of what nobody knows as the server keeps.
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Scan:
    """What a scanner sent, and what it stands for; None: nobody knows.

    ``id`` comes from ``movements.new_id``, once. An empty place: that of the count.
    ``times``: how often it was scanned.
    """

    id: str
    text: str
    reading: Reading | None
    place_id: str = ""
    recount: bool = False
    times: Decimal | int = 1


@dataclass(frozen=True)
class Standing:
    """How far a count is: its newest lines while people count, then what is to be counted anew."""

    count: Count
    lines: Sequence[Line] = ()
    again: Sequence[Item] = ()


class CountApi:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def unfinished_counts(self) -> list[Count]:
        """Return the counts that have not ended, newest first."""
        return counts.unfinished(self._session)

    def count_standing(self, count_id: str) -> Standing:
        """Return how far a count is."""
        count = counts.get(self._session, count_id)
        if count.state == OPEN:
            return Standing(count, lines=counts.latest(self._session, count_id, LATEST_LINES))
        if count.state == REVIEW and count.recount:
            return Standing(count, again=self.count_items(count_id, "recontar"))
        return Standing(count)

    def count_of(self, count_id: str) -> Count:
        """Return a count with how far it is."""
        return counts.get(self._session, count_id)

    def begin_count(self, wanted: Wanted) -> Count:
        """Begin a count."""
        return counts.begin(self._session, wanted)

    def count_line(self, count_id: str, seen: Seen) -> Line:
        """Count something; the number of a lot is that of a single thing where the product is told apart so."""
        if seen.lot and products.get(self._session, seen.product_id).tracking == BY_SERIAL:
            seen = replace(seen, lot="", serial=seen.lot)
        return counts.add(self._session, count_id, seen)

    def count_scan(self, count_id: str, scan: Scan) -> Line:
        """Count what a scan stands for, of a kit each part; what nobody knows is kept as a text."""
        reading = scan.reading
        # A label that tells the price alone does not say how much it is.
        if reading is None or any(part.quantity is None for part in reading.lines):
            return self._count_text(count_id, scan)
        lines = [
            counts.add(
                self._session,
                count_id,
                Seen(
                    scan.id if number == 0 else str(uuid5(UUID(scan.id), str(number))),
                    (part.quantity or 1) * scan.times,
                    part.product.id,
                    place_id=scan.place_id,
                    lot=reading.lot or "" if part.tracking == BY_LOT else "",
                    serial=reading.serial or "" if part.tracking == BY_SERIAL else "",
                    recount=scan.recount,
                    unit=part.unit,
                ),
            )
            for number, part in enumerate(reading.lines)
        ]
        return lines[-1]

    def void_line(self, count_id: str, id: str, line: Line) -> Line:
        """Take a line back."""
        return counts.void(self._session, count_id, id, line.id)

    def count_items(self, count_id: str, wanted: str, skip: int = 0, limit: int = MOST_ITEMS) -> list[Item]:
        """Return what a count has found, without the first ones."""
        return counts.items(self._session, count_id, wanted, limit, skip)

    def unknown_lines(self, count_id: str) -> list[Line]:
        """Return what was scanned, is no product, and was not resolved."""
        return counts.unknown(self._session, count_id)

    def close_count(self, count_id: str) -> Count:
        """Let nothing more be counted."""
        return counts.close(self._session, count_id)

    def review_items(self, count_id: str, decision: str, chosen: Sequence[Item]) -> int:
        """Accept items, or have them counted anew; all that differ where none is named."""
        return count_deciding.review(self._session, count_id, decision, chosen)

    def confirm_count(self, count_id: str, id: str, decision: Decision) -> Right:
        """Make the ledger right by what was counted."""
        return count_deciding.confirm(self._session, count_id, id, decision)

    def cancel_count(self, count_id: str) -> None:
        """End a count without making anything of it."""
        count_deciding.cancel(self._session, count_id)

    def count_agenda(self, place_id: str) -> Agenda:
        """Return what to count next at a place, everywhere for an empty id."""
        return count_calendar.agenda(self._session, place_id, MOST_DUE)

    def set_count_intervals(self, days: Mapping[str, int]) -> dict[str, int]:
        """Set after how many days a product of each class is counted again."""
        return count_calendar.set_intervals(self._session, days)

    def count_accuracy(self) -> Accuracy:
        """Return how right the ledger was, in all, by month and count by count."""
        return count_calendar.accuracy(self._session, MOST_COUNTS)

    def ended_counts(self, state: str, before: str, limit: int) -> list[Ended]:
        """Return at most so many counts that have ended, newest first, before an id."""
        return count_history.listing(self._session, state, before, limit)

    def ended_count(self, count_id: str) -> Ended:
        """Return a count that has ended."""
        return count_history.get(self._session, count_id)

    def ended_lines(self, count_id: str, after: int, limit: int) -> list[Line]:
        """Return the lines of a count behind a number, in the order in which they were counted."""
        return count_history.lines(self._session, count_id, after, limit)

    def _count_text(self, count_id: str, scan: Scan) -> Line:
        text = scan.text.replace(SEPARATOR, " ")[:LONGEST_TEXT]
        seen = Seen(scan.id, scan.times, text=text, place_id=scan.place_id)
        return counts.add(self._session, count_id, seen)
