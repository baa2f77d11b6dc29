"""Which products somebody means who types a code into a search, or scans it there."""

from __future__ import annotations

from datetime import date

from almoxarife.clock import day_of, now_us
from almoxarife.errors import DomainError
from almoxarife.features.codes import store
from almoxarife.features.codes.rules.codes import scale_key
from almoxarife.features.codes.rules.scale import is_of_scale
from almoxarife.features.codes.rules.scans import understand
from almoxarife.features.codes.service.reading import Masks, masks_of
from almoxarife.features.settings.rules import Mask
from almoxarife.hurry import may_take_long
from almoxarife.storage.database import Database

_MOST = 50


class CodeFinder:
    """Finds products by exact codes of any kind; a number of the scale too, by itself."""

    def __init__(self, database: Database, masks: Masks) -> None:
        self._database = database
        self._masks = masks

    def __call__(self, text: str) -> list[int]:
        """Return the numbers of the products that a code stands for, whosever it is, one question for most."""
        masks: tuple[Mask, ...] = ()
        if is_of_scale(text.strip()):
            # Rare: what is typed has seldom so many digits.
            may_take_long()
            with self._database.snapshot() as connection:
                masks = masks_of(self._masks(connection))
        try:
            scan = understand(text, masks, date.fromisoformat(day_of(now_us())), "busca")
        except DomainError:
            return []
        keys = [*scan.keys, *((scan.gs1_key,) if scan.gs1_key else ())]
        if scan.label is not None:
            keys = [scan.label.key, *keys]
        elif scan.text.isascii() and scan.text.isdigit():
            keys.append(scale_key(scan.text))
        return list(dict.fromkeys(store.products(self._database, keys[:3], _MOST))) if keys else []
