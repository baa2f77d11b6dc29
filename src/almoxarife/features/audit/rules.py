"""Rules of the audit list: what of a row its checksum covers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from almoxarife.ledger.rules import checksum

# What stands in the place of a row before the first one.
GENESIS = bytes(32)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


class Row(NamedTuple):
    """What one row says: at which instant (microseconds) which account did what, to what; details as JSON."""

    id: int
    at: int
    account_id: int
    action: str
    subject: str
    details: str


def details_text(details: Mapping[str, object]) -> str:
    """Return details as they are kept: a JSON object with its keys in order. Raises TypeError for other values."""
    return _JSON.encode(details)


def chained(previous: bytes, row: Row) -> bytes:
    """Return the checksum of a row that follows the one with the checksum ``previous``, 32 bytes.

    So a row that was changed, taken out or put in between shows, as in the ledger.
    """
    return checksum(previous.hex(), *row)
