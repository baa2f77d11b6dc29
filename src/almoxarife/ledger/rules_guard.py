"""What stops a movement from being written: too little stock, a second reversal, a closed period, a serial elsewhere.

Nothing but the standard library. The store reads what is needed and asks for each draft in turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from almoxarife.errors import DomainError
from almoxarife.ledger.rules import MAX_BALANCE, OUTSIDE, QUANTITY_SCALE, BalanceOutOfBounds, Draft, Kind

Stock = Mapping[tuple[int, int], int]

# Reserved goods that broke or were miscounted are gone all the same.
_TAKES_RESERVED = frozenset({Kind.LOSS, Kind.ADJUSTMENT, Kind.REVERSAL})


class NotEnoughStock(DomainError):
    """More is to go out of a place, or of a lot there, than there is: ``available`` in 1/10,000, never negative."""


class AlreadyReversed(DomainError):
    """The movement has been taken back already."""


class ReversalOfReversal(DomainError):
    """A reversal cannot be taken back: what it reversed is registered anew."""


class ReturnExceeds(DomainError):
    """More is to come back than there is of it: ``available`` in 1/10,000, what has not come back yet."""


class HasReturns(DomainError):
    """Goods of the movement came back: it is reversed after these returns."""


class PeriodClosed(DomainError):
    """Nothing may be said to have happened before the instant ``closed_until`` any more."""


class SerialElsewhere(DomainError):
    """The thing with this serial number is in the stock already: there is one of it."""


class SerialNotHere(SerialElsewhere):
    """The thing with this serial number is to go out of a place where it is not: it is in another one."""


class Terms(NamedTuple):
    """On which terms drafts are judged.

    ``reserved``: what is held back, by location and product; ``released``: what of it is for a draft, by its id.
    ``serials``: the lots that are single things.
    """

    allow_negative: bool = False
    reserved: Stock = MappingProxyType({})
    serials: frozenset[int] = frozenset()
    released: Mapping[bytes, int] = MappingProxyType({})


USUAL = Terms()


class Named(NamedTuple):
    """What drafts name of the ledger, by sequence.

    ``reversed_rows``: which of it is taken back. ``moved``: how much each moved that is to come back. ``returns``:
    the returns that stand, of which movement each, and of how much.
    """

    reversed_rows: Iterable[int] = ()
    moved: Mapping[int, int] = MappingProxyType({})
    returns: Mapping[int, tuple[int, int]] = MappingProxyType({})


NONE_NAMED = Named()


class Guard:
    """Judges drafts one after the other; ``accept`` tells it of each that will be written."""

    def __init__(
        self, terms: Terms, *, lots: Stock, named: Named = NONE_NAMED, closed_until: int = 0
    ) -> None:
        """``lots``: what is stored of the balances, by location and lot, of every lot that a draft names."""
        self._terms = terms
        self._reserved = dict(terms.reserved)
        self._reversed = set(named.reversed_rows)
        self._moved = named.moved
        self._returns = named.returns
        self._returned: defaultdict[int, int] = defaultdict(int)
        for movement, quantity in named.returns.values():
            self._returned[movement] += quantity
        self._closed_until = closed_until
        self._changed: set[tuple[int, int]] = set()
        self._lots: defaultdict[tuple[int, int], int] = defaultdict(int, lots)
        self._inside: defaultdict[int, int] = defaultdict(int)
        for (place, lot), quantity in lots.items():
            if place not in OUTSIDE:
                self._inside[lot] += quantity

    def refusal(self, draft: Draft, in_stock: int) -> DomainError | None:
        """Return why a draft cannot be written, None when it can; ``in_stock`` is the balance where it goes out."""
        if draft.effective_at is not None and draft.effective_at < self._closed_until:
            return PeriodClosed(closed_until=self._closed_until)
        return (
            self._named_refusal(draft)
            or self._serial_refusal(draft)
            or self._too_little(draft, in_stock)
            or self._lot_refusal(draft)
        )

    def accept(self, draft: Draft) -> None:
        """Count what a draft brings to lots, reversals and what is reserved."""
        released = self._terms.released.get(draft.id, 0)
        if released:
            self._reserved[draft.from_location, draft.product_id] -= released
        if draft.detail is None:
            return
        if draft.detail.reverses is not None:
            self._reversed.add(draft.detail.reverses)
            if draft.detail.reverses in self._returns:
                movement, quantity = self._returns[draft.detail.reverses]
                self._returned[movement] -= quantity
        if draft.detail.returns is not None:
            self._returned[draft.detail.returns] += draft.quantity
        lot = draft.detail.lot_id
        if lot is not None:
            for place, change in (
                (draft.from_location, -draft.quantity),
                (draft.to_location, draft.quantity),
            ):
                self._lots[place, lot] += change
                self._changed.add((place, lot))
                if place not in OUTSIDE:
                    self._inside[lot] += change

    def changed_lots(self) -> dict[tuple[int, int], int]:
        """Return the balances of lots that are to be written, by location and lot."""
        return {key: self._lots[key] for key in self._changed}

    def _named_refusal(self, draft: Draft) -> DomainError | None:
        if draft.detail is None:
            return None
        reverses, returns = draft.detail.reverses, draft.detail.returns
        if reverses is not None and reverses in self._reversed:
            return AlreadyReversed()
        if reverses is not None and self._returned.get(reverses):
            return HasReturns()
        if returns is not None:
            left = 0 if returns in self._reversed else self._moved.get(returns, 0) - self._returned[returns]
            if draft.quantity > left:
                return ReturnExceeds(available=left)
        return None

    def _too_little(self, draft: Draft, in_stock: int) -> DomainError | None:
        if self._terms.allow_negative or draft.from_location in OUTSIDE:
            return None
        lot = draft.detail.lot_id if draft.detail is not None else None
        # Of a lot there is never more than there is of it.
        available = in_stock if lot is None else min(in_stock, self._lots[draft.from_location, lot])
        if draft.kind not in _TAKES_RESERVED:
            free = in_stock - self._reserved.get((draft.from_location, draft.product_id), 0)
            available = min(available, free + self._terms.released.get(draft.id, 0))
        if draft.quantity > available:
            return NotEnoughStock(available=max(0, available))
        return None

    def _serial_refusal(self, draft: Draft) -> DomainError | None:
        lot = draft.detail.lot_id if draft.detail is not None else None
        if lot is None or lot not in self._terms.serials:
            return None
        inside = self._inside[lot]
        if draft.from_location in OUTSIDE:
            # What comes in must not make more than one of it, not even by one entry of two.
            return SerialElsewhere() if inside + draft.quantity > QUANTITY_SCALE else None
        if inside < QUANTITY_SCALE:
            return None
        return SerialNotHere() if self._lots[draft.from_location, lot] < QUANTITY_SCALE else None

    def _lot_refusal(self, draft: Draft) -> DomainError | None:
        lot = draft.detail.lot_id if draft.detail is not None else None
        if lot is None:
            return None
        if abs(self._lots[draft.to_location, lot]) + draft.quantity > MAX_BALANCE:
            return BalanceOutOfBounds()
        return None
