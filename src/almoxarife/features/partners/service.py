"""What can be done with partners. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.errors import require_version
from almoxarife.features.partners import rules, store
from almoxarife.features.partners.store import Partner
from almoxarife.ledger.rules import checksum
from almoxarife.names import check_line, has_invisible, search_form
from almoxarife.storage.database import Database

# Fewer letters and digits than this are not taken for the beginning of a document.
_SHORTEST_DOCUMENT = 3


class Partners:
    """Suppliers and customers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, wanted: Mapping[str, Any]) -> Partner:
        """Make a partner: kind and name; document, email, phone and notes where there are any.

        Raises InvalidField, InvalidDocument, DocumentInUse.
        """
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "partner")
            number = store.next_number(connection)
            blank = Partner(number, "", "", "", None, "", "", "", 1, 1, now_us())
            new = _applied(blank, wanted)
            _require_free(connection, new)
            store.add(connection, new, checksum(*new))
        return new

    def get(self, partner_id: str) -> Partner:
        """Return a partner. Raises PartnerNotFound."""
        with self._database.snapshot() as connection:
            return self._named(connection, partner_id)

    def search(
        self,
        text: str,
        limit: int,
        *,
        kind: str | None = None,
        active: bool | None = None,
        after: int = 0,
    ) -> list[Partner]:
        """Return at most ``limit`` partners after a number whom a text means, in order of creation.

        By id, by the beginning of the document, or by parts of the name. Who is both kinds is found as either.
        """
        words = search_form(text).split()
        if any(has_invisible(word) for word in words):
            return []
        number = rules.number_of(words[0]) if len(words) == 1 else None
        document = rules.bare_document(text)
        is_document = (
            document.isalnum() and any(map(str.isdigit, document)) and len(document) >= _SHORTEST_DOCUMENT
        )
        with self._database.snapshot() as connection:
            if number is not None and number in (found := store.some(connection, [number])):
                return list(found.values())
            return store.search(
                connection,
                words=words,
                document=document if is_document else "",
                kinds=None if kind is None else [kind, "ambos"],
                active=active,
                after=after,
                how_many=limit,
            )

    def change(self, partner_id: str, seen: frozenset[int] | None, wanted: Mapping[str, Any]) -> Partner:
        """Change what ``wanted`` names of a partner, if it is still as the caller has seen it.

        Raises PartnerNotFound, StaleVersion, InvalidField, InvalidDocument, DocumentInUse.
        """
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "partner")
            old = self._named(connection, partner_id)
            require_version(old.version, seen)
            return self._write(connection, old, _applied(old, wanted))

    def switch(self, partner_id: str, *, active: bool) -> Partner:
        """Let a partner be used, or not any more. Raises PartnerNotFound."""
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "partner")
            old = self._named(connection, partner_id)
            return self._write(connection, old, old._replace(active=int(active)))

    def names(self, connection: Connection, numbers: set[int]) -> dict[int, str]:
        """Return the names of those of some partners that there are, within the caller's transaction."""
        return {number: one.name for number, one in store.some(connection, sorted(numbers)).items()}

    def some(self, connection: Connection, numbers: set[int]) -> dict[int, Partner]:
        """Return those of some partners that there are, within the caller's transaction."""
        return store.some(connection, sorted(numbers))

    def require(self, connection: Connection, partner_id: str) -> Partner:
        """Return a partner, within the caller's transaction. Raises PartnerNotFound."""
        return self._named(connection, partner_id)

    def require_usable(self, connection: Connection, partner_id: str) -> int:
        """Return a partner's number, within the caller's transaction. Raises PartnerNotFound, PartnerInactive."""
        found = self._named(connection, partner_id)
        if not found.active:
            raise rules.PartnerInactive(name=found.name)
        return found.number

    def _named(self, connection: Connection, partner_id: str) -> Partner:
        number = rules.number_of(partner_id)
        found = store.some(connection, [number]).get(number) if number else None
        if found is None:
            raise rules.PartnerNotFound(partner_id=partner_id)
        return found

    def _write(self, connection: Connection, old: Partner, new: Partner) -> Partner:
        if new == old:
            return old
        if new.document != old.document:
            _require_free(connection, new)
        new = new._replace(version=old.version + 1)
        store.replace(connection, new, checksum(*new))
        return new


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of partners whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if checksum(*row) != written:
            yield f"t{row.number}"


def _applied(old: Partner, wanted: Mapping[str, Any]) -> Partner:
    values: dict[str, Any] = {}
    if "kind" in wanted:
        values["kind"] = rules.check_kind(wanted["kind"])
    if "name" in wanted:
        name = check_line(wanted["name"], "nome", rules.MAX_NAME)
        values |= {"name": name, "search_text": search_form(name)}
    if "document" in wanted:
        document = wanted["document"]
        values["document"] = rules.check_document(document) if document else None
    if "email" in wanted:
        values["email"] = check_line(wanted["email"], "email", rules.MAX_EMAIL, may_be_empty=True)
    if "phone" in wanted:
        values["phone"] = check_line(wanted["phone"], "telefone", rules.MAX_PHONE, may_be_empty=True)
    if "notes" in wanted:
        values["notes"] = rules.check_notes(wanted["notes"])
    return old._replace(**values)


def _require_free(connection: Connection, new: Partner) -> None:
    other = store.with_document(connection, new.document) if new.document else None
    if other is not None and other.number != new.number:
        raise rules.DocumentInUse(
            document=rules.written_document(str(new.document)),
            name=other.name,
            partner_id=f"t{other.number}",
        )
