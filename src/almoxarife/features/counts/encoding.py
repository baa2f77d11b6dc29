"""From what the services of counts return to messages of the wire."""

from __future__ import annotations

from typing import Any

from almoxarife.clock import day_of, to_rfc3339
from almoxarife.contract.count_calendar import (
    AccuracyOverTime,
    AccuracyRow,
    Agenda,
    CountAccuracy,
    DueRow,
    Intervals,
    MonthAccuracy,
)
from almoxarife.contract.counts import (
    CountedRow,
    CountRow,
    ItemRow,
    LineRow,
    Progress,
)
from almoxarife.contract.movements import number_on_wire, uuid_text
from almoxarife.features.counts import calendar_service, tally_rules
from almoxarife.features.counts.calendar_service import History, result_of
from almoxarife.features.counts.review_service import Items, sees_expected
from almoxarife.features.counts.rules import WORDS, State
from almoxarife.features.counts.service import Shown
from almoxarife.features.counts.tally_rules import Accuracy, percentage
from almoxarife.features.counts.tally_rules import Item as FoundItem
from almoxarife.features.counts.telling import Counted
from almoxarife.identity import Identity


def count_row(shown: Shown, who: Identity) -> CountRow:
    """Return a count as somebody may see it."""
    count = shown.row
    return CountRow(
        id=count.id,
        state=WORDS[State(count.state)],
        place_id=f"l{count.place}" if count.place is not None else None,
        place_name=shown.place_name,
        category_id=f"c{count.category}" if count.category is not None else None,
        category_name=" / ".join(shown.category_path) or None,
        abc=count.abc,
        products=shown.products,
        blind=count.blind,
        note=count.note,
        opened_by=shown.people[count.account],
        created_at=to_rfc3339(count.created_at),
        closed_at=_instant(count.closed_at),
        ended_by=shown.people[count.ended_by] if count.ended_by is not None else None,
        ended_at=_instant(count.ended_at),
        progress=_progress(shown, who),
        accuracy=accuracy_row(result_of(count)) if count.result is not None else None,
    )


def line_row(one: Counted, who: Identity) -> LineRow:
    """Return a line as somebody may see it."""
    return LineRow(**_line(one, who))


def counted_row(one: Counted, who: Identity) -> CountedRow:
    """Return a line that was just counted, as somebody may see it."""
    return CountedRow(**_line(one, who), total=number_on_wire(one.total))


def item_rows(items: Items, skip: int, limit: int) -> list[ItemRow]:
    """Return some items as the caller may see them."""
    return [_item(items, item) for item in items.items[skip : skip + limit]]


def accuracy_row(result: Accuracy) -> AccuracyRow:
    """Return how right the ledger was."""
    return AccuracyRow(**_accuracy(result))


def history(found: History) -> AccuracyOverTime:
    """Return how right the ledger was over time."""
    return AccuracyOverTime(
        total=accuracy_row(found.total),
        months=[
            MonthAccuracy(month=month, counts=counts, **_accuracy(result))
            for month, counts, result in found.months
        ],
        counts=[
            CountAccuracy(
                id=count.id,
                confirmed_at=to_rfc3339(count.ended_at or 0),
                place_id=f"l{count.place}" if count.place is not None else None,
                place_name=place,
                note=count.note,
                **_accuracy(result),
            )
            for count, place, result in found.counts
        ],
    )


def agenda(found: calendar_service.Agenda) -> Agenda:
    """Return what to count next."""
    return Agenda(
        intervals=Intervals(a=found.days["A"], b=found.days["B"], c=found.days["C"]),
        due=found.due,
        items=[
            DueRow(
                product_id=f"p{one.product}",
                product_name=found.names[one.product],
                place_id=f"l{one.place}",
                place_name=found.places[one.place],
                quantity=number_on_wire(one.quantity),
                abc=one.abc,
                counted_at=_instant(one.counted_at),
                due_on=day_of(one.due_at),
                overdue_days=one.overdue_days(found.now),
            )
            for one in found.items
        ],
    )


def _progress(shown: Shown, who: Identity) -> Progress | None:
    if shown.found is None:
        return None
    items = shown.found.items
    counted = [item for item in items if item.counted is not None]
    different = sum(item.difference != 0 for item in counted)
    return Progress(
        expected=len(items),
        counted=len(counted),
        lines=len(shown.found.lines),
        unknown=len(tally_rules.unknown(shown.found.lines)),
        different=different if sees_expected(shown.row, who.role) else None,
        recount=sum(item.recount for item in items),
        twice=len({(item.key.product, item.key.lot) for item in items if item.twice}),
    )


def _line(one: Counted, who: Identity) -> dict[str, Any]:
    line = one.line
    return {
        "id": uuid_text(line.id),
        "number": line.number,
        "product_id": f"p{line.product}" if line.product is not None else None,
        "product_name": one.product_name,
        "text": line.text,
        "place_id": f"l{line.place}",
        "place_name": one.place_name,
        "lot": line.lot,
        "quantity": number_on_wire(line.quantity),
        "username": one.username,
        "counted_at": to_rfc3339(line.counted_at),
        "sequence": line.sequence,
        "expected": number_on_wire(line.expected) if sees_expected(one.row, who.role) else None,
        "round": line.round,
        "replaces": line.replaces,
        "twice": one.twice,
    }


def _item(items: Items, item: FoundItem) -> ItemRow:
    shows = items.shows(item)
    facts = items.found.facts[item.key.product]
    return ItemRow(
        product_id=f"p{item.key.product}",
        product_name=facts.name,
        unit=facts.unit,
        place_id=f"l{item.key.place}",
        place_name=items.found.scope.name_of(item.key.place),
        lot=item.key.lot,
        counted=number_on_wire(item.counted) if item.counted is not None else None,
        expected=number_on_wire(item.expected) if shows else None,
        difference=number_on_wire(item.difference) if shows else None,
        situation=item.situation if shows else None,
        lines=item.lines,
        people=[items.people[account] for account in item.people],
        round=item.round,
        # That something moved tells nothing of how much there should be.
        moved=item.moved,
        twice=item.twice,
        recount=item.recount,
        reviewed=item.reviewed,
    )


def _accuracy(result: Accuracy) -> dict[str, Any]:
    return {
        "items": result.items,
        "right": result.right,
        "of_items": percentage(result.right, result.items),
        "of_quantity": percentage(result.expected - result.difference, result.expected),
        "of_value": percentage(result.expected_value - result.difference_value, result.expected_value),
        "difference_value": number_on_wire(result.difference_value),
    }


def _instant(at: int | None) -> str | None:
    return to_rfc3339(at) if at is not None else None
