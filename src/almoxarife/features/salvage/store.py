"""The rows of a rescue: out of the damaged file, into the new one, and out of it again what cannot stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from almoxarife.features.salvage import rules
from almoxarife.features.salvage.rules import Apart, TableOutcome
from almoxarife.features.salvage.setting_apart import SetApart
from almoxarife.ledger.rules import Detail, Movement
from almoxarife.ledger.rules_mending import mended
from almoxarife.storage.salvage.filling import NewFile, Values
from almoxarife.storage.salvage.tables import Table, is_of_search
from almoxarife.storage.salvage.trees import Trees

_ROWS_A_STEP = 1_000


class Rescue:
    """Fills one new file from the trees of one damaged file."""

    def __init__(self, new: NewFile, apart: SetApart, outcomes: defaultdict[str, TableOutcome]) -> None:
        self._new = new
        self._apart = apart
        self._outcomes = outcomes

    def saved_tables(self) -> dict[str, Table]:
        """Return the tables whose rows are saved."""
        tables = self._new.tables.items()
        return {
            name: table
            for name, table in tables
            if name not in rules.NOT_SAVED and not is_of_search(name) and not name.startswith("sqlite_")
        }

    def from_trees(self, trees: Trees, watch: rules.Watch) -> None:
        """Save every row that the trees lead to."""
        for name, table in self.saved_tables().items():
            outcome = self._outcomes[name]
            self._new.clear(table)
            fitting = self._fitting(table, trees, watch)

            def refused(values: Values, table: Table = table) -> None:
                self._apart.add(table, Apart.IN_CONFLICT, values)

            outcome.saved = self._new.fill(table, fitting, refused)

    def from_strays(self, trees: Trees) -> None:
        """Save rows that no tree leads to any more, where nothing of the same key was saved."""
        saved = self.saved_tables()
        trees.pass_over(trees.roots.keys() - saved.keys())
        taking = {name: table for name, table in saved.items() if name not in rules.NEVER_FROM_STRAYS}
        # What is in a whole tree is complete, and a leaf beside it is an old one.
        damaged = trees.damaged()
        for found in (trees.beyond(taking), trees.orphans(taking)):
            for name, row in found:
                values = taking[name].values(row)
                if values is None or (name not in damaged and not trees.log_is_damaged):
                    continue
                taken = self._new.fill_up(taking[name], [values])
                self._outcomes[name].saved += taken
                self._outcomes[name].strays += taken
        for name, table in saved.items():
            outcome = self._outcomes[name]
            outcome.lost_rows, outcome.lost_pages = trees.lost_rows[name], trees.lost_pages[name]
            if outcome.lost_rows or outcome.lost_pages:
                self._new.fill_up_as_born(table)

    def put_stand_ins(self) -> None:
        """Make up the rows that movements, products and the like name, and that are lost."""
        for name in sorted(rules.KEPT & self._new.tables.keys()):
            table = self._new.tables[name]
            for lost in self._new.lost_parents(table):
                self._stand_in(*lost)

    def take_out_orphans(self) -> None:
        """Set apart what names something that is lost, until nothing does."""
        going_on = True
        while going_on:
            going_on = False
            for name, table in self.saved_tables().items():
                if name in rules.KEPT:
                    continue
                for condition in self._new.orphans_of(table):
                    going_on |= self._take_out(table, Apart.NAMES_THE_LOST, condition) > 0

    def known_end(self) -> int:
        """Return the largest sequence that anything in the file tells of."""
        told = "SELECT max(sequence) FROM (SELECT max(sequence) AS sequence FROM movement UNION ALL {head})"
        ((known,),) = self._new.execute(told.format(head="SELECT max(sequence) FROM ledger_head"))
        return int(known or 0)

    def recorded_at(self, sequence: int) -> int | None:
        """Return when a movement was recorded (microseconds since the epoch)."""
        rows = self._new.execute("SELECT recorded_at FROM movement WHERE sequence = ?", (sequence,))
        return int(rows[0][0] or 0) if rows else None

    def mend(self, end: int, digest: bytes) -> bool:
        """Correct the movement after ``end`` if one flipped bit explains why it does not follow; tell whether so."""
        rows = self._new.execute("SELECT * FROM movement WHERE sequence = ?", (end + 1,))
        if not rows:
            return False
        details = self._new.execute("SELECT * FROM movement_detail WHERE sequence = ?", (end + 1,))
        found = mended(digest, Movement._make(rows[0]), Detail._make(details[0][1:]) if details else None)
        if found is None:
            return False
        movement, detail = found
        self._rewrite("movement", tuple(movement))
        if detail is not None:
            self._rewrite("movement_detail", (end + 1, *detail))
        return True

    def cut(self, end: int, digest: bytes, audit_end: int | None) -> list[Values]:
        """Let the ledger end with its last proved movement, the audit list before row ``audit_end``, if it is given.

        Returns the movements that are set apart.
        """
        tables = self._new.tables
        gone = self._new.take_out(tables["movement"], "sequence > ?", (end,))
        for values in gone:
            self._apart.add(tables["movement"], Apart.AFTER_BREAK, values)
        self._outcomes["movement"].saved -= len(gone)
        self._take_out(tables["movement_detail"], Apart.AFTER_BREAK, "sequence > ?", (end,))
        if audit_end is not None:
            self._take_out(tables["audit"], Apart.AFTER_BREAK, "id >= ?", (audit_end,))
        self._new.execute("DELETE FROM ledger_head")
        self._new.execute("INSERT INTO ledger_head (id, sequence, hash) VALUES (1, ?, ?)", (end, digest))
        # Who follows the ledger goes on from where it ends now.
        for name in ("alert_state", "webhook"):
            self._new.execute(f"UPDATE {name} SET sequence = ? WHERE sequence > ?", (end, end))  # noqa: S608
        return gone

    def _fitting(self, table: Table, trees: Trees, watch: rules.Watch) -> Iterator[Values]:
        done = 0
        for row in trees.rows(table):
            values = table.values(row)
            if values is None:
                self._apart.add(table, Apart.NOT_OF_TABLE, row.values)
                continue
            yield values
            done += 1
            if done % _ROWS_A_STEP == 0:
                watch.step(_ROWS_A_STEP)
        watch.step(done % _ROWS_A_STEP)

    def _rewrite(self, name: str, values: Values) -> None:
        table = self._new.tables[name]
        self._new.take_out(table, "sequence = ?", values[:1])
        self._new.fill_up(table, [values])

    def _take_out(self, table: Table, reason: Apart, where: str, values: Values = ()) -> int:
        rows = self._new.take_out(table, where, values)
        for row in rows:
            self._apart.add(table, reason, row)
        self._outcomes[table.name].saved -= len(rows)
        return len(rows)

    def _stand_in(self, name: str, key: rules.Value, product: rules.Value) -> None:
        table = self._new.tables[name]
        values = rules.stand_in(name, key, product) if isinstance(key, int | str) else None
        if values is None:
            return
        row = tuple(values.get(column.name, column.default) for column in table.columns)
        if self._new.fill_up(table, [row]):
            self._outcomes[name].stand_ins.append(key)
