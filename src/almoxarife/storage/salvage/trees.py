"""Every row of a damaged file: those that its trees lead to, and those in leaves that no tree leads to any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from almoxarife.storage.salvage.image import FIRST_PAGE_HEADER, Image
from almoxarife.storage.salvage.records import (
    INDEX_INTERIOR,
    INDEX_LEAF,
    TABLE_INTERIOR,
    TABLE_LEAF,
    Cells,
    Head,
    Row,
    Unreadable,
    head_of,
)
from almoxarife.storage.salvage.tables import Table

_SCHEMA = "sqlite_master"
_SCHEMA_COLUMNS = 5


class Trees:
    """Reads the rows of an image, table by table, and counts what cannot be read.

    ``lost_pages`` and ``lost_rows``: by table, what its tree leads to and cannot be read; of a lost page nobody knows
    how many rows it had. ``stray_rows``: rows that were found and whose table is not known.
    """

    def __init__(self, image: Image) -> None:
        self._image = image
        self._cells = Cells(image.usable, image.page)
        self._reached: set[int] = set()
        self._table_of: dict[int, str] = {}
        self.lost_pages: Counter[str] = Counter()
        self.lost_rows: Counter[str] = Counter()
        self.stray_rows = 0
        self.roots: dict[str, tuple[int, str]] = {}
        for row in self._rows(_SCHEMA, 1, keyed=False):
            self._take_root(row)

    @property
    def log_is_damaged(self) -> bool:
        """Whether SQLite would not read the log to its end."""
        return self._image.log.damaged > 0

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the rows that a table's tree leads to."""
        root, _sql = self.roots.get(table.name, (0, ""))
        if root:
            yield from self._rows(table.name, root, keyed=table.keyed)
        else:
            self.lost_pages[table.name] += 1

    def pass_over(self, names: Iterable[str]) -> None:
        """Look at the trees of tables that are not saved, so that their leaves are not taken for others'."""
        for name in names:
            root, sql = self.roots.get(name, (0, ""))
            if root and "WITHOUT ROWID" not in sql.upper():
                for _row in self._rows(name, root, keyed=False):
                    pass

    def damaged(self) -> set[str]:
        """Return the tables of which something cannot be read."""
        return {name for counted in (self.lost_pages, self.lost_rows) for name in counted if counted[name]}

    def orphans(self, tables: Mapping[str, Table]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of leaves that no tree leads to, with the table of ``tables`` that alone they can be of."""
        free = self._image.free_pages()
        for number in range(2, self._image.pages + 1):
            if number in self._reached or number in self._cells.overflow or number in free:
                continue
            content = self._image.page(number)
            if content is not None:
                yield from self._strays(content, tables, self._cells)

    def beyond(self, tables: Mapping[str, Table]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of leaves that only the log has, behind its damage."""
        for number in self._image.log.beyond:
            content = self._image.beyond(number)
            if content is not None:
                # What its rows go on in may be there, too.
                cells = Cells(
                    self._image.usable, lambda page: self._image.beyond(page) or self._image.page(page)
                )
                name = self._table_of.get(number, "")
                known = {name: tables[name]} if name in tables else tables
                yield from self._strays(content, known, cells)

    def _strays(self, content: bytes, tables: Mapping[str, Table], cells: Cells) -> Iterator[tuple[str, Row]]:
        head = head_of(content, 0)
        if head is None or head.kind != TABLE_LEAF:
            return
        rows = list(self._readable(content, head, None, cells))
        fitting = [
            table
            for table in tables.values()
            if not table.keyed and rows and all(table.values(row) is not None for row in rows)
        ]
        if len(fitting) != 1:
            self.stray_rows += len(rows)
            return
        for row in rows:
            yield fitting[0].name, row

    def _take_root(self, row: Row) -> None:
        if len(row.values) != _SCHEMA_COLUMNS:
            self.lost_rows[_SCHEMA] += 1
            return
        _kind, name, _table, root, sql = row.values
        if isinstance(name, str) and isinstance(root, int) and 1 < root <= self._image.pages:
            self.roots[name] = root, str(sql)

    def _rows(self, name: str, root: int, *, keyed: bool) -> Iterator[Row]:
        leaf, interior = (INDEX_LEAF, INDEX_INTERIOR) if keyed else (TABLE_LEAF, TABLE_INTERIOR)
        to_do = [root]
        while to_do:
            number = to_do.pop()
            content = self._image.page(number) if number not in self._reached else None
            head = head_of(content, FIRST_PAGE_HEADER if number == 1 else 0) if content is not None else None
            if content is None or head is None or head.kind not in {leaf, interior}:
                self.lost_pages[name] += 1
                continue
            self._reached.add(number)
            if head.kind == leaf:
                self._table_of[number] = name
            else:
                to_do += [head.last_child, *self._children(content, head)[::-1]]
            if head.kind != TABLE_INTERIOR:
                yield from self._readable(content, head, name, self._cells)

    def _children(self, content: bytes, head: Head) -> list[int]:
        return [int.from_bytes(content[at : at + 4]) for at in head.cells]

    def _readable(self, content: bytes, head: Head, name: str | None, cells: Cells) -> Iterator[Row]:
        for at in head.cells:
            try:
                yield cells.row(content, at, head.kind)
            except Unreadable:
                if name is not None:
                    self.lost_rows[name] += 1
