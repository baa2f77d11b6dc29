"""Which products somebody means who types a code into a search, or scans it there."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from almoxarife.clock import day_of, now_us
from almoxarife.errors import DomainError
from almoxarife.features.codes import store
from almoxarife.features.codes.rules.codes import AmbiguousCode, CodeNotFound, scale_key
from almoxarife.features.codes.rules.scale import is_of_scale
from almoxarife.features.codes.rules.scans import understand
from almoxarife.features.codes.service.found import only_line
from almoxarife.features.codes.service.reading import Asked, CodeReader, Masks, masks_of
from almoxarife.features.products.rules import ProductNotFound
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


def product_of(reader: CodeReader, connection: Connection, text: str, field: str) -> int:
    """Return the number of the one product that a code stands for, in place of an id; ``field`` named it.

    Raises ProductNotFound where nobody has it, AmbiguousCode, KitCode, and what ``CodeReader.read`` raises else.
    """
    try:
        found = reader.read(connection, Asked(text, field=field))
    except CodeNotFound:
        raise ProductNotFound(product_id=text) from None
    except AmbiguousCode as refusal:
        # Where goods are looked for, nobody says whose they are.
        raise AmbiguousCode(**{**refusal.parameters, "field": field}) from None
    return only_line(found, field).product
