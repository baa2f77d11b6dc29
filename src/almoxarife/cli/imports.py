"""Importing files of products and of entries, beside a running server as well as alone."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from almoxarife.cli import import_texts as texts
from almoxarife.cli.progress import Meter
from almoxarife.cli.rejected import Rejected
from almoxarife.config import Settings
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.codes.service.giving import Giving
from almoxarife.features.imports.coded_service import CodedImports
from almoxarife.features.imports.csv_file import CsvFile, Row
from almoxarife.features.imports.level_service import LevelImports
from almoxarife.features.imports.products import ProductNames
from almoxarife.features.imports.rules import Fault, FileKind, UnusableFile
from almoxarife.features.imports.service import Imports
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.service import Products
from almoxarife.features.settings.service import ShopSettings
from almoxarife.i18n import _, format_quantity
from almoxarife.identity import Identity
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.storage import schema
from almoxarife.storage.database import Database

SHOWN_FAULTS = 20
_OBJECTS_BETWEEN_COLLECTIONS = 1_000_000


@dataclass(frozen=True)
class Options:
    """What the command line says beside the file."""

    kind: FileKind | None = None
    username: str | None = None
    simulate: bool = False
    partial: bool = False
    again: bool = False


def run(settings: Settings, path: Path, options: Options) -> int:
    """Import a file; return 0 when everything that was to be imported is there, else 1.

    Raises a DomainError when the database cannot be used, Abort after Ctrl-C, having said how to go on.
    """
    database = Database(settings.database_url, bulk=True)
    # Python looks for cycles after every few hundred new objects; here are millions, none of them in a cycle.
    thresholds = gc.get_threshold()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *thresholds[1:])
    try:
        schema.check(database)
        accounts = Accounts(database, registration=settings.registration, on_network=False)
        products = Products(database)
        imports = Imports(database, products, accounts)
        with (
            CsvFile(path, options.kind) as file,
            Meter() as meter,
            closing(_Import(file, path, options, meter)) as work,
        ):
            if file.columns.kind is FileKind.ENTRIES:
                return work.entries(imports)
            if file.columns.kind is FileKind.PRODUCTS and not file.columns.codes:
                return work.products(imports)
            who, audit = imports.registrant(options.username), Audit(database, accounts)
            giving = Giving(database, products, ShopSettings(database, audit).scale_masks)
            if file.columns.kind is FileKind.PRODUCTS:
                return work.coded_products(CodedImports(database, products, giving), who)
            locations = Locations(database)
            levels = Levels(database, products, locations, audit)
            return work.levels(LevelImports(database, products, locations, giving, levels), who)
    except UnusableFile as error:
        return _refuse(texts.refusal(path.name, error))
    except OSError as error:
        return _refuse(texts.system_refusal(path.name, error))
    finally:
        gc.set_threshold(*thresholds)
        database.close()


class _Import:
    """One run of the command; it is the watch of what it starts."""

    def __init__(self, file: CsvFile, path: Path, options: Options, meter: Meter) -> None:
        self._file = file
        self._options = options
        self._meter = meter
        self._rejected = Rejected(path, file.columns.names, file.delimiter)
        self._faults = 0
        self._written = 0
        self._to_write: int | None = None

    def close(self) -> None:
        """Close the file of rejected rows."""
        self._rejected.close()

    def checked(self, rows: int, bytes_read: int) -> None:
        """Some more rows have been checked."""
        self._meter.step(rows, bytes_read)

    def faulty(self, faults: Sequence[Fault], rows: Iterable[Row]) -> None:
        """Show what is wrong, and keep the rows if they are to be left out."""
        for fault in faults:
            self._faults += 1
            if self._options.simulate or self._faults <= SHOWN_FAULTS:
                click.echo(texts.sentence(fault))
        if self._options.partial and not self._options.simulate:
            self._rejected.add(faults, rows, texts.reason)

    def written(self, rows: int) -> None:
        """Some more rows are on disk."""
        self._written += rows
        self._meter.step(rows, self._written)

    def entries(self, imports: Imports) -> int:
        """Check the file and write its entries."""
        who = imports.registrant(self._options.username)
        with self._saying_how_to_go_on():
            self._meter.begin(_("Checking"), self._file.size)
            with imports.checked_entries(self._file, who, self, again=self._options.again) as found:
                self._say_checked(found.rows, found.faults, found.there)
                total = format_quantity(found.quantity // QUANTITY_SCALE)
                click.echo(_("Sum of the quantities: {total}.").format(total=total))
                if self._file.columns.id is not None:
                    self._say_repeated(found.repeated)
                why = _("Nothing was imported: rows with the same id contradict each other. Correct them.")
                if not self._goes_on(found.faults, contradicting=why if found.contradictions else ""):
                    return int(found.faults > 0)
                if found.rows and found.there >= found.rows:
                    click.echo(self._about_nothing_new())
                    return 0
                if found.there and self._file.columns.id is None:
                    click.echo(_("Going on where an earlier import ended."))
                self._begin_writing(found.rows)
                done = imports.write_entries(found, who, self)
        self._say_written(done.new)
        if done.head is not None:
            number, receipt = format_quantity(done.head.sequence), done.head.hash.hex()
            click.echo(_("Last receipt: No. {number}, {receipt}").format(number=number, receipt=receipt))
        return 0

    def products(self, imports: Imports) -> int:
        """Check the file and create its products."""
        if self._options.username is not None:
            # Nobody's name is kept with a product; a wrong one is a mistake all the same.
            imports.registrant(self._options.username)
        with self._saying_how_to_go_on():
            self._meter.begin(_("Checking"), self._file.size)
            with imports.checked_products(self._file, self) as found:
                self._say_names(found)
                if not self._goes_on(found.faults):
                    return int(found.faults > 0)
                self._begin_writing(found.rows)
                new = imports.write_products(found, self)
        self._say_written(new)
        return 0

    def coded_products(self, imports: CodedImports, who: Identity) -> int:
        """Check the file, create its products and give them their codes."""
        with self._saying_how_to_go_on():
            self._meter.begin(_("Checking"), self._file.size)
            with imports.checked(self._file, self) as found:
                self._say_names(found)
                why = _("Nothing was imported: the same code stands at different products. Correct them.")
                if not self._goes_on(found.faults, contradicting=why if found.contradictions else ""):
                    return int(found.faults > 0)
                self._begin_writing(found.rows)
                new, codes = imports.write(found, who, self)
        self._say_written(new)
        click.echo(_("New codes: {count}.").format(count=format_quantity(codes)))
        return 0

    def levels(self, imports: LevelImports, who: Identity) -> int:
        """Check the file and set its levels."""
        with self._saying_how_to_go_on():
            self._meter.begin(_("Checking"), self._file.size)
            with imports.checked(self._file, self) as found:
                self._say_checked(found.rows + found.there, found.faults, found.there)
                self._say_repeated(found.repeated)
                why = _("Nothing was imported: rows about the same product and place contradict each other.")
                if not self._goes_on(found.faults, contradicting=why if found.contradictions else ""):
                    return int(found.faults > 0)
                self._begin_writing(found.rows)
                new = imports.write(found, who, self)
        self._say_written(new)
        return 0

    def _say_names(self, found: ProductNames) -> None:
        for line, first in found.repeats:
            text = _("Line {line}: the same product as in line {first}; it counts once.")
            click.echo(text.format(line=format_quantity(line), first=format_quantity(first)))
        self._say_checked(found.rows + found.there, found.faults, found.there)
        self._say_repeated(found.repeated)

    def _say_checked(self, good: int, faults: int, there: int) -> None:
        if not self._options.simulate and faults > SHOWN_FAULTS:
            more = format_quantity(faults - SHOWN_FAULTS)
            click.echo(_("… and {more} more; --simular shows all of them.").format(more=more))
        numbers = {"good": good, "faults": faults, "there": there}
        text = _("Good rows: {good}. Rows with a fault: {faults}. There already: {there}.")
        click.echo(text.format_map({name: format_quantity(number) for name, number in numbers.items()}))

    @staticmethod
    def _say_repeated(repeated: int) -> None:
        click.echo(_("Repeated in the file: {repeated}.").format(repeated=format_quantity(repeated)))

    def _goes_on(self, faults: int, *, contradicting: str = "") -> bool:
        """Tell whether anything is to be written; say why not. ``contradicting``: why no row can be left out."""
        if self._options.simulate:
            click.echo(_("This was a dry run: nothing was changed."))
            return False
        if contradicting:
            self._rejected.remove()
            click.echo(contradicting)
            return False
        if faults and not self._options.partial:
            click.echo(
                _("Nothing was imported. Correct these rows, or leave them out with --aceitar-parcial.")
            )
            return False
        if faults:
            click.echo(
                _(
                    "The rows with a fault are left out; they are in {file}. Correct them there and import that "
                    "file. The original, once it is changed, would count everything again."
                ).format(file=self._rejected.path)
            )
        return True

    def _about_nothing_new(self) -> str:
        if self._file.columns.id is not None:
            return _("Every entry was registered already.")
        return _(
            "This file was imported already, so nothing is left to do. To import it once more on purpose: --de-novo"
        )

    def _begin_writing(self, rows: int) -> None:
        self._to_write = rows
        self._meter.begin(_("Writing"), rows)

    def _say_written(self, new: int) -> None:
        text = _("Written now: {new}, in {seconds} s ({rate} rows/s).")
        seconds, rate = f"{self._meter.seconds:.1f}".replace(".", ","), self._meter.rows_per_second
        click.echo(text.format(new=format_quantity(new), seconds=seconds, rate=format_quantity(rate)))

    @contextmanager
    def _saying_how_to_go_on(self) -> Iterator[None]:
        try:
            yield
        except KeyboardInterrupt:
            if self._to_write is None:
                self._rejected.remove()
                click.echo(_("Interrupted before anything was written."), err=True)
            else:
                text = _(
                    "Interrupted: {written} of {rows} rows are on disk. To go on, give the same command again."
                )
                written, rows = format_quantity(self._written), format_quantity(self._to_write)
                click.echo(text.format(written=written, rows=rows), err=True)
            # Of KeyboardInterrupt click would make an empty line, too.
            raise click.Abort from None


def _refuse(text: str) -> int:
    click.echo(f"almoxarife: {text}", err=True)
    return 1
