"""Looking at what was found, having it counted anew, and making the ledger right. Owns the transactions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.errors import InvalidField
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.costs.service import Costs
from almoxarife.features.counts import deciding, rules, store, tally_rules
from almoxarife.features.counts.deciding import ConfirmWish, ItemName
from almoxarife.features.counts.rules import Count, Decision, Review, State
from almoxarife.features.counts.survey import Found, Survey
from almoxarife.features.counts.tally_rules import Item
from almoxarife.features.movements.rules import Adjustment, check_id
from almoxarife.features.movements.service import Movements
from almoxarife.features.reasons.service import Reasons
from almoxarife.identity import Identity, Role, reaches
from almoxarife.ledger.store import Appended, hold
from almoxarife.storage.database import Database

# The reason that every shop is born with for what a count finds: Contagem.
USUAL_REASON = "m4"


class Items(NamedTuple):
    """Items of a count, the names of people, and whether the caller may see what was expected (of an item)."""

    found: Found
    items: list[Item]
    people: dict[int, str]
    sees_all: bool

    def shows(self, item: Item) -> bool:
        """Tell whether the caller may see what was expected of an item."""
        return self.sees_all or item.reviewed


def sees_expected(count: Count, role: str) -> bool:
    """Tell whether somebody may see what a count expects: of a blind one only who reviews it, or when it has ended."""
    if not count.blind or count.state in (State.CONFIRMED, State.CANCELLED):
        return True
    return count.state == State.REVIEW and reaches(role, Role.MANAGER)


class Reviews:
    """Counts that are closed for counting, until they are confirmed or cancelled."""

    def __init__(
        self,
        database: Database,
        survey: Survey,
        movements: Movements,
        reasons: Reasons,
        costs: Costs,
        accounts: Accounts,
        audit: Audit,
    ) -> None:
        self._database = database
        self._survey = survey
        self._movements = movements
        self._reasons = reasons
        self._costs = costs
        self._accounts = accounts
        self._audit = audit

    def items(self, who: Identity, count_id: str, wanted: str) -> Items:
        """Return the items of a count that somebody may see. Raises CountNotFound, HiddenWhileBlind."""
        number = rules.number_of(count_id)
        with self._database.snapshot() as connection:
            count = self._require(connection, number)
            found = self._survey.of(connection, count)
        sees = sees_expected(count, who.role)
        if not sees and wanted in tally_rules.TELLING:
            raise rules.HiddenWhileBlind()
        shown = [item for item in found.items if tally_rules.is_wanted(item, wanted)]
        if not sees:
            # That something is missing tells that it was expected.
            shown = [item for item in shown if item.counted is not None or item.recount]
        people = {account.id: account.username for account in self._accounts.listing()}
        return Items(found, shown, people, sees)

    def decide(
        self,
        who: Identity,
        count_id: str,
        decision: Decision,
        items: Sequence[ItemName],
        *,
        all_different: bool,
    ) -> int:
        """Accept items as they were counted, or have them counted anew; return how many there were.

        Raises CountNotFound, CountStillOpen, CountConfirmed, CountCancelled, ItemNotFound, InvalidField.
        """
        number = rules.number_of(count_id)
        if bool(items) == all_different:
            raise InvalidField(field="itens", reason="missing")
        with self._database.unit_of_work() as connection:
            count = self._require(connection, number, held=True)
            rules.require_review(count)
            found = self._survey.of(connection, count)
            chosen = (
                [item for item in found.items if item.counted is not None and item.difference]
                if all_different
                else deciding.named(found.items, items, "itens")
            )
            last = len(store.reviews(connection, number))
            now = now_us()
            new = [
                Review(
                    number,
                    last + place,
                    *item.key,
                    int(decision),
                    item.next_round if decision == Decision.RECOUNT else item.round,
                    who.account_id,
                    now,
                )
                for place, item in enumerate(chosen, 1)
            ]
            if new:
                store.add_reviews(connection, new)
        return len(new)

    def confirm(self, who: Identity, count_id: str, wish: ConfirmWish) -> tuple[Count, list[int], bool]:
        """Make the ledger right by what was counted, all in one transaction, or nothing.

        Returns the count, the sequences of its adjustments, and whether an earlier request has done so.
        Raises the refusals of ``counts.rules``, ReasonNotFound, InvalidField, and those of the ledger.
        """
        number = rules.number_of(count_id)
        decision_id = check_id(wish.client_id) if wish.client_id is not None else uuid4().bytes
        said = json.dumps(
            [wish.zero_missing, sorted([*one] for one in wish.zero), wish.ignore_unknown, wish.reason_id]
        )
        values = self._values(number)
        with self._database.unit_of_work() as connection:
            count = self._require(connection, number, held=True)
            if count.state == State.CONFIRMED and count.decision_id == decision_id:
                if count.decision != said:
                    raise rules.CountIdConflict(id=wish.client_id)
                return count, store.adjustments(connection, number), True
            rules.require_review(count)
            # Nothing moves while the balances are compared and made right.
            hold(connection)
            found = self._survey.of(connection, count)
            deciding.require_complete(found, ignore_unknown=wish.ignore_unknown)
            # What is said not to be there any more counts as counted.
            counted = [item for item in found.items if item.counted is not None] + deciding.zeroed(
                found.items, wish
            )
            wrong = [item for item in counted if item.difference]
            sequences = self._adjust(connection, who, count, found, wrong, wish.reason_id)
            result = tally_rules.accuracy(counted, values)
            count = count._replace(
                state=State.CONFIRMED,
                ended_by=who.account_id,
                ended_at=now_us(),
                decision_id=decision_id,
                decision=said,
                result=json.dumps(result),
            )
            store.note_counted(connection, number, deciding.last_counted(found))
            store.add_adjustments(connection, number, sequences)
            store.replace(connection, count)
            details = {"ajustes": len(sequences), "itens": result.items, "certos": result.right}
            self._audit.write(connection, who, rules.CONFIRMED, count.id, details)
        return count, sequences, False

    def cancel(self, who: Identity, count_id: str) -> Count:
        """End a count without making anything of it. Raises CountNotFound, CountConfirmed, CountCancelled."""
        number = rules.number_of(count_id)
        with self._database.unit_of_work() as connection:
            count = self._require(connection, number, held=True)
            rules.require_unfinished(count)
            count = count._replace(state=State.CANCELLED, ended_by=who.account_id, ended_at=now_us())
            store.replace(connection, count)
            self._audit.write(connection, who, rules.CANCELLED, count.id)
        return count

    def _values(self, number: int) -> dict[int, Fraction]:
        """Return what the products of a count are worth, looked up before anybody is kept waiting."""
        with self._database.snapshot() as connection:
            count = self._require(connection, number)
            if count.state != State.REVIEW:
                return {}
            lines = store.lines(connection, number)
        return self._costs.unit_values(sorted({line.product for line in lines if line.product is not None}))

    def _adjust(
        self,
        connection: Connection,
        who: Identity,
        count: Count,
        found: Found,
        wrong: Sequence[Item],
        reason_id: str | None,
    ) -> list[int]:
        if not wrong:
            return []
        reason = self._reasons.require(connection, reason_id or USUAL_REASON)
        # What is too much goes out first: a thing that was found elsewhere is then in one place only.
        wrong = sorted(wrong, key=lambda item: item.difference > 0)
        adjustments = [
            Adjustment(
                item.key.product,
                item.key.place,
                item.difference,
                item.key.lot,
                reason,
                f"contagem {count.id}",
            )
            for item in wrong
        ]
        outcomes = self._movements.adjust(connection, who, adjustments, now_us())
        for item, outcome in zip(wrong, outcomes, strict=True):
            if not isinstance(outcome, Appended):
                raise deciding.naming(outcome, item, found)
        return [one.movement.sequence for one in outcomes if isinstance(one, Appended)]

    def _require(self, connection: Connection, number: int, *, held: bool = False) -> Count:
        count = store.get(connection, number, hold=held)
        if count is None:
            raise rules.CountNotFound(count_id=f"c{number}")
        return count
