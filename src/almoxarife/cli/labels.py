"""Drawing labels into a file, beside a running server as well as alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import click

from almoxarife.cli.label_sheet import read_length, read_sheet
from almoxarife.cli.progress import Meter
from almoxarife.config import Settings
from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.codes.service.codes import Codes
from almoxarife.features.codes.service.found import only_line
from almoxarife.features.labels.rules import sheets
from almoxarife.features.labels.rules.codes import Wanted as Symbol
from almoxarife.features.labels.rules.sheets import Sheet
from almoxarife.features.labels.rules.wishes import Wish, read_price
from almoxarife.features.labels.service import Labels, Order
from almoxarife.features.products.rules import number_of
from almoxarife.i18n import N_, _, format_quantity, ngettext
from almoxarife.server import services
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from almoxarife.whole_files import replacing

_ROW = {"rows", "row"}


@dataclass(frozen=True)
class Wanted:
    """What the command line says beside the file."""

    sheet_id: str | None
    measures: str | None
    shift_x: str | None
    shift_y: str | None
    products: Sequence[str]
    places: Sequence[str]
    lots: Sequence[str]
    movements: Sequence[int]
    copies: int | None
    first: int
    price: str | None
    symbol: Symbol
    hides_price: bool
    hides_shop: bool
    replaces: bool


def show_formats() -> int:
    """List the formats of sheets and rolls; return 0."""
    for one in sheets.read_sheets(sheets.TABLE).values():
        size = _("{width} × {height} mm, {count} a page").format(
            width=format_quantity(Decimal(str(one.width))),
            height=format_quantity(Decimal(str(one.height))),
            count=one.per_page,
        )
        click.echo(f"{one.id:<22}{one.name}: {size}")
    return 0


def draw(settings: Settings, target: Path, wanted: Wanted) -> int:
    """Draw labels into a file; return 0, or 1 where a file is there that is not to be replaced.

    Raises what ``Labels.pdf`` raises, and OSError when the file cannot be written.
    """
    if target.exists() and not wanted.replaces:
        text = _("{path} is there already. Choose another name, or put it in its place with --substituir.")
        click.echo(f"almoxarife: {text.format(path=target)}", err=True)
        return 1
    if not (wanted.products or wanted.places or wanted.lots or wanted.movements):
        raise InvalidField(field="produto", reason="missing")
    database = Database(settings.database_url)
    try:
        schema.check(database)
        built = services.build(settings, database, lambda: None)
        codes = services.find(Codes, built)
        order = Order(
            list(_wishes(codes, wanted)),
            symbol=wanted.symbol,
            first=wanted.first,
            shift_x=read_length(wanted.shift_x, "desloca_x"),
            shift_y=read_length(wanted.shift_y, "desloca_y"),
            shows_price=not wanted.hides_price,
            shows_shop=not wanted.hides_shop,
        )
        labels = services.find(Labels, built)
        measures = wanted.measures
        sheet = labels.sheet(wanted.sheet_id, None if measures is None else lambda: read_sheet(measures))
        count, content = _drawn(labels, sheet, order)
    finally:
        database.close()
    with replacing(target) as draft:
        draft.write_bytes(content)
    text = ngettext("{count} label is in {path}.", "{count} labels are in {path}.", count)
    click.echo(text.format(count=format_quantity(count), path=target))
    return 0


def _wishes(codes: Codes, wanted: Wanted) -> Iterator[Wish]:
    price = None
    if wanted.price is not None:
        price = read_price(wanted.price)
        if price is None:
            raise InvalidField(field="preco", reason="not_number")
    for text in wanted.products:
        yield Wish(product_id=_product(codes, text), copies=wanted.copies, price=price)
    for place in wanted.places:
        yield Wish(place_id=place, copies=wanted.copies)
    for lot in wanted.lots:
        yield Wish(lot_id=lot, copies=wanted.copies, price=price)
    for movement in wanted.movements:
        yield Wish(movement=movement, copies=wanted.copies, price=price)


def _product(codes: Codes, text: str) -> str:
    """Return the id of the product that an id or a code stands for.

    Raises KitCode, LabelOfPlace, and what codes refuse.
    """
    if number_of(text) is not None:
        return text
    return f"p{only_line(codes.read(text, None), 'produto').product}"


def _drawn(labels: Labels, sheet: Sheet, order: Order) -> tuple[int, bytes]:
    """Return how many labels there are, and the PDF."""
    count = 0
    with Meter() as meter:
        meter.begin(_("Drawing"), 0, rate=N_("{rate} labels/s"), amount=N_("{rows} labels"))

        def tell(drawn: int, total: int) -> None:
            nonlocal count
            count += drawn
            meter.expect(total)
            meter.step(drawn, count)

        try:
            content = labels.pdf(sheet, order, tell)
        except DomainError as refusal:
            # Rows of a request mean nothing here; each refusal names what it is about.
            raise type(refusal)(
                **{key: refusal.parameters[key] for key in refusal.parameters.keys() - _ROW}
            ) from None
    return count, content
