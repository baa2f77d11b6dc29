"""Rules of imported files: which columns mean what, and which id an entry without one gets."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from almoxarife.errors import DomainError

# The last four bytes of a row's id count the rows of a file.
MOST_ROWS = 2**32 - 1
_SHOWN_COLUMNS = 6
# Of a file of products: GTINs, and the shop's own codes.
CODE_COLUMNS = ("gtin", "codigo")
# Of a file of levels, from the least to the most.
LEVEL_COLUMNS = ("minimo", "alvo", "maximo")
PLACE_COLUMN = "local"


class FileKind(StrEnum):
    """What a file holds; the values are those of ``--tipo``."""

    PRODUCTS = "produtos"
    ENTRIES = "entradas"
    LEVELS = "niveis"


# Where a file has its products, the first of them that is there.
_PRODUCT_COLUMNS = {
    FileKind.PRODUCTS: ("nome",),
    FileKind.ENTRIES: ("produto_id", "produto", "nome"),
    FileKind.LEVELS: ("produto_id", "produto"),
}


class UnusableFile(DomainError):
    """A file as a whole cannot be imported: ``reason``, and what the sentence about it needs."""


class OtherUser(DomainError):
    """Somebody else has begun to import this file: ``username``."""


class NobodyRegistered(DomainError):
    """There is no account in whose name anything could be imported."""


class Fault(NamedTuple):
    """Why a row cannot be imported: its line, the column's name, a reason and what the sentence about it needs."""

    line: int
    column: str
    reason: str
    parameters: Mapping[str, object]


class Columns(NamedTuple):
    """Where a file has what; None where it has no such column.

    ``product`` holds ids when ``by_id``, else names; of products files it holds the names. ``codes``: where those have
    codes of the products, by the column's name; ``levels``: which of those a file of levels has, and ``place`` where.
    """

    kind: FileKind
    names: tuple[str, ...]
    product: int
    by_id: bool
    quantity: int | None
    id: int | None
    codes: tuple[tuple[str, int], ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    place: int | None = None


def recognise(header: Sequence[str], forced: FileKind | None = None) -> Columns:
    """Return what the columns of a file mean, by its first row. Raises UnusableFile."""
    names = tuple(" ".join(cell.split()).casefold() for cell in header)
    for name in ("id", "produto_id", "produto", "nome", "quantidade"):
        _require_once(names, name)
    kind = forced or _kind(names)
    # A name is only looked at where no id is: it is then for people.
    wanted = _PRODUCT_COLUMNS[kind]
    product = next((name for name in wanted if name in names), None)
    if product is None:
        raise UnusableFile(reason="no_column", column=wanted[0], kind=kind.value)
    if kind is FileKind.PRODUCTS:
        codes = _places_of(CODE_COLUMNS, names)
        return Columns(kind, names, names.index(product), by_id=False, quantity=None, id=None, codes=codes)
    if kind is FileKind.LEVELS:
        return _columns_of_levels(names, product)
    if "quantidade" not in names:
        raise UnusableFile(reason="no_column", column="quantidade", kind=kind.value)
    return Columns(
        kind,
        names,
        names.index(product),
        by_id=product == "produto_id",
        quantity=names.index("quantidade"),
        id=names.index("id") if "id" in names else None,
    )


def _columns_of_levels(names: tuple[str, ...], product: str) -> Columns:
    levels = _places_of(LEVEL_COLUMNS, names)
    if not levels:
        raise UnusableFile(reason="no_column", column=LEVEL_COLUMNS[0], kind=FileKind.LEVELS.value)
    place = dict(_places_of((PLACE_COLUMN,), names)).get(PLACE_COLUMN)
    return Columns(
        FileKind.LEVELS,
        names,
        names.index(product),
        by_id=False,
        quantity=None,
        id=None,
        levels=levels,
        place=place,
    )


def _places_of(wanted: Sequence[str], names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    for name in wanted:
        _require_once(names, name)
    return tuple((name, names.index(name)) for name in wanted if name in names)


def _require_once(names: Sequence[str], name: str) -> None:
    if names.count(name) > 1:
        raise UnusableFile(reason="column_twice", column=name)


def _kind(names: Sequence[str]) -> FileKind:
    if "quantidade" in names:
        return FileKind.ENTRIES
    if {"produto", "produto_id"}.intersection(names) and set(LEVEL_COLUMNS).intersection(names):
        return FileKind.LEVELS
    if "nome" in names:
        return FileKind.PRODUCTS
    shown = ", ".join(name[:40] for name in names[:_SHOWN_COLUMNS])
    raise UnusableFile(reason="no_header", found=shown)


def id_prefix(content: bytes, repetition: int) -> bytes:
    """Return the first 12 bytes of the ids that the rows of a file get, by the file's content.

    ``repetition`` tells how many times the same content was imported on purpose before. The ids are UUIDs of version
    8 (RFC 9562 §5.8): 90 bits of a SHA-256 and the row's number. So the same row of the same content always has the
    same id, and the ids of one file stand together and in order in the database's index.
    """
    digest = bytearray(
        hashlib.sha256(b"almoxarife/importar/1" + content + repetition.to_bytes(4, "big")).digest()[:12]
    )
    digest[6] = 0x80 | digest[6] & 0x0F
    digest[8] = 0x80 | digest[8] & 0x3F
    return bytes(digest)


def row_id(prefix: bytes, number: int) -> bytes:
    """Return the id of a row, which is counted from 1 on."""
    return prefix + number.to_bytes(4, "big")
