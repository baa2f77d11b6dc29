"""The shop's settings: asked at every movement, changed by administrators."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping

from sqlalchemy import Connection

from almoxarife.features.audit.service import Audit
from almoxarife.features.settings import rules, store
from almoxarife.features.settings.rules import KEYS, CostMethod, Shop
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

# A change by another process is felt within so long; one by this process at once.
LIFE_S = 5.0


class ShopSettings:
    """Reading and changing how the shop works. Not ``config.Settings``, which is how a process works."""

    def __init__(self, database: Database, audit: Audit) -> None:
        self._database = database
        self._audit = audit
        self._lock = threading.Lock()
        self._known: tuple[float, Shop] | None = None
        self._changes = 0

    def get(self, connection: Connection) -> Shop:
        """Return the settings as they were at the most ``LIFE_S`` ago; reads in the caller's transaction."""
        known = self._known
        if known is not None and time.monotonic() < known[0]:
            return known[1]
        changes = self._changes
        shop = _read(connection)
        with self._lock:
            # What was read before somebody changed something is good for this transaction alone.
            if changes == self._changes:
                self._known = (time.monotonic() + LIFE_S, shop)
        return shop

    def scale_masks(self, connection: Connection) -> str:
        """Return the masks of the labels that the shop's scales print, as ``get`` does."""
        return self.get(connection).scale_masks

    def now(self) -> Shop:
        """Return the settings as they are at this moment."""
        with self._database.snapshot() as connection:
            return _read(connection)

    def change(
        self,
        who: Identity,
        *,
        allows_negative: bool | None = None,
        cost_method: CostMethod | None = None,
        name: str | None = None,
        scale_masks: str | None = None,
        expiry_warning_days: int | None = None,
    ) -> Shop:
        """Set what is not None; each setting that changes is in the audit list. Raises InvalidField."""
        kept = None if name is None else rules.check_shop_name(name)
        masks = None if scale_masks is None else rules.check_masks(scale_masks)
        days = None if expiry_warning_days is None else rules.check_warning_days(expiry_warning_days)
        wanted = {
            "allows_negative": allows_negative,
            "cost_method": cost_method,
            "name": kept,
            "scale_masks": masks,
            "expiry_warning_days": days,
        }
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "setting")
            before = _read(connection)._asdict()
            different = {
                key: value for key, value in wanted.items() if value is not None and value != before[key]
            }
            store.put(connection, {KEYS[key]: json.dumps(value) for key, value in different.items()})
            for key, value in different.items():
                details: Mapping[str, object] = {"antes": before[key], "depois": value}
                self._audit.write(connection, who, rules.CHANGED, KEYS[key], details)
        with self._lock:
            self._changes += 1
            self._known = None
        return Shop(**{**before, **different})


def _read(connection: Connection) -> Shop:
    kept = store.read(connection)
    values = {name: json.loads(kept[key]) for name, key in KEYS.items() if key in kept}
    if "cost_method" in values:
        values["cost_method"] = CostMethod(values["cost_method"])
    return Shop(**values)
