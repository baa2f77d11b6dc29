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
_RULES = get_args(Registration)

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 5000
# Once a day.
DEFAULT_COPY_EVERY_H = 24
DEFAULT_SLOW_MS = 1_000
_MOST_MILLISECONDS = 3_600_000
_MOST_HOURS = 24 * 366


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
    # Where copies of the database go, and how many hours apart they are made by themselves; 0: never.
    copies_dir: Path = Path("copias")
    copy_every_h: int = DEFAULT_COPY_EVERY_H
    # What of the server's own network webhooks may tell: names of hosts, addresses, networks.
    told_inside: tuple[str, ...] = ()
    # A certificate of one's own and its key; and whether others may reach the API without any.
    certificate: Path | None = None
    key: Path | None = None
    insecure: bool = False
    # Whether this computer is shown what the server counts, and from how many milliseconds on a request is logged.
    metrics: bool = False
    slow_ms: int = DEFAULT_SLOW_MS

    def __post_init__(self) -> None:
        """Refuse what does not go together. Raises ConfigError."""
        _check_tls(self)

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
        copies_dir: str | Path | None = None,
        copy_every_h: int | str | None = None,
        certificate: str | Path | None = None,
        key: str | Path | None = None,
        insecure: bool | str | None = None,
        metrics: bool | str | None = None,
        slow_ms: int | str | None = None,
    ) -> Settings:
        """Return the settings; an argument that is given wins over the environment.

        Raises ConfigError naming the first setting whose value cannot be used.
        """
        folder = Path(_given(data_dir, "ALMOXARIFE_DADOS") or _user_folder()).expanduser().absolute()
        listen = _given(host, "ALMOXARIFE_HOST", DEFAULT_HOST)
        api_port = _port("porta", _given(port, "ALMOXARIFE_PORTA", DEFAULT_PORT))
        http = _one_of(
            "servidor-http", _given(http_server, "ALMOXARIFE_SERVIDOR_HTTP", "granian"), get_args(HttpServer)
        )
        rule = _one_of("registro", _given(registration, "ALMOXARIFE_REGISTRO", _usual_rule(listen)), _RULES)
        return cls(
            host=listen,
            port=api_port,
            data_dir=folder,
            database_url=_given(database_url, "ALMOXARIFE_BANCO") or _sqlite_in(folder),
            server_url=_server_url(_given(server_url, "ALMOXARIFE_SERVIDOR")),
            http_server=cast(HttpServer, http),
            registration=cast(Registration, rule),
            events_port=_events_port(_given(events_port, "ALMOXARIFE_PORTA_EVENTOS"), api_port),
            copies_dir=_path(_given(copies_dir, "ALMOXARIFE_COPIAS")) or folder / "copias",
            copy_every_h=_hours(_given(copy_every_h, "ALMOXARIFE_COPIAR_A_CADA", DEFAULT_COPY_EVERY_H)),
            certificate=_path(_given(certificate, "ALMOXARIFE_CERTIFICADO")),
            key=_path(_given(key, "ALMOXARIFE_CHAVE")),
            insecure=_flag("inseguro", insecure, "ALMOXARIFE_INSEGURO"),
            metrics=_flag("metricas", metrics, "ALMOXARIFE_METRICAS"),
            slow_ms=_milliseconds(_given(slow_ms, "ALMOXARIFE_LENTO_MS", DEFAULT_SLOW_MS)),
            told_inside=tuple(_given("", "ALMOXARIFE_WEBHOOKS_INTERNOS").replace(",", " ").split()),
        )

    def own_file(self) -> Path | None:
        """Return SQLite's file in the data folder, None when another database is named."""
        return _file_in(self.data_dir) if self.database_url == _sqlite_in(self.data_dir) else None

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
            "ALMOXARIFE_COPIAS": str(self.copies_dir),
            "ALMOXARIFE_COPIAR_A_CADA": str(self.copy_every_h),
            "ALMOXARIFE_CERTIFICADO": str(self.certificate or ""),
            "ALMOXARIFE_CHAVE": str(self.key or ""),
            "ALMOXARIFE_INSEGURO": "1" if self.insecure else "",
            "ALMOXARIFE_WEBHOOKS_INTERNOS": ",".join(self.told_inside),
            "ALMOXARIFE_METRICAS": "1" if self.metrics else "",
            "ALMOXARIFE_LENTO_MS": str(self.slow_ms),
        }

    @property
    def on_network(self) -> bool:
        """Whether machines other than this one can reach the API."""
        return not is_loopback(self.host)

    @property
    def encrypted(self) -> bool:
        """Whether the API speaks TLS: with a certificate of one's own, and always where others reach it."""
        return self.certificate is not None or (self.on_network and not self.insecure)

    @property
    def address(self) -> str:
        """The address at which a program on this machine reaches the API."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        scheme = "https" if self.encrypted else "http"
        return (
            f"{scheme}://[{host}]:{self.port}"
            if ":" in host and "[" not in host
            else f"{scheme}://{host}:{self.port}"
        )


def _given(option: object, variable: str, default: object = "") -> str:
    """Return what the command line says, else the environment, else the default; what is empty says nothing."""
    if option not in (None, ""):
        return str(option)
    return os.environ.get(variable) or str(default)


def _usual_rule(host: str) -> Registration:
    # A server that only this machine reaches keeps the open registration of the first-use walk.
    return "aberto" if is_loopback(host) else "aprovacao"


def _user_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("almoxarife", appauthor=False)


def _file_in(folder: Path) -> Path:
    return folder / "almoxarife.db"


def _sqlite_in(folder: Path) -> str:
    return f"sqlite:///{_file_in(folder).as_posix()}"


def _port(setting: str, value: str) -> int:
    try:
        port = int(value)
    except ValueError:
        raise ConfigError(setting=setting, value=value, reason="port") from None
    if not 1 <= port <= 65_535:
        raise ConfigError(setting=setting, value=value, reason="port")
    return port


def _events_port(value: str, api_port: int) -> int | None:
    if not value:
        return None
    port = _port("porta-eventos", value)
    if port == api_port:
        raise ConfigError(setting="porta-eventos", value=value, reason="same_port")
    return port


def _hours(value: str) -> int:
    try:
        hours = int(value)
    except ValueError:
        hours = -1
    if not 0 <= hours <= _MOST_HOURS:
        raise ConfigError(setting="copiar-a-cada", value=value, reason="hours")
    return hours


def _milliseconds(value: str) -> int:
    if not (
        value.isascii() and value.isdecimal() and len(value) < 9 and 1 <= int(value) <= _MOST_MILLISECONDS
    ):
        raise ConfigError(setting="lento-ms", value=value, reason="milliseconds")
    return int(value)


def _one_of(setting: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise ConfigError(setting=setting, value=value, reason="choice", choices=", ".join(choices))
    return value


def _path(value: str) -> Path | None:
    return Path(value).expanduser().absolute() if value else None


def _flag(setting: str, option: bool | str | None, variable: str) -> bool:
    value = _given("1" if option is True else option or "", variable)
    return _one_of(setting, value or "0", ("1", "0")) == "1"


def _check_tls(settings: Settings) -> None:
    """Raise ConfigError where settings about encryption do not go together."""
    given, missing = settings.certificate or settings.key, None
    if given and settings.key is None:
        missing = "chave"
    elif given and settings.certificate is None:
        missing = "certificado"
    if missing:
        raise ConfigError(setting=missing, value=str(given), reason="tls_half")
    if settings.encrypted and settings.http_server == "waitress":
        raise ConfigError(setting="servidor-http", value="waitress", reason="tls_server")


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
