"""The commands; what they need is imported when one runs, so that each starts at once."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from almoxarife import __version__, sqlite_locks
from almoxarife.cli.help import TranslatedGroup
from almoxarife.cli.label_commands import labels
from almoxarife.cli.options import (
    COPIES,
    DATA,
    DATABASE,
    SERVER,
    SERVING,
    TARGET,
    settings_from,
)
from almoxarife.cli.purchase_commands import purchases
from almoxarife.cli.salvage_commands import salvage
from almoxarife.config import Settings
from almoxarife.i18n import _
from almoxarife.imports import lasting_imports


@click.group(
    cls=TranslatedGroup,
    help=_("Inventory control: API, register program and monitor."),
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(
    __version__, "--version", message="almoxarife %(version)s", help=_("Show the version and exit.")
)
def cli() -> None:
    """Hold the commands together."""


cli.add_command(labels)


@cli.command("iniciar", help=_("Start API, monitor and register program."))
@settings_from(*SERVING)
def start(settings: Settings) -> int:
    """Start the whole system."""
    from almoxarife.launcher.app import run

    return run(settings)


@cli.command("api", help=_("Start the API alone."))
@settings_from(*SERVING)
def api(settings: Settings) -> int:
    """Start the API."""
    from almoxarife.launcher import ports

    refusal = ports.refusal(settings)
    if refusal:
        click.echo(refusal, err=True)
        return 1
    with lasting_imports():
        from almoxarife.server.run import run

    return run(settings)


@cli.command("cadastro", help=_("Open the register program."))
@settings_from(SERVER, DATA)
def register_program(settings: Settings) -> int:
    """Open the register program."""
    from almoxarife.cli.windows import open_window

    return open_window("almoxarife.desktop.cadastro.app", settings)


@cli.command("monitor", help=_("Open the monitor."))
@settings_from(SERVER, DATA)
def monitor(settings: Settings) -> int:
    """Open the monitor."""
    from almoxarife.cli.windows import open_window

    return open_window("almoxarife.desktop.monitor.app", settings)


@cli.command("migrar", help=_("Bring the database to this version."))
@settings_from(DATA, DATABASE)
def migrate(settings: Settings) -> int:
    """Migrate the database."""
    from almoxarife.cli.database import migrate as run

    return run(settings)


@cli.command(
    "migrar-banco",
    help=_("""Move everything to another database, of the same kind or not, that nobody has used yet.

End the system first. Every value is compared, and chain and balances are proved on both sides, before the new
database may be used; the old one is only read. A move that was interrupted goes on when the same command is given
again."""),
)
@click.option("--de", "database_url", metavar="URL", help=_("The database to move from (that of --banco)."))
@click.option("--para", "target_url", metavar="URL", required=True, help=_("The database to move to."))
@DATA
def move_database(target_url: str, **values: str | None) -> int:
    """Move to another database."""
    from almoxarife.cli.moving import move as run

    return run(Settings.from_environment(**values), target_url)


@cli.command("verificar", help=_("Recompute chain and balances and compare them with what is stored."))
@click.option(
    "--recibo",
    "receipt",
    metavar=_("RECEIPT"),
    help=_("Also tell whether the ledger contains this receipt: number and hash, such as 128:9f3a…"),
)
@DATA
@DATABASE
def verify(data_dir: str | None, database_url: str | None, receipt: str | None) -> int:
    """Verify the ledger."""
    # Those that are opened from now on are lent to one thread at a time.
    sqlite_locks.do_without_where_unused()
    from almoxarife.ledger.second_process import SecondProcess

    settings = Settings.from_environment(data_dir=data_dir, database_url=database_url)
    file = settings.own_file()
    # It begins while this process imports the rest.
    with SecondProcess(file) if file is not None else nullcontext() as second:
        with lasting_imports():
            from almoxarife.cli.database import verify as run

        return run(settings, receipt, second)


@cli.command("copiar", help=_("Copy the database while it is in use, and prove the copy."))
@click.option("--sem-pressa", "calmly", is_flag=True, help=_("Leave the computer to everybody else's work."))
@DATA
@DATABASE
@COPIES
def copy(*, calmly: bool, **values: Any) -> int:
    """Make a copy of the database."""
    from almoxarife.cli.backups import copy as run

    return run(Settings.from_environment(**values), calmly=calmly)


@cli.command("copias", help=_("List the copies that were proved good."))
@settings_from(DATA, COPIES)
def copies(settings: Settings) -> int:
    """List the copies."""
    from almoxarife.cli.backups import copies as run

    return run(settings)


@cli.command("restaurar", help=_("Put a copy in the place of the database, which is kept beside it."))
@click.argument("arquivo", metavar=_("FILE"), type=click.Path(path_type=Path))
@click.option("--sim", "sure", is_flag=True, help=_("Do not ask whether it is meant."))
@DATA
@DATABASE
@COPIES
def restore(arquivo: Path, *, sure: bool, **values: Any) -> int:
    """Put a copy back."""
    from almoxarife.cli.backups import restore as run

    return run(Settings.from_environment(**values), arquivo, sure=sure)


@cli.command(
    "importar",
    help=_("""Import products, entries or levels from a CSV file.

The first line names the columns. Products: nome, and optionally gtin and codigo. Entries: quantidade and produto_id (or
produto, with the name), and optionally id, a UUID for each entry. Other columns are ignored. Cells are separated by
semicolons or commas; the encoding is UTF-8. Levels: produto (id, code or name), local (none for the whole shop), and
minimo, alvo, maximo.

Everything is checked before anything is written; one bad row, and nothing is imported. An import that was
interrupted goes on when the same command is given again, and nothing counts twice: rows without an id get one that is
made of the file's content. To import the same content once more on purpose, use --de-novo."""),
)
@click.argument("arquivo", metavar=_("FILE"), type=click.Path(path_type=Path))
@click.option(
    "--tipo",
    "kind",
    type=click.Choice(["produtos", "entradas", "niveis"]),
    metavar=_("KIND"),
    help=_("What the file holds: produtos, entradas or niveis (told by the first line)."),
)
@click.option(
    "--usuario",
    "username",
    metavar=_("NAME"),
    help=_("In whose name entries are registered (the first administrator)."),
)
@click.option(
    "--simular", "simulate", is_flag=True, help=_("Only check, show every bad row, change nothing.")
)
@click.option(
    "--aceitar-parcial",
    "partial",
    is_flag=True,
    help=_("Import the good rows; the bad ones go to a file beside this one."),
)
@click.option(
    "--de-novo", "again", is_flag=True, help=_("Import content that was imported already once more.")
)
@DATA
@DATABASE
def import_file(
    arquivo: Path, data_dir: str | None, database_url: str | None, kind: str | None, **options: Any
) -> int:
    """Import a file."""
    from almoxarife.cli.imports import Options, run
    from almoxarife.features.imports.rules import FileKind

    settings = Settings.from_environment(data_dir=data_dir, database_url=database_url)
    return run(settings, arquivo, Options(kind=FileKind(kind) if kind else None, **options))


@cli.command(
    "analise",
    help=_("""Analyse the movements and show it, or write it into a file.

NAME is abc, giro, cobertura, parado, envelhecimento, perdas or consumo. Without --desde and --ate it is about the year
that ends today. The ending of the file's name says what is written: .xlsx, .csv, .svg (a picture) or .json."""),
)
@click.argument("nome", metavar=_("NAME"))
@click.option("--desde", "since", metavar=_("DAY"), help=_("First day, such as 2026-01-01."))
@click.option("--ate", "until", metavar=_("DAY"), help=_("Last day (today)."))
@click.option("--local", "place_id", metavar="ID", help=_("Only this place and all inside it, such as l2."))
@click.option(
    "--categoria", "category_id", metavar="ID", help=_("Only this category and those below it, such as c1.")
)
@click.option(
    "--produto", "product_id", metavar="ID", help=_("Only this product, by its id or a code of it.")
)
@click.option(
    "--limite-a",
    "limit_a",
    type=click.IntRange(1, 100),
    default=80,
    metavar=_("PERCENT"),
    help=_("How much of the value class A has (80)."),
)
@click.option(
    "--limite-b",
    "limit_b",
    type=click.IntRange(1, 100),
    default=95,
    metavar=_("PERCENT"),
    help=_("How much the classes A and B have together (95)."),
)
@click.option(
    "--dias-parado",
    "idle_days",
    type=click.IntRange(1, 3_660),
    default=90,
    metavar=_("NUMBER"),
    help=_("Days without issue after which stock is dead (90)."),
)
@click.option(
    "--por",
    "step",
    type=click.Choice(["dia", "semana", "mes"]),
    default="mes",
    metavar=_("PART"),
    help=_("Sum consumption up by dia, semana or mes (mes)."),
)
@TARGET
@DATA
@DATABASE
def analyse(
    nome: str, data_dir: str | None, database_url: str | None, target: Path | None, **asked: Any
) -> int:
    """Analyse the movements."""
    from almoxarife.cli.analysis import run, wanted

    settings = Settings.from_environment(data_dir=data_dir, database_url=database_url)
    return run(settings, nome, wanted(**asked), target)


@cli.command("refazer-saldos", help=_("Compute the balances anew from the movements."))
@settings_from(DATA, DATABASE)
def rebuild_balances(settings: Settings) -> int:
    """Rebuild the balances."""
    from almoxarife.cli.database import rebuild as run

    return run(settings)


cli.add_command(purchases)
cli.add_command(salvage)
