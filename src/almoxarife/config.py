"""Where this process listens, where it keeps its data, whom it talks to.

Each setting comes from the command line, else from the environment, else from
its default. Bad values are refused as ``ConfigError`` with the setting's name.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, cast, get_args

from almoxarife.errors import DomainError

HttpServer = Literal["granian", "waitress"]
Registration = Literal["aberto", "aprovacao", "fechado"]

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 5000


class ConfigError(DomainError):
    """A setting has a value that cannot be used: ``setting``, ``value`` and ``reason`` (a word)."""


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on, or of a client, is this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Settings:
    """All settings of one process; see the table in docs/architecture.md."""

    host: str
    port: int
    data_dir: Path
    database_url: str
    server_url: str
    http_server: HttpServer = "granian"
    registration: Registration = "aberto"
    # None: whichever is free.
    events_port: int | None = None

    @classmethod
    def from_environment(
        cls,
        *,
        host: str | None = None,
        port: int | str | None = None,
        data_dir: str | Path | None = None,
        database_url: str | None = None,
        server_url: str | None = None,
        http_server: str | None = None,
        registration: str | None = None,
        events_port: int | str | None = None,
    ) -> Settings:
        """Return the settings; an argument that is given wins over the environment.

        Raises ConfigError naming the first setting whose value cannot be used.
        """
        folder = Path(data_dir or os.environ.get("ALMOXARIFE_DADOS") or _user_folder()).expanduser()
        listen = host or os.environ.get("ALMOXARIFE_HOST") or DEFAULT_HOST
        # A server that only this machine reaches keeps the open registration of the first-use walk.
        open_or_approved = "aberto" if is_loopback(listen) else "aprovacao"
        api_port = _port(
            "porta", port if port is not None else os.environ.get("ALMOXARIFE_PORTA") or DEFAULT_PORT
        )
        return cls(
            host=listen,
            port=api_port,
            data_dir=folder.absolute(),
            database_url=database_url or os.environ.get("ALMOXARIFE_BANCO") or _sqlite_in(folder.absolute()),
            server_url=_server_url(server_url or os.environ.get("ALMOXARIFE_SERVIDOR") or ""),
            http_server=cast(
                HttpServer,
                _one_of(
                    "servidor-http",
                    http_server or os.environ.get("ALMOXARIFE_SERVIDOR_HTTP") or "granian",
                    get_args(HttpServer),
                ),
            ),
            registration=cast(
                Registration,
                _one_of(
                    "registro",
                    registration or os.environ.get("ALMOXARIFE_REGISTRO") or open_or_approved,
                    get_args(Registration),
                ),
            ),
            events_port=_events_port(
                events_port if events_port is not None else os.environ.get("ALMOXARIFE_PORTA_EVENTOS"),
                api_port,
            ),
        )

    def environment(self) -> dict[str, str]:
        """Return the variables from which another process reads the same settings of the server.

        Not as options: the address of a database may hold a password, and everybody can read command lines.
        """
        return {
            "ALMOXARIFE_HOST": self.host,
            "ALMOXARIFE_PORTA": str(self.port),
            "ALMOXARIFE_DADOS": str(self.data_dir),
            "ALMOXARIFE_BANCO": self.database_url,
            "ALMOXARIFE_SERVIDOR_HTTP": self.http_server,
            "ALMOXARIFE_REGISTRO": self.registration,
            "ALMOXARIFE_PORTA_EVENTOS": str(self.events_port or ""),
        }

    @property
    def on_network(self) -> bool:
        """Whether machines other than this one can reach the API."""
        return not is_loopback(self.host)

    @property
    def address(self) -> str:
        """The address at which a program on this machine reaches the API."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return (
            f"http://[{host}]:{self.port}"
            if ":" in host and "[" not in host
            else f"http://{host}:{self.port}"
        )


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("almoxarife", appauthor=False)


def _sqlite_in(folder: Path) -> str:
    return f"sqlite:///{(folder / 'almoxarife.db').as_posix()}"


def _port(setting: str, value: int | str) -> int:
    try:
        port = int(value)
    except ValueError:
        raise ConfigError(setting=setting, value=str(value), reason="port") from None
    if not 1 <= port <= 65_535:
        raise ConfigError(setting=setting, value=str(value), reason="port")
    return port


def _events_port(value: int | str | None, api_port: int) -> int | None:
    if value in (None, ""):
        return None
    port = _port("porta-eventos", value)
    if port == api_port:
        raise ConfigError(setting="porta-eventos", value=str(value), reason="same_port")
    return port


def _one_of(setting: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ConfigError(setting=setting, value=value, reason="choice", choices=", ".join(choices))
    return value


def _server_url(value: str) -> str:
    from urllib.parse import urlsplit

    if not value:
        return f"http://{DEFAULT_HOST}:{DEFAULT_PORT}"
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(setting="servidor", value=value, reason="url")
    return value.rstrip("/")
