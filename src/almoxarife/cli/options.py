"""The options that several commands share, and how they become settings."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from almoxarife.config import Settings
from almoxarife.i18n import _

Command = Callable[..., int]

HOST = click.option("--host", metavar=_("ADDRESS"), help=_("Address to listen on (127.0.0.1)."))
PORT = click.option("--porta", "port", metavar=_("NUMBER"), help=_("Port of the API (5000)."))
DATA = click.option(
    "--dados", "data_dir", metavar=_("FOLDER"), help=_("Folder for database, backups and logs.")
)
DATABASE = click.option(
    "--banco", "database_url", metavar="URL", help=_("Database: sqlite:///… or postgresql+psycopg://…")
)
COPIES = click.option(
    "--copias",
    "copies_dir",
    metavar=_("FOLDER"),
    help=_("Folder for copies of the database (copias, in --dados)."),
)
COPY_EVERY = click.option(
    "--copiar-a-cada",
    "copy_every_h",
    metavar=_("HOURS"),
    help=_("Hours between copies that are made by themselves (24; 0: none)."),
)
HTTP_SERVER = click.option(
    "--servidor-http", "http_server", metavar=_("NAME"), help=_("HTTP server: granian or waitress.")
)
EVENTS_PORT = click.option(
    "--porta-eventos", "events_port", metavar=_("NUMBER"), help=_("Port of the live feed (any free one).")
)
REGISTRATION = click.option(
    "--registro",
    "registration",
    metavar=_("RULE"),
    help=_("Who may register: aberto, aprovacao or fechado."),
)
CERTIFICATE = click.option(
    "--certificado",
    "certificate",
    metavar=_("FILE"),
    help=_("Certificate of one's own with its chain, in PEM (on a network, one is made)."),
)
KEY = click.option("--chave", "key", metavar=_("FILE"), help=_("Key of --certificado, in PEM."))
INSECURE = click.option(
    "--inseguro", "insecure", is_flag=True, help=_("Speak without encryption on a network, too.")
)
METRICS = click.option(
    "--metricas", "metrics", is_flag=True, help=_("Show this computer what the server counts, at /metricas.")
)
SLOW = click.option(
    "--lento-ms",
    "slow_ms",
    metavar=_("NUMBER"),
    help=_("From how many milliseconds on a request is logged as slow (1000)."),
)
SERVING = (
    METRICS,
    SLOW,
    HOST,
    PORT,
    DATA,
    DATABASE,
    HTTP_SERVER,
    REGISTRATION,
    EVENTS_PORT,
    COPIES,
    COPY_EVERY,
    CERTIFICATE,
    KEY,
    INSECURE,
)
TARGET = click.option(
    "--saida",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=_("FILE"),
    help=_("Write it into this file (shown at the terminal)."),
)
SERVER = click.option(
    "--servidor", "server_url", metavar="URL", help=_("Address of the API (http://127.0.0.1:5000).")
)


def settings_from(*options: Callable[[Any], Any]) -> Callable[[Callable[[Settings], int]], Command]:
    """Give a command options that become its settings."""

    def decorate(command: Callable[[Settings], int]) -> Command:
        @functools.wraps(command)
        def with_settings(**values: Any) -> int:
            return command(Settings.from_environment(**values))

        decorated: Command = with_settings
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate
