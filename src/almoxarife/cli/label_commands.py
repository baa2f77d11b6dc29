"""The command that draws labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from almoxarife.cli.help import TranslatedCommand
from almoxarife.cli.options import DATA, DATABASE
from almoxarife.config import Settings
from almoxarife.features.labels.rules.codes import WANTED
from almoxarife.features.labels.rules.wishes import MOST_LABELS
from almoxarife.i18n import _

# As many as a whole number on the wire may say (contract.types, which takes long to import).
_MOST_MOVEMENTS = 2**53 - 1


@click.command(
    "etiquetas",
    cls=TranslatedCommand,
    help=_("""Draw labels of products, places and lots into a PDF file.

Options that name what the labels are of may be given several times. Without --formatos, FILE is where the PDF goes; it
is printed without scaling."""),
)
@click.argument("arquivo", metavar=_("FILE"), required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--formatos", "lists_formats", is_flag=True, help=_("Only list the formats of sheets and rolls.")
)
@click.option("--formato", "sheet_id", metavar="ID", help=_("Format of sheet or roll, such as pimaco-6180."))
@click.option(
    "--medidas",
    "measures",
    metavar=_("MEASURES"),
    help=_(
        "In place of --formato, a sheet of one's own in mm: “pagina_largura=210 pagina_altura=297 colunas=2 linhas=5 "
        "largura=99 altura=55,8”; also esquerda, topo, passo_x, passo_y, dpi."
    ),
)
@click.option(
    "--desloca-x",
    "shift_x",
    metavar="MM",
    help=_("Move everything to the right by so many mm (0; -1,5 back)."),
)
@click.option(
    "--desloca-y", "shift_y", metavar="MM", help=_("Move everything down by so many mm (0; -1,5 up).")
)
@click.option(
    "--produto",
    "products",
    multiple=True,
    metavar=_("ID OR CODE"),
    help=_("Product, such as p1, or a code that it has."),
)
@click.option("--local", "places", multiple=True, metavar="ID", help=_("Place, such as l2."))
@click.option("--lote", "lots", multiple=True, metavar="ID", help=_("Lot, such as v3."))
@click.option(
    "--movimento",
    "movements",
    multiple=True,
    type=click.IntRange(1, _MOST_MOVEMENTS),
    metavar=_("NUMBER"),
    help=_("What a movement brought: as many labels as units."),
)
@click.option(
    "--copias",
    "copies",
    type=click.IntRange(1, MOST_LABELS),
    metavar=_("NUMBER"),
    help=_("How many of each (1; of a movement as many as units)."),
)
@click.option(
    "--posicao",
    "first",
    type=int,
    default=1,
    metavar=_("NUMBER"),
    help=_("Where on the first sheet the first label goes, row by row (1)."),
)
@click.option(
    "--preco",
    "price",
    metavar=_("AMOUNT"),
    help=_("Price on all of them (own field “Preço” of each product)."),
)
@click.option(
    "--simbolo",
    "symbol",
    type=click.Choice(WANTED),
    default="automatico",
    metavar=_("KIND"),
    help=_("Kind of code: automatico, ean13, code128 or qr (automatico)."),
)
@click.option("--sem-preco", "hides_price", is_flag=True, help=_("Leave prices out."))
@click.option("--sem-loja", "hides_shop", is_flag=True, help=_("Leave the shop's name out."))
@click.option(
    "--substituir", "replaces", is_flag=True, help=_("Put it in the place of a file that is there.")
)
@DATA
@DATABASE
def labels(
    arquivo: Path | None,
    *,
    data_dir: str | None,
    database_url: str | None,
    lists_formats: bool,
    **wanted: Any,
) -> int:
    """Draw labels."""
    from almoxarife.cli.labels import Wanted, draw, show_formats

    if lists_formats:
        return show_formats()
    if arquivo is None:
        raise click.MissingParameter(ctx=click.get_current_context())
    settings = Settings.from_environment(data_dir=data_dir, database_url=database_url)
    return draw(settings, arquivo, Wanted(**wanted))
