"""Where certificate and key are: given by the settings, or made in the folder ``tls`` of the data folder."""

from __future__ import annotations

import re
import ssl
from pathlib import Path
from typing import NamedTuple

from almoxarife.config import ConfigError, Settings
from almoxarife.file_lock import locked
from almoxarife.fingerprint import fingerprint_of
from almoxarife.whole_files import replace_private

FOLDER = "tls"
_SERVER = "servidor.pem"
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n?", re.DOTALL)


class Certificate(NamedTuple):
    """Files in PEM, which may be one; ``authority`` is the chain's last certificate, which others may trust."""

    chain: Path
    key: Path
    authority: str

    @property
    def fingerprint(self) -> str:
        """The authority's fingerprint, as a client shows it."""
        return fingerprint_of(self.authority)


def prepare(settings: Settings) -> Certificate | None:
    """Return the certificate to serve with, None where nothing is encrypted; what is missing is made.

    Raises ConfigError for files that cannot be used, OSError when nothing can be written.
    """
    if not settings.encrypted:
        return None
    if settings.certificate is not None and settings.key is not None:
        chain, key = settings.certificate, settings.key
    else:
        chain = key = _made(settings.data_dir / FOLDER, settings.host)
    certificate = Certificate(chain, key, _authority_in(chain))
    context(certificate)
    return certificate


def authority(settings: Settings) -> str | None:
    """Return the authority behind the server's certificate in PEM, None where nothing is encrypted."""
    if not settings.encrypted:
        return None
    return _authority_in(settings.certificate or settings.data_dir / FOLDER / _SERVER)


def context(certificate: Certificate) -> ssl.SSLContext:
    """Return the context of a server with a certificate. Raises ConfigError."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        # Without a word for the password it would be asked for at the terminal.
        made.load_cert_chain(certificate.chain, certificate.key, password=lambda: "")
    except (OSError, ValueError):
        # OpenSSL's own words tell a person nothing.
        raise _unusable(certificate.chain) from None
    return made


def _authority_in(chain: Path) -> str:
    try:
        found = _CERTIFICATE.findall(chain.read_text(encoding="ascii", errors="replace"))
    except OSError:
        raise _unusable(chain) from None
    if not found:
        raise _unusable(chain)
    return f"{found[-1].strip()}\n"


def _unusable(path: Path) -> ConfigError:
    return ConfigError(setting="certificado", value=str(path), reason="tls_files")


def _made(folder: Path, host: str) -> Path:
    from almoxarife.certificates import making

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority, server = folder / "autoridade.pem", folder / _SERVER
    # Of two that start at once, one makes what is missing and the other one finds it.
    with locked(folder / "fechado.lock"):
        if not authority.exists():
            replace_private(authority, making.new_authority())
        signer, names = authority.read_bytes(), making.own_names(host)
        if not (server.exists() and making.serves(server.read_bytes(), signer, names)):
            # Key and certificate in one file, so that no fault leaves the halves of two.
            replace_private(server, making.new_server(signer, names))
        # Earlier versions kept the key there.
        (folder / "servidor.chave.pem").unlink(missing_ok=True)
    return server
