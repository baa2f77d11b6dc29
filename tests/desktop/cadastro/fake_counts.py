"""Counts in memory, as far as the screens need them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from almoxarife.client.count_calendar import Accuracy, Agenda, Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.count_history import Ended
from almoxarife.client.counts import OPEN, REVIEW, Count, Item, Line, Seen, Wanted
from almoxarife.client.errors import Refused
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.count_api import MOST_ITEMS, Scan, Standing

from .fake_codes import FakeCodes

AT = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


class FakeCounts(FakeCodes):
    """Answers from lists; what a count has found is set by the test."""

    username: str
    shop_places: list[Place]

    def __init__(self, answer: Callable[[str], None]) -> None:
        super().__init__(answer)
        self.shop_counts: dict[str, Count] = {}
        self.count_lines: dict[str, list[Line]] = {}
        self.found: dict[str, list[Item]] = {}
        self.due = Agenda({"A": 30, "B": 90, "C": 180}, 0, [])
        self.right = Right(0, 0, None, None, None, 0)
        self.rights: list[Right] = []
        self.months: list[Right] = []
        # The newest first.
        self.ended: list[Ended] = []
        # What was asked to be done with counts, in order.
        self.counted: list[tuple[object, ...]] = []
        self._ids: dict[str, str] = {}
        self._lines_by_id: dict[str, Line] = {}

    def _lose(self, call: str) -> None:
        """Lose the answer of a call whose work is done, where a test wants it."""

    def unfinished_counts(self) -> list[Count]:
        self._answer("unfinished_counts")
        return [one for one in reversed(self.shop_counts.values()) if one.state in (OPEN, REVIEW)]

    def count_of(self, count_id: str) -> Count:
        self._answer("count_of")
        return self.shop_counts[count_id]

    def count_standing(self, count_id: str) -> Standing:
        self._answer("count_standing")
        count = self.shop_counts[count_id]
        if count.state == REVIEW:
            return Standing(count, again=[item for item in self.found.get(count_id, []) if item.recount])
        return Standing(count, lines=self._told(self.count_lines[count_id])[::-1])

    def begin_count(self, wanted: Wanted) -> Count:
        self._answer("begin_count")
        if wanted.id not in self._ids:
            self._ids[wanted.id] = f"c{len(self.shop_counts) + 1}"
            self.counted.append(("begin", replace(wanted, id="")))
        count_id = self._ids[wanted.id]
        place = "" if not wanted.place_id else "Estoque"
        products = len(wanted.products) or None
        count = Count(count_id, OPEN, wanted.place_id, place, wanted.abc, products, wanted.blind, 4)
        count = replace(count, note=wanted.note, opened_by=self.username)
        self.shop_counts.setdefault(count_id, count)
        self.count_lines.setdefault(count_id, [])
        self._lose("begin_count")
        return self.shop_counts[count_id]

    def count_line(self, count_id: str, seen: Seen) -> Line:
        self._answer("count_line")
        return self._count(count_id, seen, "count_line")

    def count_scan(self, count_id: str, scan: Scan) -> Line:
        self._answer("count_scan")
        known = scan.reading.lines[0].product.id if scan.reading is not None else ""
        text = "" if known else scan.text
        return self._count(count_id, Seen(scan.id, scan.times, known, text, scan.place_id), "count_scan")

    def void_line(self, count_id: str, id: str, line: Line) -> Line:
        self._answer("void_line")
        if id not in self._lines_by_id:
            lines = self.count_lines[count_id]
            lines[:] = [one for one in lines if one.id != line.id]
            self._lines_by_id[id] = line
        self._lose("void_line")
        return self._lines_by_id[id]

    def count_items(self, count_id: str, wanted: str, skip: int = 0, limit: int = MOST_ITEMS) -> list[Item]:
        self._answer("count_items")
        return [item for item in self.found.get(count_id, []) if _is_wanted(item, wanted)][skip:][:limit]

    def unknown_lines(self, count_id: str) -> list[Line]:
        self._answer("unknown_lines")
        return [line for line in self.count_lines[count_id] if not line.is_product]

    def close_count(self, count_id: str) -> Count:
        self._answer("close_count")
        self.shop_counts[count_id] = replace(self.shop_counts[count_id], state=REVIEW)
        return self.shop_counts[count_id]

    def review_items(self, count_id: str, decision: str, chosen: Sequence[Item]) -> int:
        self._answer("review_items")
        self.counted.append((decision, [item.product_id for item in chosen]))
        return len(chosen)

    def confirm_count(self, count_id: str, id: str, decision: Decision) -> Right:
        self._answer("confirm_count")
        if self.shop_counts[count_id].state == OPEN:
            raise Refused("A contagem ainda está aberta.", status=409, code="contagem_aberta")
        if id not in self._ids:
            self._ids[id] = count_id
            self.counted.append(("confirm", count_id, decision))
        self.shop_counts[count_id] = replace(self.shop_counts[count_id], state="confirmada")
        self._lose("confirm_count")
        return self.right

    def cancel_count(self, count_id: str) -> None:
        self._answer("cancel_count")
        self.counted.append(("cancel", count_id))
        self.shop_counts[count_id] = replace(self.shop_counts[count_id], state="cancelada")

    def count_agenda(self, place_id: str) -> Agenda:
        self._answer("count_agenda")
        return replace(self.due, items=[one for one in self.due.items if place_id in ("", one.place_id)])

    def set_count_intervals(self, days: Mapping[str, int]) -> dict[str, int]:
        self._answer("set_count_intervals")
        self.due = replace(self.due, days=days)
        return dict(days)

    def count_accuracy(self) -> Accuracy:
        self._answer("count_accuracy")
        return Accuracy(self.right, self.months, self.rights)

    def ended_counts(self, state: str, before: str, limit: int) -> list[Ended]:
        self._answer("ended_counts")
        return [
            one
            for one in self.ended
            if state in ("terminada", one.count.state)
            and (not before or int(one.count.id[1:]) < int(before[1:]))
        ][:limit]

    def ended_count(self, count_id: str) -> Ended:
        self._answer("ended_count")
        return next(one for one in self.ended if one.count.id == count_id)

    def ended_lines(self, count_id: str, after: int, limit: int) -> list[Line]:
        self._answer("ended_lines")
        return [line for line in self.count_lines[count_id] if line.number > after][:limit]

    def _told(self, lines: Sequence[Line]) -> list[Line]:
        """Return lines as the server does, which says of each whether another one shows its serial number."""
        lots = [line.lot for line in lines]
        return [replace(line, twice=bool(line.lot) and lots.count(line.lot) > 1) for line in lines]

    def _count(self, count_id: str, seen: Seen, call: str) -> Line:
        if seen.id not in self._lines_by_id:
            name = next((one.name for one in self.products if one.id == seen.product_id), seen.text)
            lines = self.count_lines[count_id]
            place = next((one.name for one in self.shop_places if one.id == seen.place_id), "Estoque")
            total = seen.quantity + sum(one.quantity for one in lines if one.name == name)
            line = Line(
                seen.id,
                len(self._lines_by_id) + 1,
                name,
                not seen.text,
                place,
                seen.lot,
                seen.quantity,
                self.username,
                AT,
                total=total,
                twice=bool(seen.lot) and any(one.lot == seen.lot for one in lines),
            )
            self._lines_by_id[seen.id] = line
            lines[:] = [one for one in lines if one.id != seen.replaces]
            lines.append(line)
        self._lose(call)
        return self._lines_by_id[seen.id]


def _is_wanted(item: Item, wanted: str) -> bool:
    return {
        "divergentes": bool(item.difference) and item.counted is not None,
        "faltantes": item.counted is None,
        "inesperados": item.expected == 0,
        "series_repetidas": item.twice,
        "movidos": item.moved,
        "recontar": item.recount,
        "certos": item.difference == 0,
        "todos": True,
    }[wanted]
