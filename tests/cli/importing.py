"""A shop whose files are imported by the command line, in this process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from almoxarife.contract.movements import EntryRecord
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.service import Products
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.storage.database import Database

from .terminal import Seen, Terminal


class Shop:
    """Two people (maria is the administrator), three products, and a folder for files."""

    def __init__(self, database: Database, folder: Path, terminal: Terminal) -> None:
        self.database = database
        self.folder = folder
        self.url = database.engine.url.render_as_string(hide_password=False)
        self.products = Products(database)
        self.accounts = accounts = Accounts(database, registration="aberto", on_network=False)
        self.movements = Movements(database, self.products, accounts)
        self._terminal = terminal
        for name in ("maria", "joão"):
            accounts.register(name, "1234")
        self.products.create_all(["Parafuso 10mm", "Porca", "Cabo 2,5 mm"])

    def file(self, content: str | bytes, name: str = "entradas.csv") -> Path:
        """Write a file."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run(self, path: Path | str, *options: str) -> Seen:
        """Run the command."""
        return self._terminal("importar", str(path), "--banco", self.url, *options)

    def imported(self, content: str | bytes, *options: str) -> Seen:
        """Write a file and run the command with it."""
        return self.run(self.file(content), *options)

    def rows(self) -> list[EntryRecord]:
        """Return every entry."""
        return [row for page in self.movements.everything() for row in page]

    def entries(self) -> list[tuple[str, int]]:
        """Return product and quantity of every entry."""
        return [(row.product_name, row.quantity // QUANTITY_SCALE) for row in self.rows()]

    def names(self) -> Sequence[str]:
        """Return the names of all products."""
        return [product.name for page in self.products.everything() for product in page]

    def is_whole(self) -> bool:
        """Tell whether chain, balances and names are as they were written."""
        return verify_everything(self.database).findings == ()
