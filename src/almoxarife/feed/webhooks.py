"""Webhooks beside the live feed: what waits in the outbox is sent, several receivers at a time.

A receiver that does not answer holds up nobody but itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from almoxarife.errors import Unavailable
from almoxarife.features.webhooks.outbox_service import Due, Outbox
from almoxarife.features.webhooks.rules import MOST_WEBHOOKS, delivery_id
from almoxarife.features.webhooks.sending import post
from almoxarife.feed.following import Following
from almoxarife.storage.database import Database

_logger = logging.getLogger(__name__)


class Messenger:
    """Sends deliveries, and writes down what became of them."""

    def __init__(self, database: Database, outbox: Outbox, allowed: Sequence[str]) -> None:
        """``allowed``: what of the server's own network may be told; see ``webhooks.rules.check_addresses``."""
        self._outbox = outbox
        self._allowed = allowed
        self.following = Following(database, "webhooks")
        # One for each receiver, or those that do not answer would hold up the others.
        self._senders = ThreadPoolExecutor(MOST_WEBHOOKS, "sender")

    def start(self) -> asyncio.Future[None]:
        """Send from now on; call it in a loop. The future ends when sending does."""
        return self.following.start(self._look)

    def close(self) -> None:
        """Wait for what is being sent, which ends within seconds, and let go of the database."""
        self._senders.shutdown()
        self.following.close()

    def _look(self) -> None:
        self._outbox.fill()
        for due in self._outbox.claim():
            self._senders.submit(self._send, due)

    def _send(self, due: Due) -> None:
        try:
            webhook = due.webhook
            which = delivery_id(webhook, due.delivery.number)
            self._outbox.record(
                due, post(webhook.url, webhook.secret, which, due.body, allowed=self._allowed)
            )
        except Unavailable as fault:
            # It is sent once more, with the same id, when the claim has ended.
            _logger.info("what became of a delivery was not written: %s", type(fault.__cause__).__name__)
        except Exception:
            _logger.exception("a delivery was not sent")
