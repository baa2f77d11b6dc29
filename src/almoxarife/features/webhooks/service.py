"""Webhooks: who outside is told, set up by administrators. Owns the transactions."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.movements.rules import check_id
from almoxarife.features.movements.service import Listing
from almoxarife.features.webhooks import rules, store
from almoxarife.features.webhooks.rules import Delivery, Webhook
from almoxarife.features.webhooks.sending import Resolve, resolve
from almoxarife.hurry import may_take_long
from almoxarife.identity import Identity
from almoxarife.storage.database import Database


class ListedWebhook(NamedTuple):
    """A webhook with the name of who made it, and how many deliveries have not arrived."""

    webhook: Webhook
    username: str
    waiting: int


class Webhooks:
    """A webhook is never changed, only switched off and on: who wants another address makes another one."""

    def __init__(
        self,
        database: Database,
        accounts: Accounts,
        audit: Audit,
        allowed: Sequence[str],
        resolve: Resolve = resolve,
    ) -> None:
        """``allowed``: what of the server's own network may be told; see ``rules.check_addresses``."""
        self._database = database
        self._accounts = accounts
        self._audit = audit
        self._allowed = allowed
        self._resolve = resolve

    def listing(self) -> list[ListedWebhook]:
        """Return every webhook, oldest first."""
        with self._database.snapshot() as connection:
            return self._listed(connection, store.everything(connection))

    def create(
        self, who: Identity, webhook_id: str | None, url: str, topics: Sequence[str]
    ) -> tuple[ListedWebhook, bool]:
        """Tell an address what happens from now on; tell whether it is new.

        The same id with the same content gives the stored one. Raises InvalidField, BadAddress, UnknownHost,
        OwnNetwork, WebhookExists, TooManyWebhooks.
        """
        uuid = check_id(webhook_id) if webhook_id is not None else uuid4().bytes
        wanted, target = rules.check_topics(topics), rules.target_of(url)
        # Names may take seconds to be found.
        may_take_long()
        rules.check_addresses(target.host, self._resolve(target), self._allowed)
        head = _head(Listing(self._database, self._accounts))
        secret = secrets.token_urlsafe(32)
        asked = Webhook(0, uuid, url, wanted, secret, 1, who.account_id, now_us(), head)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "webhook")
            rows = store.everything(connection)
            for row in rows:
                if row.id == uuid:
                    if not row.says_the_same_as(asked):
                        raise rules.WebhookExists()
                    return self._listed(connection, [row])[0], False
            _require_room(rows)
            row = asked._replace(number=store.next_number(connection))
            store.add(connection, row)
            details = {"url": url, "eventos": wanted.split()}
            self._audit.write(connection, who, rules.CREATED, str(UUID(bytes=uuid)), details)
            return self._listed(connection, [row])[0], True

    def switch(self, who: Identity, webhook_id: str, *, active: bool) -> ListedWebhook:
        """Send nothing for a while, or go on, at once: nothing that happened meanwhile is lost.

        Raises WebhookNotFound, TooManyWebhooks.
        """
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "webhook")
            rows = store.locked(connection)
            row = _named(rows, webhook_id)
            if bool(row.active) != active:
                if active:
                    _require_room(rows)
                details = {"url": row.url, "ativo": active}
                self._audit.write(connection, who, rules.SWITCHED, webhook_id, details)
            row = row._replace(active=int(active), next_at=0)
            store.replace(connection, row)
            return self._listed(connection, [row])[0]

    def deliveries(
        self, webhook_id: str, before: int | None, how_many: int, *, arrived: bool | None
    ) -> tuple[Webhook, list[Delivery]]:
        """Return a webhook and its deliveries, the newest first; ``arrived``: only those, or the others.

        Raises WebhookNotFound.
        """
        with self._database.snapshot() as connection:
            row = _named(store.everything(connection), webhook_id)
            return row, store.page(connection, row.number, before, how_many, arrived=arrived)

    def _listed(self, connection: Connection, rows: list[Webhook]) -> list[ListedWebhook]:
        people = {account.id: account.username for account in self._accounts.listing()} if rows else {}
        return [
            ListedWebhook(row, people[row.account_id], store.waiting(connection, row.number)) for row in rows
        ]


def _head(listing: Listing) -> int:
    newest = listing.latest(1)
    return newest[-1].sequence if newest else 0


def _require_room(rows: Sequence[Webhook]) -> None:
    if sum(row.active for row in rows) >= rules.MOST_WEBHOOKS:
        raise rules.TooManyWebhooks(maximum=rules.MOST_WEBHOOKS)


def _named(rows: Sequence[Webhook], webhook_id: str) -> Webhook:
    for row in rows:
        if str(UUID(bytes=row.id)) == webhook_id:
            return row
    raise rules.WebhookNotFound(webhook_id=webhook_id)
